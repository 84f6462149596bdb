// Policies as programs: run, where their language is at hand, against a server that follows a script, and held
// against what the simulator says of the same policy and script.
#include "models/http/retryafter.h"
#include "models/retry/code/policyprograms.h"
#include "models/retry/simulator.h"
#include "tests/support/programharness.h"
#include "tests/support/testserver.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace errata;
using namespace errata::test;

namespace {

struct Row
{
    QByteArray name;
    RetryPolicy policy;
    QString script;
};

/// Five attempts, statuses as most clients have them.
RetryPolicy basic(const Backoff &backoff)
{
    RetryPolicy policy;
    policy.id = QStringLiteral("basic");
    policy.name = QStringLiteral("Basic");
    policy.version = QStringLiteral("1");
    policy.source = QStringLiteral("this test");
    policy.backoff = backoff;
    policy.maxAttempts = 5;
    policy.statuses.ranges = {{429, 429}, {500, 599}};
    return policy;
}

Backoff grown(BackoffShape shape, double base, Jitter jitter = Jitter::None)
{
    Backoff backoff;
    backoff.shape = shape;
    backoff.base = Millis(base);
    backoff.jitter = jitter;
    backoff.ratio = 0.5;
    return backoff;
}

Backoff exponential(double base, Jitter jitter = Jitter::None)
{
    return grown(BackoffShape::Exponential, base, jitter);
}

template <typename Change>
RetryPolicy with(RetryPolicy policy, Change change)
{
    change(policy);
    return policy;
}

/// A rule for Retry-After where a second is 20 ms, so that the test is not kept waiting.
RetryAfterRule quickRule(NumberForm number, DateForm date = DateForm::None)
{
    RetryAfterRule rule;
    rule.statuses.ranges = {{400, 599}};
    rule.headers.front().number = number;
    rule.headers.front().date = date;
    rule.headers.front().unit = Millis(20);
    return rule;
}

Row hinted(const char *name, const RetryAfterRule &rule, const QString &script)
{
    return {name, with(basic(exponential(8)), [&rule](RetryPolicy &policy) { policy.retryAfter = rule; }), script};
}

RetryPolicy shipped(const char *id)
{
    for (RetryPolicy &policy : shippedPolicies()) {
        if (policy.id == QLatin1String(id))
            return policy;
    }
    qFatal("no policy %s", id);
}

/// The documented sample, a hundred times as fast.
RetryPolicy quickIntended()
{
    return with(shipped("intended"), [](RetryPolicy &policy) {
        policy.backoff.base = Millis(10);
        policy.backoff.cap = Millis(300);
        policy.retryAfter->headers.front().unit = Millis(10);
        policy.retryAfter->whenAbsent = Millis(10);
    });
}

std::vector<Row> backoffRows()
{
    const QString fails = QStringLiteral("503");
    Backoff table = grown(BackoffShape::Table, 0);
    table.table = {Millis(5), Millis(25), Millis(10)};
    Backoff equal = exponential(10, Jitter::Equal);
    equal.cap = Millis(30);
    Backoff after = exponential(20, Jitter::Additive);
    after.cap = Millis(30);
    after.capAfterJitter = true;
    after.rounding = Rounding::Nearest;
    Backoff decorrelated = exponential(10, Jitter::Decorrelated);
    decorrelated.cap = Millis(50);
    Backoff finagle = decorrelated;
    finagle.decorrelatedLow = DecorrelatedLow::Previous;
    Backoff polly = grown(BackoffShape::PollyV2, 10);
    polly.cap = Millis(60);
    Backoff grain = exponential(10, Jitter::Symmetric);
    grain.grain = Millis(4);
    grain.least = Millis(9);
    Backoff truncated = exponential(7);
    truncated.factor = 1.5;
    truncated.truncatesGrowth = true;
    Backoff power = grown(BackoffShape::Power, 6);
    power.first = Millis(11);
    Backoff range = exponential(16, Jitter::Range);
    range.from = 1;
    range.to = 0.75;
    range.steps = 4;
    range.plus = Millis(5);
    return {
        {"exponential", basic(exponential(5)), fails},
        {"full jitter", basic(exponential(10, Jitter::Full)), fails},
        {"equal jitter, capped before", basic(equal), fails},
        {"additive jitter, capped after", basic(after), fails},
        {"symmetric jitter in grains, with a floor", basic(grain), fails},
        {"range of steps, and more", basic(range), fails},
        {"decorrelated", basic(decorrelated), fails},
        {"decorrelated from the previous", basic(finagle), fails},
        {"Fibonacci", basic(grown(BackoffShape::Fibonacci, 8)), fails},
        {"linear, then an answer", basic(grown(BackoffShape::Linear, 7)), QStringLiteral("503,reset,200")},
        {"power with a first", basic(power), fails},
        {"table", basic(table), fails},
        {"growth cut to whole milliseconds", basic(truncated), fails},
        {"Polly V2", basic(polly), fails},
    };
}

std::vector<Row> ruleRows()
{
    using Rule = RetryAfterRule;
    const auto changed = [](Rule rule, const auto &change) {
        change(rule);
        return rule;
    };
    const Rule digits = quickRule(NumberForm::Digits);
    const QString dates = QStringLiteral("503[Date: Wed, 21 Oct 2026 07:28:00 GMT]"
                                         "[Retry-After: Wed, 21 Oct 2026 07:28:30 GMT],"
                                         "503[Date: Wed, 21 Oct 2026 07:28:00 GMT]"
                                         "[Retry-After: Wed, 21 Oct 2026 07:27:00 GMT],200");
    return {
        hinted("digits, absent, no number, beyond the cap", changed(digits, [](Rule &rule) { rule.cap = Millis(50); }),
               QStringLiteral("429:2,429,429:2.5,429:9")),
        hinted("gives up beyond the cap",
               changed(digits,
                       [](Rule &rule) {
                           rule.cap = Millis(50);
                           rule.beyondCap = Rule::BeyondCap::GiveUp;
                       }),
               QStringLiteral("429:1,429:9")),
        hinted("falls back beyond the cap",
               changed(digits,
                       [](Rule &rule) {
                           rule.cap = Millis(50);
                           rule.beyondCap = Rule::BeyondCap::FallBack;
                           rule.advancesBackoff = false;
                       }),
               QStringLiteral("429:1,429:9,200")),
        hinted("the longer one", changed(digits, [](Rule &rule) { rule.against = Rule::AgainstBackoff::Max; }),
               QStringLiteral("429:1,429:0,429:3,200")),
        hinted("added", changed(digits, [](Rule &rule) { rule.against = Rule::AgainstBackoff::Added; }),
               QStringLiteral("429:1,429,200")),
        hinted("before jitter",
               changed(digits, [](Rule &rule) { rule.against = Rule::AgainstBackoff::MaxBeforeJitter; }),
               QStringLiteral("429:1,429,429:2,200")),
        hinted("default, and starts anew",
               changed(digits,
                       [](Rule &rule) {
                           rule.whenAbsent = Millis(12);
                           rule.statuses.ranges = {{429, 429}};
                           rule.resetsBackoff = true;
                       }),
               QStringLiteral("503,503,429,503,200")),
        hinted("dates",
               changed(quickRule(NumberForm::Digits, DateForm::ImfFixdate),
                       [](Rule &rule) {
                           rule.cap = Millis(40);
                           rule.pastDate = Millis(15);
                       }),
               dates),
        hinted("seconds since 1970",
               changed(digits,
                       [](Rule &rule) {
                           rule.headers.front().epochFrom = 1e9;
                           rule.cap = Millis(40);
                           rule.pastDate = Millis(15);
                       }),
               QStringLiteral("503[Date: Wed, 21 Oct 2026 07:28:00 GMT][Retry-After: 1792567710],"
                              "503[Date: Wed, 21 Oct 2026 07:28:00 GMT][Retry-After: 1792567650],200")),
        hinted("negative gives up",
               changed(quickRule(NumberForm::Integer),
                       [](Rule &rule) {
                           rule.negative = Rule::Negative::GivesUp;
                           rule.unreadable = Rule::Unreadable::GivesUp;
                       }),
               QStringLiteral("429:+1,429:-1")),
        hinted("unreadable gives up",
               changed(quickRule(NumberForm::Integer), [](Rule &rule) { rule.unreadable = Rule::Unreadable::GivesUp; }),
               QStringLiteral("429,429:soon")),
        hinted("needed, and enough by itself",
               changed(quickRule(NumberForm::LeadingDigits),
                       [](Rule &rule) {
                           rule.neededOn.ranges = {{503, 503}};
                           rule.retriedWith.ranges = {{413, 413}};
                           rule.jitter = 0.5;
                       }),
               QStringLiteral("413:1s,503:2x,503")),
        hinted("floats, zero is none",
               changed(quickRule(NumberForm::Float),
                       [](Rule &rule) {
                           rule.zeroIsAbsent = true;
                           rule.negative = Rule::Negative::AsAbsent;
                       }),
               QStringLiteral("429:1.5,429:0.0,429:-1,429:1e0,200")),
        hinted("the first that can be read",
               changed(quickRule(NumberForm::Float),
                       [](Rule &rule) {
                           rule.headers.insert(
                               rule.headers.begin(),
                               {"retry-after-ms", NumberForm::Float, DateForm::None, Millis(1), {}, false});
                           rule.pick = Rule::Pick::FirstReadable;
                       }),
               QStringLiteral("429[retry-after-ms: 30][Retry-After: 1],429[retry-after-ms: x][Retry-After: 1],200")),
    };
}

std::vector<Row> courseRows()
{
    const auto throttles = [](RetryPolicy &policy) {
        policy.backoff.throttledBase = Millis(25);
        policy.throttledStatuses.ranges = {{429, 429}};
        policy.returnsLastResponse = false;
    };
    const auto flags = [](RetryPolicy &policy) {
        policy.shouldRetryHeaders = {"x-should-retry", "x-retry"};
        policy.failures = FailureSet{NetworkError::Timeout};
    };
    const auto deadline = [](DeadlineWait wait) {
        return [wait](RetryPolicy &policy) {
            policy.maxAttempts = std::numeric_limits<double>::infinity();
            policy.deadline = Millis(900);
            policy.deadlineWait = wait;
        };
    };
    return {
        {"Intended: 429 without and with a header", quickIntended(), QStringLiteral("429,429:2")},
        {"Intended: a date is no number", quickIntended(), QStringLiteral("429:tomorrow,503")},
        {"Intended: an empty header is 0", quickIntended(), QStringLiteral("429:'',503,200")},
        {"another base after throttling, thrown", with(basic(exponential(6)), throttles),
         QStringLiteral("503,429,503")},
        {"a header forbids", with(basic(exponential(6)), flags),
         QStringLiteral("404[x-should-retry: true],503[x-retry: False]")},
        {"a failure that is not retried", with(basic(exponential(6)), flags), QStringLiteral("503,reset")},
        {"a status that is not retried", basic(exponential(6)), QStringLiteral("503,404")},
        {"gives up before the deadline", with(basic(exponential(60)), deadline(DeadlineWait::GivesUp)),
         QStringLiteral("503")},
        {"a wait passes the deadline unchecked",
         with(basic(exponential(150)),
              [&deadline](RetryPolicy &policy) {
                  deadline(DeadlineWait::Unchecked)(policy);
                  policy.deadline = Millis(700);
              }),
         QStringLiteral("503")},
        {"a wait is cut short at the deadline",
         with(basic(exponential(100)),
              [&deadline](RetryPolicy &policy) {
                  deadline(DeadlineWait::Clamped)(policy);
                  policy.deadline = Millis(500);
                  policy.deadlineCutsAttempt = false;
              }),
         QStringLiteral("503,503,503,200")},
        {"one attempt", with(basic(exponential(6)), [](RetryPolicy &policy) { policy.maxAttempts = 1; }),
         QStringLiteral("503")},
        {"a part of an attempt", with(basic(exponential(6)), [](RetryPolicy &policy) { policy.maxAttempts = 2.5; }),
         QStringLiteral("503")},
        {"no attempt", with(basic(exponential(6)), [](RetryPolicy &policy) { policy.maxAttempts = 0; }),
         QStringLiteral("503")},
    };
}

std::vector<Row> rows()
{
    std::vector<Row> all = backoffRows();
    for (auto list : {ruleRows(), courseRows()})
        all.insert(all.end(), list.begin(), list.end());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i].policy.id = QStringLiteral("case-%1").arg(i);
    return all;
}

