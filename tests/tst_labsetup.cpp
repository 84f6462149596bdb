// What the retry lab is set to: files, links, policies as text, scripts of chance, and what clients make of headers.
#include "models/items/figuresmodel.h"
#include "models/items/headerbenchmodel.h"
#include "models/items/histogrammodel.h"
#include "models/items/policycomparisonmodel.h"
#include "models/retry/drawnscript.h"
#include "models/retry/headerbench.h"
#include "models/retry/labsetup.h"
#include "models/retry/policywriter.h"
#include "models/retry/randomscript.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <map>

using namespace errata;

namespace {

const RetryPolicy &shipped(const char *id)
{
    static const std::vector<RetryPolicy> all = shippedPolicies();
    const auto found =
        std::find_if(all.begin(), all.end(), [id](const RetryPolicy &p) { return p.id == QLatin1String(id); });
    Q_ASSERT(found != all.end());
    return *found;
}

QDateTime noon()
{
    return {QDate(2026, 10, 21), QTime(12, 0), Qt::UTC};
}

Outcome tooMany(const QByteArray &name, const QByteArray &value)
{
    Outcome outcome;
    outcome.status = 429;
    outcome.headers.add(name, value);
    return outcome;
}

LabSetup unusual()
{
    LabSetup setup;
    setup.policy = shipped("intended");
    setup.policy.backoff.base = Millis(123.5);
    setup.policy.maxAttempts = std::numeric_limits<double>::infinity();
    setup.script = QStringLiteral("503*0.3 | 200, 429:'Wed, 21 Oct 2026 07:28:00 GMT'");
    setup.seed = 77;
    setup.compared = {QStringLiteral("curl"), QStringLiteral("got")};
    setup.load.kind = LoadSetup::Kind::Contention;
    setup.load.clients = 40;
    setup.load.arrivals = HerdScenario::Arrivals::Poisson;
    setup.load.window = Millis(60000);
    setup.load.capacity.reset();
    setup.load.queue = 12;
    setup.load.outageLength = Millis(5000);
    setup.load.followsScript = false;
    setup.axes.isDistributionLogarithmic = true;
    return setup;
}

bool isSame(const LabSetup &a, const LabSetup &b)
{
    return isSamePolicy(a.policy, b.policy) && a.script == b.script && a.seed == b.seed && a.compared == b.compared &&
           a.load == b.load && a.axes == b.axes;
}

} // namespace

class TestLabSetup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyShippedPolicy_isWrittenAsItIsRead_data();
    void everyShippedPolicy_isWrittenAsItIsRead();
    void everyMemberOfAPolicy_isWritten();
    void file_readsBack();
    void policyFileAlone_isASetup();
    void brokenFile_namesThePlace_data();
    void brokenFile_namesThePlace();
    void linkOfAPreset_isReadable();
    void linkOfAChangedPolicy_carriesItWhole();
    void linkTypedByHand_isRead();
    void brokenLink_saysWhatIsWrong_data();
    void brokenLink_saysWhatIsWrong();
    void drawnScript_followsTheWeights_andRepeatsForASeed();
    void header_asClientsReadIt_data();
    void header_asClientsReadIt();
    void header_asItsSpecificationSays_data();
    void header_asItsSpecificationSays();
    void headerNames_areEachListedOnce();
    void models_keepTheirPromises();
};

void TestLabSetup::everyShippedPolicy_isWrittenAsItIsRead_data()
{
    QTest::addColumn<QString>("id");
    for (const RetryPolicy &policy : shippedPolicies())
        QTest::newRow(qPrintable(policy.id)) << policy.id;
}

void TestLabSetup::everyShippedPolicy_isWrittenAsItIsRead()
{
    QFETCH(QString, id);
    const RetryPolicy &policy = shipped(id.toLatin1().constData());
    const QByteArray text = policyJson(policy);
    const auto again = readPolicy(text, id);
    QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(again.error().text()));
    QCOMPARE(policyJson(*again), text);
    // What the writer might forget shows in what the policy does.
    for (const int status : {200, 404, 408, 409, 425, 429, 500, 503}) {
        const Outcome outcome = [status] {
            Outcome made = tooMany("Retry-After", "7");
            made.status = status;
            return made;
        }();
        const HeaderReading before = readingOf(policy, outcome, noon());
        const HeaderReading after = readingOf(*again, outcome, noon());
        QCOMPARE(after.wait, before.wait);
        QCOMPARE(after.reason, before.reason);
    }
}

