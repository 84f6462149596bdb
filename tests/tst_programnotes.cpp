// What a policy's program says of itself: its name, and by name whatever of the policy it does not carry.
#include "models/retry/code/policyprograms.h"
#include "tests/support/policyrows.h"
#include "tests/support/retrydata.h"

#include <QTest>

using namespace errata;
using namespace errata::test;

class ProgramNotesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNotCarried_isNamed_data();
    void whatIsNotCarried_isNamed();
    void plainPolicy_isCarriedWhole();
    void curlFlags_sayWhatTheyCan_data();
    void curlFlags_sayWhatTheyCan();
    void names_cannotEndTheComment();
};

void ProgramNotesTest::whatIsNotCarried_isNamed_data()
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
    const auto changed = [](const auto &change) { return with(basicPolicy(exponential(10)), change); };
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
        basicPolicy(exponential(10)),
    };
}

} // namespace

void ProgramNotesTest::whatIsNotCarried_isNamed()
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
        QVERIFY(notCarried(basicPolicy(exponential(10)), chosen).filter(words).isEmpty());
}

void ProgramNotesTest::plainPolicy_isCarriedWhole()
{
    for (const PolicyProgram &program : policyPrograms()) {
        const QByteArray name = program.name;
        if (name != "curl" && name != "java")
            QCOMPARE(notCarried(basicPolicy(exponential(10)), program), QStringList());
    }
}

void ProgramNotesTest::curlFlags_sayWhatTheyCan_data()
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

void ProgramNotesTest::curlFlags_sayWhatTheyCan()
{
    QFETCH(QByteArray, policy);
    QFETCH(QByteArray, line);
    QFETCH(QString, missing);
    const PolicyProgram &curl = *policyProgram(QStringLiteral("curl"));
    const QByteArray text = programText(shippedPolicy(QString::fromUtf8(policy)), curl);
    QVERIFY2(text.endsWith('\n' + line + '\n'), text.constData());
    QVERIFY2(!notCarried(shippedPolicy(QString::fromUtf8(policy)), curl).filter(missing).isEmpty(), text.constData());
}

void ProgramNotesTest::names_cannotEndTheComment()
{
    RetryPolicy policy = basicPolicy(exponential(10));
    policy.name = QStringLiteral("a\nb\r") + QChar(0x2028) + QStringLiteral("\\u000a \\");
    policy.id = QStringLiteral("1.x-y");
    for (const PolicyProgram &program : policyPrograms()) {
        const QByteArray head = programText(policy, program).split('\n').first();
        QCOMPARE(head, program.comment + QByteArray("a b /u000a / (1.x-y)"));
    }
    QVERIFY(programText(policy, *policyProgram(QStringLiteral("java"))).contains("class Policy1XYRetry "));
}

QTEST_GUILESS_MAIN(ProgramNotesTest)
#include "tst_programnotes.moc"