/// The row whose program uses most of what there is stands first: C++ takes its includes from there.
bool isRunnable(const Row &row)
{
    return row.policy.maxAttempts >= 1;
}

/// What a language cannot read is as not there.
RetryPolicy asCarried(RetryPolicy policy, const QByteArray &program)
{
    if (program == "rust" && policy.retryAfter) {
        for (WaitHeader &header : policy.retryAfter->headers) {
            header.date = DateForm::None;
            header.epochFrom.reset();
        }
    }
    return policy;
}

/// What one program told.
struct Told
{
    QList<double> waits;
    QByteArray end; ///< "returned 503", "gave up"
};

std::vector<Told> readTold(const QByteArray &text)
{
    std::vector<Told> all;
    for (const QByteArray &line : text.split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.first() == "case")
            all.emplace_back();
        else if (all.empty())
            continue;
        else if (words.first() == "retry" && words.size() == 5)
            all.back().waits << words[3].toDouble();
        else if (words.first() == "waiting")
            all.back().waits << words[1].toDouble();
        else if (words.first() == "returned" || words.first() == "gave")
            all.back().end = line.simplified();
    }
    return all;
}

void play(TestServer &server, const OutcomeScript &script)
{
    for (const Outcome &outcome : script.outcomes) {
        if (outcome.kind != Outcome::Kind::Response) {
            server.replyByClosing();
            continue;
        }
        server.replyJson(outcome.status, "{}", outcome.headers);
    }
}