void TestLabSetup::everyMemberOfAPolicy_isWritten()
{
    // One change at a time: each must show in the text and come back from it.
    using Change = std::function<void(RetryPolicy &)>;
    const std::vector<Change> changes{
        [](RetryPolicy &p) { p.backoff.shape = BackoffShape::PollyV2; },
        [](RetryPolicy &p) { p.backoff.shape = BackoffShape::Power; },
        [](RetryPolicy &p) { p.backoff.jitter = Jitter::Range, p.backoff.from = 0.5, p.backoff.to = 1.5; },
        [](RetryPolicy &p) { p.backoff.jitter = Jitter::Decorrelated; },
        [](RetryPolicy &p) {
            p.backoff.jitter = Jitter::Decorrelated;
            p.backoff.decorrelatedLow = DecorrelatedLow::Previous;
        },
        [](RetryPolicy &p) {
            p.backoff.shape = BackoffShape::Table, p.backoff.table = {Millis(1), Millis(2.5)};
        },
        [](RetryPolicy &p) { p.backoff.capAfterJitter = true; },
        [](RetryPolicy &p) { p.backoff.plus = Millis(9); },
        [](RetryPolicy &p) { p.backoff.steps = 4; },
        [](RetryPolicy &p) { p.backoff.grain = Millis(100); },
        [](RetryPolicy &p) { p.backoff.first = Millis(0); },
        [](RetryPolicy &p) { p.backoff.throttledBase = Millis(500); },
        [](RetryPolicy &p) { p.backoff.least = Millis(3); },
        [](RetryPolicy &p) { p.backoff.rounding = Rounding::Nearest; },
        [](RetryPolicy &p) { p.backoff.truncatesGrowth = true; },
        [](RetryPolicy &p) { p.deadline = Millis(5000), p.deadlineWait = DeadlineWait::Clamped; },
        [](RetryPolicy &p) { p.deadlineCutsAttempt = false; },
        [](RetryPolicy &p) { p.attemptTimeout = Millis(800); },
        [](RetryPolicy &p) {
            p.failures = FailureSet{NetworkError::Timeout, NetworkError::Dns};
        },
        [](RetryPolicy &p) { p.failures = FailureSet(); },
        [](RetryPolicy &p) { p.codes = {"UNAVAILABLE"}; },
        [](RetryPolicy &p) { p.finalCodes = {"NO_MATCH"}; },
        [](RetryPolicy &p) {
            p.methods = {"GET", "PUT"};
        },
        [](RetryPolicy &p) {
            p.anyMethodStatuses.ranges = {{429, 429}};
        },
        [](RetryPolicy &p) { p.anyMethodFailures = FailureSet{NetworkError::Refused}; },
        [](RetryPolicy &p) { p.sendsIdempotencyKey = true; },
        [](RetryPolicy &p) { p.keyAllowsMethod = true; },
        [](RetryPolicy &p) {
            p.throttledStatuses.ranges = {{429, 429}};
        },
        [](RetryPolicy &p) { p.throttledCodes = {"SlowDown"}; },
        [](RetryPolicy &p) { p.shouldRetryHeaders = {"x-should-retry"}; },
        [](RetryPolicy &p) { p.bodyFlag = true; },
        [](RetryPolicy &p) { p.retryAfter->retryInfo = true; },
        [](RetryPolicy &p) { p.retryAfter->pick = RetryAfterRule::Pick::FirstReadable; },
        [](RetryPolicy &p) {
            p.retryAfter->neededOn.ranges = {{413, 413}};
        },
        [](RetryPolicy &p) {
            p.retryAfter->retriedWith.ranges = {{404, 404}};
        },
        [](RetryPolicy &p) { p.retryAfter->unreadable = RetryAfterRule::Unreadable::GivesUp; },
        [](RetryPolicy &p) { p.retryAfter->negative = RetryAfterRule::Negative::Zero; },
        [](RetryPolicy &p) { p.retryAfter->zeroIsAbsent = true; },
        [](RetryPolicy &p) { p.retryAfter->pastDate = Millis(7); },
        [](RetryPolicy &p) { p.retryAfter->cap = Millis(60000); },
        [](RetryPolicy &p) { p.retryAfter->beyondCap = RetryAfterRule::BeyondCap::GiveUp; },
        [](RetryPolicy &p) { p.retryAfter->against = RetryAfterRule::AgainstBackoff::Max; },
        [](RetryPolicy &p) { p.retryAfter->mostAboveBackoff = Millis(5000); },
        [](RetryPolicy &p) { p.retryAfter->jitter = 0.25; },
        [](RetryPolicy &p) { p.retryAfter->advancesBackoff = false; },
        [](RetryPolicy &p) { p.retryAfter->resetsBackoff = true; },
        [](RetryPolicy &p) { p.retryAfter->headers.front().epochFrom = 1e9; },
        [](RetryPolicy &p) { p.retryAfter->headers.front().wrapsInt64 = true; },
        [](RetryPolicy &p) { p.retryAfter->headers.front().unit = Millis(1); },
        [](RetryPolicy &p) { p.retryAfter->headers.front().date = DateForm::Js; },
        [](RetryPolicy &p) { p.retryAfter.reset(); },
        [](RetryPolicy &p) { p.budget = RetryBudget{}; },
        [](RetryPolicy &p) {
            p.budget = RetryBudget{RetryBudget::Kind::Throttle, 10};
        },
        [](RetryPolicy &p) { p.budget.emplace().kind = RetryBudget::Kind::Ratio; },
        [](RetryPolicy &p) { p.budget.emplace().kind = RetryBudget::Kind::Concurrent; },
        [](RetryPolicy &p) { p.hedging = Hedging{Millis(250)}; },
        [](RetryPolicy &p) { p.timer = TimerKind::Browser; },
        [](RetryPolicy &p) {
            p.documented = DocumentedRetries{7.0, StatusSet{{{418, 418}}}};
        },
        [](RetryPolicy &p) { p.returnsLastResponse = false; },
    };
    const QByteArray usual = policyJson(shipped("intended"));
    for (std::size_t i = 0; i < changes.size(); ++i) {
        RetryPolicy policy = shipped("intended");
        changes[i](policy);
        const QByteArray text = policyJson(policy);
        QVERIFY2(text != usual, qPrintable(QString::number(i)));
        const auto again = readPolicy(text, QStringLiteral("changed"));
        QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(QStringLiteral("%1: %2").arg(i).arg(again.error().text())));
        QCOMPARE(policyJson(*again), text);
    }
}

