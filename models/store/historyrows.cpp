#include "models/store/historyrows.h"

#include "models/http/charset.h"
#include "models/http/networkerrors.h"
#include "models/store/fieldlines.h"

#include <QUrl>

namespace errata {

namespace {

/// Of a body, as far as it is searched: enough for an error, little beside a download.
constexpr qsizetype searchedBytes = 2048;

QVariant failureValue(NetworkError failure)
{
    return failure == NetworkError::None ? QVariant() : QVariant(networkErrorId(failure));
}

NetworkError failureOf(const QVariant &value)
{
    return value.isNull() ? NetworkError::None : networkErrorFromId(value.toString()).value_or(NetworkError::Other);
}

template <typename T>
QVariant orNull(const std::optional<T> &value)
{
    return value ? QVariant(*value) : QVariant();
}

/// An empty text is no value; what may not be NULL goes through notNull().
QVariant orNull(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

/// A null string would bind NULL.
QVariant notNull(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

QVariant notNull(const QByteArray &bytes)
{
    return bytes.isNull() ? QByteArray("") : bytes;
}

std::optional<double> doubleAt(const QSqlQuery &query, int column)
{
    return query.isNull(column) ? std::nullopt : std::optional(query.value(column).toDouble());
}

QByteArray linesOf(const Headers &headers)
{
    FieldLines lines;
    lines.reserve(static_cast<std::size_t>(headers.size()));
    for (const Header &header : headers)
        lines.push_back({header.name, header.value});
    return joinedLines(lines);
}

Headers headersOf(const QByteArray &text)
{
    Headers headers;
    for (const std::vector<QByteArray> &line : splitLines(text)) {
        if (line.size() == 2)
            headers.add(line[0], line[1]);
    }
    return headers;
}

QByteArray linesOf(const std::vector<Redirect> &redirects)
{
    FieldLines lines;
    lines.reserve(redirects.size());
    for (const Redirect &one : redirects)
        lines.push_back(
            {QByteArray::number(one.status), one.from, one.to, one.credentialsDropped ? "credentials dropped" : ""});
    return joinedLines(lines);
}

std::vector<Redirect> redirectsOf(const QByteArray &text)
{
    const FieldLines lines = splitLines(text);
    std::vector<Redirect> redirects;
    redirects.reserve(lines.size());
    for (const std::vector<QByteArray> &line : lines) {
        if (line.size() == 4)
            redirects.push_back({line[0].toInt(), line[1], line[2], !line[3].isEmpty()});
    }
    return redirects;
}

QVariant textOf(const std::vector<double> &timesMs)
{
    QByteArrayList texts;
    texts.reserve(std::ssize(timesMs));
    for (const double time : timesMs)
        texts << QByteArray::number(time, 'f', 1);
    return orNull(QString::fromLatin1(texts.join(' ')));
}

std::vector<double> timesOf(const QByteArray &text)
{
    std::vector<double> timesMs;
    const QList<QByteArray> texts = text.isEmpty() ? QList<QByteArray>() : text.split(' ');
    timesMs.reserve(static_cast<std::size_t>(texts.size()));
    for (const QByteArray &time : texts)
        timesMs.push_back(time.toDouble());
    return timesMs;
}

QVariant searchedText(const QByteArray &body, const Headers &headers)
{
    const CharsetChoice choice = chooseCharset(headers.value("content-type").value_or(QByteArray()), body);
    const QByteArray head = body.left(searchedBytes);
    return looksBinary(head, choice.charset) ? QVariant() : QVariant(QString::fromUtf8(toUtf8(head, choice.charset)));
}

QString hostOf(const QByteArray &url)
{
    return QUrl::fromEncoded(url).host().toLower();
}

QString placeholders(qsizetype count)
{
    return QStringList(count, QStringLiteral("?")).join(QStringLiteral(", "));
}

} // namespace

QString rowColumns()
{
    return QStringLiteral("a.id, a.run, a.attempt, a.started, a.environment, CAST(a.method AS BLOB), "
                          "CAST(a.url AS BLOB), a.status, a.failure, a.api, a.code, a.entry, a.confidence, "
                          "a.message, a.decoded_error, a.is_error, a.pinned, a.total_ms, a.sends, a.request_bytes, "
                          "a.response_bytes");
}

HistoryRow rowOf(const QSqlQuery &query)
{
    int column = 0;
    const auto next = [&] { return query.value(column++); };
    HistoryRow row;
    row.id = next().toLongLong();
    row.run = next().toString();
    row.attempt = next().toInt();
    row.startedMs = next().toLongLong();
    row.environment = next().toString();
    row.method = next().toByteArray();
    row.url = next().toByteArray();
    const QVariant status = next();
    row.status = status.isNull() ? std::nullopt : std::optional(status.toInt());
    row.failure = failureOf(next());
    row.diagnosis.api = next().toString();
    row.diagnosis.code = next().toString();
    row.diagnosis.entryId = next().toString();
    row.diagnosis.confidence = next().toString();
    row.diagnosis.message = next().toString();
    row.diagnosis.isError = next().toBool();
    row.isError = next().toBool();
    row.isPinned = next().toBool();
    row.totalMs = next().toDouble();
    row.sends = next().toInt();
    row.requestBytes = next().toLongLong();
    row.responseBytes = next().toLongLong();
    return row;
}

RowInsert attemptInsert(const HistoryRecord &record, const QVariant &requestBody, const QVariant &responseBody)
{
    const std::optional<HttpResponse> &response = record.result.response;
    const DiagnosisSummary &diagnosis = record.diagnosis;
    return {QStringLiteral("INSERT INTO attempts (method, url, run, attempt, started, environment, host, status, "
                           "failure, api, code, entry, confidence, message, decoded_error, is_error, total_ms, sends, "
                           "request_bytes, response_bytes, request_body, response_body) VALUES (CAST(? AS TEXT), "
                           "CAST(? AS TEXT), ") +
                placeholders(20) + QLatin1Char(')'),
            {notNull(record.request.method),
             notNull(record.request.url),
             notNull(record.run),
             record.attempt,
             record.startedMs,
             orNull(record.environment),
             notNull(hostOf(record.request.url)),
             response ? QVariant(response->status) : QVariant(),
             failureValue(record.result.failure.kind),
             orNull(diagnosis.api),
             orNull(diagnosis.code),
             orNull(diagnosis.entryId),
             orNull(diagnosis.confidence),
             orNull(diagnosis.message),
             diagnosis.isError,
             record.isError(),
             record.result.timings.totalMs,
             record.result.sends,
             record.request.body.size(),
             response ? response->body.size() : 0,
             requestBody,
             responseBody}};
}

RowInsert detailsInsert(qint64 id, const HistoryRecord &record)
{
    const HttpResponse response = record.result.response.value_or(HttpResponse());
    const Timings &timings = record.result.timings;
    return {QStringLiteral("INSERT INTO details (request_headers, sent_headers, reason, version, response_headers, "
                           "redirects, id, failure_detail, dns_ms, connect_ms, tls_ms, first_byte_ms, remote, "
                           "request_text, response_text, event_times) VALUES (CAST(? AS TEXT), CAST(? AS TEXT), "
                           "CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ") +
                placeholders(10) + QLatin1Char(')'),
            {linesOf(record.request.headers), linesOf(record.result.sentHeaders), response.reason, response.version,
             linesOf(response.headers), linesOf(record.result.redirects), id, orNull(record.result.failure.detail),
             orNull(timings.dnsMs), orNull(timings.connectMs), orNull(timings.tlsMs), orNull(timings.firstByteMs),
             orNull(record.result.remote), searchedText(record.request.body, record.request.headers),
             searchedText(response.body, response.headers), textOf(record.eventTimesMs)}};
}

QString detailColumns()
{
    return QStringLiteral("CAST(d.request_headers AS BLOB), CAST(d.sent_headers AS BLOB), CAST(d.reason AS BLOB), "
                          "CAST(d.version AS BLOB), CAST(d.response_headers AS BLOB), CAST(d.redirects AS BLOB), "
                          "d.failure_detail, d.dns_ms, d.connect_ms, d.tls_ms, d.first_byte_ms, d.remote, "
                          "d.event_times");
}

HistoryRecord recordOf(const HistoryRow &row, const QSqlQuery &query)
{
    constexpr int firstDetail = 21; // behind rowColumns()
    int column = firstDetail;
    const auto next = [&] { return query.value(column++); };
    HistoryRecord record;
    record.run = row.run;
    record.attempt = row.attempt;
    record.startedMs = row.startedMs;
    record.environment = row.environment;
    record.diagnosis = row.diagnosis;
    record.request.method = row.method;
    record.request.url = row.url;
    record.request.headers = headersOf(next().toByteArray());
    SendResult &result = record.result;
    result.sentHeaders = headersOf(next().toByteArray());
    HttpResponse response;
    response.reason = next().toByteArray();
    response.version = next().toByteArray();
    response.headers = headersOf(next().toByteArray());
    if (row.status) {
        response.status = *row.status;
        result.response = response;
    }
    result.redirects = redirectsOf(next().toByteArray());
    result.failure = {row.failure, next().toString()};
    result.timings = {doubleAt(query, column), doubleAt(query, column + 1), doubleAt(query, column + 2),
                      doubleAt(query, column + 3), row.totalMs};
    constexpr int phases = 4;
    column += phases;
    result.remote = next().toString();
    result.sends = row.sends;
    record.eventTimesMs = timesOf(next().toByteArray());
    return record;
}

} // namespace errata
