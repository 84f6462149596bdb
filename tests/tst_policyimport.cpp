// Retry policies from other libraries' configuration: tests/data/fuzz/policyimport holds one of each.
#include "models/retry/backoff.h"
#include "models/retry/policyimport.h"

#include <QFile>
#include <QTest>

using namespace errata;

namespace {

QByteArray sample(const char *name)
{
    QFile file(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/fuzz/policyimport/%1.json").arg(QLatin1String(name)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return file.readAll();
}

Result<ImportedPolicy> read(const QByteArray &text)
{
    return importPolicy(text, QStringLiteral("f.json"));
}

/// The waits before jitter, and how they are jittered.
QString waitsOf(const Backoff &backoff)
{
    QStringList waits;
    for (int n = 1; n <= 4; ++n)
        waits << QString::number(nominalWait(backoff, n).count());
    return waits.join(u' ');
}

} // namespace

class PolicyImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void configurations_arePolicies_data();
    void configurations_arePolicies();
    void details_areTaken();
    void whatIsNotRead_isNoted_data();
    void whatIsNotRead_isNoted();
    void faults_nameThePlace_data();
    void faults_nameThePlace();
    void spellingsOfKeysAndTimes_areOne_data();
    void spellingsOfKeysAndTimes_areOne();
    void ownForm_isReadFirst();
};

void PolicyImportTest::configurations_arePolicies_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("attempts");
    QTest::addColumn<QString>("waits");
    QTest::addColumn<Jitter>("jitter");
    QTest::addColumn<QString>("statuses");
    const double endless = std::numeric_limits<double>::infinity();
    const auto row = [](const char *file, const char *name, double attempts, const char *waits, Jitter jitter,
                        const char *statuses) {
        QTest::newRow(file) << QString::fromLatin1(name) << attempts << QString::fromLatin1(waits) << jitter
                            << QString::fromLatin1(statuses);
    };
    row("grpc", "gRPC retryPolicy", 4, "100 200 400 800", Jitter::Symmetric, "429, 502-504");
    row("grpchedging", "gRPC hedgingPolicy", 5, "0 0 0 0", Jitter::None, "400");
    row("envoy", "Envoy retry_policy", 4, "50 100 200 400", Jitter::Full, "502-504, 429");
    row("dotnet", ".NET resilience (Polly v8)", 6, "1000 2000 2500 2500", Jitter::Symmetric, "408, 429, 500-999");
    row("resilience4j", "resilience4j retry", 6, "200 600 1800 5400", Jitter::Symmetric, "400-999");
    row("temporal", "Temporal RetryPolicy", endless, "2000 6000 18000 54000", Jitter::None, "400-999");
    row("aws", "AWS SDK", 7, "1000 2000 4000 8000", Jitter::Full, "500, 502-504");
    row("awslegacy", "AWS SDK", 5, "1000 2000 4000 8000", Jitter::Full, "429, 500, 502-504, 509");
    row("axiosretry", "axios-retry", 6, "200 400 800 1600", Jitter::Additive, "429, 500-599");
    row("got", "got", 5, "1000 2000 3000 3000", Jitter::None, "500, 503");
    row("ky", "ky", 2, "500 1000 2000 4000", Jitter::Full, "408, 413, 429, 500, 502-504");
    row("urllib3", "urllib3 Retry", 4, "500 1000 2000 4000", Jitter::None, "413, 429, 503, 500, 429");
}

void PolicyImportTest::configurations_arePolicies()
{
    QFETCH(QString, name);
    QFETCH(double, attempts);
    QFETCH(QString, waits);
    QFETCH(Jitter, jitter);
    QFETCH(QString, statuses);
    const auto imported = read(sample(QTest::currentDataTag()));
    QVERIFY2(imported.ok(), imported.ok() ? "" : qPrintable(imported.error().text()));
    const RetryPolicy &policy = imported->policy;
    QCOMPARE(policy.name, name + QStringLiteral(", imported"));
    QCOMPARE(policy.maxAttempts, attempts);
    QCOMPARE(waitsOf(policy.backoff), waits);
    QCOMPARE(policy.backoff.jitter, jitter);
    QCOMPARE(policy.statuses.text(), statuses);
    QVERIFY(imported->notes.front().startsWith(QStringLiteral("read as ") + name));
}

