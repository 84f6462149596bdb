// How long the lab's page takes from a slider's move to new bars, a million runs behind them; budget: 50 ms.
#include "views/lab/distributioncard.h"
#include "views/lab/labpage.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSlider>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace errata;

namespace {

double millis(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void print(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const std::size_t last = times.size() - 1;
    std::printf("%-44s median %6.1f ms   95th %6.1f ms   worst %6.1f ms\n", what, times[last / 2],
                times[last * 95 / 100], times[last]);
}

QSlider *slider(const QWidget &page, const QString &name)
{
    for (auto *each : page.findChildren<QSlider *>()) {
        if (each->accessibleName() == name)
            return each;
    }
    return nullptr;
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    LabPage page(shippedPolicies());
    page.resize(1212, 790);
    page.show();
    page.setScript(QStringLiteral("503"));
    int refined = 0;
    QObject::connect(page.distribution(), &DistributionCard::refined, &page, [&refined] { ++refined; });
    QSlider *base = slider(page, QStringLiteral("Base, slider"));
    constexpr int moves = 60;
    constexpr int from = 120;
    for (const char *id : {"intended", "aws-botocore-standard", "polly-core", "backoff-py"}) {
        page.choosePolicy(QString::fromLatin1(id));
        std::vector<double> firstBars;
        std::vector<double> stalls;
        Millis last{-1}; // neighbouring places of the slider may stand for the same number
        for (int i = 0; i < moves; ++i) {
            QElapsedTimer since;
            since.start();
            refined = 0;
            base->setValue(from + i);
            double before = 0;
            double stall = millis(since);
            const Millis changed = page.policy().backoff.base;
            while (refined == 0 && changed != last) {
                before = millis(since);
                QCoreApplication::processEvents();
                stall = std::max(stall, millis(since) - before);
            }
            QCoreApplication::processEvents(); // what has been asked for is painted
            firstBars.push_back(millis(since));
            stalls.push_back(stall);
            last = changed;
        }
        std::printf("%s\n", id);
        print("  slider moved to first bars painted", firstBars);
        print("  longest turn of the event loop meanwhile", stalls);
        QElapsedTimer whole;
        whole.start();
        while (page.isWorking())
            QCoreApplication::processEvents();
        std::printf("  %-42s %6.0f ms\n", "the whole million, exact law, load", millis(whole));
    }
    return 0;
}
