#include "views/probe/copybutton.h"

#include "models/http/programs.h"

#include <QMenu>

namespace errata {

CopyButton::CopyButton(QWidget *parent) : QToolButton(parent), m_filled(nullptr)
{
    setText(tr("Copy as curl"));
    setToolTip(tr("Secrets are masked (Ctrl+Shift+C)"));
    setAccessibleDescription(tr("Its menu has other programs."));
    setPopupMode(QToolButton::MenuButtonPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto *menu = new QMenu(this);
    menu->setAccessibleName(tr("Copy the request"));
    addFormats(menu, false);
    menu->addSeparator();
    m_filled = menu->addAction(tr("Fill in variables"));
    m_filled->setCheckable(true);
    m_filled->setToolTip(tr("Off: {{name}} stays as it is written"));
    // For this one copy: there is no switch that could be forgotten.
    auto *open = menu->addMenu(tr("With secrets in it"));
    open->setAccessibleName(tr("Copy the request with its secrets"));
    addFormats(open, true);
    setMenu(menu);
    connect(this, &QToolButton::clicked, this, [this] {
        Q_EMIT copyRequested({QLatin1String(programFormats().front().name), m_filled->isChecked(), false});
    });
}

void CopyButton::addFormats(QMenu *menu, bool withSecrets)
{
    for (const ProgramFormat &format : programFormats()) {
        const QString name = QLatin1String(format.name);
        connect(menu->addAction(tr("Copy as %1").arg(QLatin1String(format.title))), &QAction::triggered, this,
                [this, name, withSecrets] {
                    Q_EMIT copyRequested({name, m_filled->isChecked(), withSecrets});
                });
    }
}

} // namespace errata
