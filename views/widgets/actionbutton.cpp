#include "views/widgets/actionbutton.h"

#include <QAction>

namespace errata {

ActionButton::ActionButton(QAction *action, QWidget *parent) : QPushButton(parent)
{
    follow(action);
    connect(action, &QAction::changed, this, [this, action] { follow(action); });
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
}

void ActionButton::follow(const QAction *action)
{
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    setText(action->text());
    setToolTip(keys.isEmpty() ? action->toolTip() : QStringLiteral("%1 (%2)").arg(action->toolTip(), keys));
    setEnabled(action->isEnabled());
}

} // namespace errata
