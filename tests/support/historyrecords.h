// Records for the history's tests and measurements.
#pragma once

#include "models/http/history.h"

namespace errata::test {

/// A POST of "{"n":1}" answered 429 with a code, everything filled in.
inline HistoryRecord failedRecord(int n = 1)
{
    HistoryRecord record;
    record.run = QStringLiteral("run-%1").arg(n);
    record.attempt = 2;
    record.startedMs = 1'767'225'600'000 + qint64(n) * 1000;
    record.environment = QStringLiteral("staging");
    record.request = {"POST",
                      "https://Api.Example:8443/v1/volumes/" + QByteArray::number(n) + "?size=%41",
                      {{"Accept", "*/*"}, {"X-Note", "a\tb"}, {"X-Note", ""}},
                      "{\"n\":" + QByteArray::number(n) + "}"};
    HttpResponse response;
    response.status = 429;
    response.reason = "Too Many Requests";
    response.version = "HTTP/1.1";
    response.headers = {{"Content-Type", "application/json"}, {"Retry-After", "3"}, {"Set-Cookie", "a"}};
    response.body = "{\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"Slow down, caf\xc3\xa9\"}}";
    record.result.response = response;
    record.result.sends = 1;
    record.result.timings = {1.5, 2.25, std::nullopt, 30.0, 31.125};
    record.result.remote = QStringLiteral("127.0.0.1:8443");
    record.result.redirects = {{307, "https://a.example/", "https://Api.Example:8443/", true}};
    record.result.sentHeaders = {{"Host", "Api.Example:8443"}, {"Accept", "*/*"}};
    record.diagnosis = {QStringLiteral("nullspace"),
                        QStringLiteral("RATE_LIMIT_EXCEEDED"),
                        QStringLiteral("nullspace:RATE_LIMIT_EXCEEDED"),
                        QStringLiteral("certain"),
                        QStringLiteral("Slow down, café"),
                        true};
    return record;
}

/// A GET answered 200.
inline HistoryRecord goodRecord(int n = 1)
{
    HistoryRecord record;
    record.run = QStringLiteral("good-%1").arg(n);
    record.startedMs = 1'767'225'600'000 + qint64(n) * 1000;
    record.request = {"GET", "http://other.example/things/" + QByteArray::number(n), {}, {}};
    HttpResponse response;
    response.status = 200;
    response.headers = {{"Content-Type", "text/plain"}};
    response.body = "all is well with number" + QByteArray::number(n);
    record.result.response = response;
    record.result.sends = 1;
    return record;
}

/// A GET that nobody answered.
inline HistoryRecord unansweredRecord()
{
    HistoryRecord record;
    record.run = QStringLiteral("unanswered");
    record.startedMs = 1'767'225'600'000;
    record.request = {"GET", "https://[::1]:9/", {}, {}};
    record.result.failure = {NetworkError::Refused, QStringLiteral("Connection refused")};
    return record;
}

} // namespace errata::test
