// What each client makes of Retry-After and its relatives.
#include "models/http/ratelimitfields.h"
#include "models/http/retryafter.h"
#include "models/retry/simulator.h"
#include "models/retry/waitheader.h"
#include "tests/support/retrydata.h"

#include <QTest>

using namespace errata;

namespace {

/// An answer with these fields, tried twice under \a policy.
Attempt firstAttempt(const RetryPolicy &policy, int status, const Headers &headers, const QDateTime &now)
{
    OutcomeScript script;
    script.outcomes.front().status = status;
    script.outcomes.front().headers = headers;
    RandomSource random = RandomSource::sequence({0});
    return simulate(policy, script, random, now).attempts.front();
}

bool isBackoff(Reason reason)
{
    return reason == Reason::StatusRetried || reason == Reason::RetryAfterBeyondCap ||
           reason == Reason::RetryAfterShorter;
}

/// "60000", "-" for the backoff, "gives-up", "fails".
QString told(const Attempt &attempt)
{
    if (attempt.reason == Reason::RetryAfterTooLong)
        return QStringLiteral("gives-up");
    if (attempt.reason == Reason::RetryAfterUnreadable)
        return QStringLiteral("fails");
    if (!attempt.asked || isBackoff(attempt.reason))
        return QStringLiteral("-");
    return QString::number(attempt.asked->actual.count(), 'g', 17);
}

bool agrees(const JsonValue &expected, const Attempt &attempt)
{
    const QString text = expected.string();
    if (expected.isString() && text != QLatin1String("NaN") && text != QLatin1String("Infinity"))
        return told(attempt) == text;
    if (!attempt.asked)
        return false;
    const double asked = attempt.asked->actual.count();
    if (text == QLatin1String("NaN"))
        return std::isnan(asked);
    return text == QLatin1String("Infinity") ? std::isinf(asked) : isNear(asked, *expected.number());
}

RetryPolicy strictPolicy()
{
    RetryPolicy policy;
    policy.id = QStringLiteral("rfc");
    policy.maxAttempts = 2;
    policy.statuses = {{{429, 429}}};
    policy.retryAfter.emplace();
    policy.retryAfter->statuses = policy.statuses;
    return policy;
}

} // namespace

class TestRetryHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retryAfter_data();
    void retryAfter();
    void curl7_88_asItWas();
    void dates_data();
    void dates();
    void resetHeaders_data();
    void resetHeaders();
    void rateLimitFields_data();
    void rateLimitFields();
    void rateLimit_asksUntilThereIsQuotaAgain();
    void looseDates_data();
    void looseDates();
    void responsesDate_isWhatDatesAreMeasuredFrom();
};

void TestRetryHeaders::retryAfter_data()
{
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("value");
    QTest::addColumn<JsonValue>("expected");
    const std::vector<JsonValue> rows = retryData("retry-after.json")["rows"].children();
    QCOMPARE(rows.size(), std::size_t(20));
    for (const JsonValue &row : rows) {
        for (const JsonValue &cell : row.children()) {
            if (cell.key() != QLatin1String("value"))
                QTest::addRow("%s '%s'", qPrintable(cell.key()), qPrintable(row["value"].string()))
                    << cell.key() << row["value"].string() << cell;
        }
    }
}

void TestRetryHeaders::retryAfter()
{
    QFETCH(QString, client);
    QFETCH(QString, value);
    QFETCH(JsonValue, expected);
    const JsonValue data = retryData("retry-after.json");
    const QDateTime now = utcTime(data["now"].string()).toOffsetFromUtc(static_cast<int>(*data["zone_s"].integer()));
    const RetryPolicy policy = client == QLatin1String("rfc") ? strictPolicy() : shippedPolicy(client);
    QVERIFY(!policy.id.isEmpty());
    const Attempt attempt = firstAttempt(policy, 429, {{"Retry-After", value.toUtf8()}}, now);
    QVERIFY2(agrees(expected, attempt),
             qPrintable(QStringLiteral("%1 instead of %2").arg(told(attempt), QString::fromUtf8(expected.raw()))));
}

/// The shipped policy has the newer builds' cap; without it, it is what 7.88.1 did.
void TestRetryHeaders::curl7_88_asItWas()
{
    RetryPolicy policy = shippedPolicy(QStringLiteral("curl"));
    policy.retryAfter->cap.reset();
    const QDateTime now = utcTime(QStringLiteral("2026-01-01T00:00:00Z"));
    QCOMPARE(told(firstAttempt(policy, 429, {{"Retry-After", "99999999999"}}, now)), QStringLiteral("99999999999000"));
    QCOMPARE(told(firstAttempt(policy, 503, {{"Retry-After", "2026-01-01T00:01:00Z"}}, now)),
             QStringLiteral("2026000"));
}