QByteArray endOf(const Schedule &schedule)
{
    const bool returns = schedule.verdict == Verdict::Succeeded || schedule.verdict == Verdict::ReturnedError;
    return returns ? "returned " + QByteArray::number(schedule.attempts.back().outcome.status) : "gave up";
}

} // namespace

class PolicyProgramsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void programs_waitAsTheSimulatorSays_data();
    void programs_waitAsTheSimulatorSays();
    void everyShippedPolicy_isValidInEveryLanguage_data();
    void everyShippedPolicy_isValidInEveryLanguage();
    void whatIsNotCarried_isNamed_data();
    void whatIsNotCarried_isNamed();
    void plainPolicy_isCarriedWhole();
    void curlFlags_sayWhatTheyCan_data();
    void curlFlags_sayWhatTheyCan();
    void curlFlags_runAsWritten();
    void names_cannotEndTheComment();
};

void PolicyProgramsTest::programs_waitAsTheSimulatorSays_data()
{
    QTest::addColumn<QByteArray>("program");
    for (const char *name : {"typescript", "python", "python-tenacity", "cpp", "rust", "java", "go"})
        QTest::newRow(name) << QByteArray(name);
}

void PolicyProgramsTest::programs_waitAsTheSimulatorSays()
{
    QFETCH(QByteArray, program);
    if (toolOf(program).isEmpty()) {
        qInfo("%s is not run: its compiler is not at hand. Its text is checked for balance.", program.constData());
        return;
    }
    std::vector<Row> list = rows();
    std::erase_if(list, [](const Row &row) { return !isRunnable(row); });
    std::vector<RetryPolicy> policies;
    policies.reserve(list.size());
    for (const Row &row : list)
        policies.push_back(row.policy);
    QTemporaryDir folder;
    QStringList command;
    QVERIFY(prepareProgram(program, QDir(folder.path()), policies, command));
    std::vector<std::unique_ptr<TestServer>> servers;
    QStringList arguments = command.mid(1);
    for (const Row &row : list) {
        const auto script = parseOutcomeScript(row.script);
        QVERIFY2(script.ok(), row.name.constData());
        servers.push_back(std::make_unique<TestServer>());
        play(*servers.back(), script.value());
        arguments << QString::number(servers.back()->port());
    }
    const Run run = runTool(folder.path(), command.front(), arguments);
    QVERIFY2(run.exitCode == 0, run.text.constData());
    const std::vector<Told> told = readTold(run.text);
    QCOMPARE(told.size(), list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
        RandomSource random = RandomSource::seeded(1);
        const Schedule wanted = simulate(asCarried(list[i].policy, program), parseOutcomeScript(list[i].script).value(),
                                         random, QDateTime::currentDateTimeUtc());
        std::vector<Bounds> waits;
        for (const Attempt &attempt : wanted.attempts) {
            if (attempt.wait)
                waits.push_back(*attempt.wait);
        }
        const QByteArray what = list[i].name + ": ";
        QVERIFY2(int(servers[i]->requests().size()) == wanted.sends,
                 (what + QByteArray::number(int(servers[i]->requests().size())) + " sends, not " +
                  QByteArray::number(wanted.sends))
                     .constData());
        QVERIFY2(told[i].end == endOf(wanted), (what + told[i].end).constData());
        QVERIFY2(told[i].waits.size() == qsizetype(waits.size()), what.constData());
        for (std::size_t n = 0; n < waits.size(); ++n) {
            // They are told in whole milliseconds. What is left until a deadline depends on how fast this machine is.
            const double wait = told[i].waits[qsizetype(n)];
            const bool isCut = list[i].policy.deadlineWait == DeadlineWait::Clamped;
            const bool isWithin =
                (isCut || wait >= waits[n].min.count() - 0.501) && wait <= waits[n].max.count() + 0.501;
            QVERIFY2(isWithin, (what + "wait " + QByteArray::number(int(n) + 1) + " of " + QByteArray::number(wait) +
                                " ms is not within " + QByteArray::number(waits[n].min.count()) + " and " +
                                QByteArray::number(waits[n].max.count()))
                                   .constData());
        }
    }
    const bool standsIn =
        (program == "python-tenacity" && !run.text.contains("the library itself")) || program == "java";
    qInfo("%s is run: %d policies%s", program.constData(), int(list.size()),
          standsIn ? ", its library played by a stand-in" : "");
}

