// Recordings and logs: what is listed, counted and kept, and that nothing of it hangs on the text it was read from.
#include "models/base/limits.h"
#include "models/decode/recording.h"
#include "models/json/jsonwriter.h"
#include "tests/support/shippedcatalogs.h"

#include <QTest>

using namespace errata;
using namespace errata::test;

namespace {

/// A log line of \a second past ten.
QByteArray line(int second, int status, const QByteArray &host = "api.intended.so", const QByteArray &body = {})
{
    JsonWriter json;
    json.beginObject().member(u"time", QStringLiteral("2026-11-22T10:%1:%2Z")
                                           .arg(second / 60, 2, 10, QLatin1Char('0'))
                                           .arg(second % 60, 2, 10, QLatin1Char('0')));
    json.member(u"level", status < 400 ? QStringLiteral("info") : QStringLiteral("error"));
    json.member(u"msg", QStringLiteral("call")).member(u"status", status).member(u"method", QStringLiteral("POST"));
    json.member(u"url", QString::fromUtf8("https://" + host + "/intent"));
    if (!body.isEmpty())
        json.key(u"body").utf8(body);
    QByteArray text = json.endObject().result();
    text.replace('\n', ' ');
    return text.trimmed() + '\n';
}

QByteArray expired()
{
    return R"({"error":{"code":"TOKEN_EXPIRED","message":"x","request_id":"r1"}})";
}

Diagnosis decode(const QByteArray &text, const DecodeOptions &options = {})
{
    return decodeText(text, shippedCatalogs(), options);
}

} // namespace

class RecordingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRecord_isListed_andOnlyFailuresAreFound()
    {
        const Diagnosis diagnosis = decode(line(0, 200) + line(1, 429) + line(2, 200) + line(3, 503));
        QCOMPARE(diagnosis.kind, InputKind::Log);
        QCOMPARE(diagnosis.exchanges, 4);
        QCOMPARE(diagnosis.lines.size(), std::size_t(4));
        QCOMPARE(diagnosis.findings.size(), std::size_t(2));
        QCOMPARE(diagnosis.lines[1].finding, 0);
        QCOMPARE(diagnosis.lines[2].finding, -1);
        QCOMPARE(diagnosis.lines[3].finding, 1);
        QCOMPARE(diagnosis.findings[1].exchange, 3);
    }

    void bodyInAString_isDecoded()
    {
        const Diagnosis diagnosis = decode(line(0, 200) + line(1, 401, "api.intended.so", expired()) + line(2, 200));
        QCOMPARE(diagnosis.findings.size(), std::size_t(1));
        QCOMPARE(diagnosis.findings.front().code, QStringLiteral("TOKEN_EXPIRED"));
        QCOMPARE(diagnosis.findings.front().confidence, Confidence::Certain);
    }

    void whatIsKept_outlivesTheText()
    {
        auto text = std::make_unique<QByteArray>();
        for (int i = 0; i < 40; ++i)
            *text += line(i, i % 2 ? 429 : 200);
        const Diagnosis diagnosis = decode(*text);
        std::fill(text->begin(), text->end(), '#');
        text.reset();
        QCOMPARE(diagnosis.kept.size(), std::size_t(limits::keptExchanges));
        for (const ExchangeLine &own : diagnosis.lines)
            QCOMPARE(own.url, QByteArray("https://api.intended.so/intent"));
        for (const Exchange &exchange : diagnosis.kept)
            QCOMPARE(exchange.request->method, QByteArray("POST"));
    }

    void tallies_countByCodeAndByHost()
    {
        const Diagnosis diagnosis = decode(line(0, 429) + line(5, 429) + line(7, 503, "b.example.test") + line(8, 200) +
                                           line(9, 401, "api.intended.so", expired()));
        const std::vector<Tally> codes = tallyByCode(diagnosis);
        QCOMPARE(codes.size(), std::size_t(3));
        QCOMPARE(codes[0].code, QStringLiteral("429"));
        QCOMPARE(codes[0].api, QStringLiteral("intended"));
        QCOMPARE(codes[0].count, 2);
        QCOMPARE(*codes[0].lastMs - *codes[0].firstMs, 5000);
        const std::vector<Tally> hosts = tallyByHost(diagnosis);
        QCOMPARE(hosts.size(), std::size_t(2));
        QCOMPARE(hosts[0].host, QStringLiteral("api.intended.so"));
        QCOMPARE(hosts[0].count, 3);
    }

    void histogram_countsEachExchangeOnce()
    {
        QByteArray text;
        for (int i = 0; i < 100; ++i)
            text += line(i, i >= 50 ? 503 : 200);
        const auto histogram = histogramOf(decode(text), 10);
        QVERIFY(histogram);
        QCOMPARE(histogram->total.size(), std::size_t(10));
        int total = 0;
        int failed = 0;
        for (std::size_t i = 0; i < histogram->total.size(); ++i) {
            total += histogram->total[i];
            failed += histogram->failed[i];
        }
        QCOMPARE(total, 100);
        QCOMPARE(failed, 50);
        QCOMPARE(histogram->failed.front(), 0);
        QVERIFY(!histogramOf(decode(line(0, 200)), 10));
    }

    void whatWentWell_isListedOnlyWhereWanted()
    {
        DecodeOptions options;
        options.listsQuiet = false;
        const QByteArray text = line(0, 200) + line(1, 429) + line(2, 200) + line(3, 429);
        const Diagnosis few = decode(text, options);
        QCOMPARE(few.exchanges, 4);
        QCOMPARE(few.lines.size(), std::size_t(2));
        QCOMPARE(few.lines[1].index, 3);
        QCOMPARE(few.lines[1].finding, 1);
        const std::vector<Tally> codes = tallyByCode(few);
        QCOMPARE(codes.front().count, 2);
        QCOMPARE(*codes.front().lastMs - *codes.front().firstMs, 2000);
    }

    void methodsOfManyLines_areOneText()
    {
        const Diagnosis diagnosis = decode(line(0, 200) + line(1, 429) + line(2, 200));
        QCOMPARE(diagnosis.lines[0].method, QByteArray("POST"));
        for (const ExchangeLine &own : diagnosis.lines)
            QCOMPARE(static_cast<const void *>(own.method.constData()),
                     static_cast<const void *>(diagnosis.lines[0].method.constData()));
    }

    void progress_isTold_andStops()
    {
        QByteArray text;
        while (text.size() < 5000000)
            text += line(static_cast<int>(text.size() % 3000), 429);
        DecodeOptions options;
        qsizetype told = 0;
        options.progress = [&told](qsizetype bytes) {
            told = bytes;
            return bytes < 2000000;
        };
        const Diagnosis diagnosis = decode(text, options);
        QVERIFY(diagnosis.cancelled);
        QVERIFY(told >= 2000000 && told < 4000000);
        QVERIFY(!diagnosis.findings.empty());
    }

    void beyondTheLimit_findingsAreCounted()
    {
        QByteArray text;
        for (int i = 0; i < limits::findings + 10; ++i)
            text += line(i % 3000, 429);
        const Diagnosis diagnosis = decode(text);
        QCOMPARE(diagnosis.findings.size(), std::size_t(limits::findings));
        QCOMPARE(diagnosis.further, 10);
    }
};

QTEST_GUILESS_MAIN(RecordingTest)
#include "tst_recording.moc"
