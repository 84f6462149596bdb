#include "views/probe/networkcard.h"

#include "views/texts/texts.h"
#include "views/theme/theme.h"
#include "views/widgets/badge.h"
#include "views/widgets/card.h"
#include "views/widgets/keyvaluegrid.h"
#include "views/widgets/labels.h"

#include <QCoreApplication>
#include <QLabel>
#include <QVBoxLayout>

namespace errata {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("NetworkCard", text);
}

} // namespace

Badge *networkRetryBadge(const NetworkVerdict &verdict, QWidget *parent)
{
    const RetryVerdict retry = verdict.entry.retry;
    auto *badge = new Badge(
        tr("retry: %1").arg(texts::verdict(retry)), [retry](const Theme &t) { return t.verdict(retry); },
        BadgeForm::Filled, parent);
    badge->setToolTip(verdict.entry.retryNote.isEmpty() ? texts::verdictMeaning(retry) : verdict.entry.retryNote);
    return badge;
}

Badge *resendBadge(const NetworkVerdict &verdict, QWidget *parent)
{
    const bool risky = verdict.resend == Resend::Risky;
    auto *badge = new Badge(
        risky ? tr("send again: look first") : tr("send again: safe"),
        [risky](const Theme &t) { return risky ? t.wait : t.yes; }, BadgeForm::Outline, parent);
    badge->setToolTip(verdict.processedText + QLatin1Char('\n') + verdict.resendText);
    return badge;
}

Card *networkCard(const NetworkVerdict &verdict, QWidget *parent)
{
    auto *card = new Card([](const Theme &theme) { return theme.no; }, parent);
    card->setAccessibleName(tr("Why no whole answer came"));
    const NetworkEntry &entry = verdict.entry;
    QLabel *title = bodyText(entry.title, card);
    title->setFont(scaled(title->font(), 1.0, QFont::Bold));
    card->body()->addWidget(title);
    card->body()->addWidget(bodyText(entry.meaning, card));
    card->body()->addWidget(provenanceLabel(entry.provenance, entry.source, card));
    card->body()->addWidget(sectionTitle(tr("Do"), card));
    int n = 0;
    for (const QString &remedy : entry.remedies) {
        const QString line = QStringLiteral("%1. %2").arg(++n).arg(remedy);
        card->body()->addWidget(bodyText(entry.remedies.size() > 1 ? line : remedy, card));
    }
    card->body()->addWidget(sectionTitle(tr("Again?"), card));
    auto *grid = new KeyValueGrid(card);
    const QString advice = texts::verdictMeaning(entry.retry);
    grid->addRow(tr("Retry"),
                 bodyText(entry.retryNote.isEmpty() ? advice : advice + QLatin1Char(' ') + entry.retryNote, grid));
    grid->addRow(tr("Processed"), bodyText(verdict.processedText, grid));
    grid->addRow(tr("Send again"), bodyText(verdict.resendText, grid));
    card->body()->addWidget(grid);
    return card;
}

} // namespace errata
