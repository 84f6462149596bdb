#include "views/probe/answerview.h"

#include "views/bodyview/bodyview.h"
#include "views/decode/pastetext.h"
#include "views/decode/replytext.h"
#include "views/decode/verdictview.h"
#include "views/probe/answertexts.h"
#include "views/probe/compareview.h"
#include "views/probe/eventsview.h"
#include "views/probe/livebody.h"
#include "views/probe/networkcard.h"
#include "views/probe/redirectspane.h"
#include "views/probe/tlspane.h"
#include "views/texts/texts.h"
#include "views/timeline/attempttexts.h"
#include "views/timeline/timelinewidget.h"
#include "views/widgets/badge.h"
#include "views/widgets/card.h"
#include "views/widgets/emptystate.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/keyvaluegrid.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"
#include "views/widgets/welledit.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace errata {

namespace {

enum Tab { DiagnosisTab, BodyTab, HeadersTab, SentTab, TimingTab, TlsTab, RedirectsTab, EventsTab, CompareTab };

/// Often enough for a countdown in tenths of a second; runs during a wait only.
constexpr std::chrono::milliseconds CountdownTick{100};

WellEdit *readOnlyText(const QString &name, QWidget *parent)
{
    auto *edit = new WellEdit(name, parent);
    edit->setReadOnly(true);
    edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return edit;
}

/// A page of a tab with some air above.
QVBoxLayout *paged(QWidget *page)
{
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 2 * Step, 0, 0);
    column->setSpacing(Step);
    return column;
}

Badge *statusBadge(int status, QWidget *parent)
{
    return new Badge(
        QString::number(status), [status](const Theme &t) { return t.status(status); }, BadgeForm::Filled, parent);
}

/// The word beside the status.
QLabel *headline(const QString &text, QWidget *parent)
{
    auto *word = new QLabel(text, parent);
    word->setFont(scaled(fixedFont(parent->font()), 1.0, QFont::Bold));
    word->setTextFormat(Qt::PlainText);
    return word;
}

} // namespace

AnswerView::AnswerView(QWidget *parent) : QWidget(parent), m_tick(new QTimer(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * Step, 2 * Step, 3 * Step, 3 * Step);
    column->setSpacing(2 * Step);
    m_empty = new EmptyState(tr("No answer yet"),
                             tr("Write a URL above, or choose a probe on the left, then press Send (Ctrl+Enter). "
                                "The answer's diagnosis stands here first, its body after."),
                             this);
    column->addWidget(m_empty, 1);
    m_headPlace = new QVBoxLayout;
    column->addLayout(m_headPlace);
    m_failure = new NoteLine(this);
    column->addWidget(m_failure);
    column->addWidget(buildStrip());
    m_tabs = new QTabWidget(this);
    m_tabs->addTab(buildDiagnosis(), tr("Diagnosis"));
    m_tabs->addTab(buildBody(), tr("Body"));
    m_tabs->addTab(buildHeaders(), tr("Headers"));
    m_sent = readOnlyText(tr("Request as sent"), m_tabs);
    m_tabs->addTab(m_sent, tr("As sent"));
    m_timing = new QWidget(m_tabs);
    m_timingPlace = paged(m_timing);
    m_timingPlace->addStretch();
    m_tabs->addTab(m_timing, tr("Timing"));
    m_tls = new TlsPane(m_tabs);
    m_tabs->addTab(m_tls, tr("TLS"));
    m_redirects = new RedirectsPane(m_tabs);
    m_tabs->addTab(m_redirects, {});
    buildEvents();
    buildCompare();
    column->addWidget(m_tabs, 1);
    m_tabs->hide();
    m_strip->hide();
    // Holds the head up while there are no tabs.
    m_filler = new QWidget(this);
    m_filler->hide();
    column->addWidget(m_filler, 1);

    m_tick->setInterval(CountdownTick);
    connect(m_tick, &QTimer::timeout, this, &AnswerView::count);
}

