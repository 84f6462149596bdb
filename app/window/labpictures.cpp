#include "app/window/labpictures.h"

#include "views/lab/distributioncard.h"
#include "views/lab/headerbench.h"
#include "views/lab/labpage.h"
#include "views/lab/livecard.h"
#include "views/lab/loadcard.h"
#include "views/lab/schedulecard.h"
#include "views/timeline/timelinewidget.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace errata {

namespace {

/// Once what was changed has been laid out; samples take longer.
void scrollTo(LabPage &page, const QWidget *card)
{
    constexpr std::chrono::milliseconds laidOut{100};
    QTimer::singleShot(laidOut, &page, [&page, card] {
        for (auto *area : page.findChildren<QScrollArea *>()) {
            if (area->widget() && area->widget()->isAncestorOf(card))
                area->verticalScrollBar()->setValue(card->mapTo(area->widget(), QPoint()).y() - 12);
        }
    });
}

/// As it opens, whatever the picture before has left.
void begin(LabPage &page)
{
    page.live()->setRunning(false);
    Q_EMIT page.live()->closeRequested();
    page.setCompared({});
    page.loadCard()->setLoad({});
    page.choosePolicy(QStringLiteral("intended"));
    page.setSeed(1);
    page.setScript(QStringLiteral("503, 503, 429:4, 200"));
    page.setLiveAttempts({});
    page.scheduleCard()->timeline()->setLogarithmic(false);
    page.distribution()->setLogarithmic(false);
    scrollTo(page, page.scheduleCard());
}

void compared(LabPage &page)
{
    begin(page);
    page.setScript(QStringLiteral("503"));
    page.setCompared({QStringLiteral("aws-botocore-standard"), QStringLiteral("grpc-a6"), QStringLiteral("got")});
    scrollTo(page, page.scheduleCard());
}

void outage(LabPage &page)
{
    begin(page);
    LoadSetup load;
    load.clients = 6000;
    load.arrivals = HerdScenario::Arrivals::Poisson;
    load.window = Millis(60'000);
    load.capacity = 200;
    load.latency = Millis(50);
    load.outageFrom = Millis(10'000);
    load.outageLength = Millis(10'000);
    load.followsScript = false;
    page.loadCard()->setLoad(load);
    page.setScript(QStringLiteral("503"));
    scrollTo(page, page.loadCard());
}

void headers(LabPage &page)
{
    begin(page);
    page.headerBench()->setNow(QDateTime(QDate(2026, 10, 21), QTime(7, 27), Qt::UTC));
    page.headerBench()->setHeader(QStringLiteral("Retry-After"), QStringLiteral("Wed, 21 Oct 2026 07:28:00 GMT"));
    scrollTo(page, page.headerBench());
}

void live(LabPage &page)
{
    begin(page);
    page.setScript(QStringLiteral("503@140, 429:30@140, 200@140"));
    page.showLive();
    page.live()->setUrl(QStringLiteral("https://api.example.com/health"));
    std::vector<Attempt> attempts = page.schedule().attempts;
    attempts.resize(std::min<std::size_t>(2, attempts.size()));
    for (Attempt &attempt : attempts) {
        attempt.live = SendResult{};
        attempt.live->sends = 1;
    }
    attempts.back().starts = attempts.back().starts + Millis(180);
    page.live()->setRunning(true);
    page.setLiveAttempts(attempts);
    page.live()->setWaiting(Millis(30'000));
    scrollTo(page, page.scheduleCard());
}

void random(LabPage &page)
{
    begin(page);
    page.choosePolicy(QStringLiteral("finagle-decorrelated"));
    constexpr int severalTries = 3;
    page.setSeed(severalTries);
    page.setScript(QStringLiteral("503@20~90*0.8 | 200@~40*0.2"));
    page.scheduleCard()->timeline()->setLogarithmic(true);
    scrollTo(page, page.scheduleCard());
}

void hedged(LabPage &page)
{
    begin(page);
    page.choosePolicy(QStringLiteral("grpc-hedging"));
    page.setScript(QStringLiteral("OK@300~900"));
    page.showLive();
    page.live()->setUrl(QStringLiteral("https://api.example.com/health"));
    scrollTo(page, page.scheduleCard());
}

void tail(LabPage &page)
{
    begin(page);
    page.choosePolicy(QStringLiteral("finagle-decorrelated"));
    page.setScript(QStringLiteral("503@5~20*0.5 | 200@5~20*0.5"));
    page.distribution()->setLogarithmic(true);
    scrollTo(page, page.distribution());
}

void findings(LabPage &page)
{
    begin(page);
    page.setScript(QStringLiteral("429:'Wed, 21 Oct 2026 07:28:00 GMT'"));
    scrollTo(page, page.distribution());
}

} // namespace

std::vector<std::pair<QString, std::function<void(LabPage &)>>> labPictures()
{
    return {{QStringLiteral("retry-lab"), begin},
            {QStringLiteral("retry-lab-compared"), compared},
            {QStringLiteral("retry-lab-outage"), outage},
            {QStringLiteral("retry-lab-headers"), headers},
            {QStringLiteral("retry-lab-live"), live},
            {QStringLiteral("retry-lab-random"), random},
            {QStringLiteral("retry-lab-hedged"), hedged},
            {QStringLiteral("retry-lab-tail"), tail},
            {QStringLiteral("retry-lab-findings"), findings}};
}

} // namespace errata
