#include "views/decode/verdictview.h"

#include "models/decode/reply.h"
#include "views/decode/reasonline.h"
#include "views/decode/replytext.h"
#include "views/texts/texts.h"
#include "views/widgets/badge.h"
#include "views/widgets/card.h"
#include "views/widgets/codetitle.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/keyvaluegrid.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

namespace errata {

namespace {

Tone confidenceTone(const Theme &theme, Confidence confidence)
{
    switch (confidence) {
    case Confidence::Certain:
        return theme.yes;
    case Confidence::Likely:
        return theme.wait;
    case Confidence::Guess:
        break;
    }
    return theme.unstated;
}

QLabel *bold(const QString &text, QWidget *parent)
{
    QLabel *label = bodyText(text, parent);
    label->setFont(scaled(label->font(), 1.0, QFont::Bold));
    return label;
}

/// What stands where a code would.
QString headline(const Finding &finding)
{
    if (finding.code)
        return *finding.code;
    if (finding.httpStatus)
        return VerdictView::tr("HTTP %1").arg(*finding.httpStatus);
    return finding.isError ? VerdictView::tr("An error without a code") : VerdictView::tr("No error recognised");
}

} // namespace

VerdictView::VerdictView(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    setAccessibleName(tr("Verdict"));
}

void VerdictView::setMaskedCount(std::optional<int> count)
{
    m_maskedCount = count;
    showMaskedCount();
}

void VerdictView::showMaskedCount()
{
    if (!m_masked)
        return;
    m_masked->setVisible(m_maskedCount.has_value());
    const int count = m_maskedCount.value_or(0);
    m_masked->setText(count == 1 ? tr("1 secret masked") : tr("%1 secrets masked").arg(count));
    m_masked->setToolTip(tr("Secrets found in the text; in every copy and in the bundle placeholders stand for them"));
}

void VerdictView::focusFirst()
{
    for (QWidget *widget : m_content ? m_content->findChildren<QWidget *>() : QList<QWidget *>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isEnabled()) {
            widget->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void VerdictView::showNews(const QString &text)
{
    if (m_news)
        m_news->showHint(text);
}

void VerdictView::setFinding(const Finding &finding, const CatalogSet &catalogs)
{
    m_finding = finding;
    m_catalogs = catalogs;
    m_entry = finding.entryId ? catalogs.entry(*finding.entryId) : nullptr;
    m_catalog = finding.api ? catalogs.catalog(*finding.api) : nullptr;

    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * Step);
    column->addWidget(verdictCard());
    if (!finding.contradictions.empty())
        column->addWidget(contradictionCard());
    // Before the facts, which are many: the actions are seen without scrolling.
    column->addWidget(buttons());
    if (!finding.ids.empty() || !finding.missing.empty() || finding.url)
        column->addWidget(ticketCard());
    if (!finding.alternatives.empty())
        column->addWidget(alternativeCard());

    // A link of the old content may be what brought us here: it goes once it is done.
    if (m_content) {
        m_content->hide();
        m_content->deleteLater();
    }
    m_content = content;
    m_column->addWidget(content);
    content->show(); // a layout would show it one turn of the event loop later, and flicker
}

QWidget *VerdictView::verdictCard()
{
    auto *card = new Card(this);
    QVBoxLayout *column = card->body();
    column->addWidget(header(card));
    if (m_entry)
        column->addWidget(bodyText(m_entry->meaning.value, card));
    else if (m_finding.code && !m_finding.known)
        column->addWidget(
            bodyText(tr("This code is in no catalog; what follows is read from the shape and the status."), card));
    if (m_finding.message && !m_finding.message->isEmpty())
        column->addWidget(mutedText(tr("It says: %1").arg(*m_finding.message), card));
    if (!m_finding.retry.reason.isEmpty()) {
        column->addSpacing(Step);
        column->addWidget(sectionTitle(tr("Retry"), card));
        column->addWidget(bodyText(m_finding.retry.reason, card));
    }
    addReasons(column, card);
    addRemedies(column, card);
    return card;
}

QWidget *VerdictView::header(QWidget *card)
{
    auto *row = new QWidget(card);
    auto *flow = new FlowLayout(row);
    if (m_finding.api)
        flow->addWidget(Badge::forApi(*m_finding.api, m_catalog ? m_catalog->name : *m_finding.api, row));
    auto *code = new CodeTitle(headline(m_finding), row);
    flow->addWidget(code);
    if (m_finding.httpStatus && m_finding.code) {
        const int status = *m_finding.httpStatus;
        flow->addWidget(new Badge(
            QString::number(status), [status](const Theme &t) { return t.status(status); }, BadgeForm::Filled, row));
    }
    const Confidence confidence = m_finding.confidence;
    auto *sure = new Badge(
        texts::confidence(confidence), [confidence](const Theme &t) { return confidenceTone(t, confidence); },
        BadgeForm::Filled, row);
    sure->setToolTip(texts::confidenceMeaning(confidence));
    flow->addWidget(sure);
    const RetryVerdict verdict = m_finding.retry.verdict;
    const bool isError = m_finding.isError;
    auto *retry = new Badge(
        retryWord(m_finding), [=](const Theme &t) { return t.verdict(verdict, isError); }, BadgeForm::Filled, row);
    retry->setToolTip(texts::verdictMeaning(verdict, isError));
    flow->addWidget(retry);
    return row;
}

void VerdictView::addReasons(QVBoxLayout *column, QWidget *card)
{
    if (m_finding.evidence.empty())
        return;
    column->addSpacing(Step);
    column->addWidget(sectionTitle(tr("Because"), card));
    auto *lines = new QVBoxLayout;
    lines->setSpacing(Step);
    for (const Evidence &evidence : m_finding.evidence) {
        auto *line = new ReasonLine(evidence.what, evidence.where, card);
        connect(line, &ReasonLine::pointedAt, this, &VerdictView::pointedAt);
        lines->addWidget(line);
    }
    column->addLayout(lines);
}

void VerdictView::addRemedies(QVBoxLayout *column, QWidget *card)
{
    if (!m_entry || m_entry->remedies.empty())
        return;
    column->addSpacing(Step);
    column->addWidget(sectionTitle(tr("Do"), card));
    const bool many = m_entry->remedies.size() > 1;
    int n = 0;
    for (const Fact<QString> &remedy : m_entry->remedies)
        column->addWidget(bodyText(many ? tr("%1. %2").arg(++n).arg(remedy.value) : remedy.value, card));
}

QWidget *VerdictView::contradictionCard()
{
    auto *card = new Card([](const Theme &theme) { return theme.wait; }, this);
    card->body()->addWidget(bold(tr("What does not agree"), card));
    for (const Contradiction &contradiction : m_finding.contradictions) {
        auto *line = new ReasonLine(contradiction.text, contradiction.where, card);
        line->setForegroundRole(QPalette::PlaceholderText);
        connect(line, &ReasonLine::pointedAt, this, &VerdictView::pointedAt);
        card->body()->addWidget(line);
    }
    return card;
}

QPushButton *VerdictView::copyLink(const QString &name, const QString &text, const QString &said, const QString &spoken)
{
    QPushButton *link = linkButton(name, this);
    link->setFixedHeight(fontMetrics().height() + Step);
    link->setAccessibleName(spoken);
    connect(link, &QPushButton::clicked, this, [this, text, said] {
        m_news->showHint(said);
        Q_EMIT copyRequested(text, said);
    });
    return link;
}

QWidget *VerdictView::ticketCard()
{
    auto *card = new Card(this);
    auto *head = new QHBoxLayout;
    head->addWidget(sectionTitle(tr("For the ticket"), card), 1);
    head->addWidget(copyLink(tr("Copy facts"), ticketText(m_finding, m_catalogs),
                             tr("Copied: the facts for the ticket."), tr("Copy facts")));
    card->body()->addLayout(head);
    auto *grid = new KeyValueGrid(card);
    const auto addKnown = [this, grid](const QString &title, const QString &value) {
        grid->addRow(title, fixedText(value, grid),
                     copyLink(tr("copy"), value, tr("Copied: %1.").arg(title), tr("Copy %1").arg(title)));
    };
    if (m_finding.url)
        addKnown(tr("Endpoint"),
                 (m_finding.method ? *m_finding.method + QLatin1Char(' ') : QString()) + *m_finding.url);
    for (const FoundId &id : m_finding.ids)
        addKnown(id.title, id.value);
    int questions = 0;
    for (const MissingFact &fact : m_finding.missing) {
        if (fact.never) {
            grid->addRow(fact.title, mutedText(fact.ask.isEmpty() ? tr("this API sends none") : fact.ask, grid));
            continue;
        }
        ++questions;
        grid->addRow(fact.title, bodyText(tr("missing. Ask: %1").arg(fact.ask), grid),
                     copyLink(tr("copy question"), fact.ask, tr("Copied: the question for %1.").arg(fact.title),
                              tr("Copy the question for %1").arg(fact.title)));
    }
    card->body()->addWidget(grid);
    if (questions > 1) {
        const QString name = tr("Copy all %1 questions as one message").arg(questions);
        card->body()->addWidget(copyLink(name, questionsText(m_finding), tr("Copied: the questions."), name), 0,
                                Qt::AlignRight);
    }
    return card;
}

QWidget *VerdictView::alternativeCard()
{
    auto *card = new Card(this);
    card->body()->addWidget(sectionTitle(tr("Other readings"), card));
    auto *grid = new KeyValueGrid(card);
    for (const Alternative &alternative : m_finding.alternatives) {
        const Catalog *catalog = m_catalogs.catalog(alternative.api);
        const QString name = catalog ? catalog->name : alternative.api;
        auto *take = linkButton(tr("read so"), grid);
        take->setAccessibleName(tr("Read it as %1 %2").arg(name, alternative.code));
        connect(take, &QPushButton::clicked, this, [this, alternative] { Q_EMIT alternativeRequested(alternative); });
        const QString code = alternative.code.isEmpty() ? QString() : alternative.code + QStringLiteral(": ");
        grid->addRow(name, bodyText(code + alternative.why, grid), take);
    }
    card->body()->addWidget(grid);
    return card;
}

QWidget *VerdictView::buttons()
{
    auto *row = new QWidget(this);
    auto *flow = new FlowLayout(row);
    if (m_entry && !m_entry->reply.isEmpty()) {
        QPushButton *reply = primaryButton(tr("Copy reply"), row);
        reply->setToolTip(tr("An answer to the customer, with what is known filled in"));
        connect(reply, &QPushButton::clicked, this, [this] { copyReply(false); });
        flow->addWidget(reply);
    }
    m_masked = nullptr;
    if (m_leadsOn)
        addLeads(row, flow);
    if (m_entry) {
        auto *open = new QPushButton(tr("Open in catalog"), row);
        connect(open, &QPushButton::clicked, this, [this] { Q_EMIT entryRequested(m_entry->id); });
        flow->addWidget(open);
    }
    if (m_leadsOn) {
        m_masked = mutedLabel({}, row);
        m_masked->setFixedHeight(QPushButton(tr("Copy"), row).sizeHint().height());
        flow->addWidget(m_masked);
        showMaskedCount();
    }
    m_news = new NoteLine(row);
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(row);
    column->addWidget(m_news);
    return box;
}

void VerdictView::addLeads(QWidget *row, QLayout *flow)
{
    const auto add = [row, flow](const QString &text, const QString &tip) {
        auto *button = new QPushButton(text, row);
        button->setToolTip(tip);
        flow->addWidget(button);
        return button;
    };
    connect(add(tr("Copy internal note"), tr("The finding for colleagues, as Markdown")), &QPushButton::clicked, this,
            [this] { Q_EMIT noteRequested(m_finding, false); });
    flow->addWidget(copyMenu(row));
    connect(add(tr("Escalation bundle"), tr("Summary, failed exchanges and requests as a .zip, secrets masked")),
            &QPushButton::clicked, this, &VerdictView::bundleRequested);
    connect(add(tr("Probe it"), tr("Carries the request over to the Probe page; nothing is sent yet")),
            &QPushButton::clicked, this, [this] { Q_EMIT probeRequested(m_finding); });
    connect(add(tr("Simulate retries"), tr("Plays this error in the retry lab")), &QPushButton::clicked, this,
            [this] { Q_EMIT simulateRequested(scriptFor(m_finding)); });
}

QPushButton *VerdictView::copyMenu(QWidget *row)
{
    auto *button = new QPushButton(tr("Copy more"), row);
    button->setToolTip(tr("Reply and facts with the secrets in them"));
    auto *menu = new QMenu(button);
    if (m_entry && !m_entry->reply.isEmpty())
        connect(menu->addAction(tr("Copy reply with secrets")), &QAction::triggered, this, [this] { copyReply(true); });
    connect(menu->addAction(tr("Copy internal note with secrets")), &QAction::triggered, this,
            [this] { Q_EMIT noteRequested(m_finding, true); });
    connect(menu->addAction(tr("Copy facts with secrets")), &QAction::triggered, this, [this] {
        Q_EMIT copyWithSecretsRequested(ticketText(m_finding, m_catalogs), tr("Copied: the facts for the ticket."));
    });
    button->setMenu(menu);
    return button;
}

void VerdictView::copyReply(bool withSecrets)
{
    const FilledReply reply = filledReply(m_entry->reply, m_finding, waitText(m_finding));
    const QString said =
        reply.unfilled.isEmpty()
            ? tr("Copied: the reply.")
            : tr("Copied: the reply. Still to fill in: <%1>.").arg(reply.unfilled.join(QStringLiteral(">, <")));
    m_news->showHint(said);
    if (withSecrets)
        Q_EMIT copyWithSecretsRequested(reply.text, said);
    else
        Q_EMIT copyRequested(reply.text, said);
}

} // namespace errata
