// Policies as programs: run, where their language is at hand, against a server that follows a script, and held
// against what the simulator says of the same policy and script.
#include "models/retry/code/policyprograms.h"
#include "models/retry/simulator.h"
#include "tests/support/policyrows.h"
#include "tests/support/programharness.h"
#include "tests/support/testserver.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace errata;
using namespace errata::test;

namespace {

/// The row whose program uses most of what there is stands first: C++ takes its includes from there.
bool isRunnable(const PolicyRow &row)
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
    void curlFlags_runAsWritten();
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
    std::vector<PolicyRow> list = policyRows();
    std::erase_if(list, [](const PolicyRow &row) { return !isRunnable(row); });
    std::vector<RetryPolicy> policies;
    policies.reserve(list.size());
    for (const PolicyRow &row : list)
        policies.push_back(row.policy);
    QTemporaryDir folder;
    QStringList command;
    QVERIFY(prepareProgram(program, QDir(folder.path()), policies, command));
    std::vector<std::unique_ptr<TestServer>> servers;
    QStringList arguments = command.mid(1);
    for (const PolicyRow &row : list) {
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
    for (const PolicyRow &row : policyRows())
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
    static const QRegularExpression placeholder(
        QStringLiteral("\\{(functions|state|body|timeout|class|id|none|past|previous|name|"
                       "value|values|index|header|unit|function|epoch|imports)\\}"));
    QTemporaryDir folder;
    int written = 0;
    for (const RetryPolicy &policy : policiesForText()) {
        const QByteArray text = programText(policy, program);
        QVERIFY(text.contains(policy.id.toUtf8()) && text.contains(policy.version.toUtf8()));
        // None that nobody filled.
        QVERIFY2(!placeholder.match(QString::fromUtf8(text)).hasMatch(), text.constData());
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

/// curl counts in seconds, so this is the one that takes one.
void PolicyProgramsTest::curlFlags_runAsWritten()
{
    RetryPolicy policy = basicPolicy(grown(BackoffShape::Constant, 1000));
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

QTEST_GUILESS_MAIN(PolicyProgramsTest)
#include "tst_policyprograms.moc"