void TestLabSetup::file_readsBack()
{
    const LabSetup setup = unusual();
    const auto again = readLabSetup(labSetupJson(setup), QStringLiteral("lab.json"));
    QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(again.error().text()));
    QVERIFY(isSame(*again, setup));
}

void TestLabSetup::policyFileAlone_isASetup()
{
    const auto setup = readLabSetup(policyJson(shipped("curl")), QStringLiteral("curl.json"));
    QVERIFY(setup.ok());
    QCOMPARE(setup->policy.id, QStringLiteral("curl"));
    QCOMPARE(setup->load, LoadSetup());
}

void TestLabSetup::brokenFile_namesThePlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("told");
    const QByteArray whole = labSetupJson(unusual());
    const auto changed = [&whole](const char *from, const char *to) { return QByteArray(whole).replace(from, to); };
    QTest::newRow("no JSON") << QByteArray("{") << "line";
    QTest::newRow("no setup") << QByteArray("[]") << "expected an object";
    QTest::newRow("misspelt") << changed("\"queue\"", "\"cue\"") << "/load/cue";
    QTest::newRow("no such kind") << changed("contention", "storm") << "/load/kind";
    QTest::newRow("no such axis") << changed("\"distribution\"", "\"load\"") << "/logarithmic_axes";
    QTest::newRow("no such shape") << changed("exponential", "steep") << "/backoff/shape";
}

void TestLabSetup::brokenFile_namesThePlace()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, told);
    const auto setup = readLabSetup(text, QStringLiteral("lab.json"));
    QVERIFY(!setup.ok());
    QVERIFY2(setup.error().text().contains(told), qPrintable(setup.error().text()));
}

void TestLabSetup::linkOfAPreset_isReadable()
{
    const std::vector<RetryPolicy> known = shippedPolicies();
    LabSetup setup;
    setup.policy = shipped("curl");
    setup.script = QStringLiteral("503, 429:'Wed, 21 Oct 2026 07:28:00 GMT', 503*0.3|200 & more=1#x");
    setup.seed = 3;
    setup.compared = {QStringLiteral("got")};
    setup.axes = {true, true, true};
    const QString link = labLink(setup, known);
    QVERIFY(isLabLink(link));
    QVERIFY2(link.startsWith(QStringLiteral("errata:lab?policy=curl&")), qPrintable(link));
    QVERIFY(!link.contains(QLatin1Char(' ')));
    const auto again = readLabLink(link, known);
    QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(again.error().text()));
    QVERIFY2(isSame(*again, setup), qPrintable(again->script));
}