namespace {

/// Brackets outside of texts and comments close what was opened.
bool isBalanced(const QByteArray &text, const QByteArray &comment)
{
    QByteArray open;
    char quote = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quote) {
            if (c == '\\' && quote != '`')
                ++at;
            else if (c == quote || (c == '\n' && quote != '`'))
                quote = 0;
        } else if (text.mid(at, comment.trimmed().size()) == comment.trimmed()) {
            at = text.indexOf('\n', at);
        } else if (c == '"' || c == '`') {
            quote = c;
        } else if (c == '(' || c == '[' || c == '{') {
            open += c == '(' ? ')' : c == '[' ? ']' : '}';
        } else if (c == ')' || c == ']' || c == '}') {
            if (!open.endsWith(c))
                return false;
            open.chop(1);
        }
    }
    return open.isEmpty() && quote == 0;
}

std::vector<RetryPolicy> policiesForText()
{
    std::vector<RetryPolicy> policies = shippedPolicies();
    for (const Row &row : rows())
        policies.push_back(row.policy);
    return policies;
}

} // namespace

void PolicyProgramsTest::everyShippedPolicy_isValidInEveryLanguage_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < policyPrograms().size(); ++i)
        QTest::newRow(policyPrograms()[i].name) << int(i);
}

void PolicyProgramsTest::everyShippedPolicy_isValidInEveryLanguage()
{
    QFETCH(int, index);
    const PolicyProgram &program = policyPrograms()[std::size_t(index)];
    const QByteArray name = program.name;
    QTemporaryDir folder;
    int written = 0;
    for (const RetryPolicy &policy : policiesForText()) {
        const QByteArray text = programText(policy, program);
        QVERIFY(text.contains(policy.id.toUtf8()) && text.contains(policy.version.toUtf8()));
        // A placeholder that nobody filled.
        QVERIFY2(!QRegularExpression(QStringLiteral("\\{(functions|state|body|timeout|class|id|none|past|previous|name|"
                                                    "value|values|index|header|unit|function|epoch|imports)\\}"))
                      .match(QString::fromUtf8(text))
                      .hasMatch(),
                 text.constData());
        // A pattern may hold what balances nothing.
        if (name == "go" || name == "csharp" || name == "java" || name == "rust")
            QVERIFY2(isBalanced(text, program.comment), text.constData());
        const QByteArray file = name == "typescript" ? withoutTypes(text) : text;
        QVERIFY(writeFile(QDir(folder.path()), QString::number(written++), file));
    }
    QVERIFY(written >= 80);
    if (name.startsWith("python")) {
        const Run run =
            runTool(folder.path(), toolOf("python"),
                    {QStringLiteral("-c"), QStringLiteral("import os\nfor name in os.listdir('.'):\n"
                                                          "    compile(open(name, 'rb').read(), name, 'exec')")});
        QVERIFY2(run.exitCode == 0, run.text.constData());
    } else if (name == "typescript") {
        const Run run = runTool(folder.path(), toolOf("typescript"),
                                {QStringLiteral("--input-type=module"), QStringLiteral("-e"),
                                 QStringLiteral("import fs from 'node:fs';\nfor (const name of fs.readdirSync('.'))\n"
                                                "  await import('data:text/javascript,' + "
                                                "encodeURIComponent(fs.readFileSync(name, 'utf8')));")});
        QVERIFY2(run.exitCode == 0, run.text.constData());
    } else if (name == "csharp") {
        qInfo("%s is not run: its text is checked as far as that goes.", program.name);
    }
}

