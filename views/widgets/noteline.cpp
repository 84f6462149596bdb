#include "views/widgets/noteline.h"

#include "views/theme/theme.h"

#include <QAccessible>
#include <QEvent>

namespace errata {

NoteLine::NoteLine(QWidget *parent) : WrapLabel({}, parent)
{
    colour();
    hide();
}

void NoteLine::showText(const QString &text, bool problem)
{
    const bool news = !text.isEmpty() && (text != this->text() || problem != m_problem);
    m_problem = problem;
    setText(text);
    setVisible(!text.isEmpty());
    colour();
    if (news && problem) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void NoteLine::colour()
{
    if (m_colouring)
        return;
    m_colouring = true;
    // Start from what the parents give: a change of theme reaches us through them.
    setPalette(QPalette());
    const Theme &theme = Theme::of(palette());
    QPalette own;
    own.setColor(QPalette::WindowText, m_problem ? theme.no.ink : theme.muted);
    setPalette(own);
    m_colouring = false;
}

void NoteLine::changeEvent(QEvent *event)
{
    WrapLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)
        colour();
}

} // namespace errata