void TestLabSetup::linkOfAChangedPolicy_carriesItWhole()
{
    const LabSetup setup = unusual();
    const QString link = labLink(setup, shippedPolicies());
    const auto again = readLabLink(QStringLiteral("  %1\n").arg(link), {});
    QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(again.error().text()));
    QVERIFY(isSame(*again, setup));
}

void TestLabSetup::linkTypedByHand_isRead()
{
    const auto setup = readLabLink(QStringLiteral("errata:lab?policy=curl&script=503,200"), shippedPolicies());
    QVERIFY(setup.ok());
    QCOMPARE(setup->script, QStringLiteral("503,200"));
    QCOMPARE(setup->seed, 1);
}

void TestLabSetup::brokenLink_saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("told");
    QTest::newRow("another link") << "https://example.com"
                                  << "begins with errata:lab?";
    QTest::newRow("unknown policy") << "errata:lab?policy=nobody"
                                    << "nobody";
    QTest::newRow("unknown axis") << "errata:lab?policy=curl&script=503&log=distribution,load"
                                  << "load";
    QTest::newRow("cut off") << labLink(unusual(), {}).chopped(40) << "cut off";
    QTest::newRow("no base64") << "errata:lab?setup=%%%"
                               << "cut off";
    QTest::newRow("a bomb") << QStringLiteral("errata:lab?setup=%1")
                                   .arg(QString::fromLatin1(
                                       QByteArray("\x7f\xff\xff\xff junk").toBase64(QByteArray::Base64UrlEncoding)))
                            << "1 MB";
    QTest::newRow("too long") << QStringLiteral("errata:lab?script=") + QString(70000, QLatin1Char('5')) << "longer";
}

void TestLabSetup::brokenLink_saysWhatIsWrong()
{
    QFETCH(QString, link);
    QFETCH(QString, told);
    const auto setup = readLabLink(link, shippedPolicies());
    QVERIFY(!setup.ok());
    QVERIFY2(setup.error().message.contains(told), qPrintable(setup.error().message));
}

void TestLabSetup::drawnScript_followsTheWeights_andRepeatsForASeed()
{
    const RandomOutcomes outcomes = *parseRandomScript(u"503*0.3|200*0.7");
    constexpr int many = 20000;
    RandomSource first = RandomSource::seeded(5);
    RandomSource second = RandomSource::seeded(5);
    const OutcomeScript drawn = drawnScript(outcomes, many, first);
    QCOMPARE(drawn.outcomes, drawnScript(outcomes, many, second).outcomes);
    const auto failed = std::count_if(drawn.outcomes.begin(), drawn.outcomes.end(),
                                      [](const Outcome &outcome) { return outcome.status == 503; });
    const double deviation = std::sqrt(0.3 * 0.7 * many);
    QVERIFY(std::abs(static_cast<double>(failed) - 0.3 * many) < 5 * deviation);
    RandomSource unused = RandomSource::seeded(1);
    const OutcomeScript certain = *parseOutcomeScript(u"503@5,200");
    QCOMPARE(drawnScript(certain, many, unused).outcomes, certain.outcomes);
    QCOMPARE(unused.draws(), 0);
}

void TestLabSetup::header_asClientsReadIt_data()
{
    using Read = HeaderReading::Read;
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("read");
    QTest::addColumn<double>("waits"); ///< ms, -1 stops
    QTest::newRow("Intended takes seconds") << QByteArray("intended") << QByteArray("7") << int(Read::Delay) << 7000.0;
    QTest::newRow("Intended makes NaN of a date, its timer 1 ms")
        << QByteArray("intended") << QByteArray("Wed, 21 Oct 2026 12:01:00 GMT") << int(Read::Delay) << 1.0;
    QTest::newRow("got takes dates") << QByteArray("got") << QByteArray("Wed, 21 Oct 2026 12:00:30 GMT")
                                     << int(Read::Date) << 30000.0;
    QTest::newRow("requests sends nothing again")
        << QByteArray("requests") << QByteArray("7") << int(Read::NotLookedAt) << -1.0;
}

