// The state machine: rules that hold for every policy, and the rules of single ones.
#include "models/retry/simulator.h"

#include <QTest>

#include <cmath>

using namespace errata;

namespace {

RetryPolicy plain()
{
    RetryPolicy policy;
    policy.maxAttempts = 4;
    policy.backoff.shape = BackoffShape::Exponential;
    policy.backoff.base = Millis(100);
    policy.statuses = {{{429, 429}, {500, 599}}};
    return policy;
}

/// Retry-After on some statuses; RFC 9110 unless another header is given.
RetryAfterRule ruleOn(const StatusSet &statuses, const WaitHeader &header = {})
{
    RetryAfterRule rule;
    rule.statuses = statuses;
    rule.headers = {header};
    return rule;
}

WaitHeader numberHeader(NumberForm number)
{
    WaitHeader header;
    header.number = number;
    header.date = DateForm::None;
    return header;
}

Schedule run(const RetryPolicy &policy, QStringView script, const QDateTime &wallTime = {})
{
    RandomSource random = RandomSource::sequence({0.5});
    return simulate(policy, *parseOutcomeScript(script), random, wallTime);
}

/// "503 +100 | 503 +200 | 200 success"
QString summary(const Schedule &schedule)
{
    QStringList rows;
    for (const Attempt &attempt : schedule.attempts) {
        QString row = outcomeText(attempt.outcome);
        if (attempt.wait)
            row += QStringLiteral(" +%1").arg(attempt.wait->actual.count());
        if (attempt.action == Attempt::Action::Stop)
            row += u' ' + reasonId(attempt.reason);
        rows += row;
    }
    return rows.join(QStringLiteral(" | "));
}

/// Equal but for the rounding of sums.
bool near(const Bounds &a, const Bounds &b)
{
    const auto close = [](Millis x, Millis y) { return std::abs((x - y).count()) <= 1e-9 * (1 + y.count()); };
    return close(a.actual, b.actual) && close(a.min, b.min) && close(a.max, b.max);
}

bool isPlainBackoff(Reason reason)
{
    return reason == Reason::StatusRetried || reason == Reason::FailureRetried ||
           reason == Reason::UnreadableBodyRetried || reason == Reason::NotSentRetried;
}

QDateTime utc(const char *text)
{
    return QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate);
}

RetryAfterRule anyRule(RandomSource &random)
{
    const auto pick = [&](int n) { return static_cast<int>(random.uniform() * n); };
    RetryAfterRule rule = ruleOn({{{429, 429}, {503, 503}}}, numberHeader(NumberForm(pick(6))));
    rule.headers.front().date = DateForm(pick(5));
    rule.unreadable = RetryAfterRule::Unreadable(pick(2));
    rule.negative = RetryAfterRule::Negative(pick(4));
    rule.beyondCap = RetryAfterRule::BeyondCap(pick(3));
    rule.against = RetryAfterRule::AgainstBackoff(pick(4));
    rule.zeroIsAbsent = pick(2) == 0;
    rule.advancesBackoff = pick(2) == 0;
    rule.resetsBackoff = pick(2) == 0;
    if (pick(2) == 0)
        rule.cap = Millis(pick(4000));
    if (pick(3) == 0)
        rule.mostAboveBackoff = Millis(pick(3000));
    if (pick(3) == 0)
        rule.whenAbsent = Millis(pick(3000));
    if (pick(4) == 0)
        rule.jitter = random.uniform();
    return rule;
}

