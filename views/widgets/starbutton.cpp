#include "views/widgets/starbutton.h"

#include "views/theme/erratastyle.h"

#include <QPainter>

#include <cmath>

namespace errata {

StarButton::StarButton(QWidget *parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
}

void StarButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    if (underMouse())
        drawBox(&painter, rect(), theme.raised, {});
    drawStar(&painter, QRectF(rect()).adjusted(6, 6, -6, -6), isChecked(), isChecked() ? theme.wait.ink : theme.muted);
    if (hasFocus())
        drawFocusRing(&painter, rect(), theme);
}

void drawStar(QPainter *painter, const QRectF &rect, bool filled, const QColor &colour)
{
    constexpr double pi = 3.14159265358979323846;
    constexpr double innerRadius = 0.45; // of the outer one
    QPolygonF star;
    for (int i = 0; i < 10; ++i) {
        const double radius = (i % 2 ? innerRadius : 1.0) * rect.width() / 2;
        const double angle = pi * i / 5 - pi / 2;
        star << rect.center() + QPointF(radius * std::cos(angle), radius * std::sin(angle) + rect.height() * 0.04);
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour, 1.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(filled ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter->drawPolygon(star);
    painter->restore();
}

} // namespace errata