QWidget *AnswerView::buildStrip()
{
    m_strip = new QWidget(this);
    auto *column = new QVBoxLayout(m_strip);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Step);
    m_timeline = new TimelineWidget(TimelineShape::Strip, m_strip);
    m_timeline->setAttempts(&m_attempts);
    m_timeline->setPlanned(&m_planned);
    m_timeline->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    column->addWidget(m_timeline);
    m_waitRow = new QWidget(m_strip);
    auto *row = new QHBoxLayout(m_waitRow);
    row->setContentsMargins(0, 0, 0, 0);
    m_countdown = new QLabel(m_waitRow);
    auto *now = new QPushButton(tr("Send now"), m_waitRow);
    now->setToolTip(tr("Skips the rest of the wait"));
    auto *stop = new QPushButton(tr("Stop"), m_waitRow);
    stop->setToolTip(tr("Gives up: Esc"));
    row->addWidget(m_countdown);
    row->addWidget(now);
    row->addWidget(stop);
    row->addStretch();
    m_waitRow->hide();
    column->addWidget(m_waitRow);
    connect(now, &QPushButton::clicked, this, &AnswerView::sendNowClicked);
    connect(stop, &QPushButton::clicked, this, &AnswerView::stopClicked);
    return m_strip;
}

QWidget *AnswerView::buildDiagnosis()
{
    auto *content = new QWidget;
    auto *column = paged(content);
    m_noError = bodyText({}, content);
    m_verdict = new VerdictView(content);
    m_verdict->setLeadsOn(false);
    m_networkPlace = new QVBoxLayout;
    column->addLayout(m_networkPlace);
    column->addWidget(m_noError);
    column->addWidget(m_verdict);
    column->addStretch();
    connect(m_verdict, &VerdictView::copyRequested, this, &AnswerView::copyRequested);
    connect(m_verdict, &VerdictView::entryRequested, this, &AnswerView::entryRequested);
    auto *area = new QScrollArea(m_tabs);
    area->setAccessibleName(tr("Diagnosis"));
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

QWidget *AnswerView::buildBody()
{
    auto *page = new QWidget;
    auto *column = paged(page);
    m_body = new BodyView(page);
    column->addWidget(m_body, 1);
    m_live = new LiveBody(page);
    m_live->hide();
    column->addWidget(m_live, 1);
    connect(m_body, &BodyView::copyRequested, this, &AnswerView::copyRequested);
    connect(m_body, &BodyView::saveRequested, this, &AnswerView::saveRequested);
    return page;
}

QWidget *AnswerView::buildHeaders()
{
    auto *table = new QTableView(m_tabs);
    table->setModel(&m_headers);
    table->setAccessibleName(tr("Response headers in order"));
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 2 * Step);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setDefaultSectionSize(220);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

void AnswerView::buildEvents()
{
    m_events = new EventsView(m_tabs);
    m_tabs->addTab(m_events, tr("Events"));
    m_tabs->setTabVisible(EventsTab, false);
    connect(m_events, &EventsView::stopClicked, this, &AnswerView::stopClicked);
    connect(m_events, &EventsView::copyRequested, this, &AnswerView::copyRequested);
    connect(m_events, &EventsView::totalChanged, this,
            [this](qint64 total) { m_tabs->setTabText(EventsTab, tr("Events %1").arg(total)); });
}

void AnswerView::buildCompare()
{
    m_compare = new CompareView(m_tabs);
    m_tabs->addTab(m_compare, tr("Compare"));
    m_tabs->setTabVisible(CompareTab, false);
    connect(m_compare, &CompareView::copyRequested, this, &AnswerView::copyRequested);
    m_compareMenu = new QMenu(this);
    auto *button = new QPushButton(tr("Compare"), m_tabs);
    button->setToolTip(tr("This answer beside another one"));
    button->setMenu(m_compareMenu);
    m_tabs->setCornerWidget(button, Qt::TopRightCorner);
    const auto step = [this](const QKeySequence &keys, auto slot) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, m_compare, slot);
    };
    step(QKeySequence(Qt::Key_F8), &CompareView::nextDifference);
    step(QKeySequence(Qt::SHIFT | Qt::Key_F8), &CompareView::previousDifference);
}

