#include "views/widgets/codetitle.h"

#include "views/theme/theme.h"

#include <QPainter>

namespace errata {

CodeTitle::CodeTitle(const QString &code, QWidget *parent) : QLabel(code, parent)
{
    setTextFormat(Qt::PlainText);
    setFont(fixedFont(font(), 1.38));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int CodeTitle::heightForWidth(int width) const
{
    return fontMetrics()
        .boundingRect(QRect(0, 0, std::max(width, 1), QWIDGETSIZE_MAX), Qt::TextWrapAnywhere, text())
        .height();
}

QSize CodeTitle::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 2, fontMetrics().height()};
}

QSize CodeTitle::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 8, fontMetrics().height()};
}

void CodeTitle::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Theme::of(palette()).text);
    painter.drawText(rect(), Qt::TextWrapAnywhere | Qt::AlignVCenter, text());
}

} // namespace errata