void TestRetryHeaders::dates_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<JsonValue>("epoch");
    const std::vector<JsonValue> rows = retryData("dates.json")["rows"].children();
    QCOMPARE(rows.size(), std::size_t(25));
    for (const JsonValue &row : rows)
        QTest::newRow(qPrintable(row["value"].string())) << row["value"].string() << row["epoch_s"];
}

void TestRetryHeaders::dates()
{
    QFETCH(QString, value);
    QFETCH(JsonValue, epoch);
    const auto date = parseHttpDate(value.toUtf8(), utcTime(retryData("dates.json")["now"].string()));
    QCOMPARE(date.has_value(), epoch.isNumber());
    if (date)
        QCOMPARE(date->toSecsSinceEpoch(), *epoch.integer());
}

void TestRetryHeaders::resetHeaders_data()
{
    QTest::addColumn<JsonValue>("row");
    const std::vector<JsonValue> rows = retryData("reset-headers.json")["rows"].children();
    QCOMPARE(rows.size(), std::size_t(19));
    for (const JsonValue &row : rows)
        QTest::newRow(row["headers"].raw().constData()) << row;
}

void TestRetryHeaders::resetHeaders()
{
    QFETCH(JsonValue, row);
    Headers headers;
    for (const JsonValue &header : row["headers"].children())
        headers.add(header.at(0).string().toUtf8(), header.at(1).string().toUtf8());
    const Attempt attempt = firstAttempt(shippedPolicy(QStringLiteral("ky")), 429, headers,
                                         utcTime(retryData("reset-headers.json")["now"].string()));
    if (row["ms"].is(JsonKind::Null))
        QCOMPARE(told(attempt), QStringLiteral("-"));
    else
        QVERIFY2(isNear(attempt.asked->actual.count(), *row["ms"].number()), qPrintable(told(attempt)));
}

void TestRetryHeaders::rateLimitFields_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("items");
    const auto described = [](const JsonValue &items) {
        QStringList parts;
        for (const JsonValue &item : items.children()) {
            QString text = item["name"].string();
            for (const char *key : {"r", "t", "q", "w"}) {
                if (const auto number = item[key].integer())
                    text += QStringLiteral(" %1=%2").arg(QLatin1String(key)).arg(*number);
            }
            if (item["qu"].isString())
                text += QStringLiteral(" qu=") + item["qu"].string();
            parts += text;
        }
        return items.isArray() ? parts.join(QStringLiteral(", ")) : QStringLiteral("malformed");
    };
    for (const JsonValue &row : retryData("ratelimit.json")["rows"].children())
        QTest::newRow(qPrintable(row["value"].string()))
            << row["field"].string() << row["value"].string() << described(row["items"]);
    const auto more = [](const char *field, const char *value, const char *items) {
        QTest::newRow(value) << QString::fromLatin1(field) << QString::fromLatin1(value) << QString::fromLatin1(items);
    };
    more("RateLimit", "", "");
    more("RateLimit", "\"a\";r=1 , \"b\";r=2;t=3", "a r=1, b r=2 t=3");
    more("RateLimit", "\"a\\\"b\";r=1", "a\"b r=1");
    more("RateLimit", "\"a\";r=1;x;y=?0;z=1.5;k=tok/en;v=\"s\"", "a r=1");
    more("RateLimit", "\"a\";r=1;r=2", "a r=2");
    for (const char *bad :
         {"\"a\"", "\"a\";r", "\"a\";r=\"1\"", "\"a\";r=1,", "\"a\";r=1 \"b\"", "\"a", "\"a\\x\";r=1", "\"a\";R=1",
          "\"a\";r=1;pk=abc", "\"a\";r=1;pk=:!:", "\"a\";r=1;t=-1", "\"a\";r=1234567890123456", "(\"a\");r=1"})
        more("RateLimit", bad, "malformed");
    more("RateLimit-Policy", "\"a\";q=5;qu=requests", "malformed");
    more("RateLimit-Policy", "\"a\";q=0;w=1", "a q=0 w=1");
}

void TestRetryHeaders::rateLimitFields()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, items);
    QStringList parts;
    const auto number = [](const char *key, const std::optional<qint64> &count) {
        return count ? QStringLiteral(" %1=%2").arg(QLatin1String(key)).arg(*count) : QString();
    };
    bool isWhole = false;
    if (field == QLatin1String("RateLimit")) {
        const auto read = parseRateLimit(value.toUtf8());
        isWhole = read.has_value();
        for (const RateLimitItem &item : read.value_or(std::vector<RateLimitItem>()))
            parts += QString::fromUtf8(item.policy) + number("r", item.remaining) + number("t", item.resetAfter);
    } else {
        const auto read = parseRateLimitPolicy(value.toUtf8());
        isWhole = read.has_value();
        for (const RateLimitPolicyItem &item : read.value_or(std::vector<RateLimitPolicyItem>()))
            parts += QString::fromUtf8(item.name) + number("q", item.quota) + number("w", item.window) +
                     (item.unit == "requests" ? QString() : QStringLiteral(" qu=") + QString::fromUtf8(item.unit));
    }
    QCOMPARE(isWhole ? parts.join(QStringLiteral(", ")) : QStringLiteral("malformed"), items);
}

