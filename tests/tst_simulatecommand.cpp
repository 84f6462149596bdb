// errata simulate and errata policies, run in this process.
#include "app/cli/policiescommand.h"
#include "app/cli/retrytexts.h"
#include "app/cli/scheduletext.h"
#include "app/cli/simulatecommand.h"
#include "models/json/jsondocument.h"
#include "tests/support/manualclock.h"
#include "tests/support/retrydata.h"
#include "tests/support/runcommand.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>

using namespace errata;
using namespace errata::test;

namespace {

Ran run(const Command &command, const QStringList &arguments, int columns = 80, const QByteArray &input = {})
{
    ManualClock clock;
    clock.setWallTime(QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC));
    return runCommand(QStringList{command.name} + arguments, input, [&](CliContext &context) {
        context.columns = columns;
        context.clock = &clock;
    });
}

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts);
}

JsonValue json(const Ran &ran)
{
    const auto document = JsonDocument::parse(ran.out);
    return document ? document->root() : JsonValue();
}

/// Drawn lines without colour.
QString drawn(QStringView script, int width)
{
    RandomSource random = RandomSource::sequence({0.5});
    RetryPolicy policy = shippedPolicy(QStringLiteral("intended"));
    policy.maxAttempts = 3;
    const Schedule schedule = simulate(policy, *parseOutcomeScript(script), random);
    return drawSchedule(schedule, width, Style(false)).join(u'\n');
}

} // namespace

class TestSimulateCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void json_holdsTheSchedule();
    void json_uselessWaitIsPartOfTheTotal();
    void json_distributionAndHerdWhenAskedFor();
    void sameSeed_sameDocument();
    void now_fixesTheDate();
    void policyFile_isReadAndItsFaultNamed();
    void usageFaults_data();
    void usageFaults();
    void text_tellsScheduleTotalsAndQuirks();
    void text_staysWithinTheWidth();
    void drawing_ofWaitsJitterAndTheEnd();
    void drawing_ofBars();
    void durations_data();
    void durations();
    void policies_listAndOne();
    void ownPolicies_standBesideTheShipped();
    void method_decidesWhatIsRetried();
    void api_namesWhatItDoesNotDocument();
    void everyPolicy_runsAndIsDescribed();
};

void TestSimulateCommand::json_holdsTheSchedule()
{
    const Ran ran = run(simulateCommand(), words("--policy intended --outcomes 503,429:2,200@120 --seed 42 --json"));
    QCOMPARE(ran.exit, Exit::Done);
    QCOMPARE(ran.err, QByteArray());
    const JsonValue root = json(ran);
    QCOMPARE(root["policy"].string(), QStringLiteral("intended"));
    QCOMPARE(root["seed"].integer(), 42);
    QCOMPARE(root["method"].string(), QStringLiteral("POST"));
    QCOMPARE(root["attempts"].size(), qsizetype(3));
    const JsonValue first = root["attempts"].at(0);
    QCOMPARE(first["n"].integer(), 1);
    QCOMPARE(first["outcome"].string(), QStringLiteral("503"));
    QCOMPARE(first["action"].string(), QStringLiteral("retry"));
    QCOMPARE(first["reason_id"].string(), QStringLiteral("status-retried"));
    QCOMPARE(first["wait_ms"]["actual"].number(), 1081.430514512291);
    QCOMPARE(first["wait_ms"]["min"].number(), 1000.0);
    QCOMPARE(first["wait_ms"]["max"].number(), 1100.0);
    const JsonValue last = root["attempts"].at(2);
    QCOMPARE(last["starts_ms"]["min"].number(), 3000.0);
    QCOMPARE(last["starts_ms"]["max"].number(), 3100.0);
    QVERIFY(last["wait_ms"].is(JsonKind::Null));
    QCOMPARE(last["action"].string(), QStringLiteral("stop"));
    QCOMPARE(root["sends"].integer(), 3);
    QCOMPARE(root["verdict"].string(), QStringLiteral("succeeded"));
    QCOMPARE(root["total_ms"]["min"].number(), 3120.0);
    QCOMPARE(root["total_ms"]["max"].number(), 3220.0);
    QVERIFY(root["distribution"].is(JsonKind::Null));
    QVERIFY(root["herd"].is(JsonKind::Null));
    QCOMPARE(root["findings"].at(0)["id"].string(), QStringLiteral("returns-in-one-spike"));
}

