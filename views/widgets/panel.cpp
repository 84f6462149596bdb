#include "views/widgets/panel.h"

#include "views/theme/theme.h"

#include <QPainter>

namespace errata {

Panel::Panel(QPalette::ColorRole role, Qt::Edges lines, QWidget *parent) : QWidget(parent), m_lines(lines)
{
    setBackgroundRole(role);
    setAutoFillBackground(true);
}

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Theme::of(palette()).line);
    const QRect r = rect();
    if (m_lines & Qt::TopEdge)
        painter.drawLine(r.topLeft(), r.topRight());
    if (m_lines & Qt::BottomEdge)
        painter.drawLine(r.bottomLeft(), r.bottomRight());
    if (m_lines & Qt::LeftEdge)
        painter.drawLine(r.topLeft(), r.bottomLeft());
    if (m_lines & Qt::RightEdge)
        painter.drawLine(r.topRight(), r.bottomRight());
}

} // namespace errata