void PolicyProgramsTest::whatIsNotCarried_isNamed_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("words");
    int index = 0;
    const auto row = [&index](const char *program, const char *words) {
        QTest::addRow("%s: %s", program, words) << QByteArray(program) << index << QString::fromLatin1(words);
    };
    const auto next = [&index] { ++index; };
    row("typescript", "budget for retries (tokens)"), next();
    row("go", "budget for retries (gRPC throttling)"), next();
    row("go", "budget for retries (a share of the requests)"), next();
    row("go", "budget for retries (retries under way)"), next();
    row("rust", "every 40 ms"), next();
    row("cpp", "retried: UNAVAILABLE, busy."), next();
    row("cpp", "that are not: insufficient_quota."), next();
    row("cpp", "as throttling: Throttling."), next();
    row("python", "A flag in the body"), next();
    row("python", "google.rpc.RetryInfo"), next();
    row("java", "A body that cannot be parsed"), next();
    row("java", "A request that cannot be made"), next();
    row("csharp", "only GET, PUT are retried, and any with an Idempotency-Key"), next();
    row("csharp", "with every method"), next();
    row("typescript", "Idempotency-Key, the same"), next();
    row("typescript", "time-out of an attempt"), next();
    row("typescript", "browser's timer"), next();
    row("rust", "Of Retry-After: dates"), next();
    row("cpp", "Of Retry-After: dates other than"), next();
    row("go", "Of Retry-After: dates beyond"), next();
    row("python", "Of Retry-After: dates as Date.parse"), next();
    row("go", "0x10"), next();
    row("python", "RateLimit field"), next();
    row("cpp", "overflow 64 bits"), next();
    row("rust", "seconds since 1970"), next();
    row("java", "Fractions of a millisecond"), next();
}