/// Policies and scripts of every kind, from a seed.
RetryPolicy anyPolicy(RandomSource &random)
{
    const auto pick = [&](int n) { return static_cast<int>(random.uniform() * n); };
    RetryPolicy policy;
    policy.maxAttempts = pick(8);
    policy.backoff.shape = BackoffShape(pick(7));
    policy.backoff.base = Millis(pick(3000));
    policy.backoff.factor = 1 + random.uniform() * 2;
    policy.backoff.table = {Millis(pick(50)), Millis(pick(5000))};
    if (pick(2) == 0)
        policy.backoff.cap = Millis(pick(20000));
    policy.backoff.capAfterJitter = pick(2) == 0;
    policy.backoff.jitter = Jitter(pick(7));
    policy.backoff.ratio = random.uniform();
    policy.backoff.from = random.uniform();
    policy.backoff.to = random.uniform() * 2;
    policy.backoff.least = Millis(pick(2) * pick(500));
    policy.backoff.plus = Millis(pick(2) * pick(300));
    policy.backoff.grain = Millis(pick(3) == 0 ? 1 + pick(200) : 0);
    policy.backoff.steps = pick(4) == 0 ? 1 + pick(20) : 0;
    policy.backoff.rounding = Rounding(pick(3));
    policy.backoff.truncatesGrowth = pick(2) == 0;
    policy.backoff.decorrelatedLow = DecorrelatedLow(pick(2));
    if (pick(4) == 0)
        policy.backoff.first = Millis(pick(1000));
    if (pick(4) == 0)
        policy.backoff.throttledBase = Millis(pick(2000));
    policy.throttledStatuses = {{{429, 429}}};
    if (pick(2) == 0)
        policy.deadline = Millis(pick(30000));
    policy.deadlineWait = DeadlineWait(pick(3));
    policy.deadlineCutsAttempt = pick(3) != 0;
    if (pick(3) == 0)
        policy.attemptTimeout = Millis(1 + pick(200));
    policy.statuses = {{{429, 429}, {500, 599}}};
    policy.failures = pick(4) != 0 ? FailureSet::all() : FailureSet{NetworkError::Timeout};
    policy.unreadableBody = pick(2) == 0;
    policy.notSent = pick(2) == 0;
    if (pick(2) == 0)
        policy.retryAfter = anyRule(random);
    if (pick(3) == 0) {
        policy.budget.emplace();
        policy.budget->kind = RetryBudget::Kind(pick(4));
        policy.budget->capacity = 1 + pick(30);
        policy.budget->perSecond = pick(3) * 0.1;
        policy.budget->least = pick(2);
    }
    policy.returnsLastResponse = pick(2) == 0;
    policy.sleepsAfterLastRetryAfter = pick(2) == 0;
    policy.timer = TimerKind(pick(3));
    return policy;
}

OutcomeScript anyScript(RandomSource &random)
{
    static const QStringList words{
        QStringLiteral("200@30"),      QStringLiteral("404"),
        QStringLiteral("503@50"),      QStringLiteral("503:2"),
        QStringLiteral("429:1"),       QStringLiteral("429:-3@10"),
        QStringLiteral("429:soon"),    QStringLiteral("429:99999999"),
        QStringLiteral("timeout@300"), QStringLiteral("429:0"),
        QStringLiteral("503:1e3"),     QStringLiteral("429:'Thu, 01 Jan 2026 00:00:02 GMT'"),
        QStringLiteral("reset@5"),     QStringLiteral("bad-body"),
        QStringLiteral("not-sent"),    QStringLiteral("UNAVAILABLE"),
    };
    QStringList parts;
    const int count = 1 + static_cast<int>(random.uniform() * 5);
    for (int i = 0; i < count; ++i)
        parts += words[static_cast<int>(random.uniform() * static_cast<double>(words.size()))];
    return *parseOutcomeScript(parts.join(u','));
}

} // namespace

class TestRetryRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rulesOfEveryRun();
    void course_data();
    void course();
    void lastError_returnedOrThrown();
    void retryAfterDate_measuredFromTheResponsesDateElseFromOurClock();
    void retryAfterDate_boundsShrinkAsTheAnswerComesLater();
    void retryAfterAboveTheCap_waitsTheCap();
    void deadline_waitThatWouldPassItIsNotBegun();
    void deadline_cutsTheAttemptThatRunsIntoIt();
    void deadline_successInTheLastMomentCounts();
    void attemptTimeout_makesALongAttemptATimeout();
    void resumeEarly_sendsNow();
};