void PolicyImportTest::details_areTaken()
{
    const RetryPolicy grpc = read(sample("grpc"))->policy;
    QCOMPARE(grpc.codes, (QByteArrayList{"UNAVAILABLE", "ABORTED"}));
    QCOMPARE(grpc.deadline, Millis(10000));
    QCOMPARE(grpc.budget->capacity, 20.0);
    QCOMPARE(grpc.budget->ratio, 0.2);
    QCOMPARE(read(sample("grpchedging"))->policy.hedging->delay, Millis(250));

    const RetryPolicy envoy = read(sample("envoy"))->policy;
    QCOMPARE(envoy.codes, QByteArrayList{"UNAVAILABLE"});
    QCOMPARE(envoy.attemptTimeout, Millis(2000));
    QCOMPARE(envoy.backoff.cap, Millis(500));
    QVERIFY(envoy.failures.contains(NetworkError::Timeout));
    QVERIFY(read("{\"retry_on\": \"retriable-4xx\"}")->policy.failures.isEmpty());

    const RetryPolicy dotnet = read(sample("dotnet"))->policy;
    QCOMPARE(dotnet.attemptTimeout, Millis(5000));
    QCOMPARE(dotnet.deadline, Millis(60000));
    QCOMPARE(dotnet.backoff.ratio, 0.25);
    QVERIFY(!dotnet.retryAfter);
    QCOMPARE(read("{\"MaxRetryAttempts\": 1}")->policy.backoff.shape, BackoffShape::PollyV2);

    const RetryPolicy resilience = read(sample("resilience4j"))->policy;
    QCOMPARE(resilience.backoff.ratio, 0.25);
    QVERIFY(resilience.backoff.truncatesGrowth);
    QCOMPARE(read(sample("temporal"))->policy.backoff.cap, Millis(200000));

    const RetryPolicy got = read(sample("got"))->policy;
    QCOMPARE(got.methods, QByteArrayList{"GET"});
    QCOMPARE(got.retryAfter->cap, Millis(5000));
    QCOMPARE(got.backoff.plus, Millis(50));
    QCOMPARE(read(sample("ky"))->policy.retryAfter->statuses.text(), QStringLiteral("429"));

    const RetryPolicy urllib3 = read(sample("urllib3"))->policy;
    QVERIFY(urllib3.methods.isEmpty());
    QVERIFY(urllib3.returnsLastResponse);
    QCOMPARE(urllib3.backoff.cap, Millis(10000));
    QCOMPARE(urllib3.retryAfter->neededOn.text(), QStringLiteral("413, 503"));
    const RetryPolicy deaf = read("{\"status_forcelist\": [502], \"respect_retry_after_header\": false}")->policy;
    QCOMPARE(deaf.statuses.text(), QStringLiteral("502"));
    QVERIFY(!deaf.retryAfter);
}

void PolicyImportTest::whatIsNotRead_isNoted_data()
{
    QTest::addColumn<QString>("note");
    QTest::newRow("grpc") << QStringLiteral("/methodConfig/0/waitForReady is not read");
    QTest::newRow("envoy") << QStringLiteral("the condition envoy-ratelimited of retry_on is not read");
    QTest::newRow("dotnet") << QStringLiteral("/CircuitBreaker is not read");
    QTest::newRow("resilience4j") << QStringLiteral(
        "/resilience4j/retry/instances/backend/retry-exceptions is not read");
    QTest::newRow("temporal") << QStringLiteral("/nonRetryableErrorTypes is not read");
    QTest::newRow("aws") << QStringLiteral("adaptive is read as standard: its rate limiter is not modelled");
    QTest::newRow("axiosretry") << QStringLiteral("/shouldResetTimeout is not read");
    QTest::newRow("urllib3") << QStringLiteral("/connect is not read");
    QTest::newRow("grpchedging") << QStringLiteral("maxAttempts of 9 is taken as 5");
}