namespace {

std::vector<RetryPolicy> policiesWithSwitches()
{
    const auto changed = [](const auto &change) { return with(basic(exponential(10)), change); };
    const auto budget = [&changed](RetryBudget::Kind kind) {
        return changed([kind](RetryPolicy &policy) {
            policy.budget = RetryBudget{};
            policy.budget->kind = kind;
        });
    };
    const auto rule = [&changed](const auto &change) {
        return changed([&change](RetryPolicy &policy) {
            policy.retryAfter = quickRule(NumberForm::Digits);
            change(*policy.retryAfter, policy.retryAfter->headers.front());
        });
    };
    using Kind = RetryBudget::Kind;
    using Rule = RetryAfterRule;
    return {
        budget(Kind::Tokens),
        budget(Kind::Throttle),
        budget(Kind::Ratio),
        budget(Kind::Concurrent),
        changed([](RetryPolicy &policy) { policy.hedging = Hedging{Millis(40)}; }),
        changed([](RetryPolicy &policy) {
            policy.codes = {"UNAVAILABLE", "busy"};
        }),
        changed([](RetryPolicy &policy) { policy.finalCodes = {"insufficient_quota"}; }),
        changed([](RetryPolicy &policy) { policy.throttledCodes = {"Throttling"}; }),
        changed([](RetryPolicy &policy) { policy.bodyFlag = true; }),
        rule([](Rule &one, WaitHeader &) { one.retryInfo = true; }),
        changed([](RetryPolicy &policy) { policy.unreadableBody = true; }),
        changed([](RetryPolicy &policy) { policy.notSent = true; }),
        changed([](RetryPolicy &policy) {
            policy.methods = {"GET", "PUT"};
            policy.keyAllowsMethod = true;
        }),
        changed([](RetryPolicy &policy) {
            policy.anyMethodStatuses.ranges = {{503, 503}};
        }),
        changed([](RetryPolicy &policy) { policy.sendsIdempotencyKey = true; }),
        changed([](RetryPolicy &policy) { policy.attemptTimeout = Millis(10); }),
        changed([](RetryPolicy &policy) { policy.timer = TimerKind::Browser; }),
        rule([](Rule &, WaitHeader &header) { header.date = DateForm::ImfFixdate; }),
        rule([](Rule &, WaitHeader &header) { header.date = DateForm::Rfc; }),
        rule([](Rule &, WaitHeader &header) { header.date = DateForm::Email; }),
        rule([](Rule &, WaitHeader &header) { header.date = DateForm::Js; }),
        rule([](Rule &, WaitHeader &header) { header.number = NumberForm::JsNumber; }),
        rule([](Rule &, WaitHeader &header) { header.number = NumberForm::RateLimit; }),
        rule([](Rule &, WaitHeader &header) { header.wrapsInt64 = true; }),
        rule([](Rule &, WaitHeader &header) { header.epochFrom = 1e9; }),
        basic(exponential(10)),
    };
}

} // namespace

