#include "views/lab/sidebyside.h"

#include "views/theme/theme.h"

#include <QBoxLayout>

namespace errata {

SideBySide::SideBySide(int least, QWidget *parent)
    : QWidget(parent), m_least(least), m_layout(new QBoxLayout(QBoxLayout::TopToBottom, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(3 * Step);
}

void SideBySide::addWidget(QWidget *widget)
{
    // As wide as the others, whatever they would like to be.
    QSizePolicy policy = widget->sizePolicy();
    policy.setHorizontalPolicy(QSizePolicy::Ignored);
    widget->setSizePolicy(policy);
    m_layout->addWidget(widget, 1);
}

void SideBySide::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_layout->setDirection(width() >= m_least ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace errata
