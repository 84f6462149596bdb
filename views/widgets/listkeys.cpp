#include "views/widgets/listkeys.h"

#include <QKeyEvent>
#include <QKeySequence>

namespace errata {

ListKeyPress listKeyOf(QEvent *event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return {};
    const auto *key = static_cast<QKeyEvent *>(event);
    ListKeyPress press;
    if (key->matches(QKeySequence::Undo))
        press.key = ListKey::Undo;
    else if (key->key() == Qt::Key_Delete)
        press.key = ListKey::Delete;
    if (press.key == ListKey::None)
        return press;
    press.isPressed = event->type() == QEvent::KeyPress;
    event->accept();
    return press;
}

} // namespace errata