void TestRetryRun::rulesOfEveryRun()
{
    for (quint64 seed = 1; seed <= 3000; ++seed) {
        RandomSource random = RandomSource::seeded(seed);
        const RetryPolicy policy = anyPolicy(random);
        const Schedule schedule = simulate(policy, anyScript(random), random, utc("2026-01-01T00:00:00Z"));
        const auto context = QByteArray("seed ") + QByteArray::number(seed);
        const auto verify = [&](bool holds, const char *rule) { QVERIFY2(holds, context + ": " + rule); };

        verify(static_cast<double>(schedule.attempts.size()) <= policy.maxAttempts, "no more attempts than allowed");
        Bounds previousEnd;
        for (std::size_t i = 0; i < schedule.attempts.size(); ++i) {
            const Attempt &attempt = schedule.attempts[i];
            const bool last = i + 1 == schedule.attempts.size();
            verify(attempt.n == static_cast<int>(i) + 1, "numbered from 1");
            verify((attempt.action == Attempt::Action::Stop) == last, "stops with the last row and only then");
            verify(attempt.verdict.has_value() == last, "the verdict is on the last row");
            // The deadline makes the bounds of a start and of the wait before it depend on each other.
            // So do Polly's waits, which are differences.
            const bool isClamped = i > 0 && (schedule.attempts[i - 1].reason == Reason::ClampedToDeadline ||
                                             policy.backoff.shape == BackoffShape::PollyV2);
            verify(isClamped ? near(Bounds::exactly(attempt.starts.actual), Bounds::exactly(previousEnd.actual))
                             : near(attempt.starts, previousEnd),
                   "starts when the wait before it ends");
            if (isClamped)
                previousEnd = attempt.starts;
            verify(attempt.starts.min <= attempt.starts.actual && attempt.starts.actual <= attempt.starts.max,
                   "the start lies within its bounds");
            const Bounds wait = attempt.wait.value_or(Bounds{});
            verify(wait.min >= Millis(0), "a wait is not negative");
            verify(wait.min <= wait.actual && wait.actual <= wait.max, "the wait lies within its bounds");
            previousEnd = attempt.starts + attempt.outcome.latency + wait;
            if (i > 0)
                verify(attempt.starts.actual >=
                           schedule.attempts[i - 1].starts.actual + schedule.attempts[i - 1].outcome.latency,
                       "the clock does not go back");
            if (policy.deadline && policy.deadlineWait != DeadlineWait::Unchecked) {
                verify(attempt.starts.actual.count() <= policy.deadline->count() + 1e-9,
                       "nothing is sent past the deadline");
                verify(!policy.deadlineCutsAttempt || previousEnd.actual.count() <= policy.deadline->count() + 1e-9,
                       "nothing goes on past the deadline");
            }
            verify(attempt.outcome.latency <= policy.attemptTimeout.value_or(Millis(1e9)), "no attempt is too long");
            if (attempt.asked && isPlainBackoff(attempt.reason) && !policy.backoff.first) {
                const Backoff &backoff = policy.backoff;
                verify(attempt.asked->actual >= backoff.least, "no wait below the floor");
                const bool isCapped =
                    backoff.cap &&
                    (backoff.capAfterJitter || backoff.jitter == Jitter::None || backoff.jitter == Jitter::Full ||
                     backoff.jitter == Jitter::Equal || backoff.jitter == Jitter::Decorrelated);
                const Millis most = std::max(backoff.cap.value_or(Millis(0)) +
                                                 (backoff.capAfterJitter ? Millis(0) : backoff.plus + Millis(0.5)),
                                             backoff.least);
                verify(!isCapped || attempt.asked->actual <= most, "no wait above the cap");
            }
            if (attempt.reason == Reason::RetryAfterCapped &&
                policy.retryAfter->against == RetryAfterRule::AgainstBackoff::Wins)
                verify(attempt.asked->actual <= *policy.retryAfter->cap * (1 + policy.retryAfter->jitter),
                       "no more than accepted of what was asked for");
        }
        verify(schedule.reason == Reason::WaitsThenGivesUp || policy.backoff.shape == BackoffShape::PollyV2 ||
                   near(schedule.total, previousEnd),
               "the total is the end of the last row");
        verify((schedule.verdict == Verdict::GaveUp) || !schedule.attempts.empty(), "without attempts it gave up");
    }
}