void AnswerView::compare(const NamedAnswer &left, const NamedAnswer &right)
{
    m_compare->compare(left, right);
    m_tabs->setTabVisible(CompareTab, true);
    m_tabs->setCurrentIndex(CompareTab);
}

void AnswerView::showHead(QWidget *head, const QString &facts)
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(head, 1);
    m_facts = mutedLabel(facts, row);
    line->addWidget(m_facts, 0, Qt::AlignTop);
    // Kept until the event that may stand in it is over.
    if (m_head) {
        m_head->hide();
        m_head->deleteLater();
    }
    m_head = row;
    m_sending = nullptr;
    m_headPlace->addWidget(row);
    row->show(); // now, not one turn of the event loop later
    m_empty->hide();
}

void AnswerView::setSending(std::vector<Attempt> planned)
{
    setWaiting(std::nullopt);
    m_attempts.setAttempts({});
    m_strip->setVisible(!planned.empty());
    m_planned.setAttempts(std::move(planned));
    m_failure->clearNote();
    m_tabs->hide();
    m_filler->show();
    auto *head = new QWidget;
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    auto *sending = bodyText(tr("Sending …"), head);
    line->addWidget(sending);
    showHead(head, {});
    m_sending = sending;
    m_waited.start();
    m_tick->start();
}

void AnswerView::setHead(const HttpResponse &head)
{
    auto *line = new QWidget;
    auto *flow = new FlowLayout(line);
    flow->addWidget(statusBadge(head.status, line));
    flow->addWidget(headline(head.reason.isEmpty() ? tr("answers") : QString::fromUtf8(head.reason), line));
    m_coming = mutedLabel(tr("the body is coming …"), line);
    flow->addWidget(m_coming);
    showHead(line, {});
    showFailure({}, {});
    m_headers.setHeaders(head.headers);
    m_tabs->setTabText(HeadersTab, tr("Headers %1").arg(m_headers.rowCount()));
    m_verdict->hide();
    m_noError->setText(tr("Status and headers are here. The diagnosis follows when the answer is whole."));
    m_noError->show();
    m_sent->setPlainText({});
    m_body->hide();
    m_live->begin();
    m_live->show();
    const bool stream = isEventStream(head.headers.value("Content-Type").value_or(QByteArray()));
    m_tabs->setTabVisible(EventsTab, stream);
    if (stream) {
        m_events->begin();
        m_tabs->setCurrentIndex(EventsTab);
    } else {
        m_events->setRows({});
    }
    m_filler->hide();
    m_tabs->show();
}

bool AnswerView::showsEvents() const
{
    return m_events->isLive();
}

qint64 AnswerView::wantedFrom(qint64 received) const
{
    return m_events->isLive() ? m_events->next() : m_live->wantedFrom(received);
}

void AnswerView::addBody(const QByteArray &bytes, qint64 offset, double sinceStartMs)
{
    if (m_events->isLive() && offset == m_events->next())
        m_events->addBytes(bytes, sinceStartMs);
    // Of a long piece the end is enough.
    const qint64 from = std::max(offset, m_live->wantedFrom(offset + bytes.size()));
    m_live->addBytes(bytes.mid(from - offset), from);
}

void AnswerView::clear()
{
    setWaiting(std::nullopt);
    m_attempts.setAttempts({});
    m_planned.setAttempts({});
    m_strip->hide();
    m_failure->clearNote();
    m_tabs->hide();
    m_filler->hide();
    if (m_head) {
        m_head->hide();
        m_head->deleteLater();
    }
    m_head = nullptr;
    m_facts = nullptr;
    m_empty->show();
}

void AnswerView::setProgress(qint64 received, qint64 total)
{
    if (!m_facts)
        return;
    m_facts->setText(total > 0 ? tr("%1 of %2").arg(sizeText(received), sizeText(total)) : sizeText(received));
}

