// Programs run in turns, with what they cost.
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QStringList>

#include <algorithm>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace errata::test {

struct ChildRun
{
    double cpuMs = 0;
    double wallMs = 0;
    double megabytes = 0; ///< most resident memory, mapped files included
};

inline double milliseconds(const timeval &time)
{
    return double(time.tv_sec) * 1000 + double(time.tv_usec) / 1000;
}

/// Runs a program with its output thrown away. fork and wait4, because only they tell the cost of one child.
inline ChildRun runChild(const QStringList &command)
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
        const int nothing = open("/dev/null", O_WRONLY);
        if (nothing < 0 || dup2(nothing, STDOUT_FILENO) < 0)
            _exit(126);
        execv(argv[0], argv.data());
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    const double wallMs = double(timer.nsecsElapsed()) / 1e6;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        qFatal("%s ended with %d", words.front().constData(), status);
    return {milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), wallMs, double(usage.ru_maxrss) / 1024};
}

inline double median(std::vector<double> numbers)
{
    std::nth_element(numbers.begin(), numbers.begin() + std::ptrdiff_t(numbers.size() / 2), numbers.end());
    return numbers[numbers.size() / 2];
}

/// Runs of two programs, in turns, so that a busy machine slows both.
struct ChildPairs
{
    std::vector<ChildRun> ours;
    std::vector<ChildRun> theirs;

    [[nodiscard]] static double medianOf(const std::vector<ChildRun> &runs, double ChildRun::*cost)
    {
        std::vector<double> numbers;
        numbers.reserve(runs.size());
        for (const ChildRun &run : runs)
            numbers.push_back(run.*cost);
        return median(std::move(numbers));
    }
    [[nodiscard]] double ourMedian(double ChildRun::*cost) const { return medianOf(ours, cost); }
    [[nodiscard]] double theirMedian(double ChildRun::*cost) const { return medianOf(theirs, cost); }
    [[nodiscard]] double ratio(double ChildRun::*cost) const { return ourMedian(cost) / theirMedian(cost); }
};

/// The first run of each is not counted.
inline ChildPairs runPairs(int pairs, const QStringList &ours, const QStringList &theirs)
{
    ChildPairs made;
    runChild(ours);
    runChild(theirs);
    for (int i = 0; i < pairs; ++i) {
        made.ours.push_back(runChild(ours));
        made.theirs.push_back(runChild(theirs));
    }
    return made;
}

} // namespace errata::test