void TestSimulateCommand::json_uselessWaitIsPartOfTheTotal()
{
    const JsonValue root = json(run(simulateCommand(), words("--policy intended --outcomes 429:30 --json")));
    const JsonValue last = root["attempts"].at(3);
    QCOMPARE(last["action"].string(), QStringLiteral("stop"));
    QCOMPARE(last["wait_ms"]["actual"].number(), 30'000.0);
    QCOMPARE(root["total_ms"]["actual"].number(), 120'000.0);
    QCOMPARE(root["verdict"].string(), QStringLiteral("gave-up"));
}

void TestSimulateCommand::json_distributionAndHerdWhenAskedFor()
{
    const JsonValue root = json(run(simulateCommand(), words("--policy intended --runs 20000 --clients 100 --json")));
    const JsonValue distribution = root["distribution"];
    QCOMPARE(distribution["runs"].integer(), 20'000);
    QVERIFY(std::abs(*distribution["mean_ms"].number() - 7350) < 4);
    QVERIFY(std::abs(*distribution["stddev_ms"].number() - 132.288) < 3);
    QVERIFY(*distribution["max_ms"].number() <= 7700);
    const JsonValue herd = root["herd"];
    QCOMPARE(herd["clients"].integer(), 100);
    QCOMPARE(herd["sends"].integer(), 400);
    QCOMPARE(herd["amplification"].number(), 4.0);
    QCOMPARE(herd["peak_per_s"].integer(), 100);
    QCOMPARE(herd["series"].at(0)["t_ms"].number(), 0.0);
    QCOMPARE(herd["series"].at(0)["requests"].integer(), 100);
}

void TestSimulateCommand::sameSeed_sameDocument()
{
    const auto out = [](const char *arguments) { return run(simulateCommand(), words(arguments)).out; };
    QCOMPARE(out("--policy intended --runs 9000 --clients 9 --seed 3 --json"),
             out("--policy intended --runs 9000 --clients 9 --seed 3 --json"));
    QVERIFY(out("--policy intended --seed 3 --json") != out("--policy intended --seed 4 --json"));
}

void TestSimulateCommand::now_fixesTheDate()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("rfc.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"format":"errata-policy/1","id":"rfc","name":"R","version":"1","source":{"title":"S"},
        "max_attempts":2,"backoff":{"shape":"constant","base_ms":1,"jitter":{"kind":"none"}},
        "retries":{"statuses":["503"]},"retry_after":{"statuses":["503"],"reading":"rfc"},
        "after_last":{"response":"returned"},"timer":"exact"})");
    file.close();
    const auto waited = [&](const QStringList &more) {
        const QStringList arguments{QStringLiteral("--policy"), file.fileName(), QStringLiteral("--json"),
                                    QStringLiteral("--outcomes"),
                                    QStringLiteral("503:'Thu, 01 Jan 2026 00:01:00 GMT',200")};
        return json(run(simulateCommand(), arguments + more))["attempts"].at(0)["wait_ms"]["actual"].number();
    };
    const QString now = QStringLiteral("--now");
    QCOMPARE(waited({}), 60'000.0);
    QCOMPARE(waited({now, QStringLiteral("2026-01-01T00:00:30Z")}), 30'000.0);
    QCOMPARE(waited({now, QStringLiteral("2026-01-01T00:00:30.250")}), 29'750.0);
    QCOMPARE(waited({now, QStringLiteral("2026-01-01T01:00:45+01:00")}), 15'000.0);
    QCOMPARE(waited({now, QStringLiteral("Thu, 01 Jan 2026 00:00:50 GMT")}), 10'000.0);
}

void TestSimulateCommand::policyFile_isReadAndItsFaultNamed()
{
    const Ran ran = run(simulateCommand(), words("--policy -"), 80, R"({"format": "errata-policy/1", "id": 7})");
    QCOMPARE(ran.exit, Exit::Usage);
    QCOMPARE(ran.err, QByteArray("errata simulate: standard input: /id: expected a text\n"));
    QCOMPARE(ran.out, QByteArray());
}

void TestSimulateCommand::usageFaults_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *arguments, const char *says) {
        QTest::newRow(arguments) << QString::fromUtf8(arguments) << QString::fromUtf8(says);
    };
    row("", "needs --policy NAME");
    row("--policy no-such-policy --json", "no policy 'no-such-policy' and no such file; 'errata policies' lists all");
    row("--policy intendd", "did you mean intended");
    row("--policy /nowhere/x.json", "no policy '/nowhere/x.json' and no such file");
    row("--policy intended --outcomes 503,", "--outcomes: at character 5: expected a status");
    row("--policy intended --runs 0", "--runs takes a whole number");
    row("--policy intended --runs 1e3", "--runs takes a whole number");
    row("--policy intended --clients -4", "--clients takes a whole number");
    row("--policy intended --seed x", "--seed takes a whole number");
    row("--policy intended --now never", "--now takes a time");
    row("--policy intended --method G(T", "--method takes a method");
    row("--policy intended 503", "does not know what to do with '503'");
}

void TestSimulateCommand::usageFaults()
{
    QFETCH(QString, arguments);
    QFETCH(QString, says);
    const Ran ran = run(simulateCommand(), arguments.split(u' ', Qt::SkipEmptyParts));
    QCOMPARE(ran.exit, Exit::Usage);
    QCOMPARE(ran.out, QByteArray());
    QCOMPARE(ran.err.count('\n'), qsizetype(1));
    QVERIFY2(QString::fromUtf8(ran.err).contains(says), ran.err.constData());
}

void TestSimulateCommand::text_tellsScheduleTotalsAndQuirks()
{
    const Ran ran = run(simulateCommand(), words("--policy intended --outcomes 429 --runs 100 --clients 50"), 120);
    QCOMPARE(ran.exit, Exit::Done);
    const QString text = QString::fromUtf8(ran.out);
    for (const char *part :
         {"Intended, documented sample", "1  429  ●", "gave up: the caller gets a generic error", "4 sent, 4 s in all",
          "Total of 100 runs: mean 4 s, standard deviation 0 ms", "50 clients at once: 200 requests (4 a client)",
          "attempt 4: waits after the last attempt", "attempt 1, 2, 3: this wait has no jitter"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), part);
}

void TestSimulateCommand::text_staysWithinTheWidth()
{
    for (const int columns : {40, 80, 132}) {
        const Ran ran =
            run(simulateCommand(),
                {QStringLiteral("--policy"), QStringLiteral("intended"), QStringLiteral("--outcomes"),
                 QStringLiteral("429:'Wed, 21 Oct 2037 07:28:00 GMT'@300,503,200"), QStringLiteral("--runs"),
                 QStringLiteral("500"), QStringLiteral("--clients"), QStringLiteral("500")},
                columns);
        const QStringList lines = QString::fromUtf8(ran.out).split(u'\n');
        // The title lines hold what was typed, however long.
        for (const QString &line : lines.mid(3))
            QVERIFY2(line.size() <= columns, qPrintable(line));
    }
}

void TestSimulateCommand::drawing_ofWaitsJitterAndTheEnd()
{
    // 31 columns for at most 3600 ms, 14 for at most 3100 ms.
    QCOMPARE(drawn(u"503@500,429:2,200", 46), QStringLiteral("1  503@500  ●━━━━────────░\n"
                                                             "2  429:2                 ●───────────────░░\n"
                                                             "3  200                                    ●\n"
                                                             "            ├────────────────┼────────────╴\n"
                                                             "            0 ms             2 s"));
    QCOMPARE(drawn(u"not-sent,429:1", 30), QStringLiteral("1  not-sent  ○───░░\n"
                                                          "2  429:1         ●───░░\n"
                                                          "3  429:1              ●───✗\n"
                                                          "             ├────────────╴\n"
                                                          "             0 ms"));
}

void TestSimulateCommand::drawing_ofBars()
{
    QCOMPARE(drawBars({0, 1, 4, 8}, 10), QStringLiteral(" ▁▄█"));
    QCOMPARE(drawBars({1, 1, 4, 4}, 2), QStringLiteral("▂█"));
    QCOMPARE(drawBars({0, 0}, 2), QStringLiteral("  "));
}

void TestSimulateCommand::durations_data()
{
    QTest::addColumn<double>("ms");
    QTest::addColumn<QString>("text");
    const auto row = [](double ms, const char *text) { QTest::newRow(text) << ms << QString::fromUtf8(text); };
    row(0, "0 ms");
    row(0.3, "0.3 ms");
    row(999, "999 ms");
    row(1000, "1 s");
    row(1050, "1.05 s");
    row(59'999, "59.999 s");
    row(60'000, "1 min");
    row(125'000, "2 min 5 s");
    row(119'999, "2 min");
    row(3'600'000, "1 h");
    row(5'400'000, "1 h 30 min");
    row(2'147'483'000, "24 d 21 h");
    row(31'557'600'000.0 * 3, "3 a");
    row(-5000, "-5 s");
    row(-90'000, "-1 min 30 s");
    row(std::nan(""), "NaN");
    row(std::numeric_limits<double>::infinity(), "infinity");
}

void TestSimulateCommand::durations()
{
    QFETCH(double, ms);
    QFETCH(QString, text);
    QCOMPARE(durationText(Millis(ms)), text);
}

void TestSimulateCommand::ownPolicies_standBesideTheShipped()
{
    QTemporaryDir folder;
    const auto write = [&](const char *name, const QByteArray &text) {
        QFile file(folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    QFile shipped(QStringLiteral(":/errata/policies/curl.json"));
    QVERIFY(shipped.open(QIODevice::ReadOnly));
    const QByteArray text = shipped.readAll();
    write("mine.json", QByteArray(text).replace("\"id\": \"curl\"", "\"id\": \"mine\""));
    write("curl.json", QByteArray(text).replace("\"max_attempts\": 4", "\"max_attempts\": 9"));
    write("bad.json", QByteArray(text).replace("\"base_ms\": 1000", "\"base_ms\": \"1s\""));
    const auto ran = [&](const Command &command, const QStringList &arguments) {
        return runCommand(QStringList{command.name} + arguments, {},
                          [&](CliContext &context) { context.policyDir = folder.path(); });
    };
    const Ran list = ran(policiesCommand(), {});
    QCOMPARE(list.out.count('\n'), qsizetype(shippedPolicies().size()) + 1);
    QVERIFY2(list.err.contains("bad.json: /backoff/base_ms: expected a number, at least 0"), list.err);
    QCOMPARE(json(ran(simulateCommand(), words("--policy mine --json")))["sends"].integer(), 4);
    QCOMPARE(json(ran(simulateCommand(), words("--policy curl --json")))["sends"].integer(), 9);
}

void TestSimulateCommand::method_decidesWhatIsRetried()
{
    QCOMPARE(json(run(simulateCommand(), words("--policy got --method GET --json")))["sends"].integer(), 3);
    const JsonValue post = json(run(simulateCommand(), words("--policy got --method POST --json")));
    QCOMPARE(post["sends"].integer(), 1);
    QCOMPARE(post["attempts"].at(0)["reason_id"].string(), QStringLiteral("method-not-retried"));
    const auto sends = [](const char *more) {
        return json(run(simulateCommand(), words("--policy nullspace --method POST --json") + words(more)))["sends"]
            .integer();
    };
    QCOMPARE(sends(""), 1);
    QCOMPARE(sends("--idempotency-key"), 4);
}

void TestSimulateCommand::api_namesWhatItDoesNotDocument()
{
    const Ran ran = run(simulateCommand(), words("--policy node-retry --outcomes 501 --api intended"));
    QCOMPARE(ran.exit, Exit::Done);
    QVERIFY2(ran.out.contains("does not name this status"), ran.out);
    QVERIFY2(ran.out.contains("more attempts than the API"), ran.out);
    const Ran unknown = run(simulateCommand(), words("--policy node-retry --api nobody"));
    QCOMPARE(unknown.exit, Exit::Usage);
    QVERIFY2(unknown.err.contains("authpi, intended, intuned, nullspace"), unknown.err);
}

void TestSimulateCommand::everyPolicy_runsAndIsDescribed()
{
    for (const RetryPolicy &policy : shippedPolicies()) {
        const Ran one = run(policiesCommand(), {policy.id});
        QCOMPARE(one.exit, Exit::Done);
        QVERIFY2(one.out.contains("What surprises:"), one.out);
        QVERIFY2(!one.out.contains("  \n"), one.out);
        for (const char *script : {"503", "429:2,200", "timeout,200", "UNAVAILABLE@20,OK@900"}) {
            const Ran ran = run(simulateCommand(), {QStringLiteral("--policy"), policy.id, QStringLiteral("--outcomes"),
                                                    QString::fromLatin1(script)});
            QCOMPARE(ran.exit, Exit::Done);
            QCOMPARE(ran.err, QByteArray());
        }
    }
}

void TestSimulateCommand::policies_listAndOne()
{
    const Ran list = run(policiesCommand(), {});
    QCOMPARE(list.exit, Exit::Done);
    QCOMPARE(list.out.count('\n'), qsizetype(shippedPolicies().size()));
    const Ran one = run(policiesCommand(), words("intended"));
    QVERIFY(one.out.contains("status 429, 500-999"));
    QVERIFY(one.out.contains("What surprises:"));
    const JsonValue policy = json(run(policiesCommand(), words("intended --json")))["policies"].at(0);
    QCOMPARE(policy["id"].string(), QStringLiteral("intended"));
    QCOMPARE(policy["max_attempts"].number(), 4.0);
    QVERIFY(policy["deadline_ms"].is(JsonKind::Null));
    QVERIFY(policy["quirks"].size() >= 8);
    const Ran none = run(policiesCommand(), words("nothing"));
    QCOMPARE(none.exit, Exit::Usage);
    QCOMPARE(run(policiesCommand(), words("a b")).exit, Exit::Usage);
}

QTEST_GUILESS_MAIN(TestSimulateCommand)
#include "tst_simulatecommand.moc"