void PolicyImportTest::whatIsNotRead_isNoted()
{
    QFETCH(QString, note);
    const QStringList notes = read(sample(QTest::currentDataTag()))->notes;
    QVERIFY2(notes.contains(note), qPrintable(notes.join(u'\n')));
}

void PolicyImportTest::faults_nameThePlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *where, const char *expected) {
        QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(where) << QString::fromLatin1(expected);
    };
    row("{\"retryPolicy\": {\"initialBackoff\": \"soon\", \"maxBackoff\": \"1s\"}}",
        "f.json: /retryPolicy/initialBackoff", "expected a time such as");
    row("{\"retryPolicy\": {\"maxAttempts\": 1, \"retryableStatusCodes\": []}}", "f.json: /retryPolicy/maxAttempts",
        "expected a whole number, at least 2, found 1");
    row("{\"retryableStatusCodes\": [\"BUSY\"]}", "f.json: /retryableStatusCodes", "expected a list of gRPC codes");
    row("{\"retryOn\": 5}", "f.json: /retryOn", "expected conditions");
    row("{\"MaxRetryAttempts\": -1}", "f.json: /MaxRetryAttempts", "expected a whole number, at least 0, found -1");
    row("{\"MaxRetryAttempts\": 1, \"BackoffType\": \"Random\"}", "f.json: /BackoffType", "expected Constant, Linear");
    row("{\"retry\": {\"limit\": 2, \"statusCodes\": [42]}}", "f.json: /retry/statusCodes",
        "expected a list of statuses");
    row("{\"retry_mode\": \"fast\"}", "f.json: /retry_mode", "expected standard, legacy or adaptive");
    row("{\"hedgingDelay\": \"1s\", \"retryThrottling\": 5", "f.json", "");
    row("{\"retryThrottling\": 5, \"retryPolicy\": {\"retryableStatusCodes\": []}}", "f.json: /retryThrottling",
        "expected maxTokens");
    row("{\"colour\": 1}", "f.json", "expected the retry settings of one of gRPC");
}

void PolicyImportTest::faults_nameThePlace()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    QFETCH(QString, expected);
    const auto imported = read(text);
    QVERIFY(!imported.ok());
    QCOMPARE(imported.error().where, where);
    QVERIFY2(imported.error().message.contains(expected), qPrintable(imported.error().message));
    QVERIFY(!imported.error().message.isEmpty());
}

void PolicyImportTest::spellingsOfKeysAndTimes_areOne_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"{\"wait-duration\": \"PT1M2.5S\"}", "{\"waitDuration\": 62500}",
                             "{\"WAIT_DURATION\": \"62.5s\"}", "{\"waitDuration\": \"00:01:02.5\"}",
                             "{\"waitDuration\": \"62500ms\"}", "[[{\"a\": {\"waitDuration\": \"62.5s\"}}]]"})
        QTest::newRow(text) << QByteArray(text);
}

void PolicyImportTest::spellingsOfKeysAndTimes_areOne()
{
    QFETCH(QByteArray, text);
    QCOMPARE(read(text)->policy.backoff.base, Millis(62500));
}

void PolicyImportTest::ownForm_isReadFirst()
{
    QFile file(QStringLiteral(":/errata/policies/got.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray own = file.readAll();
    const auto read = readOrImportPolicy(own, QStringLiteral("f.json"));
    QVERIFY(read.ok());
    QCOMPARE(read->policy.id, QStringLiteral("got"));
    QVERIFY(read->notes.isEmpty());
    QByteArray broken = own;
    broken.replace("\"max_attempts\": 3", "\"max_attempts\": -3");
    QCOMPARE(readOrImportPolicy(broken, QStringLiteral("f.json")).error().where,
             QStringLiteral("f.json: /max_attempts"));
    QCOMPARE(readOrImportPolicy(sample("got"), QStringLiteral("f.json"))->policy.maxAttempts, 5.0);
}

QTEST_GUILESS_MAIN(PolicyImportTest)
#include "tst_policyimport.moc"