void PolicyProgramsTest::whatIsNotCarried_isNamed()
{
    QFETCH(QByteArray, program);
    QFETCH(int, index);
    QFETCH(QString, words);
    const std::vector<RetryPolicy> policies = policiesWithSwitches();
    const PolicyProgram &chosen = *policyProgram(QString::fromLatin1(program));
    const QStringList notes = notCarried(policies[std::size_t(index)], chosen);
    QVERIFY2(!notes.filter(words).isEmpty(), qPrintable(notes.join(u'\n')));
    QVERIFY(programText(policies[std::size_t(index)], chosen).contains(words.toUtf8()));
    // It is this switch that brings it.
    if (program != "java" || words.startsWith(u'A'))
        QVERIFY(notCarried(basic(exponential(10)), chosen).filter(words).isEmpty());
}

void PolicyProgramsTest::plainPolicy_isCarriedWhole()
{
    for (const PolicyProgram &program : policyPrograms()) {
        const QByteArray name = program.name;
        if (name != "curl" && name != "java")
            QCOMPARE(notCarried(basic(exponential(10)), program), QStringList());
    }
}

void PolicyProgramsTest::curlFlags_sayWhatTheyCan_data()
{
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("missing");
    QTest::newRow("curl") << QByteArray("curl") << QByteArray("curl --retry 3 URL") << QStringLiteral("Retry-After");
    QTest::newRow("polly") << QByteArray("polly-core")
                           << QByteArray("curl --retry 3 --retry-delay 2 --fail --retry-all-errors URL")
                           << QStringLiteral("The error after the last attempt");
    QTest::newRow("intended") << QByteArray("intended") << QByteArray("curl --retry 3 --retry-connrefused URL")
                              << QStringLiteral("429, 500-999 by the policy");
    QTest::newRow("openai") << QByteArray("openai-python")
                            << QByteArray("curl --retry 2 --max-time 600.000 --retry-connrefused URL")
                            << QStringLiteral("Jitter");
}

