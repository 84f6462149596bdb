// Requests, responses, and the pair of them, as values.
#pragma once

#include "models/http/headers.h"

#include <QByteArray>

#include <memory>
#include <optional>

namespace errata {

struct HttpRequest
{
    QByteArray method = "GET";
    QByteArray url; ///< byte-exact as typed
    Headers headers;
    QByteArray body;

    friend bool operator==(const HttpRequest &, const HttpRequest &) = default;
};

/// Keeps what a body is a view of; no part of the body's value. Whoever keeps the bytes keeps this beside them.
struct BodyStorage
{
    std::shared_ptr<const void> handle; ///< a mapped file; null for bytes in memory
    int descriptor = -1;                ///< of that file, open as long as the handle is kept

    friend bool operator==(const BodyStorage &, const BodyStorage &) { return true; }
};

struct HttpResponse
{
    int status = 0;
    QByteArray reason;  ///< reason phrase, empty in HTTP/2 and later
    QByteArray version; ///< "HTTP/1.1", "HTTP/2", empty when unknown
    Headers headers;
    QByteArray body; ///< content decoding undone; a view of `storage` where that is not null
    BodyStorage storage = {};

    friend bool operator==(const HttpResponse &, const HttpResponse &) = default;
};

/// What is known of one request and its answer. A pasted body alone has neither status nor headers.
struct Exchange
{
    int index = 0; ///< place in the input, from 0
    std::optional<HttpRequest> request;
    std::optional<int> status;
    QByteArray reason;
    QByteArray version;
    Headers headers; ///< of the response
    QByteArray body; ///< of the response
    BodyStorage storage = {};

    std::optional<qint64> startedMs;  ///< when the request began, in milliseconds since 1970 UTC
    std::optional<double> durationMs; ///< until the answer was complete

    Span span;                 ///< all of it in the input: a log line, an entry of a HAR
    Span statusSpan;           ///< the three digits in the input
    qsizetype bodyOffset = -1; ///< where the body starts in the input, -1 when it is not there literally

    [[nodiscard]] static Exchange of(const std::optional<HttpRequest> &request, const HttpResponse &response)
    {
        Exchange e;
        e.request = request;
        e.status = response.status;
        e.reason = response.reason;
        e.version = response.version;
        e.headers = response.headers;
        e.body = response.body;
        e.storage = response.storage;
        return e;
    }
};

} // namespace errata
