#include "views/probe/redirectspane.h"

#include "views/theme/theme.h"
#include "views/widgets/badge.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QGridLayout>
#include <QLabel>

namespace errata {

namespace {

QString arrowTo(const QByteArray &address)
{
    return QStringLiteral("→ ") + QString::fromUtf8(address);
}

} // namespace

RedirectsPane::RedirectsPane(QWidget *parent) : QScrollArea(parent)
{
    setAccessibleName(tr("Redirects followed"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void RedirectsPane::setRedirects(const std::vector<Redirect> &redirects)
{
    auto *content = new QWidget;
    auto *grid = new QGridLayout(content);
    grid->setContentsMargins(0, 2 * Step, 0, 0);
    grid->setHorizontalSpacing(3 * Step);
    grid->setColumnStretch(1, 1);
    int row = 0;
    if (!redirects.empty())
        grid->addWidget(fixedText(QString::fromUtf8(redirects.front().from), content), row++, 1);
    for (const Redirect &redirect : redirects) {
        const int status = redirect.status;
        auto *badge = new Badge(
            QString::number(status), [status](const Theme &theme) { return theme.status(status); }, BadgeForm::Filled,
            content);
        grid->addWidget(badge, row, 0, Qt::AlignTop);
        grid->addWidget(fixedText(arrowTo(redirect.to), content), row++, 1);
        if (redirect.credentialsDropped) {
            auto *note = new NoteLine(content);
            note->showHint(tr("Another scheme, host or port: Authorization, Cookie, keys and client certificate were "
                              "left out from here on."));
            grid->addWidget(note, row++, 1);
        }
    }
    grid->setRowStretch(row, 1);
    setWidget(content);
}

} // namespace errata
