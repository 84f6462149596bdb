// Starting: the window against an empty QMainWindow program, `explain` against an empty
// QCoreApplication program. The programs run in turns, so that a busy machine slows both.
// Budgets: window <= 1.8 x wall and 2 x memory, explain <= 3 x.
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

struct Run
{
    double ms = 0;
    double megabytes = 0; ///< most resident memory
};

/// Runs a program with its output thrown away. fork and wait4, because only they tell the memory of one child.
Run run(const QStringList &command)
{
    std::vector<QByteArray> words;
    words.reserve(std::size_t(command.size()));
    for (const QString &word : command)
        words.push_back(word.toLocal8Bit());
    std::vector<char *> argv;
    argv.reserve(words.size() + 1);
    for (QByteArray &word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    QElapsedTimer timer;
    timer.start();
    const pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(126);
        execv(argv[0], argv.data());
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    const double ms = double(timer.nsecsElapsed()) / 1e6;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        qFatal("%s ended with %d", words.front().constData(), status);
    return {ms, double(usage.ru_maxrss) / 1024};
}

double median(std::vector<double> numbers)
{
    std::nth_element(numbers.begin(), numbers.begin() + std::ptrdiff_t(numbers.size() / 2), numbers.end());
    return numbers[numbers.size() / 2];
}

void compare(const char *what, const QStringList &ours, const QStringList &empty)
{
    std::vector<double> wall, memory, wallRatio;
    std::vector<double> emptyWall, emptyMemory;
    run(ours);
    run(empty);
    for (int i = 0; i < 31; ++i) {
        const Run a = run(ours);
        const Run b = run(empty);
        wall.push_back(a.ms);
        memory.push_back(a.megabytes);
        emptyWall.push_back(b.ms);
        emptyMemory.push_back(b.megabytes);
        wallRatio.push_back(a.ms / b.ms);
    }
    qInfo("%s: %.1f ms against %.1f ms, ratio %.2f; %.1f MB against %.1f MB, ratio %.2f (medians of 31 pairs)", what,
          median(wall), median(emptyWall), median(wallRatio), median(memory), median(emptyMemory),
          median(memory) / median(emptyMemory));
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