void PolicyProgramsTest::curlFlags_sayWhatTheyCan()
{
    QFETCH(QByteArray, policy);
    QFETCH(QByteArray, line);
    QFETCH(QString, missing);
    const PolicyProgram &curl = *policyProgram(QStringLiteral("curl"));
    const QByteArray text = programText(shipped(policy.constData()), curl);
    QVERIFY2(text.endsWith('\n' + line + '\n'), text.constData());
    QVERIFY2(!notCarried(shipped(policy.constData()), curl).filter(missing).isEmpty(), text.constData());
}

/// curl counts in seconds, so this is the one that takes one.
void PolicyProgramsTest::curlFlags_runAsWritten()
{
    RetryPolicy policy = basic(grown(BackoffShape::Constant, 1000));
    policy.maxAttempts = 2;
    policy.statuses.ranges = {{400, 599}};
    TestServer server;
    server.replyJson(418, "{}");
    QByteArray line = policyProgram(QStringLiteral("curl"))->write(policy);
    QCOMPARE(line, QByteArray("curl --retry 1 --retry-delay 1 --fail --retry-all-errors URL\n"));
    line.replace("URL", server.url());
    const Run run =
        runTool(QDir::tempPath(), QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QString::fromUtf8(line)});
    QCOMPARE(run.exitCode, 22); // --fail: the status was one of an error
    QVERIFY2(run.text.contains("Will retry in 1 second"), run.text.constData());
    QCOMPARE(int(server.requests().size()), 2);
}

void PolicyProgramsTest::names_cannotEndTheComment()
{
    RetryPolicy policy = basic(exponential(10));
    policy.name = QStringLiteral("a\nb\r") + QChar(0x2028) + QStringLiteral("\\u000a \\");
    policy.id = QStringLiteral("1.x-y");
    for (const PolicyProgram &program : policyPrograms()) {
        const QByteArray head = programText(policy, program).split('\n').first();
        QCOMPARE(head, program.comment + QByteArray("a b /u000a / (1.x-y)"));
    }
    QVERIFY(programText(policy, *policyProgram(QStringLiteral("java"))).contains("class Policy1XYRetry "));
}

QTEST_GUILESS_MAIN(PolicyProgramsTest)
#include "tst_policyprograms.moc"
