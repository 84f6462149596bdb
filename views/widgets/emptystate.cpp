#include "views/widgets/emptystate.h"

#include "views/theme/theme.h"
#include "views/widgets/labels.h"

#include <QLabel>
#include <QVBoxLayout>

namespace errata {

EmptyState::EmptyState(const QString &title, const QString &text, QWidget *parent)
    : QWidget(parent), m_title(bodyText(title, this)), m_text(mutedText(text, this)), m_layout(new QVBoxLayout(this))
{
    m_title->setFont(scaled(m_title->font(), 1.0, QFont::Bold));
    // Nothing to copy here, and text one can select costs a document each.
    m_title->setTextInteractionFlags(Qt::NoTextInteraction);
    m_text->setTextInteractionFlags(Qt::NoTextInteraction);
    m_layout->setContentsMargins(6 * Step, 6 * Step, 6 * Step, 6 * Step);
    m_layout->setSpacing(2 * Step);
    m_layout->addWidget(m_title);
    m_layout->addWidget(m_text);
    m_layout->addStretch();
}

void EmptyState::setTexts(const QString &title, const QString &text)
{
    m_title->setText(title);
    m_text->setText(text);
}

void EmptyState::addWidget(QWidget *widget)
{
    m_layout->insertWidget(m_layout->count() - 1, widget);
}

} // namespace errata
