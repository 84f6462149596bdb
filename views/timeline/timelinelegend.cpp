#include "views/timeline/timelinelegend.h"

#include "views/theme/theme.h"
#include "views/timeline/timelinepainter.h"

#include <QPainter>
#include <QStringList>

namespace errata {

namespace {

QStringList words()
{
    return {TimelineLegend::tr("attempt"), TimelineLegend::tr("no answer"), TimelineLegend::tr("wait"),
            TimelineLegend::tr("where jitter may place it"), TimelineLegend::tr("Retry-After")};
}

constexpr double Sign = 14;
constexpr double Gap = 14;

void paintSign(QPainter &painter, int index, const QRectF &box, const Theme &theme)
{
    painter.setPen(Qt::NoPen);
    switch (index) {
    case 0:
        painter.setBrush(theme.muted);
        painter.drawRoundedRect(box.adjusted(3, 2, -1, -2), 2, 2);
        break;
    case 1: {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.muted, 1.5));
        const QRectF frame = box.adjusted(3, 2, -1, -2);
        painter.drawRoundedRect(frame, 2, 2);
        const QRectF cross = frame.adjusted(3, 3, -3, -3);
        painter.drawLine(cross.topLeft(), cross.bottomRight());
        painter.drawLine(cross.topRight(), cross.bottomLeft());
        break;
    }
    case 2:
        painter.fillRect(QRectF(box.left(), box.center().y() - 3, box.width(), 6), theme.wait.ground);
        break;
    case 3:
        painter.fillRect(box.adjusted(2, 2, -2, -2), jitterColour(theme));
        break;
    default:
        paintFlag(painter, QPointF(box.left() + 4, box.bottom() - 1), theme);
        break;
    }
}

} // namespace

TimelineLegend::TimelineLegend(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Signs: %1").arg(words().join(QStringLiteral(", "))));
}

QSize TimelineLegend::sizeHint() const
{
    const QFontMetricsF font(scaled(this->font(), SmallText));
    double width = 0;
    for (const QString &word : words())
        width += Sign + 5 + font.horizontalAdvance(word) + Gap;
    return {int(width), int(font.height()) + 4};
}

void TimelineLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(scaled(font(), SmallText));
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(painter.font());
    double x = 0;
    const QStringList all = words();
    for (int i = 0; i < int(all.size()); ++i) {
        paintSign(painter, i, QRectF(x, (height() - Sign) / 2, Sign, Sign), theme);
        x += Sign + 5;
        const double width = metrics.horizontalAdvance(all[i]);
        painter.setPen(theme.muted);
        painter.drawText(QRectF(x, 0, width + 1, height()), Qt::AlignLeft | Qt::AlignVCenter, all[i]);
        x += width + Gap;
    }
}

} // namespace errata
