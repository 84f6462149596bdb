// Policies as code, and other libraries' configuration, on the command line.
#include "app/cli/policiescommand.h"
#include "app/cli/simulatecommand.h"
#include "models/json/jsondocument.h"
#include "models/retry/code/policyprograms.h"
#include "tests/support/runcommand.h"

#include <QTest>

using namespace errata;
using namespace errata::test;

namespace {

Ran policies(const QStringList &arguments)
{
    return runCommand(QStringList{QStringLiteral("policies")} + arguments);
}

QString sampleFile(const char *name)
{
    return QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/fuzz/policyimport/%1.json").arg(QLatin1String(name));
}

} // namespace

class PolicyCommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void as_writesTheProgram_data();
    void as_writesTheProgram();
    void as_refusesWhatItDoesNotKnow_data();
    void as_refusesWhatItDoesNotKnow();
    void importedFile_isSimulated();
    void importedFile_isExported();
    void brokenFile_isRefusedWithThePlace();
};

void PolicyCommandsTest::as_writesTheProgram_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < policyPrograms().size(); ++i)
        QTest::newRow(policyPrograms()[i].name) << int(i);
}

void PolicyCommandsTest::as_writesTheProgram()
{
    QFETCH(int, index);
    const PolicyProgram &program = policyPrograms()[std::size_t(index)];
    const Ran ran = policies({QStringLiteral("stripe-node"), QStringLiteral("--as"), QLatin1String(program.name)});
    QCOMPARE(ran.exit, Exit::Done);
    QVERIFY(ran.err.isEmpty());
    for (const RetryPolicy &policy : shippedPolicies()) {
        if (policy.id == QLatin1String("stripe-node"))
            QCOMPARE(ran.out, programText(policy, program));
    }
    QVERIFY(ran.out.contains("stripe-node"));
}

void PolicyCommandsTest::as_refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("language") << QStringList{QStringLiteral("got"), QStringLiteral("--as"), QStringLiteral("cobol")}
                              << QByteArray("--as takes one of typescript, python, python-tenacity, go, java, csharp, "
                                            "cpp, rust, curl, not 'cobol'");
    QTest::newRow("no policy") << QStringList{QStringLiteral("--as"), QStringLiteral("go")}
                               << QByteArray("--as needs the NAME of a policy");
}

void PolicyCommandsTest::as_refusesWhatItDoesNotKnow()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, message);
    const Ran ran = policies(arguments);
    QCOMPARE(ran.exit, Exit::Usage);
    QVERIFY(ran.out.isEmpty());
    QVERIFY2(ran.err.contains(message), ran.err.constData());
}

void PolicyCommandsTest::importedFile_isSimulated()
{
    const Ran ran = runCommand({QStringLiteral("simulate"), QStringLiteral("--policy"), sampleFile("temporal"),
                                QStringLiteral("--outcomes"), QStringLiteral("503,503,200"), QStringLiteral("--json")});
    QCOMPARE(ran.exit, Exit::Done);
    QVERIFY2(ran.err.contains("read as Temporal RetryPolicy") &&
                 ran.err.contains("/nonRetryableErrorTypes is not read"),
             ran.err.constData());
    const auto document = JsonDocument::parse(ran.out);
    QVERIFY(document.ok());
    QCOMPARE(document->root()["sends"].integer(), 3);
    QCOMPARE(document->root().pointer(u"/attempts/1/wait_ms/actual").number(), 6000.0);
}

void PolicyCommandsTest::importedFile_isExported()
{
    const Ran ran = policies({sampleFile("got"), QStringLiteral("--as"), QStringLiteral("python")});
    QCOMPARE(ran.exit, Exit::Done);
    QVERIFY(ran.out.startsWith("# got, imported (imported)\n"));
    QVERIFY(ran.out.contains("if attempt >= 5:"));
}

void PolicyCommandsTest::brokenFile_isRefusedWithThePlace()
{
    const QByteArray text = "{\"retry_mode\": \"fast\"}";
    const Ran ran = runCommand({QStringLiteral("policies"), QStringLiteral("-")}, text);
    QCOMPARE(ran.exit, Exit::Usage);
    QVERIFY2(ran.err.contains("standard input: /retry_mode: expected standard, legacy or adaptive"),
             ran.err.constData());
}

QTEST_GUILESS_MAIN(PolicyCommandsTest)
#include "tst_policycommands.moc"