void AnswerView::setAttempts(std::vector<Attempt> attempts)
{
    m_strip->setVisible(attempts.size() > 1 || m_planned.rowCount() > 0);
    m_attempts.setAttempts(std::move(attempts));
}

void AnswerView::setWaiting(std::optional<Millis> duration)
{
    m_wait = duration;
    m_waitRow->setVisible(duration.has_value());
    if (m_coming && duration)
        m_coming->hide(); // it is whole, and another attempt follows
    if (!duration) {
        if (!m_sending)
            m_tick->stop();
        m_timeline->setNow(std::nullopt);
        return;
    }
    m_strip->show();
    m_waited.start();
    m_tick->start();
    count();
}

void AnswerView::count()
{
    if (!m_wait) {
        if (m_sending)
            m_sending->setText(tr("Sending … %1 s").arg(double(m_waited.elapsed()) / 1000, 0, 'f', 1));
        else
            m_tick->stop();
        return;
    }
    const Millis waited = std::min(Millis(double(m_waited.elapsed())), *m_wait);
    const int next = m_attempts.rowCount() + 1;
    const double left = (*m_wait - waited).count();
    const QString time = left < 10'000 ? QStringLiteral("%1 s").arg(left / 1000, 0, 'f', 1) : shortTime(Millis(left));
    m_countdown->setText(tr("Try %1 in %2").arg(next).arg(time));
    Millis start{0};
    if (const Attempt *last = m_attempts.attempt(m_attempts.rowCount() - 1))
        start = last->starts.actual + last->outcome.latency;
    m_timeline->setNow(start + waited);
}

void AnswerView::setResult(const HttpRequest &request, const SendResult &result, const Diagnosis &diagnosis,
                           std::vector<EventStreamModel::Row> events)
{
    setWaiting(std::nullopt);
    const Finding *finding = diagnosis.findings.empty() ? nullptr : &diagnosis.findings.front();
    auto *head = new QWidget;
    auto *flow = new FlowLayout(head);
    if (result.response)
        flow->addWidget(statusBadge(result.response->status, head));
    else
        flow->addWidget(new Badge(
            tr("no answer"), [](const Theme &t) { return t.no; }, BadgeForm::Filled, head));
    flow->addWidget(headline(headlineOf(result, finding), head));
    if (finding && finding->api) {
        const Catalog *catalog = m_catalogs.catalog(*finding->api);
        flow->addWidget(Badge::forApi(*finding->api, catalog ? catalog->name : *finding->api, head));
    }
    if (finding) {
        const RetryVerdict verdict = finding->retry.verdict;
        const bool isError = finding->isError;
        flow->addWidget(new Badge(
            retryWord(*finding), [=](const Theme &t) { return t.verdict(verdict, isError); }, BadgeForm::Filled, head));
    }
    const std::optional<NetworkVerdict> network = networkVerdict(result, request.method);
    if (network) {
        flow->addWidget(networkRetryBadge(*network, head));
        flow->addWidget(resendBadge(*network, head));
    }
    showHead(head, factsOf(result, m_attempts.attempts()));
    showFailure(result.failure, network);
    showVerdict(diagnosis, result.response.has_value());

    m_compare->clear();
    m_tabs->setTabVisible(CompareTab, false);
    showBody(result);
    showEvents(result, std::move(events));
    m_headers.setHeaders(result.response ? result.response->headers : Headers());
    m_tabs->setTabText(HeadersTab, tr("Headers %1").arg(m_headers.rowCount()));
    const QByteArray sent = asSent(request, result);
    const QString sentText = shownText(sent.left(showableBytes(sent)));
    m_sent->wrapFor(sentText);
    m_sent->setPlainText(sentText);
    showTiming(result);
    showConnection(result);
    m_filler->hide();
    if (!result.response)
        m_tabs->setCurrentIndex(DiagnosisTab); // the others have nothing to say
    m_tabs->show();
}

