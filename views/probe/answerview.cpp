#include "views/probe/answerview.h"

#include "views/bodyview/bodyview.h"
#include "views/decode/pastetext.h"
#include "views/decode/replytext.h"
#include "views/decode/verdictview.h"
#include "views/probe/answertexts.h"
#include "views/probe/redirectspane.h"
#include "views/probe/tlspane.h"
#include "views/texts/texts.h"
#include "views/timeline/attempttexts.h"
#include "views/timeline/timelinewidget.h"
#include "views/widgets/badge.h"
#include "views/widgets/emptystate.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/keyvaluegrid.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"
#include "views/widgets/welledit.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace errata {

namespace {

enum Tab { DiagnosisTab, BodyTab, HeadersTab, SentTab, TimingTab, TlsTab, RedirectsTab };

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
    line->addWidget(bodyText(tr("Sending …"), head));
    showHead(head, {});
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
    if (!duration) {
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
    if (!m_wait)
        return;
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

void AnswerView::setResult(const HttpRequest &request, const SendResult &result, const Diagnosis &diagnosis)
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
    const QString headline = headlineOf(result, finding);
    auto *word = new QLabel(headline, head);
    word->setFont(scaled(fixedFont(font()), 1.0, QFont::Bold));
    word->setTextFormat(Qt::PlainText);
    flow->addWidget(word);
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
    showHead(head, factsOf(result, m_attempts.attempts()));
    showFailure(result.failure);
    showVerdict(diagnosis, result.response.has_value());

    showBody(result);
    m_headers.setHeaders(result.response ? result.response->headers : Headers());
    m_tabs->setTabText(HeadersTab, tr("Headers %1").arg(m_headers.rowCount()));
    const QByteArray sent = asSent(request, result);
    const QString sentText = shownText(sent.left(showableBytes(sent)));
    m_sent->wrapFor(sentText);
    m_sent->setPlainText(sentText);
    showTiming(result);
    showConnection(result);
    m_filler->hide();
    m_tabs->show();
}

void AnswerView::showFailure(const NetworkFailure &failure)
{
    if (failure.kind == NetworkError::None) {
        m_failure->clearNote();
        return;
    }
    QString text = texts::networkError(failure.kind);
    if (!failure.detail.isEmpty())
        text += QLatin1Char('\n') + failure.detail;
    m_failure->showProblem(text);
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

void AnswerView::showBody(const SendResult &result)
{
    if (!result.response)
        return m_body->setBody({});
    const HttpResponse &response = *result.response;
    m_body->setBody({response.body, response.headers.value("Content-Type").value_or(QByteArray())});
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
        m_tabs->setTabText(TlsTab, isWarned ? tr("TLS: look") : tr("TLS"));
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