void TestRetryRun::course_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("rows");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char *script, const char *rows, Verdict verdict) {
        QTest::newRow(script) << QString::fromUtf8(script) << QString::fromUtf8(rows) << int(verdict);
    };
    row("200", "200 success", Verdict::Succeeded);
    row("404", "404 status-not-retried", Verdict::ReturnedError);
    row("503,200", "503 +100 | 200 success", Verdict::Succeeded);
    row("503,reset,429,200", "503 +100 | reset +200 | 429 +400 | 200 success", Verdict::Succeeded);
    row("503", "503 +100 | 503 +200 | 503 +400 | 503 attempts-used-up", Verdict::ReturnedError);
    row("timeout", "timeout +100 | timeout +200 | timeout +400 | timeout attempts-used-up", Verdict::GaveUp);
    row("UNAVAILABLE,OK", "UNAVAILABLE +100 | OK success", Verdict::Succeeded);
    row("bad-body", "bad-body success", Verdict::Succeeded);
    row("not-sent", "not-sent failure-not-retried", Verdict::GaveUp);
    row("503:7,200", "503:7 +100 | 200 success", Verdict::Succeeded);
}

void TestRetryRun::course()
{
    QFETCH(QString, script);
    QFETCH(QString, rows);
    QFETCH(int, verdict);
    const Schedule schedule = run(plain(), script);
    QCOMPARE(summary(schedule), rows);
    QCOMPARE(verdictId(schedule.verdict), verdictId(Verdict(verdict)));
}

void TestRetryRun::lastError_returnedOrThrown()
{
    RetryPolicy policy = plain();
    QCOMPARE(run(policy, u"503").verdict, Verdict::ReturnedError);
    policy.returnsLastResponse = false;
    QCOMPARE(run(policy, u"503").verdict, Verdict::GaveUp);
    QCOMPARE(run(policy, u"404").verdict, Verdict::ReturnedError);
}

