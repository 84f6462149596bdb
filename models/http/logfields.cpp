#include "models/http/logfields.h"

#include "models/base/bytes.h"
#include "models/base/rawview.h"
#include "models/http/jsonintext.h"
#include "models/http/startlines.h"
#include "models/http/timestamps.h"
#include "models/json/jsoncursor.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace errata::logfields {

namespace {

struct Name
{
    QByteArrayView name; ///< in lower case
    Role role = Role::None;
};

constexpr std::array names{
    Name{"time", Role::Time},
    Name{"ts", Role::Time},
    Name{"t", Role::Time},
    Name{"@t", Role::Time},
    Name{"timestamp", Role::Time},
    Name{"@timestamp", Role::Time},
    Name{"time_local", Role::Time},
    Name{"time_iso8601", Role::Time},
    Name{"datetime", Role::Time},
    Name{"date", Role::Time},
    Name{"asctime", Role::Time},
    Name{"eventtime", Role::Time},
    Name{"start_time", Role::Time},
    Name{"level", Role::Level},
    Name{"lvl", Role::Level},
    Name{"@l", Role::Level},
    Name{"severity", Role::Level},
    Name{"levelname", Role::Level},
    Name{"loglevel", Role::Level},
    Name{"log.level", Role::Level},
    Name{"msg", Role::Message},
    Name{"message", Role::Message},
    Name{"@m", Role::Message},
    Name{"event", Role::Message},
    Name{"textpayload", Role::Message},
    Name{"status", Role::Status},
    Name{"statuscode", Role::Status},
    Name{"status_code", Role::Status},
    Name{"httpstatus", Role::Status},
    Name{"http_status", Role::Status},
    Name{"http_status_code", Role::Status},
    Name{"http.status", Role::Status},
    Name{"http.status_code", Role::Status},
    Name{"http.response.status_code", Role::Status},
    Name{"response_code", Role::Status},
    Name{"response_status", Role::Status},
    Name{"responsestatus", Role::Status},
    Name{"response.status", Role::Status},
    Name{"method", Role::Method},
    Name{"http_method", Role::Method},
    Name{"http.method", Role::Method},
    Name{"http.request.method", Role::Method},
    Name{"request_method", Role::Method},
    Name{"requestmethod", Role::Method},
    Name{"request.method", Role::Method},
    Name{"verb", Role::Method},
    Name{"url", Role::Url},
    Name{"uri", Role::Url},
    Name{"path", Role::Url},
    Name{"target", Role::Url},
    Name{"endpoint", Role::Url},
    Name{"request_url", Role::Url},
    Name{"request_uri", Role::Url},
    Name{"requesturl", Role::Url},
    Name{"requesturi", Role::Url},
    Name{"request_path", Role::Url},
    Name{"request.url", Role::Url},
    Name{"http.url", Role::Url},
    Name{"http.target", Role::Url},
    Name{"http_url", Role::Url},
    Name{"url.full", Role::Url},
    Name{"url.path", Role::Url},
    Name{"full", Role::Url},
    Name{"original", Role::None},
    Name{"host", Role::Host},
    Name{"http.host", Role::Host},
    Name{"http_host", Role::Host},
    Name{"vhost", Role::Host},
    Name{"authority", Role::Host},
    Name{"server_name", Role::Host},
    Name{"server.address", Role::Host},
    Name{"duration", Role::Duration},
    Name{"duration_ms", Role::Duration},
    Name{"duration_s", Role::Duration},
    Name{"duration_us", Role::Duration},
    Name{"duration_ns", Role::Duration},
    Name{"durationms", Role::Duration},
    Name{"latency", Role::Duration},
    Name{"latency_ms", Role::Duration},
    Name{"latencyms", Role::Duration},
    Name{"elapsed", Role::Duration},
    Name{"elapsed_ms", Role::Duration},
    Name{"elapsedms", Role::Duration},
    Name{"took", Role::Duration},
    Name{"took_ms", Role::Duration},
    Name{"responsetime", Role::Duration},
    Name{"response_time", Role::Duration},
    Name{"response_time_ms", Role::Duration},
    Name{"request_time", Role::Duration},
    Name{"upstream_response_time", Role::Duration},
    Name{"error", Role::Body},
    Name{"err", Role::Body},
    Name{"body", Role::Body},
    Name{"responsebody", Role::Body},
    Name{"response_body", Role::Body},
    Name{"response.body", Role::Body},
    Name{"http.response.body", Role::Body},
    Name{"http.response.body.content", Role::Body},
    Name{"error_body", Role::Body},
    Name{"errorbody", Role::Body},
    Name{"error_response", Role::Body},
    Name{"errors", Role::Body},
    Name{"payload", Role::Body},
    Name{"content", Role::Body},
    Name{"response", Role::Response},
    Name{"res", Role::Response},
    Name{"resp", Role::Response},
    Name{"request", Role::Group},
    Name{"req", Role::Group},
    Name{"http", Role::Group},
    Name{"httprequest", Role::Group},
    Name{"context", Role::Group},
    Name{"ctx", Role::Group},
    Name{"fields", Role::Group},
    Name{"attributes", Role::Group},
    Name{"attrs", Role::Group},
    Name{"labels", Role::Group},
    Name{"extra", Role::Group},
    Name{"properties", Role::Group},
    Name{"log", Role::Group},
    Name{"jsonpayload", Role::Group},
};

constexpr qsizetype longestName = 32;

/// The names by their length, as first and last place in byLength().
struct Index
{
    std::array<std::uint8_t, names.size()> order{};
    std::array<std::uint8_t, longestName + 2> from{};
};

constexpr Index indexByLength()
{
    Index index;
    std::size_t filled = 0;
    for (std::size_t length = 0; length <= std::size_t(longestName); ++length) {
        index.from[length] = static_cast<std::uint8_t>(filled);
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (std::size_t(names[i].name.size()) == length)
                index.order[filled++] = static_cast<std::uint8_t>(i);
        }
    }
    index.from[longestName + 1] = static_cast<std::uint8_t>(filled);
    return index;
}

