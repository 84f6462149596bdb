// A push button that is one face of an action: its name, its tool tip, as able as it is.
#pragma once

#include <QPushButton>

class QAction;

namespace errata {

class ActionButton : public QPushButton
{
    Q_OBJECT

public:
    explicit ActionButton(QAction *action, QWidget *parent = nullptr);

private:
    void follow(const QAction *action);
};

} // namespace errata
