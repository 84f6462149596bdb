// Starting: the window against an empty QMainWindow program, `explain` against an empty
// QCoreApplication program. The programs run in turns, so that a busy machine slows both.
// Budgets: window <= 1.8 x wall and 2 x memory, explain <= 3 x.
#include "tests/support/childrun.h"

#include <QTemporaryDir>
#include <QTest>

using namespace errata::test;

namespace {

void compare(const char *what, const QStringList &ours, const QStringList &empty)
{
    constexpr int count = 31;
    const ChildPairs pairs = runPairs(count, ours, empty);
    qInfo("%s: %.1f ms against %.1f ms, ratio %.2f; %.1f MB against %.1f MB, ratio %.2f (medians of %d pairs)", what,
          pairs.ourMedian(&ChildRun::wallMs), pairs.theirMedian(&ChildRun::wallMs), pairs.ratio(&ChildRun::wallMs),
          pairs.ourMedian(&ChildRun::megabytes), pairs.theirMedian(&ChildRun::megabytes),
          pairs.ratio(&ChildRun::megabytes), count);
}

QString program()
{
    return QStringLiteral(ERRATA_BINARY_DIR "/errata");
}

} // namespace

class StartupBenchmark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("ERRATA_HOME", m_home.path().toLocal8Bit());
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }

    void window()
    {
        compare("window", {program(), QStringLiteral("--quit-when-ready")},
                {QStringLiteral(ERRATA_BINARY_DIR "/tests/empty_window")});
        // Most of that is Qt's price for showing text in a handful of fonts, as this one shows.
        compare("window of plain text", {QStringLiteral(ERRATA_BINARY_DIR "/tests/text_window")},
                {QStringLiteral(ERRATA_BINARY_DIR "/tests/empty_window")});
    }

    void explain()
    {
        compare("explain", {program(), QStringLiteral("explain"), QStringLiteral("RATE_LIMIT_EXCEEDED")},
                {QStringLiteral(ERRATA_BINARY_DIR "/tests/empty_core")});
    }

private:
    QTemporaryDir m_home;
};

QTEST_APPLESS_MAIN(StartupBenchmark)
#include "bench_startup.moc"