constexpr Index byLength = indexByLength();

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool isName(QByteArrayView text, QByteArrayView name)
{
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (lower(text[i]) != name[i])
            return false;
    }
    return true;
}

std::optional<int> statusOf(QByteArrayView text)
{
    if (text.size() != 3 || text[0] < '1' || text[0] > '5')
        return {};
    int number = 0;
    const auto [stop, problem] = std::from_chars(text.begin(), text.end(), number);
    if (problem != std::errc() || stop != text.end())
        return {};
    return number;
}

/// bunyan's and pino's numbers.
QByteArray levelOf(const Value &value)
{
    constexpr const char *levels[] = {"trace", "debug", "info", "warn", "error", "fatal"};
    const QByteArrayView text = value.inside;
    const bool isTens = !value.isString && text.size() == 2 && text[1] == '0' && text[0] >= '1' && text[0] <= '6';
    return isTens ? QByteArray(levels[text[0] - '1']) : textOf(value);
}

bool isMethod(QByteArrayView text)
{
    return text.size() >= 3 && text.size() <= 10 &&
           std::all_of(text.begin(), text.end(), [](char c) { return lower(c) >= 'a' && lower(c) <= 'z'; });
}

/// A whole URL says more than a path.
bool assignUrl(LogRecord &record, const Value &value)
{
    QByteArray url = textOf(value);
    if (const auto line = requestLine(url)) {
        record.method = line->method.toByteArray();
        url = line->target.toByteArray();
    }
    const bool isUrl = url.startsWith('/') || url.contains("://");
    if (!isUrl || (!record.url.isEmpty() && !url.contains("://")))
        return false;
    record.url = std::move(url);
    return true;
}

bool assignBody(LogRecord &record, const Value &value)
{
    const Span embedded = value.isString ? embeddedIn(value.inside, value.span.start) : Span();
    if (!embedded.isNull())
        record.body = embedded;
    return false; // a text beside it is worth showing
}

bool assignByRole(LogRecord &record, Role role, QByteArrayView name, const Value &value)
{
    switch (role) {
    case Role::Time: {
        const auto time = parseTimestamp(value.inside);
        if (time)
            record.timeMs = time;
        return time.has_value();
    }
    case Role::Level:
        record.level = levelOf(value);
        return true;
    case Role::Message:
        if (!record.message.isEmpty())
            return false;
        record.message = textOf(value);
        if (record.body.isNull() && value.isString)
            record.body = embeddedIn(value.inside, value.span.start);
        return true;
    case Role::Status: {
        const auto status = statusOf(value.inside);
        if (status)
            record.status = status;
        return status.has_value();
    }
    case Role::Method:
        if (!isMethod(value.inside))
            return false;
        record.method = textOf(value);
        return true;
    case Role::Url:
    case Role::Group: // "request": "GET /x HTTP/1.1"
        return assignUrl(record, value);
    case Role::Host:
        record.host = textOf(value);
        return true;
    case Role::Duration: {
        const auto duration = durationMs(name, value.inside);
        if (duration)
            record.durationMs = duration;
        return duration.has_value();
    }
    case Role::Body:
    case Role::Response:
        return assignBody(record, value);
    case Role::None:
        break;
    }
    return false;
}

