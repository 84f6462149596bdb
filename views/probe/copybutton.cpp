#include "views/probe/copybutton.h"

#include "models/http/programs.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

namespace errata {

CopyButton::CopyButton(QWidget *parent) : QWidget(parent), m_menu(new QMenu(this))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2);
    auto *curl = new QPushButton(tr("Copy as curl"), this);
    curl->setToolTip(tr("Secrets are masked (Ctrl+Shift+C)"));
    auto *more = new QPushButton(this);
    more->setAccessibleName(tr("Copy the request as another program"));
    more->setToolTip(tr("Other programs, variables filled in, secrets"));
    more->setMenu(m_menu);
    constexpr int arrowWidth = 30;
    more->setFixedWidth(arrowWidth);
    line->addWidget(curl);
    line->addWidget(more);
    m_menu->setAccessibleName(tr("Copy the request"));
    addFormats(m_menu, false);
    m_menu->addSeparator();
    m_filled = m_menu->addAction(tr("Fill in variables"));
    m_filled->setCheckable(true);
    // For this one copy: there is no switch that could be forgotten.
    auto *open = m_menu->addMenu(tr("With secrets in it"));
    open->setAccessibleName(tr("Copy the request with its secrets"));
    addFormats(open, true);
    connect(curl, &QPushButton::clicked, this, [this] {
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
