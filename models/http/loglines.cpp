#include "models/http/loglines.h"

#include "models/base/bytes.h"
#include "models/base/rawview.h"
#include "models/http/logfields.h"
#include "models/http/startlines.h"
#include "models/http/timestamps.h"
#include "models/json/jsoncursor.h"

#include <algorithm>

namespace errata {

namespace {

using logfields::Role;
using logfields::Value;

constexpr int deepestGroup = 3; ///< groups inside groups

// JSON lines

class JsonLine
{
public:
    JsonLine(QByteArrayView line, qsizetype offset, LogRecord &record)
        : m_cursor(line), m_offset(offset), m_record(record)
    {
    }

    /// False when it is no object, or not all of one.
    bool read(qsizetype from)
    {
        m_cursor.moveTo(from);
        if (m_cursor.peek() != '{')
            return false;
        readObject(0);
        return !m_cursor.failed() && m_cursor.peek() == '\0';
    }

private:
    void readObject(int depth)
    {
        m_cursor.members([&](QByteArrayView key) { readMember(key, depth); });
    }

    void readMember(QByteArrayView key, int depth)
    {
        const Role role = logfields::roleOf(key);
        const char first = m_cursor.peek();
        if (first != '{' && first != '[') {
            readScalar(role, key, first == '"');
        } else if (role == Role::Group && first == '{' && depth < deepestGroup) {
            readObject(depth + 1);
        } else if (role == Role::Response && first == '{' && depth < deepestGroup) {
            readResponse(depth);
        } else if (role == Role::Body) {
            takeBody(m_cursor.value());
        }
    }

    void readScalar(Role role, QByteArrayView key, bool isString)
    {
        Span span = m_cursor.value();
        if (span.isNull())
            return;
        if (isString)
            span = {span.start + 1, span.length - 2};
        const Value value{m_cursor.view(span), {m_offset + span.start, span.length}, isString};
        const bool isNull = !isString && value.inside == "null";
        if (!isNull)
            logfields::assign(m_record, role, key, value);
    }

    /// {"status": 429, "body": ...} describes an answer; anything else is one.
    void readResponse(int depth)
    {
        const Span before = m_record.body;
        const std::optional<int> statusBefore = m_record.status;
        m_cursor.peek();
        const qsizetype start = m_cursor.offset();
        readObject(depth + 1);
        if (m_record.body == before && m_record.status == statusBefore && !m_cursor.failed())
            takeBody({start, m_cursor.offset() - start});
    }

    void takeBody(Span span)
    {
        constexpr qsizetype empty = 2;
        if (!span.isNull() && span.length > empty)
            m_record.body = {m_offset + span.start, span.length};
    }

    JsonCursor m_cursor;
    qsizetype m_offset;
    LogRecord &m_record;
};

// logfmt

bool isKeyByte(char c)
{
    return isLetter(c) || isDigit(c) || c == '_' || c == '.' || c == '-' || c == '@' || c == '/';
}

/// key=value key="a value": at least two, the line nothing else.
bool readLogfmt(QByteArrayView line, qsizetype offset, LogRecord &record)
{
    int pairs = 0;
    qsizetype at = 0;
    while (at < line.size()) {
        if (line[at] == ' ' || line[at] == '\t') {
            ++at;
            continue;
        }
        const qsizetype key = at;
        while (at < line.size() && isKeyByte(line[at]))
            ++at;
        const QByteArrayView name = line.sliced(key, at - key);
        const bool isPair = !name.isEmpty() && at < line.size() && line[at] == '=';
        if (!isPair)
            return false;
        ++at;
        const bool isQuoted = at < line.size() && line[at] == '"';
        const qsizetype start = isQuoted ? ++at : at;
        while (at < line.size() && line[at] != (isQuoted ? '"' : ' '))
            at += isQuoted && line[at] == '\\' ? 2 : 1;
        if (isQuoted && at >= line.size())
            return false;
        const Span span{start, at - start};
        const QByteArrayView inside = line.sliced(span.start, span.length);
        logfields::assign(record, logfields::roleOf(name), name, {inside, {offset + start, span.length}, true});
        at += isQuoted ? 1 : 0;
        ++pairs;
    }
    return pairs >= 2 && (isLogRecord(record) || (record.status && !record.message.isEmpty()));
}

/// Spares other lines the reading.
bool beginsWithPair(QByteArrayView line)
{
    const char *equals = std::find_if_not(line.begin(), line.end(), isKeyByte);
    return equals != line.begin() && equals != line.end() && *equals == '=';
}

// Access logs

/// A time in brackets, and a quote behind it.
bool mayBeAccess(QByteArrayView line)
{
    for (qsizetype at = line.indexOf(']'); at >= 0; at = line.indexOf(']', at + 1)) {
        if (line.sliced(at).startsWith("] \""))
            return true;
    }
    return false;
}

/// Words and quoted strings, one after the other.
class Words
{
public:
    explicit Words(QByteArrayView text) : m_text(text) {}

