#include "views/widgets/card.h"

#include "views/theme/erratastyle.h"

#include <QPainter>
#include <QVBoxLayout>

namespace errata {

Card::Card(QWidget *parent) : Card(ToneOf(), parent) {}

Card::Card(ToneOf edge, QWidget *parent) : QWidget(parent), m_edge(std::move(edge)), m_body(new QVBoxLayout(this))
{
    m_body->setContentsMargins(4 * Step, 3 * Step, 4 * Step, 3 * Step);
    m_body->setSpacing(2 * Step);
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    drawBox(&painter, rect(), theme.surface, theme.line);
    if (!m_edge)
        return;
    painter.setClipRect(0, 0, 3, height());
    drawBox(&painter, rect(), m_edge(theme).ink, {});
}

} // namespace errata