void AnswerView::showFailure(const NetworkFailure &failure, const std::optional<NetworkVerdict> &verdict)
{
    delete m_networkCard;
    m_networkCard = nullptr;
    if (!verdict) {
        m_failure->clearNote();
        return;
    }
    QString text = verdict->entry.title;
    if (!failure.detail.isEmpty())
        text += QLatin1Char('\n') + failure.detail;
    m_failure->showProblem(text);
    m_networkCard = networkCard(*verdict, this);
    m_networkPlace->addWidget(m_networkCard);
}

void AnswerView::showVerdict(const Diagnosis &diagnosis, bool answered)
{
    const bool found = !diagnosis.findings.empty();
    m_verdict->setVisible(found);
    m_noError->setVisible(!found || !diagnosis.problems.isEmpty());
    if (!diagnosis.problems.isEmpty())
        m_noError->setText(diagnosis.problems.join(QLatin1Char('\n')));
    else if (answered)
        m_noError->setText(tr("No error recognised in this answer."));
    else
        m_noError->setText(tr("No answer came, so there is nothing to recognise. “As sent” and “Timing” show what "
                              "was tried."));
    if (found)
        m_verdict->setFinding(diagnosis.findings.front(), m_catalogs);
}

void AnswerView::showEvents(const SendResult &result, std::vector<EventStreamModel::Row> events)
{
    const bool stream =
        result.response && isEventStream(result.response->headers.value("Content-Type").value_or(QByteArray()));
    const bool wasLive = m_events->isLive();
    if (!stream) {
        m_events->setRows({});
    } else if (!events.empty()) {
        m_events->setRows(std::move(events));
    } else {
        if (!wasLive)
            m_events->begin();
        // What came since the last look; all of it, where none of it was seen to come.
        const std::optional<double> now = wasLive ? std::optional(result.timings.totalMs) : std::nullopt;
        const QByteArray rest = result.response->body.mid(m_events->next());
        m_events->addBytes(rest, now);
        m_events->end();
    }
    m_tabs->setTabVisible(EventsTab, stream);
}

void AnswerView::showBody(const SendResult &result)
{
    m_live->hide();
    m_live->begin();
    m_body->show();
    if (!result.response)
        return m_body->setBody({});
    const HttpResponse &response = *result.response;
    const QByteArray bytes = response.body.isNull() ? QByteArray("") : response.body;
    m_body->setBody({bytes, response.headers.value("Content-Type").value_or(QByteArray()), response.storage.handle});
}

void AnswerView::showBodyTab()
{
    m_tabs->setCurrentIndex(BodyTab);
}

void AnswerView::showTlsTab()
{
    m_tabs->setCurrentIndex(TlsTab);
}

void AnswerView::showRedirectsTab()
{
    m_tabs->setCurrentIndex(RedirectsTab);
}

void AnswerView::showConnection(const SendResult &result)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_tabs->setTabVisible(TlsTab, result.tls.has_value());
    if (result.tls) {
        m_tls->setDetails(*result.tls, now);
        const bool isWarned = !result.tls->verified || isNearItsEnd(*result.tls, now);
        m_tabs->setTabText(TlsTab, isWarned ? tr("TLS !") : tr("TLS"));
        m_tabs->setTabToolTip(TlsTab, isWarned ? tr("The server's certificate needs a look") : QString());
    }
    m_tabs->setTabVisible(RedirectsTab, !result.redirects.empty());
    m_tabs->setTabText(RedirectsTab, tr("Redirects %1").arg(result.redirects.size()));
    m_redirects->setRedirects(result.redirects);
}

void AnswerView::showTiming(const SendResult &result)
{
    auto *content = new QWidget(m_timing);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    auto *grid = new KeyValueGrid(content);
    for (const auto &[name, value] : timingRows(result))
        grid->addRow(name, fixedText(value, grid));
    column->addWidget(grid);
    column->addStretch();
    while (QLayoutItem *item = m_timingPlace->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_timingPlace->addWidget(content);
}

} // namespace errata