void TestLabSetup::header_asClientsReadIt()
{
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, value);
    QFETCH(int, read);
    QFETCH(double, waits);
    const HeaderReading reading = readingOf(shipped(client.constData()), tooMany("Retry-After", value), noon());
    QCOMPARE(int(reading.read), read);
    QCOMPARE(reading.wait ? reading.wait->actual.count() : -1, waits);
}

void TestLabSetup::header_asItsSpecificationSays_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<double>("delay"); ///< ms, -1 not valid
    QTest::newRow("seconds") << QByteArray("Retry-After") << QByteArray("120") << 120000.0;
    QTest::newRow("date") << QByteArray("retry-after") << QByteArray("Wed, 21 Oct 2026 12:01:00 GMT") << 60000.0;
    QTest::newRow("fraction") << QByteArray("Retry-After") << QByteArray("1.5") << -1.0;
    QTest::newRow("milliseconds") << QByteArray("retry-after-ms") << QByteArray("1500") << 1500.0;
    QTest::newRow("RateLimit") << QByteArray("RateLimit") << QByteArray("\"default\";r=0;t=30") << 30000.0;
    QTest::newRow("RateLimit without t") << QByteArray("RateLimit") << QByteArray("\"default\";r=0") << -1.0;
    QTest::newRow("unknown name") << QByteArray("X-Nothing") << QByteArray("1") << -1.0;
}

void TestLabSetup::header_asItsSpecificationSays()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(double, delay);
    const StandardReading reading = standardReading(name, value, noon());
    QCOMPARE(reading.delay ? reading.delay->count() : -1, delay);
    QCOMPARE(reading.problem.isEmpty(), delay >= 0 || reading.source == StandardReading::Source::Unknown);
}

void TestLabSetup::headerNames_areEachListedOnce()
{
    const QByteArrayList names = waitHeaderNames(shippedPolicies());
    QCOMPARE(names.first(), QByteArray("Retry-After"));
    std::map<QByteArray, int> seen;
    for (const QByteArray &name : names)
        ++seen[name.toLower()];
    QCOMPARE(seen.size(), static_cast<std::size_t>(names.size()));
    QVERIFY(seen.size() > 2);
}

void TestLabSetup::models_keepTheirPromises()
{
    const auto mode = QAbstractItemModelTester::FailureReportingMode::QtTest;
    HeaderBenchModel bench;
    QAbstractItemModelTester benchTester(&bench, mode);
    bench.setPolicies({shipped("intended"), shipped("curl")});
    bench.setAnswer(tooMany("Retry-After", "2"), noon());
    QCOMPARE(bench.index(0, HeaderBenchModel::WaitsColumn).data().toDouble(), 2000.0);
    bench.setPolicies({});

    PolicyComparisonModel comparison;
    QAbstractItemModelTester comparisonTester(&comparison, mode);
    comparison.setRows({ComparedPolicy{}, ComparedPolicy{}});
    QVERIFY(!comparison.index(0, PolicyComparisonModel::MeanColumn).data().isValid());
    ComparedPolicy row;
    row.mean = Millis(5);
    QSignalSpy resets(&comparison, &QAbstractItemModel::modelReset);
    comparison.setRows({row, row});
    QCOMPARE(resets.count(), 0);
    QCOMPARE(comparison.index(1, PolicyComparisonModel::MeanColumn).data().toDouble(), 5.0);

    HistogramModel histogram;
    QAbstractItemModelTester histogramTester(&histogram, mode);
    histogram.setBars({{Millis(0), Millis(1), 5, 0.5, {}}, {Millis(1), Millis(2), 5, 0.5, 0.5}});
    QVERIFY(!histogram.index(0, HistogramModel::ExactColumn).data().isValid());
    histogram.setBars({});

    FiguresModel figures;
    QAbstractItemModelTester figuresTester(&figures, mode);
    figures.setFigures({{QStringLiteral("At"), FigureColumn::Kind::Time}}, {{1.0}, {2.0}});
    QCOMPARE(figures.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("At"));
    figures.setFigures({{QStringLiteral("At"), FigureColumn::Kind::Time}}, {{3.0}, {4.0}});
    QCOMPARE(figures.index(1, 0).data().toDouble(), 4.0);
    figures.setFigures({}, {});
}

QTEST_GUILESS_MAIN(TestLabSetup)
#include "tst_labsetup.moc"
