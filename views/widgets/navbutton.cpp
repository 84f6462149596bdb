#include "views/widgets/navbutton.h"

#include "views/theme/erratastyle.h"

#include <QPainter>

namespace errata {

NavButton::NavButton(const QString &title, int number, QWidget *parent) : QAbstractButton(parent), m_number(number)
{
    setText(title);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize NavButton::sizeHint() const
{
    return {120, fontMetrics().height() + 5 * Step};
}

void NavButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    if (isChecked())
        drawBox(&painter, rect(), theme.accentSoft, {});
    else if (underMouse())
        drawBox(&painter, rect(), theme.raised, {});
    QFont bold = font();
    bold.setBold(isChecked());
    painter.setFont(bold);
    painter.setPen(isChecked() ? theme.accent : theme.muted);
    const QRect words = rect().adjusted(10, 0, -10, 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, text());
    painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, QString::number(m_number));
    if (hasFocus())
        drawFocusRing(&painter, rect(), theme);
}

} // namespace errata