/// Milliseconds in a unit; 0 when it is none.
double unitMs(QByteArrayView unit)
{
    struct Unit
    {
        QByteArrayView name;
        double ms = 0;
    };
    constexpr Unit units[] = {{"ns", 1e-6},        {"us", 1e-3},      {"\xC2\xB5s", 1e-3}, {"\xCE\xBCs", 1e-3},
                              {"ms", 1},           {"s", 1000},       {"m", 60000},        {"h", 3600000},
                              {"milliseconds", 1}, {"seconds", 1000}, {"sec", 1000},       {"msec", 1}};
    const auto *found =
        std::find_if(std::begin(units), std::end(units), [unit](const Unit &u) { return u.name == unit; });
    return found == std::end(units) ? 0 : found->ms;
}

bool isXml(QByteArrayView text)
{
    return text.startsWith("<?xml") || text.startsWith("<Error");
}

/// As it stands or with a string's escapes; without a quote it is a level or a process id.
bool isJson(QByteArrayView text)
{
    if (!text.contains('"'))
        return false;
    const std::vector<Span> found = jsonIn(text, 1);
    return (!found.empty() && found.front() == Span{0, text.size()}) || unquotedJson(text);
}

/// \a end in lower case.
bool endsWith(QByteArrayView text, QByteArrayView end)
{
    return text.size() >= end.size() && isName(text.last(end.size()), end);
}

double unitOfName(QByteArrayView name)
{
    constexpr QByteArrayView inSeconds[] = {"request_time", "upstream_response_time"};
    const auto is = [name](QByteArrayView own) { return own.size() == name.size() && isName(name, own); };
    // nginx and Apache say seconds; so does every name that ends like it.
    if (std::any_of(std::begin(inSeconds), std::end(inSeconds), is) || endsWith(name, "_s") ||
        endsWith(name, "seconds"))
        return 1000;
    if (endsWith(name, "_us"))
        return 1e-3;
    return endsWith(name, "_ns") ? 1e-6 : 1;
}

} // namespace

Role roleOf(QByteArrayView name)
{
    if (name.isEmpty() || name.size() > longestName)
        return Role::None;
    const auto length = static_cast<std::size_t>(name.size());
    for (std::size_t i = byLength.from[length]; i < byLength.from[length + 1]; ++i) {
        const Name &known = names[byLength.order[i]];
        if (lower(name.front()) == known.name.front() && isName(name, known.name))
            return known.role;
    }
    return Role::None;
}

void assign(LogRecord &record, Role role, QByteArrayView name, const Value &value)
{
    if (assignByRole(record, role, name, value))
        return;
    if (record.fields.empty())
        record.fields.reserve(8);
    record.fields.emplace_back(rawView(name), textOf(value));
}

QByteArray textOf(const Value &value)
{
    return value.isString && value.inside.contains('\\') ? jsonUnescaped(value.inside) : rawView(value.inside);
}

std::optional<double> durationMs(QByteArrayView name, QByteArrayView text)
{
    double total = 0;
    const char *at = text.begin();
    while (at != text.end()) {
        double number = 0;
        const auto [stop, problem] = std::from_chars(at, text.end(), number, std::chars_format::fixed);
        if (problem != std::errc() || !(number >= 0))
            return {};
        if (stop == text.end())
            return at == text.begin() ? std::optional(number * unitOfName(name)) : std::nullopt;
        const char *unitEnd = std::find_if(stop, text.end(), isDigit);
        const double unit = unitMs(QByteArrayView(stop, unitEnd).trimmed());
        if (unit == 0)
            return {};
        total += number * unit;
        at = unitEnd;
    }
    if (text.isEmpty())
        return {};
    return total;
}

Span embeddedIn(QByteArrayView inside, qsizetype offset)
{
    constexpr int mostTries = 8;
    const auto isOpening = [](char c) { return c == '{' || c == '[' || c == '<'; };
    const auto *found = std::find_if(inside.begin(), inside.end(), isOpening);
    for (int tries = 0; found != inside.end() && tries < mostTries; ++tries) {
        const qsizetype start = found - inside.begin();
        const char closing = *found == '{' ? '}' : *found == '[' ? ']' : '>';
        const qsizetype end = inside.lastIndexOf(closing) + 1;
        const QByteArrayView part = inside.sliced(start, std::max<qsizetype>(end - start, 0));
        if (*found == '<' ? isXml(part) : isJson(part))
            return {offset + start, part.size()};
        found = std::find_if(found + 1, inside.end(), isOpening);
    }
    return {};
}

qsizetype levelLength(QByteArrayView text)
{
    constexpr QByteArrayView levels[] = {"trace",   "debug",     "info",   "information", "notice",   "warn",
                                         "warning", "error",     "err",    "fatal",       "critical", "crit",
                                         "alert",   "emergency", "severe", "panic"};
    qsizetype length = 0;
    while (length < text.size() && lower(text[length]) >= 'a' && lower(text[length]) <= 'z')
        ++length;
    const auto isLevel = [&](QByteArrayView level) { return level.size() == length && isName(text, level); };
    return std::any_of(std::begin(levels), std::end(levels), isLevel) ? length : 0;
}

} // namespace errata::logfields