void TestRetryRun::retryAfterDate_measuredFromTheResponsesDateElseFromOurClock()
{
    RetryPolicy policy = plain();
    policy.retryAfter = ruleOn({{{429, 429}}});
    const QDateTime now = utc("2026-01-01T00:00:00Z");
    QCOMPARE(summary(run(policy, u"429:'Thu, 01 Jan 2026 00:01:00 GMT'@500,200", now)),
             QStringLiteral("429:'Thu, 01 Jan 2026 00:01:00 GMT'@500 +59500 | 200 success"));
    QCOMPARE(run(policy, u"429:'Thu, 01 Jan 2026 00:01:00 GMT'[Date: Thu, 01 Jan 2026 00:00:50 GMT],200", now)
                 .attempts.front()
                 .wait,
             Bounds::exactly(Millis(10'000)));
    QCOMPARE(run(policy, u"429:'Wed, 31 Dec 2025 23:59:00 GMT',200", now).attempts.front().wait,
             Bounds::exactly(Millis(0)));
    // What the RFC does not allow is as if it were absent.
    QCOMPARE(summary(run(policy, u"429:1.5,200", now)), QStringLiteral("429:1.5 +100 | 200 success"));
    policy.retryAfter->headers = {numberHeader(NumberForm::Integer)};
    QCOMPARE(summary(run(policy, u"429:'Thu, 01 Jan 2026 00:01:00 GMT',429:2,200", now)),
             QStringLiteral("429:'Thu, 01 Jan 2026 00:01:00 GMT' +100 | 429:2 +2000 | 200 success"));
}

void TestRetryRun::retryAfterDate_boundsShrinkAsTheAnswerComesLater()
{
    RetryPolicy policy = plain();
    policy.backoff.jitter = Jitter::Full;
    policy.retryAfter = ruleOn({{{429, 429}}});
    const Schedule schedule = run(policy, u"503,429:'Thu, 01 Jan 2026 00:01:00 GMT',200", utc("2026-01-01T00:00:00Z"));
    QCOMPARE(schedule.attempts[1].wait, (Bounds{Millis(59'950), Millis(59'900), Millis(60'000)}));
    QCOMPARE(schedule.attempts[2].starts.actual, Millis(60'000));
}

void TestRetryRun::retryAfterAboveTheCap_waitsTheCap()
{
    RetryPolicy policy = plain();
    policy.retryAfter = ruleOn({{{429, 429}}});
    policy.retryAfter->cap = Millis(5000);
    const Schedule schedule = run(policy, u"429:60,429:3,200");
    QCOMPARE(schedule.attempts[0].wait, Bounds::exactly(Millis(5000)));
    QCOMPARE(schedule.attempts[0].reason, Reason::RetryAfterCapped);
    QCOMPARE(schedule.attempts[1].wait, Bounds::exactly(Millis(3000)));
    QCOMPARE(schedule.attempts[1].reason, Reason::RetryAfterObeyed);
}

void TestRetryRun::deadline_waitThatWouldPassItIsNotBegun()
{
    RetryPolicy policy = plain();
    policy.deadline = Millis(250);
    const Schedule schedule = run(policy, u"503");
    QCOMPARE(summary(schedule), QStringLiteral("503 +100 | 503 deadline-before-next-send"));
    QCOMPARE(schedule.verdict, Verdict::Deadline);
    QCOMPARE(schedule.total.actual, Millis(100));
}

void TestRetryRun::deadline_cutsTheAttemptThatRunsIntoIt()
{
    RetryPolicy policy = plain();
    policy.deadline = Millis(250);
    const Schedule schedule = run(policy, u"503,200@1000");
    QCOMPARE(summary(schedule), QStringLiteral("503 +100 | timeout@150 deadline-reached"));
    QCOMPARE(schedule.verdict, Verdict::Deadline);
    QCOMPARE(schedule.total.actual, Millis(250));
}

void TestRetryRun::deadline_successInTheLastMomentCounts()
{
    RetryPolicy policy = plain();
    policy.deadline = Millis(250);
    QCOMPARE(run(policy, u"200@250").verdict, Verdict::Succeeded);
    QCOMPARE(run(policy, u"503@250").verdict, Verdict::Deadline);
}

void TestRetryRun::attemptTimeout_makesALongAttemptATimeout()
{
    RetryPolicy policy = plain();
    policy.attemptTimeout = Millis(50);
    QCOMPARE(summary(run(policy, u"200@80,200@50")), QStringLiteral("timeout@50 +100 | 200@50 success"));
}

void TestRetryRun::resumeEarly_sendsNow()
{
    const RetryPolicy policy = plain();
    RandomSource random = RandomSource::seeded(1);
    RetryRun machine(policy, random);
    QCOMPARE(machine.start(Millis(1000)).action, Decision::Action::Send);
    const Outcome failure = parseOutcomeScript(u"503")->at(0);
    const Decision wait = machine.next(failure, Millis(1010));
    QCOMPARE(wait.action, Decision::Action::Wait);
    QCOMPARE(wait.until.actual, Millis(1110));
    QCOMPARE(machine.resume(Millis(1020)).action, Decision::Action::Send);
    QCOMPARE(machine.starts().actual, Millis(1020));
    QCOMPARE(machine.next(failure, Millis(1030)).until.actual, Millis(1230));
}

QTEST_APPLESS_MAIN(TestRetryRun)
#include "tst_retryrun.moc"