    /// The next one, without its quotes or brackets; empty at the end.
    QByteArrayView next()
    {
        while (m_at < m_text.size() && m_text[m_at] == ' ')
            ++m_at;
        if (m_at == m_text.size())
            return {};
        const char first = m_text[m_at];
        const char closing = first == '"' ? '"' : first == '[' ? ']' : ' ';
        const qsizetype start = closing == ' ' ? m_at : m_at + 1;
        qsizetype end = start;
        while (end < m_text.size() && m_text[end] != closing)
            end += m_text[end] == '\\' && closing == '"' && end + 1 < m_text.size() ? 2 : 1;
        m_at = std::min(m_text.size(), closing == ' ' ? end : end + 1);
        return m_text.sliced(start, end - start);
    }

    [[nodiscard]] bool atEnd() const { return m_text.sliced(m_at).trimmed().isEmpty(); }

private:
    QByteArrayView m_text;
    qsizetype m_at = 0;
};

/// \a name is a literal: a view of it costs no allocation.
void addField(LogRecord &record, QByteArrayView name, QByteArrayView value)
{
    constexpr std::size_t usual = 8;
    if (value.isEmpty() || (value.size() == 1 && value.front() == '-'))
        return;
    if (record.fields.empty())
        record.fields.reserve(usual);
    record.fields.emplace_back(rawView(name), rawView(value));
}

/// "GET /x HTTP/1.1" status: false when there is no status. A request that is none is kept as a field.
bool readRequestAndStatus(Words &words, LogRecord &record)
{
    const QByteArrayView request = words.next();
    const QByteArrayView status = words.next();
    if (status.size() != 3 || !std::all_of(status.begin(), status.end(), isDigit))
        return false;
    // Envoy writes 0 or 000 when there was none.
    if (status[0] != '0')
        record.status = status.toInt();
    if (const auto line = requestLine(request)) {
        record.method = rawView(line->method);
        record.url = rawView(line->target);
    } else {
        addField(record, "request", request);
    }
    return true;
}

/// nginx adds rt=0.012, urt="0.010" or a bare number of seconds behind the client's name.
void readAccessTail(Words &words, LogRecord &record)
{
    addField(record, "bytes", words.next());
    addField(record, "referer", words.next());
    addField(record, "user_agent", words.next());
    while (!words.atEnd()) {
        const QByteArrayView word = words.next();
        const qsizetype equals = word.indexOf('=');
        const QByteArrayView seconds = word.startsWith("rt=") ? word.sliced(3) : word;
        const bool isSeconds = seconds.contains('.') && (equals < 0 || word.startsWith("rt="));
        if (const auto ms = isSeconds ? logfields::durationMs("request_time", seconds) : std::nullopt)
            record.durationMs = ms;
        else if (equals > 0)
            record.fields.emplace_back(rawView(word.first(equals)), rawView(word.sliced(equals + 1)));
    }
}

/// host ident user [time] "request" status bytes "referer" "user agent"; a name and port may come first.
bool readCommonLog(QByteArrayView line, LogRecord &record)
{
    qsizetype bracket = line.indexOf('[', 1);
    while (bracket > 0 && line[bracket - 1] != ' ')
        bracket = line.indexOf('[', bracket + 1);
    if (bracket < 0 || line.first(bracket).contains('"'))
        return false;
    Words words(line.sliced(bracket));
    const auto time = parseTimestamp(words.next());
    if (!time || !readRequestAndStatus(words, record))
        return false;
    record.timeMs = time;
    Words before(line.first(bracket - 1));
    const QByteArrayView first = before.next();
    const QByteArrayView second = before.next();
    const bool isVirtualHost = first.lastIndexOf(':') > 0 && second != "-" && second.contains('.');
    if (isVirtualHost)
        record.host = rawView(first);
    addField(record, "remote_addr", isVirtualHost ? second : first);
    readAccessTail(words, record);
    return true;
}

/// [time] "request" status flags received sent duration upstream "forwarded" "agent" "id" "authority" "upstream"
bool readEnvoyLog(QByteArrayView line, LogRecord &record)
{
    if (!line.startsWith('['))
        return false;
    Words words(line);
    const auto time = parseTimestamp(words.next());
    if (!time || !readRequestAndStatus(words, record))
        return false;
    record.timeMs = time;
    addField(record, "response_flags", words.next());
    // Newer versions have more words here, some in quotes.
    QByteArrayView word = words.next();
    while (!word.isEmpty() && !(isDigit(word.front()) && std::all_of(word.begin(), word.end(), isDigit)))
        word = words.next();
    addField(record, "bytes_received", word);
    addField(record, "bytes_sent", words.next());
    record.durationMs = logfields::durationMs("ms", words.next());
    addField(record, "upstream_ms", words.next());
    addField(record, "forwarded_for", words.next());
    addField(record, "user_agent", words.next());
    addField(record, "request_id", words.next());
    const QByteArrayView authority = words.next();
    if (!authority.isEmpty() && authority != "-")
        record.host = rawView(authority);
    addField(record, "upstream_host", words.next());
    return true;
}

// Lines of text

/// "May  4 10:11:12 ": syslog says no year, so it gives no time.
qsizetype syslogTimeLength(QByteArrayView text)
{
    constexpr QByteArrayView months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec ";
    constexpr QByteArrayView shape = "Mmm d0 00:00:00 ";
    if (text.size() < shape.size() || months.indexOf(text.first(4)) % 4 != 0)
        return 0;
    for (qsizetype i = 4; i < shape.size(); ++i) {
        const char c = text[i];
        const bool fits = shape[i] == '0' ? isDigit(c) : shape[i] == 'd' ? isDigit(c) || c == ' ' : c == shape[i];
        if (!fits)
            return 0;
    }
    return shape.size();
}

/// klog and glog: "E0504 10:11:12.123456 "
qsizetype glogLength(QByteArrayView text)
{
    constexpr QByteArrayView shape = "E0000 00:00:00.000000 ";
    if (text.size() < shape.size() || !QByteArrayView("DIWEF").contains(text.front()))
        return 0;
    for (qsizetype i = 1; i < shape.size(); ++i) {
        if (shape[i] == '0' ? !isDigit(text[i]) : text[i] != shape[i])
            return 0;
    }
    return shape.size();
}

qsizetype skipOver(QByteArrayView text, qsizetype from, QByteArrayView bytes)
{
    while (from < text.size() && bytes.contains(text[from]))
        ++from;
    return from;
}

/// "<34>1 " of RFC 5424, "web-1  | " of docker compose.
qsizetype wrapperLength(QByteArrayView line)
{
    constexpr qsizetype longest = 40;
    if (line.startsWith('<')) {
        const qsizetype end = line.indexOf('>');
        const bool isPriority = end > 1 && end <= 4 && std::all_of(line.begin() + 1, line.begin() + end, isDigit);
        if (isPriority)
            return skipOver(line, end + 1 + (line.size() > end + 2 && line[end + 2] == ' ' ? 1 : 0), " ");
    }
    const QByteArrayView beginning = line.first(std::min(line.size(), longest));
    const qsizetype bar = beginning.contains('|') ? beginning.indexOf(" | ") : -1;
    const QByteArrayView name = line.first(std::max<qsizetype>(bar, 0)).trimmed();
    const bool isName = !name.isEmpty() && std::all_of(name.begin(), name.end(), isKeyByte);
    return isName && isLetter(name.front()) ? bar + 3 : 0;
}

/// A level behind the time, also in brackets or behind a thread's name.
void findLevel(QByteArrayView text, LogRecord &record)
{
    constexpr qsizetype near = 80;
    for (qsizetype at = 0; at < std::min(text.size(), near); ++at) {
        const bool startsWord = at == 0 || !isKeyByte(text[at - 1]);
        const qsizetype length = startsWord && isLetter(text[at]) ? logfields::levelLength(text.sliced(at)) : 0;
        const bool endsWord = at + length >= text.size() || !isKeyByte(text[at + length]);
        // In small letters it may be a word of the sentence.
        const bool isMarked = at == 0 || text[at] < 'a' || text[at - 1] == '[';
        if (length > 0 && endsWord && isMarked) {
            record.level = rawView(text.sliced(at, length));
            return;
        }
    }
}

/// "ERROR ", "[error] ": a level that can begin a record.
qsizetype leadingLevel(QByteArrayView line)
{
    const qsizetype bracket = line.startsWith('[') ? 1 : 0;
    const QByteArrayView rest = line.sliced(bracket);
    const qsizetype length = logfields::levelLength(rest);
    if (length == 0 || length == rest.size())
        return 0;
    const bool isUpper = rest[0] < 'a' && rest[1] < 'a';
    const char next = rest[length];
    if (bracket == 1 ? next != ']' : !isUpper || (next != ' ' && next != ':' && next != '\t'))
        return 0;
    return bracket + length + 1;
}

/// How much of the line says when and how grave; 0 when it begins no record.
qsizetype readPrefix(QByteArrayView line, LogRecord &record)
{
    const qsizetype bracket = line.startsWith('[') ? 1 : 0;
    if (const auto time = timestampPrefix(line.sliced(bracket))) {
        record.timeMs = time->ms;
        return skipOver(line, bracket + time->length, "] \t|:-");
    }
    if (const qsizetype length = syslogTimeLength(line))
        return length;
    if (const qsizetype length = glogLength(line)) {
        record.level = rawView(line.first(1));
        return length;
    }
    if (const qsizetype length = leadingLevel(line)) {
        findLevel(line, record);
        return skipOver(line, length, " \t:-");
    }
    return 0;
}

LogKind readText(QByteArrayView line, qsizetype offset, LogRecord &record)
{
    const qsizetype wrapper = wrapperLength(line);
    const QByteArrayView unwrapped = line.sliced(wrapper);
    const qsizetype prefix = readPrefix(unwrapped, record);
    if (prefix == 0 && !(wrapper > 0 && unwrapped.startsWith('{')))
        return LogKind::None;
    const QByteArrayView rest = unwrapped.sliced(prefix);
    // "stdout F {...}", "app[12]: {...}": an object to the end of the line.
    constexpr qsizetype near = 200;
    const qsizetype brace = rest.first(std::min(rest.size(), near)).indexOf('{');
    if (brace >= 0) {
        LogRecord inside;
        const qsizetype start = wrapper + prefix;
        if (JsonLine(line, offset, inside).read(start + brace) && isLogRecord(inside)) {
            inside.timeMs = inside.timeMs ? inside.timeMs : record.timeMs;
            record = std::move(inside);
            return LogKind::Json;
        }
    }
    if (prefix == 0)
        return LogKind::None;
    if (record.level.isEmpty())
        findLevel(rest, record);
    record.message = rawView(rest);
    return LogKind::Text;
}

} // namespace

bool isLogRecord(const LogRecord &record)
{
    return record.timeMs || !record.level.isEmpty() || (record.status && !record.url.isEmpty());
}

LogKind readLogLine(QByteArrayView line, qsizetype offset, LogRecord &record)
{
    if (line.startsWith('{'))
        return JsonLine(line, offset, record).read(0) ? LogKind::Json : LogKind::None;
    if (mayBeAccess(line)) {
        if (readCommonLog(line, record) || readEnvoyLog(line, record))
            return LogKind::Access;
        record = {};
    }
    if (beginsWithPair(line)) {
        if (readLogfmt(line, offset, record))
            return LogKind::Logfmt;
        record = {};
    }
    return readText(line, offset, record);
}

} // namespace errata
