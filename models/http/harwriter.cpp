#include "models/http/har.h"
#include "models/http/timestamps.h"
#include "models/json/jsonwriter.h"

namespace errata {

namespace {

void writeText(JsonWriter &json, QStringView key, const QByteArray &bytes)
{
    json.key(key).utf8(bytes);
}

void writeEmptyArray(JsonWriter &json, QStringView key)
{
    json.key(key).beginArray().endArray();
}

/// Cookies are in the headers already; HAR wants the member all the same.
void writeHeaders(JsonWriter &json, const Headers &headers)
{
    writeEmptyArray(json, u"cookies");
    json.key(u"headers").beginArray();
    for (const Header &header : headers) {
        json.beginObject();
        writeText(json, u"name", header.name);
        writeText(json, u"value", header.value);
        json.endObject();
    }
    json.endArray();
}

QByteArray percentDecoded(QByteArray text)
{
    return QByteArray::fromPercentEncoding(text.replace('+', ' '));
}

/// All of it where \a end is missing.
QByteArray before(const QByteArray &text, char end)
{
    const qsizetype at = text.indexOf(end);
    return at < 0 ? text : text.left(at);
}

void writeQuery(JsonWriter &json, const QByteArray &url)
{
    json.key(u"queryString").beginArray();
    const QByteArray beforeFragment = before(url, '#');
    const qsizetype question = beforeFragment.indexOf('?');
    const QList<QByteArray> parts = question < 0 ? QList<QByteArray>() : beforeFragment.mid(question + 1).split('&');
    for (const QByteArray &part : parts) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        json.beginObject();
        writeText(json, u"name", percentDecoded(before(part, '=')));
        writeText(json, u"value", equals < 0 ? QByteArray() : percentDecoded(part.mid(equals + 1)));
        json.endObject();
    }
    json.endArray();
}

/// \a encodingKey and base64 where the bytes are no text.
void writeBody(JsonWriter &json, const QByteArray &body, const Headers &headers, QStringView encodingKey)
{
    writeText(json, u"mimeType", headers.value("content-type").value_or(QByteArray()));
    const bool isText = body.isValidUtf8();
    writeText(json, u"text", isText ? body : body.toBase64());
    if (!isText)
        json.member(encodingKey, u"base64");
}

void writeRequest(JsonWriter &json, const HttpRequest &request, const QByteArray &version)
{
    json.key(u"request").beginObject();
    writeText(json, u"method", request.method);
    writeText(json, u"url", request.url);
    writeText(json, u"httpVersion", version);
    writeHeaders(json, request.headers);
    writeQuery(json, request.url);
    if (!request.body.isEmpty()) {
        json.key(u"postData").beginObject();
        writeBody(json, request.body, request.headers, u"_encoding");
        json.endObject();
    }
    json.member(u"headersSize", -1).member(u"bodySize", qint64(request.body.size())).endObject();
}

void writeResponse(JsonWriter &json, const Exchange &exchange)
{
    json.key(u"response").beginObject();
    json.member(u"status", exchange.status.value_or(0));
    writeText(json, u"statusText", exchange.reason);
    writeText(json, u"httpVersion", exchange.version);
    writeHeaders(json, exchange.headers);
    json.key(u"content").beginObject().member(u"size", qint64(exchange.body.size()));
    writeBody(json, exchange.body, exchange.headers, u"encoding");
    json.endObject();
    writeText(json, u"redirectURL", exchange.headers.value("location").value_or(QByteArray()));
    json.member(u"headersSize", -1).member(u"bodySize", -1).endObject();
}

void writeEntry(JsonWriter &json, const Exchange &exchange)
{
    const double duration = exchange.durationMs.value_or(0);
    json.beginObject();
    writeText(json, u"startedDateTime", isoTime(exchange.startedMs.value_or(0)));
    json.member(u"time", duration);
    // HAR demands a request; one that is not known is GET of nothing.
    writeRequest(json, exchange.request.value_or(HttpRequest()), exchange.version);
    writeResponse(json, exchange);
    json.key(u"cache").beginObject().endObject();
    json.key(u"timings").beginObject().member(u"send", 0).member(u"wait", duration).member(u"receive", 0).endObject();
    json.endObject();
}

} // namespace

QByteArray writeHar(const std::vector<Exchange> &exchanges, const QString &creatorVersion)
{
    JsonWriter json;
    json.beginObject().key(u"log").beginObject();
    json.member(u"version", u"1.2");
    json.key(u"creator").beginObject().member(u"name", u"Errata").member(u"version", QStringView(creatorVersion));
    json.endObject();
    json.key(u"entries").beginArray();
    for (const Exchange &exchange : exchanges)
        writeEntry(json, exchange);
    json.endArray().endObject().endObject();
    return json.result();
}

} // namespace errata