void TestRetryHeaders::rateLimit_asksUntilThereIsQuotaAgain()
{
    RetryPolicy policy = strictPolicy();
    WaitHeader limit;
    limit.name = "RateLimit";
    limit.number = NumberForm::RateLimit;
    limit.date = DateForm::None;
    policy.retryAfter->headers.push_back(limit);
    policy.retryAfter->pick = RetryAfterRule::Pick::FirstReadable;
    const auto waits = [&](const Headers &headers) { return told(firstAttempt(policy, 429, headers, {})); };
    QCOMPARE(waits({{"RateLimit", "\"d\";r=0;t=10"}}), QStringLiteral("10000"));
    QCOMPARE(waits({{"RateLimit", "\"burst\";r=0;t=5, \"day\";r=0;t=60, \"other\";r=3;t=900"}}),
             QStringLiteral("60000"));
    QCOMPARE(waits({{"RateLimit", "\"d\";r=3;t=10"}}), QStringLiteral("-"));
    QCOMPARE(waits({{"RateLimit", "d;r=0;t=10"}}), QStringLiteral("-"));
    // Retry-After takes precedence over both.
    QCOMPARE(waits({{"RateLimit", "\"d\";r=0;t=10"}, {"Retry-After", "20"}}), QStringLiteral("20000"));
}

void TestRetryHeaders::looseDates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("js");
    QTest::addColumn<QString>("email");
    const auto row = [](const char *text, const char *js, const char *email) {
        QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(js) << QString::fromLatin1(email);
    };
    // JavaScript takes a date without a zone for local time, here five hours behind; mail for UTC.
    row("Thu, 01 Jan 2026 00:01:00 GMT", "2026-01-01T00:01:00Z", "2026-01-01T00:01:00Z");
    row("Thu, 01 Jan 2026 00:01:00", "2026-01-01T05:01:00Z", "2026-01-01T00:01:00Z");
    row("Thu, 01 Jan 2026 00:01:00 +0130", "2025-12-31T22:31:00Z", "2025-12-31T22:31:00Z");
    row("Thu Jan  1 00:01:00 2026", "2026-01-01T05:01:00Z", "2026-01-01T00:01:00Z");
    row("Thursday, 01-Jan-26 00:01:00 GMT", "2026-01-01T00:01:00Z", "2026-01-01T00:01:00Z");
    row("Jan 1 2026", "2026-01-01T05:00:00Z", "");
    row("1/2/2026 10:00 UTC", "2026-01-02T10:00:00Z", "");
    row("2026-01-01", "2026-01-01T00:00:00Z", "");
    row("2026-01-01T00:01:00", "2026-01-01T05:01:00Z", "");
    row("2026-01-01T00:01:00.500Z", "2026-01-01T00:01:00Z", "");
    row("2026-01-01T00:01:00+02:00", "2025-12-31T22:01:00Z", "");
    row("1, 2", "2001-01-02T05:00:00Z", "");
    row("soon", "", "");
    row("120s", "", "");
    row("Thu, 31 Feb 2026 00:00:00 GMT", "", "");
    row("Thu, 01 Jan 2026 25:00:00 GMT", "", "");
    row("", "", "");
}

void TestRetryHeaders::looseDates()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, js);
    QFETCH(QString, email);
    const QDateTime now = utcTime(QStringLiteral("2026-01-01T00:00:00Z")).toOffsetFromUtc(-18000);
    const auto shown = [](const std::optional<QDateTime> &date) {
        return date ? date->toUTC().toString(Qt::ISODate) : QString();
    };
    QCOMPARE(shown(jsDate(text, now)), js);
    QCOMPARE(shown(emailDate(text)), email);
}

void TestRetryHeaders::responsesDate_isWhatDatesAreMeasuredFrom()
{
    const RetryPolicy policy = shippedPolicy(QStringLiteral("urllib3"));
    const Attempt attempt = firstAttempt(
        policy, 503, {{"Retry-After", "Thu, 01 Jan 2026 00:01:00 GMT"}, {"Date", "Thu, 01 Jan 2026 00:00:20 GMT"}},
        utcTime(QStringLiteral("2026-06-01T00:00:00Z")));
    QCOMPARE(told(attempt), QStringLiteral("40000"));
}

QTEST_APPLESS_MAIN(TestRetryHeaders)
#include "tst_retryheaders.moc"
