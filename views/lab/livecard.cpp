#include "views/lab/livecard.h"

#include "views/timeline/attempttexts.h"
#include "views/timeline/timeaxis.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <chrono>

namespace errata {

namespace {

/// Often enough for a countdown in tenths of a second; runs during a wait only.
constexpr std::chrono::milliseconds CountdownTick{100};

enum Source { TypedUrl, ProbeTab };

/// Why nothing can be sent there; empty where it can.
QString urlProblem(const QUrl &url)
{
    const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !isHttp || url.host().isEmpty())
        return LiveCard::tr("Nothing was sent: type a whole URL, as in https://api.example.com/health");
    return {};
}

} // namespace

LiveCard::LiveCard(QWidget *parent) : Card(parent), m_tick(new QTimer(this))
{
    m_tick->setInterval(CountdownTick);
    connect(m_tick, &QTimer::timeout, this, &LiveCard::showCountdown);
    auto *head = new QHBoxLayout;
    auto *title = new QLabel(tr("Live"), this);
    title->setFont(scaled(title->font(), 1.0, QFont::Bold));
    auto *close = linkButton(tr("Close"), this);
    close->setAccessibleName(tr("Close the live run"));
    head->addWidget(title);
    head->addStretch();
    head->addWidget(close);
    body()->addLayout(head);
    buildRequest();
    buildButtons();
    m_note = new NoteLine(this);
    body()->addWidget(m_note);
    connect(close, &QPushButton::clicked, this, &LiveCard::closeRequested);
    setProbeRequest({});
    setRunning(false);
}

void LiveCard::buildRequest()
{
    body()->addWidget(
        mutedText(tr("Sends a real request under this policy. The plan stays behind what happens; nothing "
                     "is sent before you press Run live, and every attempt is written to the history."),
                  this));
    m_hedges = bodyText(tr("Not hedged: this policy sends attempts beside one that is slow. A live run sends the next "
                           "one after the answer to the one before, so it will differ from the plan."),
                        this);
    m_hedges->hide();
    body()->addWidget(m_hedges);
    auto *row = new QHBoxLayout;
    m_source = new QComboBox(this);
    m_source->addItems({tr("GET"), tr("The Probe's request")});
    m_source->setAccessibleName(tr("What to send"));
    m_url = new QLineEdit(this);
    m_url->setFont(fixedFont(font()));
    m_url->setAccessibleName(tr("URL to send to"));
    m_url->setPlaceholderText(QStringLiteral("https://api.example.com/health"));
    m_probe = mutedText({}, this);
    row->addWidget(m_source);
    row->addWidget(m_url, 1);
    row->addWidget(m_probe, 1);
    body()->addLayout(row);
    connect(m_source, &QComboBox::currentIndexChanged, this, [this](int source) {
        m_url->setVisible(source == TypedUrl);
        m_probe->setVisible(source == ProbeTab);
        setRunning(m_isRunning);
    });
    connect(m_url, &QLineEdit::returnPressed, this, &LiveCard::run);
}

void LiveCard::buildButtons()
{
    auto *buttons = new QWidget(this);
    auto *flow = new FlowLayout(buttons);
    m_run = primaryButton(tr("Run live"), buttons);
    m_sendNow = new QPushButton(tr("Send now"), buttons);
    m_sendNow->setToolTip(tr("Skips the rest of the wait"));
    m_stop = new QPushButton(tr("Stop"), buttons);
    m_stop->setAccessibleName(tr("Stop the live run"));
    m_stop->setToolTip(tr("Gives up: Esc"));
    m_state = new QLabel(buttons);
    flow->addWidget(m_run);
    flow->addWidget(m_sendNow);
    flow->addWidget(m_stop);
    flow->addWidget(m_state);
    body()->addWidget(buttons);
    connect(m_run, &QPushButton::clicked, this, &LiveCard::run);
    connect(m_sendNow, &QPushButton::clicked, this, &LiveCard::sendNowRequested);
    connect(m_stop, &QPushButton::clicked, this, &LiveCard::stopRequested);
}

void LiveCard::setProbeRequest(const QString &line)
{
    const bool isThere = !line.isEmpty();
    m_probe->setText(isThere ? line : tr("There is no request in the Probe's tab: write one there first."));
    m_probe->setVisible(m_source->currentIndex() == ProbeTab);
}

void LiveCard::setHedges(bool hedges)
{
    m_hedges->setVisible(hedges);
}

void LiveCard::run()
{
    if (m_isRunning)
        return;
    if (m_source->currentIndex() == ProbeTab) {
        Q_EMIT probeRunRequested();
        return;
    }
    const QUrl url(m_url->text().trimmed(), QUrl::StrictMode);
    if (const QString problem = urlProblem(url); !problem.isEmpty())
        return showProblem(problem);
    HttpRequest request;
    request.method = "GET";
    request.url = url.toEncoded();
    Q_EMIT urlRunRequested(request);
}

void LiveCard::setRunning(bool isRunning)
{
    if (m_isRunning && !isRunning)
        m_state->clear(); // whoever knows how it ended says so
    m_isRunning = isRunning;
    m_run->setEnabled(!isRunning);
    m_stop->setEnabled(isRunning);
    m_source->setEnabled(!isRunning);
    m_url->setEnabled(!isRunning);
    if (isRunning) {
        m_note->clearNote();
        m_state->setText(tr("sending try 1"));
    }
    if (!isRunning)
        setWaiting(std::nullopt);
}

void LiveCard::setAttempts(const std::vector<Attempt> &attempts)
{
    m_came = Millis(0);
    if (attempts.empty())
        return;
    m_came = attempts.back().starts.actual + attempts.back().outcome.latency;
    if (m_isRunning && !m_wait)
        m_state->setText(tr("sending try %1").arg(attempts.size()));
}

void LiveCard::setWaiting(std::optional<Millis> duration)
{
    m_wait = duration;
    m_sendNow->setEnabled(duration.has_value());
    if (duration) {
        m_waited.start();
        m_tick->start();
        showCountdown();
    } else {
        m_tick->stop();
    }
}

void LiveCard::showCountdown()
{
    const Millis waited = std::min(*m_wait, Millis(static_cast<double>(m_waited.elapsed())));
    const Millis left = std::max(Millis(0), *m_wait - waited);
    m_state->setText(tr("next send in %1 s").arg(QString::number(left.count() / 1000, 'f', 1)));
    Q_EMIT nowChanged(m_came + waited);
}

void LiveCard::setEnded(Verdict verdict, const std::vector<Attempt> &attempts)
{
    setRunning(false);
    const int sends = static_cast<int>(
        std::count_if(attempts.begin(), attempts.end(), [](const Attempt &attempt) { return attempt.wasSent(); }));
    const Millis total = attempts.empty() ? Millis(0) : attempts.back().starts.actual + attempts.back().outcome.latency;
    m_state->setText(tr("%1 · %2 after %3").arg(sendsText(sends), verdictText(verdict), exactTime(total)));
}

void LiveCard::showProblem(const QString &text)
{
    m_note->showProblem(text);
}

void LiveCard::setUrl(const QString &url)
{
    m_source->setCurrentIndex(TypedUrl);
    m_url->setText(url);
}

void LiveCard::focusUrl()
{
    if (m_source->currentIndex() == TypedUrl)
        m_url->setFocus(Qt::ShortcutFocusReason);
    else
        m_run->setFocus(Qt::ShortcutFocusReason);
}

QString LiveCard::state() const
{
    return m_state->text();
}

} // namespace errata
