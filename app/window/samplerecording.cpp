#include "app/window/samplerecording.h"

#include "models/http/har.h"
#include "models/json/jsonwriter.h"

#include <QDateTime>

#include <array>
#include <vector>

namespace errata {

namespace {

struct Answer
{
    const char *method;
    const char *url;
    int status;
    const char *body;
    const char *retryAfter; ///< null for none
};

constexpr Answer good[] = {
    {"POST", "https://api.intended.so/intent", 200, R"({"decision":"allow"})", nullptr},
    {"GET", "https://api.nullspace.dev/v1/sandboxes/sb_a1b2c3d4", 200, R"({"id":"sb_a1b2c3d4","state":"up"})", nullptr},
    {"GET", "https://api.authpi.com/users/usr_4tq2", 200, R"({"id":"usr_4tq2"})", nullptr},
};

constexpr Answer bad[] = {
    {"POST", "https://api.intended.so/intent", 429,
     R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"This tenant has used up its requests.","request_id":"req_8f2c71d09a"}})",
     "2"},
    {"POST", "https://api.nullspace.dev/v1/volumes/vol_9c41/resize", 409,
     R"({"error":"volume vol_9c41 is attached and cannot be resized now","code":"volume_busy","request_id":"req_01hq6v3k7m"})",
     nullptr},
    {"PATCH", "https://api.authpi.com/users/usr_4tq2", 412,
     R"({"error":"precondition_failed","error_description":"User usr_4tq2 was changed.","retryable":false})", nullptr},
    {"POST", "https://api.intended.so/intent", 429,
     R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"This tenant has used up its requests.","request_id":"req_8f2c71d0b4"}})",
     "2"},
    {"GET", "https://cdn.example.net/assets/app.js", 503, "upstream connect error", "30"},
};

std::vector<Exchange> exchanges()
{
    constexpr int count = 120;
    constexpr qint64 stepMs = 1'070;
    const qint64 start =
        QDateTime::fromString(QStringLiteral("2026-10-21T07:28:00.000Z"), Qt::ISODateWithMs).toMSecsSinceEpoch();
    std::vector<Exchange> list;
    list.reserve(count);
    std::size_t failures = 0;
    for (int i = 0; i < count; ++i) {
        // A few failures at first, then a burst.
        const bool fails = i % 31 == 9 || (i >= 74 && i < 92 && i % 2 == 0) || i == 85;
        const Answer &answer =
            fails ? bad[failures++ % std::size(bad)] : good[static_cast<std::size_t>(i) % std::size(good)];
        Exchange exchange;
        exchange.index = i;
        exchange.request = HttpRequest{answer.method, answer.url, {}, {}};
        exchange.request->headers.add("Authorization", "Bearer made-up-token-4f9a2c7d81");
        exchange.status = answer.status;
        exchange.version = "HTTP/1.1";
        exchange.body = answer.body;
        exchange.headers.add("Content-Type", exchange.body.startsWith('{') ? "application/json" : "text/plain");
        if (answer.retryAfter)
            exchange.headers.add("Retry-After", answer.retryAfter);
        exchange.startedMs = start + i * stepMs;
        exchange.durationMs = 40 + i % 7 * 12;
        list.push_back(std::move(exchange));
    }
    return list;
}

} // namespace

QByteArray sampleHar()
{
    return writeHar(exchanges(), QStringLiteral(ERRATA_VERSION));
}

QByteArray sampleLog()
{
    QByteArray log;
    for (const Exchange &exchange : exchanges()) {
        JsonWriter json;
        json.beginObject()
            .member(u"time", QDateTime::fromMSecsSinceEpoch(*exchange.startedMs, Qt::UTC).toString(Qt::ISODateWithMs))
            .member(u"level", *exchange.status < 400 ? QStringLiteral("info") : QStringLiteral("error"))
            .member(u"method", QString::fromUtf8(exchange.request->method))
            .member(u"url", QString::fromUtf8(exchange.request->url))
            .member(u"status", *exchange.status)
            .member(u"body", QString::fromUtf8(exchange.body))
            .endObject();
        log += json.result().simplified() + '\n';
    }
    return log;
}

} // namespace errata
