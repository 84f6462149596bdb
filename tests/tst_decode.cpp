// What the decoder makes of replies: every envelope on every surface, look-alikes, and what is no error.
#include "tests/support/decoding.h"

#include <algorithm>

using namespace errata;
using namespace errata::test;

namespace {

QString contradictions(const Finding &finding)
{
    QStringList texts;
    for (const Contradiction &contradiction : finding.contradictions)
        texts << contradiction.text;
    return texts.join(QLatin1Char('\n'));
}

QByteArray response(int status, const QByteArray &headers, const QByteArray &body)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " X\r\n" + headers + "\r\n" + body;
}

} // namespace

class DecodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void envelopes_areToldApart_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("api");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("surface");
        QTest::addColumn<QString>("confidence");
        const auto row = [](const char *name, const QByteArray &body, int status, const char *api, const char *code,
                            const char *surface, const char *confidence) {
            QTest::newRow(name) << body << status << QString::fromLatin1(api) << QString::fromLatin1(code)
                                << QString::fromLatin1(surface) << QString::fromLatin1(confidence);
        };
        // Intuned
        row("intuned flat",
            R"({"code":"bad-request","category":"user","message":"parameters must be an object","retirable":false,"correlationId":"4f0c0e2e"})",
            400, "intuned", "bad-request", "http-api", "certain");
        row("intuned flat, spelling of the page",
            R"({"code":"not-found","category":"user","message":"x","retriable":false,"correlation_id":"4f"})", 404,
            "intuned", "not-found", "http-api", "certain");
        row("intuned flat, no status",
            R"({"code":"insufficient-credits","category":"billing","message":"x","retirable":false})", 0, "intuned",
            "insufficient-credits", "http-api", "certain");
        row("intuned run result",
            R"({"runId":"aaaaaaaaaaaaaaaaaaaaa","status":"failed","error":{"code":"script-timeout","category":"execution","message":"x","retirable":true,"correlation_id":"4f"}})",
            200, "intuned", "script-timeout", "run-result", "certain");
        row("intuned run result without code",
            R"({"runId":"aaaaaaaaaaaaaaaaaaaaa","status":"failed","error":{"category":"execution","message":"x","retirable":true}})",
            200, "intuned", "", "run-result", "likely");
        row("intuned job run",
            R"({"jobRun":{"id":"j1","status":"FAILURE","error":{"code":"internal-server-error","category":"infrastructure","message":"x","retirable":true,"correlationId":"c"}},"results":[]})",
            200, "intuned", "internal-server-error", "run-result", "certain");
        row("intuned auth session",
            R"({"status":"failed","message":"could not create","error":{"code":"create-attempts-failed","category":"auth","message":"create failed","retirable":false}})",
            200, "intuned", "create-attempts-failed", "run-result", "certain");
        row("intuned auth session without code",
            R"({"status":"failed","message":"could not create","error":{"message":"create failed","category":"auth","retirable":false}})",
            200, "intuned", "", "run-result", "likely");
        row("intuned cancellation",
            R"({"runId":"aaaaaaaaaaaaaaaaaaaaa","status":"canceled","message":"stopped","reason":{"type":"api-access-disabled","message":"switched off"}})",
            200, "intuned", "api-access-disabled", "reason", "certain");
        row("intuned reason that is an error too",
            R"({"runId":"aaaaaaaaaaaaaaaaaaaaa","status":"canceled","reason":{"type":"job-run-terminated","message":"x"}})",
            200, "intuned", "job-run-terminated", "reason", "certain");
        // Nullspace
        row("nullspace rest",
            R"({"error":"sandbox sb_1 does not exist","code":"sandbox_not_found","request_id":"req_7f3"})", 404,
            "nullspace", "sandbox_not_found", "http-api", "certain");
        row("nullspace rest, bare", R"({"error":"account quota reached","code":"QUOTA_EXCEEDED"})", 0, "nullspace",
            "QUOTA_EXCEEDED", "http-api", "certain");
        row("nullspace rest, build",
            R"({"error":"build step 3 failed","code":"build_error","error_detail":"exit status 2","build_id":"bld_42","request_id":"req_7f4"})",
            0, "nullspace", "build_error", "http-api", "certain");
        row("nullspace command line",
            R"({"error":{"code":"quota_exceeded","message":"over","hint":"delete some","doc_url":"https://docs.ns.rocks/error-codes","request_id":null,"retryable":false,"suggested_action":null}})",
            0, "nullspace", "quota_exceeded", "command-line", "certain");
        row("nullspace edge",
            R"({"code":"sandbox_paused_auto_resume_disabled","error":"sandbox is paused","retryable":false,"suggested_action":"resume the sandbox first"})",
            503, "nullspace", "sandbox_paused_auto_resume_disabled", "edge", "certain");
        row("nullspace readiness", R"({"ready":false,"code":"preview_service_not_ready","suggested_action":"wait"})",
            200, "nullspace", "preview_service_not_ready", "edge", "certain");
        // AuthPI
        row("authpi", R"({"error":"not_found","error_description":"No user usr_abc in this issuer."})", 404, "authpi",
            "not_found", "http-api", "certain");
        row("authpi 412",
            R"({"error":"precondition_failed","error_description":"Changed.","currentETag":"1709139700000","retryable":false})",
            412, "authpi", "precondition_failed", "http-api", "certain");
        row("authpi 422",
            R"({"error":"invalid_request","error_description":"Idempotency key reused with another body."})", 422,
            "authpi", "invalid_request", "http-api", "certain");
        // Intended
        row("intended", R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"slow down","request_id":"req_0001"}})",
            429, "intended", "RATE_LIMIT_EXCEEDED", "http-api", "certain");
        row("intended with details",
            R"({"error":{"code":"INTENT_VALIDATION_FAILED","message":"missing action","details":{"field":"action","requirement":"required"},"request_id":"req_abc123def456"}})",
            400, "intended", "INTENT_VALIDATION_FAILED", "http-api", "certain");
        row("intended without request id", R"({"error":{"code":"TOKEN_EXPIRED","message":"x"}})", 401, "intended",
            "TOKEN_EXPIRED", "http-api", "certain");
        row("intended decision", R"({"decision":"deny","code":"NO_MATCHING_POLICY"})", 200, "intended",
            "NO_MATCHING_POLICY", "decision", "certain");
        // The same names, told apart by shape alone
        row("unauthorized, intuned",
            R"({"code":"unauthorized","category":"user","message":"bad key","retirable":false})", 401, "intuned",
            "unauthorized", "http-api", "certain");
        row("unauthorized, nullspace", R"({"error":"bad key","code":"unauthorized","request_id":"req_1"})", 401,
            "nullspace", "unauthorized", "http-api", "certain");
        row("conflict, intuned", R"({"code":"conflict","category":"user","message":"busy","retirable":false})", 409,
            "intuned", "conflict", "http-api", "certain");
        row("conflict, authpi", R"({"error":"conflict","error_description":"Exists already."})", 409, "authpi",
            "conflict", "http-api", "certain");
        row("conflict, nullspace command line",
            R"({"error":{"code":"conflict","message":"busy","hint":"wait","doc_url":"https://docs.ns.rocks/e"}})", 0,
            "nullspace", "conflict", "command-line", "certain");
        row("invalid_request, nullspace", R"({"error":"bad body","code":"invalid_request"})", 400, "nullspace",
            "invalid_request", "http-api", "certain");
        row("invalid_request, authpi", R"({"error":"invalid_request","error_description":"grant_type is missing"})",
            400, "authpi", "invalid_request", "http-api", "likely");
        row("not_implemented, nullspace", R"({"error":"not yet","code":"not_implemented"})", 501, "nullspace",
            "not_implemented", "http-api", "certain");
        row("not-implemented, intuned",
            R"({"code":"not-implemented","category":"infrastructure","message":"not yet","retirable":false})", 501,
            "intuned", "not-implemented", "http-api", "certain");
    }

    void envelopes_areToldApart()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, api);
        QFETCH(QString, code);
        QFETCH(QString, surface);
        QFETCH(QString, confidence);
        const Diagnosis diagnosis = decode(body, status);
        QCOMPARE(diagnosis.findings.size(), std::size_t(1));
        const Finding &finding = diagnosis.findings.front();
        QCOMPARE(finding.api.value_or(QString()), api);
        QCOMPARE(finding.code.value_or(QString()), code);
        QCOMPARE(finding.surface, surface);
        QCOMPARE(confidenceId(finding.confidence), confidence);
        QCOMPARE(finding.known, !code.isEmpty());
        QVERIFY(finding.convention == Convention::Catalog);
        QVERIFY(!finding.evidence.empty());
        QVERIFY(!finding.retry.reason.isEmpty());
    }

    void everyExampleOfTheCatalogs_decodesToItsOwnEntry()
    {
        QStringList wrong;
        for (const Entry *entry : shippedCatalogs().entries()) {
            if (entry->example.isEmpty() || !entry->example.startsWith('{'))
                continue;
            const Diagnosis diagnosis = decode(entry->example, entry->exampleStatus.value_or(0));
            const bool right = diagnosis.findings.size() == 1 && diagnosis.findings.front().entryId == entry->id;
            if (!right)
                wrong << entry->id + QStringLiteral(" -> ") +
                             (diagnosis.findings.empty()
                                  ? QStringLiteral("nothing")
                                  : diagnosis.findings.front().entryId.value_or(QStringLiteral("no entry")));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }

    void successes_giveNoFinding_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const char *body, int status = 200) {
            QTest::newRow(name) << QByteArray(body) << status;
        };
        row("authpi data", R"({"data":{"id":"usr_1"}})");
        row("authpi list", R"({"data":[{"id":"usr_1"}],"has_more":false,"next_cursor":null})");
        row("intuned started", R"({"runId":"aaaaaaaaaaaaaaaaaaaaa","status":"pending"})", 201);
        row("intuned completed", R"({"runId":"aaaaaaaaaaaaaaaaaaaaa","status":"completed","result":{"error":null}})");
        row("nullspace sandbox", R"({"id":"sb_1","status":"running"})");
        row("nullspace ready", R"({"ready":true})");
        row("intended approved",
            R"({"intentId":"i1","correlationId":"c1","authorityDecision":{"decision":"APPROVED","riskScore":3},"authorityDecisionToken":"x"})");
        row("intended allow", R"({"decision":"allow"})");
        row("a code that is none", R"({"code":"ABC123","name":"product"})");
        row("error null", R"({"error":null,"data":1})");
        row("error false", R"({"error":false})");
        row("empty object", "{}");
        row("empty list", "[]");
        row("list of things", R"([{"id":1},{"id":2}])");
        row("status word", R"({"status":"ok"})");
        row("a message", R"({"message":"created"})", 201);
        row("category alone", R"({"category":"user","name":"Ann"})");
        row("without status", R"({"data":{"id":"usr_1"}})", 0);
        row("an error word in a text", R"({"text":"the error is rate_limit_exceeded"})");
    }

    void successes_giveNoFinding()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        const Diagnosis diagnosis = decode(body, status);
        QVERIFY2(diagnosis.findings.empty(),
                 diagnosis.findings.empty() ? "" : qPrintable(diagnosis.findings.front().envelope));
        QVERIFY(diagnosis.problems.isEmpty());
    }

    void lookAlikes_areNeverCertain_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("code alone") << QByteArray(R"({"code":"unauthorized"})");
        QTest::newRow("google") << QByteArray(R"({"error":{"code":429,"message":"x","status":"RESOURCE_EXHAUSTED"}})");
        QTest::newRow("azure") << QByteArray(
            R"({"error":{"code":"AuthorizationFailed","message":"x","innererror":{"code":"y"}}})");
        QTest::newRow("stripe") << QByteArray(
            R"({"error":{"code":"card_declined","type":"card_error","message":"x"}})");
        QTest::newRow("problem") << QByteArray(R"({"type":"about:blank","title":"Not Found","status":404})");
        QTest::newRow("oauth of another server") << QByteArray(R"({"error":"invalid_grant","error_description":"x"})");
        QTest::newRow("slack") << QByteArray(R"({"ok":false,"error":"ratelimited"})");
        QTest::newRow("unknown upper code") << QByteArray(R"({"error":{"code":"SOMETHING_NEW","message":"x"}})");
    }

    void lookAlikes_areNeverCertain()
    {
        QFETCH(QByteArray, body);
        for (const Finding &finding : decode(body).findings)
            QVERIFY(!finding.api || finding.confidence != Confidence::Certain);
    }

    void anUnknownCodeInAKnownEnvelope_isToldWithNearMisses()
    {
        const Finding finding =
            only(decode(R"({"error":"gone","code":"sandbox_not_fuond","request_id":"req_1"})", 404));
        QCOMPARE(finding.api, QStringLiteral("nullspace"));
        QVERIFY(!finding.known);
        QVERIFY(finding.confidence != Confidence::Certain);
        QVERIFY(!finding.entryId);
        const bool near =
            std::any_of(finding.alternatives.begin(), finding.alternatives.end(),
                        [](const Alternative &a) { return a.code == QLatin1String("sandbox_not_found"); });
        QVERIFY(near);
    }

    void bytesThatAreNoUtf8_haveNoPlacesBehindThem()
    {
        const QByteArray broken(40, '\xff');
        for (const QByteArray &text : {"<Error><Resource>" + broken +
                                           "</Resource><Code>SlowDown</Code><Message>m</Message>"
                                           "<RequestId>r1</RequestId><HostId>h</HostId></Error>",
                                       "<html><!--" + broken + "--><title>502 Bad Gateway</title></html>"}) {
            const Diagnosis diagnosis = decode(text);
            QCOMPARE(diagnosis.findings.size(), std::size_t(1));
            for (const Evidence &evidence : diagnosis.findings.front().evidence)
                QVERIFY(evidence.where.isNull() || evidence.where.end() <= text.size());
            for (const FoundId &id : diagnosis.findings.front().ids)
                QVERIFY(id.where.isNull() || id.where.end() <= text.size());
        }
    }

    void anotherSpelling_isKnownAndNamed()
    {
        const Finding finding =
            only(decode(R"({"error":{"code":"token_expired","message":"x","request_id":"req_1"}})", 401));
        QCOMPARE(finding.entryId, QStringLiteral("intended:TOKEN_EXPIRED"));
        QVERIFY(finding.confidence != Confidence::Certain);
        QVERIFY(contradictions(finding).contains(QStringLiteral("spells it token_expired")));
    }

    void contradictions_areNamed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("said");
        QTest::newRow("status against code")
            << response(500, "", R"({"error":{"code":"TOKEN_EXPIRED","message":"x","request_id":"r"}})")
            << "status is 500";
        QTest::newRow("flag against Retry-After")
            << response(
                   503, "Retry-After: 5\r\n",
                   R"({"code":"sandbox_paused_auto_resume_disabled","error":"x","retryable":false,"suggested_action":"y"})")
            << "Retry-After invites";
        QTest::newRow("flag against document")
            << response(412, "", R"({"error":"precondition_failed","error_description":"x","retryable":false})")
            << "Both hold";
        QTest::newRow("category against flag")
            << response(
                   200, "",
                   R"({"runId":"aaaaaaaaaaaaaaaaaaaaa","status":"failed","error":{"code":"script-process-crashed","category":"infrastructure","message":"x","retirable":false}})")
            << "unlike what category infrastructure";
        QTest::newRow("invalid Retry-After")
            << response(429, "Retry-After: soon\r\n",
                        R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"x","request_id":"r"}})")
            << "Retry-After is not valid";
        QTest::newRow("code twice") << response(
                                           404, "",
                                           R"({"error":"x","code":"sandbox_not_found","code":"snapshot_not_found"})")
                                    << "stands twice";
    }

    void contradictions_areNamed()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, said);
        const Finding finding = only(decode(text));
        QVERIFY2(contradictions(finding).contains(said), qPrintable(contradictions(finding)));
    }

    void agreement_isNoContradiction()
    {
        QCOMPARE(contradictions(only(
                     decode(response(429, "Retry-After: 2\r\n",
                                     R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"x","request_id":"r"}})")))),
                 QString());
        QCOMPARE(contradictions(only(decode(response(404, "", R"({"error":"not_found","error_description":"x"})")))),
                 QString());
    }

    void retryAdvice_saysWhichFactDecided_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("verdict");
        QTest::addColumn<int>("afterMs"); ///< -1: none
        QTest::addColumn<int>("source");
        const auto row = [](const char *name, const QByteArray &text, RetryVerdict verdict, int afterMs,
                            RetrySource source) {
            QTest::newRow(name) << text << int(verdict) << afterMs << int(source);
        };
        const QByteArray limited = R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"x","request_id":"r"}})";
        row("seconds", response(429, "Retry-After: 2\r\n", limited), RetryVerdict::AfterWait, 2000,
            RetrySource::RetryAfterHeader);
        row("no header: the wait of the entry", response(429, "", limited), RetryVerdict::AfterWait, 1000,
            RetrySource::Entry);
        row("date against Date",
            response(429, "Date: Wed, 21 Oct 2026 07:28:00 GMT\r\nRetry-After: Wed, 21 Oct 2026 07:29:00 GMT\r\n",
                     limited),
            RetryVerdict::AfterWait, 60000, RetrySource::RetryAfterHeader);
        row("date against the clock", response(429, "Retry-After: Thu, 01 Jan 2026 00:00:30 GMT\r\n", limited),
            RetryVerdict::AfterWait, 30000, RetrySource::RetryAfterHeader);
        row("asctime", response(429, "Retry-After: Thu Jan  1 00:00:30 2026\r\n", limited), RetryVerdict::AfterWait,
            30000, RetrySource::RetryAfterHeader);
        row("past date", response(429, "Retry-After: Wed, 31 Dec 2025 23:59:00 GMT\r\n", limited),
            RetryVerdict::AfterWait, 0, RetrySource::RetryAfterHeader);
        row("invalid header is ignored", response(429, "Retry-After: -5\r\n", limited), RetryVerdict::AfterWait, 1000,
            RetrySource::Entry);
        row("flag forbids",
            response(
                503, "Retry-After: 5\r\n",
                R"({"code":"sandbox_paused_auto_resume_disabled","error":"x","retryable":false,"suggested_action":"y"})"),
            RetryVerdict::AfterFix, -1, RetrySource::BodyFlag);
        row("flag allows",
            response(
                200, "",
                R"({"runId":"aaaaaaaaaaaaaaaaaaaaa","status":"failed","error":{"code":"script-timeout","category":"execution","message":"x","retirable":true}})"),
            RetryVerdict::Yes, -1, RetrySource::BodyFlag);
        row("conflict with Retry-After",
            response(409, "Retry-After: 1\r\n", R"({"error":"conflict","error_description":"in flight"})"),
            RetryVerdict::AfterWait, 1000, RetrySource::RetryAfterHeader);
        row("conflict without", response(409, "", R"({"error":"conflict","error_description":"exists"})"),
            RetryVerdict::AfterFix, -1, RetrySource::Entry);
        row("entry",
            response(504, "", R"({"error":{"code":"POLICY_EVALUATION_TIMEOUT","message":"x","request_id":"r"}})"),
            RetryVerdict::Yes, -1, RetrySource::Entry);
        row("status alone", response(503, "", ""), RetryVerdict::AfterWait, -1, RetrySource::StatusCode);
        row("status alone, nothing to wait for", response(404, "", ""), RetryVerdict::AfterFix, -1,
            RetrySource::StatusCode);
    }

    void retryAdvice_saysWhichFactDecided()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, verdict);
        QFETCH(int, afterMs);
        QFETCH(int, source);
        const RetryAdvice advice = only(decode(text)).retry;
        QCOMPARE(int(advice.verdict), verdict);
        QCOMPARE(int(advice.afterMs.value_or(-1)), afterMs);
        QCOMPARE(int(advice.source), source);
        QVERIFY(advice.reason.endsWith(QLatin1Char('.')) || advice.reason.endsWith(QLatin1Char(')')));
    }

    void anUnsafeMethod_isWarnedOf()
    {
        Exchange exchange;
        exchange.request = HttpRequest{"POST", "https://api.intended.so/intent", {}, "{}"};
        exchange.status = 503;
        QVERIFY(only(decodeExchange(exchange, shippedCatalogs(), options()))
                    .retry.reason.contains(QStringLiteral("not idempotent")));
        exchange.request->headers.add("Idempotency-Key", "k1");
        QVERIFY(only(decodeExchange(exchange, shippedCatalogs(), options()))
                    .retry.reason.contains(QStringLiteral("with the same one")));
        exchange.request->method = "GET";
        QVERIFY(!only(decodeExchange(exchange, shippedCatalogs(), options()))
                     .retry.reason.contains(QStringLiteral("idempotent")));
    }

    void aStatusAlone_isReadByTheStandard_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("status");
        QTest::newRow("html 429") << response(429, "Content-Type: text/html\r\n", "<html>slow down</html>") << 429;
        QTest::newRow("empty 401") << response(401, "", "") << 401;
        QTest::newRow("HTTP/2") << QByteArray("HTTP/2 502\r\nserver: x\r\n\r\n") << 502;
        QTest::newRow("unregistered") << response(599, "", "") << 599;
        QTest::newRow("bare status") << QByteArray("429\n") << 429;
        QTest::newRow("JSON of no known shape")
            << response(418, "Content-Type: application/json\r\n", R"({"oops":1})") << 418;
    }

    void aStatusAlone_isReadByTheStandard()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, status);
        const Finding finding = only(decode(text));
        QVERIFY(finding.convention == Convention::StatusOnly);
        QCOMPARE(finding.httpStatus, status);
        QVERIFY(!finding.api);
        QVERIFY(!finding.code);
        QVERIFY(finding.confidence == Confidence::Guess);
    }

    void theHost_namesTheApiOfABareStatus()
    {
        Exchange exchange;
        exchange.request = HttpRequest{"GET", "https://api.authpi.com/v1/me", {}, {}};
        exchange.status = 429;
        exchange.body = "<html></html>";
        const Finding finding = only(decodeExchange(exchange, shippedCatalogs(), options()));
        QCOMPARE(finding.api, QStringLiteral("authpi"));
        const bool offered =
            std::any_of(finding.alternatives.begin(), finding.alternatives.end(),
                        [](const Alternative &a) { return a.code == QLatin1String("usage_limit_exceeded"); });
        QVERIFY(offered);
    }

    void aChosenApi_isNotCalledTheHost()
    {
        const Finding finding = only(decode(response(429, "", ""), 0, QStringLiteral("authpi")));
        QCOMPARE(finding.api, QStringLiteral("authpi"));
        const auto says = [&finding](const QString &text) {
            return std::any_of(finding.evidence.begin(), finding.evidence.end(),
                               [&text](const Evidence &evidence) { return evidence.what.contains(text); });
        };
        QVERIFY(says(QStringLiteral("AuthPI was chosen")));
        QVERIFY(!says(QStringLiteral("the request went to")));
    }

    void ids_areFoundInBodyAndHeaders()
    {
        const QByteArray text =
            response(429, "Date: Wed, 21 Oct 2026 07:28:00 GMT\r\nCF-Ray: abc-FRA\r\n",
                     R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"x","request_id":"req_9"}})");
        const Finding finding = only(decode(text));
        QHash<QString, QString> ids;
        for (const FoundId &id : finding.ids) {
            ids.insert(id.name, id.value);
            QCOMPARE(QString::fromUtf8(text.mid(id.where.start, id.where.length)), id.value);
        }
        QCOMPARE(ids.value(QStringLiteral("request_id")), QStringLiteral("req_9"));
        QCOMPARE(ids.value(QStringLiteral("cf_ray")), QStringLiteral("abc-FRA"));
        QCOMPARE(ids.value(QStringLiteral("time")), QStringLiteral("Wed, 21 Oct 2026 07:28:00 GMT"));
    }

    void missingFacts_areNamedWithTheQuestion()
    {
        const Finding intended = only(decode(R"({"error":{"code":"TOKEN_EXPIRED","message":"x"}})"));
        const auto missing = [](const Finding &finding, const QString &id) {
            return std::find_if(finding.missing.begin(), finding.missing.end(),
                                [&id](const MissingFact &fact) { return fact.id == id; });
        };
        const auto requestId = missing(intended, QStringLiteral("request_id"));
        QVERIFY(requestId != intended.missing.end());
        QVERIFY(!requestId->never && !requestId->ask.isEmpty());
        const Finding authpi = only(decode(R"({"error":"server_error","error_description":"x"})", 500));
        const auto never = missing(authpi, QStringLiteral("request_id"));
        QVERIFY(never != authpi.missing.end());
        QVERIFY(never->never);
    }

    void evidence_pointsIntoTheText()
    {
        const QByteArray text = "HTTP/2 412\r\ncontent-type: application/json\r\n\r\n"
                                R"({"error": "precondition_failed", "error_description": "x", "retryable": false})";
        const Finding finding = only(decode(text));
        QSet<QByteArray> marked;
        for (const Evidence &evidence : finding.evidence) {
            if (!evidence.where.isNull())
                marked << text.mid(evidence.where.start, evidence.where.length);
        }
        QVERIFY(marked.contains("412"));
        QVERIFY(marked.contains("precondition_failed"));
        QVERIFY(marked.contains("error_description"));
    }
};

QTEST_APPLESS_MAIN(DecodeTest)
#include "tst_decode.moc"
