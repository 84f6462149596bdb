// Whatever is decoded, reading it tells how far it is, and stops when told to.
#include "models/base/gunzip.h"
#include "models/decode/decoder.h"
#include "tests/support/shippedcatalogs.h"

#include <QTest>

using namespace errata;
using namespace errata::test;

namespace {

QByteArray repeated(const QByteArray &piece, qsizetype size)
{
    return piece.repeated(size / piece.size() + 1);
}

/// Told by the decoder, and stopping at one call.
struct Listener
{
    int stopAt = -1;
    std::vector<qsizetype> told;

    [[nodiscard]] Diagnosis decode(const QByteArray &text)
    {
        DecodeOptions options;
        options.progress = [this](qsizetype bytes) {
            told.push_back(bytes);
            return static_cast<int>(told.size()) != stopAt;
        };
        return decodeText(text, shippedCatalogs(), options);
    }
};

constexpr qsizetype Size = 2400000;

} // namespace

class ProgressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyInput_tellsAndStops_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray error = "{\"error\":{\"code\":\"TOKEN_EXPIRED\",\"message\":\"x\"}}";
        const QByteArray list = "[" + repeated(error + ",", Size) + error + "]";
        const QByteArray member = "\"k\":{\"a\":[1,2.5,null]},";
        QTest::newRow("a list") << list;
        QTest::newRow("one object") << "{" + repeated(member, Size) + "\"error\":1}";
        QTest::newRow("one string") << "{\"error\":\"" + repeated("abcdefg\\n", Size) + "\"}";
        QTest::newRow("cut off") << list.chopped(20);
        QTest::newRow("broken") << list + "x";
        QTest::newRow("one behind the other") << error + '\n' + list + '\n' + error;
        QTest::newRow("in a reply") << "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n" + list;
        QTest::newRow("in text") << "Look: " + error + " and then " + list + " was all.";
        QTest::newRow("quoted in text") << "It said: " + error + " and " + repeated("[\"", Size);
        QTest::newRow("XML") << "<?xml version=\"1.0\"?><Error>" + repeated("<Code>x</Code>", Size / 4) + "</Error>";
        const QByteArray body = QByteArray(list).replace('"', "\\\"");
        const QByteArray entry =
            "{\"startedDateTime\":\"2026-05-04T10:11:12Z\",\"request\":{\"method\":\"GET\",\"url\":\"https://a\"},"
            "\"response\":{\"status\":400,\"content\":{\"text\":\"" +
            body + "\"}}}";
        QTest::newRow("one entry of a HAR") << "{\"log\":{\"version\":\"1.2\",\"entries\":[" + entry + "]}}";
        QTest::newRow("a broken HAR") << "{\"log\":{\"version\":\"1.2\",\"entries\":[" + entry.chopped(3) + "x]}}";
    }
    void everyInput_tellsAndStops()
    {
        QFETCH(const QByteArray, text);
        Listener whole;
        QVERIFY(!whole.decode(text).cancelled);
        const int calls = static_cast<int>(whole.told.size());
        QVERIFY2(calls >= 2, qPrintable(QString::number(calls)));
        QVERIFY(std::is_sorted(whole.told.begin(), whole.told.end()));
        QVERIFY(whole.told.front() <= 2 * qsizetype(1000000));
        QVERIFY(whole.told.back() <= text.size() && whole.told.back() >= text.size() / 2);
        for (const int stop : {1, calls}) {
            Listener listener;
            listener.stopAt = stop;
            QVERIFY(listener.decode(text).cancelled);
            QCOMPARE(static_cast<int>(listener.told.size()), stop); // and is asked no more
        }
    }

    void smallInput_asksNobody()
    {
        Listener listener;
        QVERIFY(!listener.decode("{\"error\":{\"code\":\"TOKEN_EXPIRED\"}}").cancelled);
        QVERIFY(listener.told.empty());
    }

    void cancelled_namesNoProblem()
    {
        Listener listener;
        listener.stopAt = 1;
        const Diagnosis diagnosis = listener.decode("[" + repeated("{\"a\":1},", Size) + "1]");
        QVERIFY(diagnosis.cancelled);
        QVERIFY2(diagnosis.problems.isEmpty(), qPrintable(diagnosis.problems.join(u'\n')));
        QVERIFY(diagnosis.findings.empty());
    }

    void unpacking_tellsAndStops()
    {
        const QByteArray member = QByteArray::fromHex("1f8b0800000000000003cb48cdc9c9070086a6103605000000");
        QCOMPARE(gunzip(member, 100).valueOr({}), QByteArray("hello"));
        const QByteArray packed = repeated(member, 300000 * member.size());
        int calls = 0;
        const auto tell = [&calls](qsizetype) {
            ++calls;
            return true;
        };
        QVERIFY(gunzip(packed, 1 << 26, tell));
        QVERIFY(calls > 0);
        QVERIFY(!gunzip(packed, 1 << 26, [](qsizetype) { return false; }));
        Listener listener;
        listener.stopAt = 1;
        const Diagnosis diagnosis = listener.decode(packed);
        QVERIFY(diagnosis.cancelled && diagnosis.problems.isEmpty());
    }
};

QTEST_GUILESS_MAIN(ProgressTest)
#include "tst_progress.moc"
