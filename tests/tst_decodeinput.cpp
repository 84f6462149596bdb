// What the decoder makes of little, of much, and of what is broken: bare codes, cut replies, bad input.
#include "tests/support/decoding.h"

using namespace errata;
using namespace errata::test;

class DecodeInputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBareCode_isNeverCertain_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("confidence");
        QTest::addColumn<int>("alternatives");
        QTest::newRow("one owner") << "TOKEN_EXPIRED"
                                   << "intended:TOKEN_EXPIRED"
                                   << "likely" << 0;
        QTest::newRow("blanks around") << "  TOKEN_EXPIRED\n"
                                       << "intended:TOKEN_EXPIRED"
                                       << "likely" << 0;
        QTest::newRow("two owners") << "invalid_request"
                                    << "nullspace:invalid_request"
                                    << "guess" << 1;
        QTest::newRow("folded twin elsewhere") << "RATE_LIMIT_EXCEEDED"
                                               << "intended:RATE_LIMIT_EXCEEDED"
                                               << "guess" << 1;
        QTest::newRow("other spelling") << "token-expired"
                                        << "intended:TOKEN_EXPIRED"
                                        << "guess" << 0;
        QTest::newRow("plain word that is a code") << "unauthorized"
                                                   << "intuned:unauthorized"
                                                   << "guess" << 1;
    }

    void aBareCode_isNeverCertain()
    {
        QFETCH(QString, text);
        QFETCH(QString, entry);
        QFETCH(QString, confidence);
        QFETCH(int, alternatives);
        const Diagnosis diagnosis = decode(text.toUtf8());
        QVERIFY(diagnosis.kind == InputKind::Code);
        const Finding &finding = only(diagnosis);
        QCOMPARE(finding.entryId, entry);
        QCOMPARE(confidenceId(finding.confidence), confidence);
        QCOMPARE(int(finding.alternatives.size()), alternatives);
    }

    void theChosenApi_settlesABareCode()
    {
        QCOMPARE(only(decode("invalid_request", 0, QStringLiteral("authpi"))).entryId,
                 QStringLiteral("authpi:invalid_request"));
        QCOMPARE(only(decode("invalid_request", 422)).entryId, QStringLiteral("authpi:invalid_request"));
    }

    void exitStatuses_areExplained_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("exit 6") << "exit 6"
                                << "QUOTA_OR_RATE_LIMITED";
        QTest::newRow("exit code") << "exit code 3"
                                   << "NOT_FOUND";
        QTest::newRow("exited with status") << "exited with status 4"
                                            << "UNAUTHENTICATED";
        QTest::newRow("shell") << "$? = 2"
                               << "USAGE_ERROR";
    }

    void exitStatuses_areExplained()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        const Diagnosis diagnosis = decode(text.toUtf8());
        QVERIFY(diagnosis.kind == InputKind::ExitCode);
        QCOMPARE(only(diagnosis).code, code);
    }

    void badInput_givesAClearLineAndNoFinding_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("problem");
        QTest::newRow("empty") << QByteArray() << "empty"
                               << "";
        QTest::newRow("blank") << QByteArray(" \n\t") << "empty"
                               << "";
        QTest::newRow("binary") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0", 11) << "unknown"
                                << "binary data";
        QTest::newRow("prose") << QByteArray("my order did not arrive, please help") << "unknown"
                               << "Not recognised";
        QTest::newRow("broken JSON") << QByteArray("{\"a\":1,,}") << "json"
                                     << "not valid JSON: line 1, column 8";
        QTest::newRow("invalid UTF-8") << QByteArray("{\"a\":\"\xff\"}") << "json"
                                       << "not valid JSON";
        QTest::newRow("NUL in JSON") << QByteArray("{\"a\":\0}", 7) << "json"
                                     << "not valid JSON";
        QTest::newRow("unknown code") << QByteArray("NO_SUCH_CODE_AT_ALL") << "code"
                                      << "No catalog has a code 'NO_SUCH_CODE_AT_ALL'";
        QTest::newRow("a near code") << QByteArray("TOKEN_EXPIRD") << "code"
                                     << "Near to it: TOKEN_EXPIRED";
        QTest::newRow("exit status nobody has") << QByteArray("exit 77") << "exit-code"
                                                << "No catalog documents exit status 77";
    }

    void badInput_givesAClearLineAndNoFinding()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, kind);
        QFETCH(QString, problem);
        const Diagnosis diagnosis = decode(text);
        QCOMPARE(inputKindId(diagnosis.kind), kind);
        QVERIFY(diagnosis.findings.empty());
        QCOMPARE(diagnosis.bytes, text.size());
        QVERIFY2(diagnosis.problems.join(QLatin1Char('\n')).contains(problem),
                 qPrintable(diagnosis.problems.join(QLatin1Char('\n'))));
        QCOMPARE(diagnosis.problems.isEmpty(), problem.isEmpty());
    }

    void aCutReply_isReadAsFarAsItGoesAndNeverCertain()
    {
        const QByteArray whole =
            R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"slow down","request_id":"req_1","details":{"limit":10,"window":"1s"}}})";
        bool everKnown = false;
        for (qsizetype length = 1; length < whole.size(); ++length) {
            const Diagnosis diagnosis = decode(whole.first(length));
            QVERIFY(!diagnosis.problems.isEmpty());
            for (const Finding &finding : diagnosis.findings) {
                QVERIFY(finding.confidence != Confidence::Certain);
                everKnown = everKnown || finding.known;
            }
        }
        QVERIFY(everKnown);
    }

    void aCodeReadAsJson_isNoJson()
    {
        DecodeOptions asJson = options();
        asJson.kind = InputKind::Json;
        const Diagnosis diagnosis = decodeText("volume_busy", shippedCatalogs(), asJson);
        QVERIFY(diagnosis.findings.empty());
        QVERIFY2(diagnosis.problems.join(QLatin1Char(' ')).contains(QStringLiteral("line 1, column 1")),
                 qPrintable(diagnosis.problems.join(QLatin1Char(' '))));
    }

    void aListOfOneError_isTheError()
    {
        QCOMPARE(only(decode(R"([{"error":{"code":"TOKEN_EXPIRED","message":"x","request_id":"r"}}])", 401)).entryId,
                 QStringLiteral("intended:TOKEN_EXPIRED"));
    }

    void aLongLineAndManyBytes_areReadWhole()
    {
        const QByteArray line =
            QByteArray("{'error':{'code':'TOKEN_EXPIRED','request_id':'r','message':'").replace('\'', '\x22') +
            QByteArray(1000000, 'x') + QByteArray("'}}").replace('\'', '\x22');
        const Diagnosis diagnosis = decode(line, 401);
        QCOMPARE(only(diagnosis).message->size(), 1000000);

        QByteArray big = QByteArray("{'error':'x','code':'volume_busy','error_detail':[").replace('\'', '\x22');
        const QByteArray element = '\x22' + QByteArray(100, 'y') + "\x22,";
        while (big.size() < 100000000)
            big += element;
        big += "1]}";
        QCOMPARE(only(decode(big)).entryId, QStringLiteral("nullspace:volume_busy"));
    }

    void byteOrderMark_andBlanksAround_doNotMatter()
    {
        QCOMPARE(only(decode("\xef\xbb\xbf{\"error\":\"x\",\"code\":\"volume_busy\"}\n\n")).entryId,
                 QStringLiteral("nullspace:volume_busy"));
    }

    void deepNesting_isRefusedNotFollowed()
    {
        const Diagnosis diagnosis = decode(QByteArray(100000, '['));
        QVERIFY(diagnosis.findings.empty());
        QVERIFY(!diagnosis.problems.isEmpty());
    }
};

QTEST_APPLESS_MAIN(DecodeInputTest)
#include "tst_decodeinput.moc"
