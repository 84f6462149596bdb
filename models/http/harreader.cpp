#include "models/base/bytes.h"
#include "models/base/gunzip.h"
#include "models/base/limits.h"
#include "models/http/har.h"
#include "models/http/timestamps.h"
#include "models/json/jsoncursor.h"

#include <algorithm>

namespace errata {

namespace {

constexpr qsizetype firstLook = qsizetype(64) * 1024;
constexpr int problemsKept = 100;
/// A string member: its inside as it stands, where it stands.
struct Text
{
    Span span;
    QByteArray bytes;
    bool isLiteral = false; ///< no escapes
};

Text textOf(JsonCursor &cursor)
{
    const auto span = cursor.string();
    if (!span)
        return {};
    const QByteArrayView inside = cursor.view(*span);
    return {*span, jsonUnescaped(inside), !inside.contains('\\')};
}

/// "h2", "http/2.0" and "HTTP/2" are one version; "unknown" is none.
QByteArray versionOf(const QByteArray &text)
{
    const QByteArray version = text.toUpper();
    if (version.startsWith("H2") || version.startsWith("HTTP/2"))
        return "HTTP/2";
    if (version.startsWith("H3") || version.startsWith("HTTP/3"))
        return "HTTP/3";
    return version.startsWith("HTTP/") ? version : QByteArray();
}

void readHeaders(JsonCursor &cursor, Headers &headers)
{
    cursor.elements([&] {
        QByteArray name;
        Text value;
        cursor.members([&](QByteArrayView key) {
            if (key == "name")
                name = cursor.text().value_or(QByteArray());
            else if (key == "value")
                value = textOf(cursor);
        });
        if (!name.isEmpty())
            headers.add(std::move(name), std::move(value.bytes), value.span);
        return true;
    });
}

void appendFormPart(QByteArray &form, const QByteArray &name, const QByteArray &value)
{
    if (!form.isEmpty())
        form += '&';
    form += name.toPercentEncoding() + '=' + value.toPercentEncoding();
}

QByteArray readParams(JsonCursor &cursor)
{
    QByteArray form;
    cursor.elements([&] {
        QByteArray name;
        QByteArray value;
        cursor.members([&](QByteArrayView key) {
            if (key == "name")
                name = cursor.text().value_or(QByteArray());
            else if (key == "value")
                value = cursor.text().value_or(QByteArray());
        });
        appendFormPart(form, name, value);
        return true;
    });
    return form;
}

/// Reads the members of an entry as far as they go.
class EntryReader
{
public:
    EntryReader(JsonCursor &cursor, HarEntry &entry) : m_cursor(cursor), m_entry(entry) {}

    /// False when the bytes were refused.
    bool read();
    [[nodiscard]] bool hasMessage() const { return m_hasMessage; }
    /// What could not be undone, empty when all could.
    [[nodiscard]] QString problem() const { return m_problem; }

private:
    void readRequest();
    QByteArray readPostData();
    void readResponse();
    void readContent();
    void decodeBody(Text &&text, const QByteArray &encoding);
    void finish();

    JsonCursor &m_cursor;
    HarEntry &m_entry;
    QByteArray m_error; ///< the browser's
    bool m_hasMessage = false;
    QString m_problem;
};

bool EntryReader::read()
{
    Exchange &exchange = m_entry.exchange;
    const bool whole = m_cursor.members([&](QByteArrayView key) {
        if (key == "startedDateTime") {
            exchange.startedMs = parseTimestamp(m_cursor.text().value_or(QByteArray()));
        } else if (key == "time") {
            exchange.durationMs = m_cursor.number();
        } else if (key == "request") {
            readRequest();
        } else if (key == "response") {
            readResponse();
        } else if (key == "_error") {
            m_error = m_cursor.text().value_or(QByteArray());
        }
    });
    finish();
    return whole;
}

void EntryReader::readRequest()
{
    if (m_cursor.peek() != '{')
        return;
    m_hasMessage = true;
    HttpRequest &request = m_entry.exchange.request.emplace();
    m_cursor.members([&](QByteArrayView key) {
        if (key == "method")
            request.method = m_cursor.text().value_or(QByteArray());
        else if (key == "url")
            request.url = m_cursor.text().value_or(QByteArray());
        else if (key == "headers")
            readHeaders(m_cursor, request.headers);
        else if (key == "postData")
            request.body = readPostData();
    });
    // HTTP/2's own fields repeat the method and the URL.
    for (const char *name : {":method", ":path", ":scheme", ":authority"})
        request.headers.remove(name);
}

QByteArray EntryReader::readPostData()
{
    QByteArray text;
    QByteArray form;
    QByteArray encoding;
    m_cursor.members([&](QByteArrayView key) {
        if (key == "text")
            text = m_cursor.text().value_or(QByteArray());
        else if (key == "params")
            form = readParams(m_cursor);
        else if (key == "encoding" || key == "_encoding")
            encoding = m_cursor.text().value_or(QByteArray());
    });
    if (encoding.compare("base64", Qt::CaseInsensitive) == 0)
        text = QByteArray::fromBase64(text);
    return text.isEmpty() ? form : text;
}

void EntryReader::readResponse()
{
    if (m_cursor.peek() != '{')
        return;
    m_hasMessage = true;
    Exchange &exchange = m_entry.exchange;
    m_cursor.members([&](QByteArrayView key) {
        if (key == "status") {
            const bool isQuoted = m_cursor.peek() == '"';
            const qsizetype start = m_cursor.offset() + (isQuoted ? 1 : 0);
            const auto number = m_cursor.number();
            if (number && *number >= 100 && *number <= 999) {
                exchange.status = static_cast<int>(*number);
                exchange.statusSpan = {start, 3};
            }
        } else if (key == "statusText") {
            exchange.reason = m_cursor.text().value_or(QByteArray());
        } else if (key == "httpVersion") {
            exchange.version = versionOf(m_cursor.text().value_or(QByteArray()));
        } else if (key == "headers") {
            readHeaders(m_cursor, exchange.headers);
        } else if (key == "content") {
            readContent();
        } else if (key == "_error") {
            m_error = m_cursor.text().value_or(QByteArray());
        }
    });
}

void EntryReader::readContent()
{
    Text text;
    QByteArray encoding;
    QByteArray type;
    m_cursor.members([&](QByteArrayView key) {
        if (key == "text")
            text = textOf(m_cursor);
        else if (key == "encoding")
            encoding = m_cursor.text().value_or(QByteArray());
        else if (key == "mimeType")
            type = m_cursor.text().value_or(QByteArray());
    });
    // Some tools leave the headers out; the type is what the decoder reads first.
    if (!type.isEmpty() && m_entry.exchange.headers.isEmpty())
        m_entry.exchange.headers.add("Content-Type", std::move(type));
    decodeBody(std::move(text), encoding);
}

void EntryReader::decodeBody(Text &&text, const QByteArray &encoding)
{
    if (text.span.isNull())
        return;
    Exchange &exchange = m_entry.exchange;
    m_entry.bodySpan = text.span;
    exchange.body = std::move(text.bytes);
    exchange.bodyOffset = text.isLiteral ? text.span.start : -1;
    if (encoding.compare("base64", Qt::CaseInsensitive) != 0)
        return;
    auto decoded = QByteArray::fromBase64Encoding(exchange.body, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded) {
        m_problem = QStringLiteral("the body is said to be base64 and is not");
        return;
    }
    exchange.body = std::move(decoded.decoded);
    exchange.bodyOffset = -1;
    if (!looksLikeGzip(exchange.body))
        return;
    if (auto unpacked = gunzip(exchange.body, limits::responseBody))
        exchange.body = std::move(unpacked).value();
    else
        m_problem = QStringLiteral("the body: ") + unpacked.error().message;
}

void EntryReader::finish()
{
    Exchange &exchange = m_entry.exchange;
    if (!exchange.status && !m_error.isEmpty())
        exchange.reason = m_error;
    // -1 says "not known" in HAR.
    if (exchange.durationMs && !(*exchange.durationMs >= 0))
        exchange.durationMs.reset();
}

/// Counts lines from where it last stopped, so that many problems in a large file stay cheap.
class LineCounter
{
public:
    explicit LineCounter(QByteArrayView text) : m_text(text) {}

    /// "line 3, column 7"; columns are code points. \a offset never goes back behind an earlier line.
    QString place(qsizetype offset)
    {
        for (;;) {
            const qsizetype feed = m_text.indexOf('\n', m_lineStart);
            if (feed < 0 || feed >= offset)
                break;
            m_lineStart = feed + 1;
            ++m_line;
        }
        const QByteArrayView before = m_text.sliced(m_lineStart, std::max<qsizetype>(offset - m_lineStart, 0));
        const auto column = std::count_if(before.begin(), before.end(), [](char c) { return (c & 0xC0) != 0x80; });
        return QStringLiteral("line %1, column %2").arg(m_line).arg(column + 1);
    }

private:
    QByteArrayView m_text;
    qsizetype m_line = 1;
    qsizetype m_lineStart = 0;
};

class HarReader
{
public:
    using Each = std::function<bool(HarEntry &&, qsizetype)>;

    HarReader(const QByteArray &bytes, const Each &each, const Progress &progress)
        : m_bytes(bytes), m_lines(bytes), m_each(each)
    {
        if (progress)
            m_progress = [this, &progress](qsizetype read) {
                m_reading.cancelled = m_reading.cancelled || !progress(read);
                return !m_reading.cancelled;
            };
    }
    HarReader(const HarReader &) = delete;
    HarReader &operator=(const HarReader &) = delete;

    HarReading read();

private:
    void readContainer(JsonCursor &cursor, int depth);
    qsizetype readEntries(qsizetype at);
    qsizetype readEntry(qsizetype start);
    qsizetype leaveBroken(qsizetype start, const QString &message, qsizetype where);
    [[nodiscard]] qsizetype nextEntry(qsizetype from) const;
    [[nodiscard]] bool isEntry(qsizetype start, qsizetype &stopped) const;
    [[nodiscard]] JsonLimits limitsHere() const { return {limits::jsonDepth, m_bytes.size(), m_progress}; }
    void handOver(HarEntry &&entry, qsizetype bytesRead);
    void addProblem(const QString &text);

    const QByteArray &m_bytes;
    LineCounter m_lines;
    const Each &m_each;
    Progress m_progress; ///< notes in m_reading that it stopped
    HarReading m_reading;
    int m_index = 0; ///< of the entry being read
    int m_problemsLeftOut = 0;
    bool m_foundEntries = false;
};

HarReading HarReader::read()
{
    JsonCursor cursor(m_bytes, m_bytes.startsWith(byteOrderMark) ? 3 : 0);
    cursor.setProgress(m_progress);
    readContainer(cursor, 0);
    const bool silent = m_reading.problems.isEmpty() && !m_reading.cancelled;
    if (silent && cursor.failed()) {
        const auto document = JsonDocument::parse(m_bytes, limitsHere());
        addProblem(document ? QStringLiteral("cannot be read") : document.error().text());
    } else if (silent && !m_foundEntries) {
        addProblem(QStringLiteral("no log.entries"));
    }
    if (m_problemsLeftOut > 0)
        m_reading.problems << QStringLiteral("%1 more problems").arg(m_problemsLeftOut);
    return std::move(m_reading);
}

/// {"har": {"log": {"entries": [...]}}}: members in any order at each level.
void HarReader::readContainer(JsonCursor &cursor, int depth)
{
    constexpr int deepest = 3;
    cursor.members([&](QByteArrayView key) {
        if (m_reading.cancelled)
            cursor.moveTo(m_bytes.size());
        else if (key == "entries" && cursor.peek() == '[')
            cursor.moveTo(readEntries(cursor.offset() + 1));
        else if ((key == "log" || key == "har") && depth < deepest)
            readContainer(cursor, depth + 1);
    });
}

/// Reads the elements from behind the bracket and returns where the array ends: the end of input when it does not.
qsizetype HarReader::readEntries(qsizetype at)
{
    m_foundEntries = true;
    while (at < m_bytes.size() && !m_reading.cancelled) {
        const char c = m_bytes[at];
        if (c == ']')
            return at + 1;
        if (c == '{')
            at = readEntry(at);
        else if (c == ',' || c == ' ' || c == '\n' || c == '\r' || c == '\t')
            ++at;
        else
            at = leaveBroken(at, QStringLiteral("expected an entry, ',' or ']'"), at);
    }
    if (!m_reading.cancelled && m_reading.problems.isEmpty())
        addProblem(QStringLiteral("%1: cut off after %2 entries").arg(m_lines.place(m_bytes.size())).arg(m_index));
    return m_bytes.size();
}

/// Reads the entry at \a start and returns where reading goes on.
qsizetype HarReader::readEntry(qsizetype start)
{
    JsonCursor cursor(m_bytes, start);
    cursor.setProgress(m_progress);
    HarEntry entry;
    EntryReader reader(cursor, entry);
    const bool whole = reader.read();
    if (m_reading.cancelled)
        return m_bytes.size();
    const qsizetype stopped = cursor.offset();
    entry.exchange.index = m_index;
    entry.exchange.span = {start, stopped - start};
    if (!reader.problem().isEmpty())
        addProblem(QStringLiteral("entry %1: %2").arg(m_index + 1).arg(reader.problem()));
    if (whole && !reader.hasMessage())
        addProblem(QStringLiteral("entry %1: neither a request nor a response").arg(m_index + 1));
    if (whole) {
        ++m_index;
        if (reader.hasMessage())
            handOver(std::move(entry), stopped);
        return stopped;
    }
    const auto strict = JsonDocument::parsePrefix(m_bytes, start, limitsHere());
    if (m_reading.cancelled)
        return m_bytes.size();
    const bool cutOff = stopped == m_bytes.size();
    const qsizetype next = strict ? leaveBroken(start, QStringLiteral("cannot be read"), stopped)
                                  : leaveBroken(start, strict.error().message, strict.error().offset);
    if (next == m_bytes.size() && cutOff && entry.exchange.status)
        handOver(std::move(entry), stopped);
    return next;
}

/// Names what is broken at \a start and returns where the next entry begins, the end of input when none does.
qsizetype HarReader::leaveBroken(qsizetype start, const QString &message, qsizetype where)
{
    addProblem(QStringLiteral("entry %1, %2: %3").arg(m_index + 1).arg(m_lines.place(where), message));
    ++m_index;
    return nextEntry(start + 1);
}

/// What follows a comma or the array's start and reads as an entry. Inside a broken one nothing does: its own
/// objects have other members. No more bytes are tried than twice the rest.
qsizetype HarReader::nextEntry(qsizetype from) const
{
    qsizetype budget = 2 * (m_bytes.size() - from) + firstLook;
    for (qsizetype at = m_bytes.indexOf('{', from); at >= 0 && budget > 0; at = m_bytes.indexOf('{', at + 1)) {
        qsizetype before = at - 1;
        while (before > from && QByteArrayView(" \n\r\t").contains(m_bytes[before]))
            --before;
        if (m_bytes[before] != ',' && m_bytes[before] != '}')
            continue;
        qsizetype stopped = at;
        if (isEntry(at, stopped))
            return at;
        if (m_reading.cancelled)
            break;
        budget -= stopped - at + 1;
    }
    return m_bytes.size();
}

bool HarReader::isEntry(qsizetype start, qsizetype &stopped) const
{
    JsonCursor cursor(m_bytes, start);
    cursor.setProgress(m_progress);
    bool hasStart = false;
    bool hasMessage = false;
    const bool whole = cursor.members([&](QByteArrayView key) {
        hasStart = hasStart || key == "startedDateTime";
        hasMessage = hasMessage || ((key == "request" || key == "response") && cursor.peek() == '{');
    });
    stopped = cursor.offset();
    return whole && hasStart && hasMessage;
}

void HarReader::handOver(HarEntry &&entry, qsizetype bytesRead)
{
    ++m_reading.entries;
    m_reading.cancelled = !m_each(std::move(entry), bytesRead) || m_reading.cancelled;
}

void HarReader::addProblem(const QString &text)
{
    if (m_reading.problems.size() < problemsKept)
        m_reading.problems << text;
    else
        ++m_problemsLeftOut;
}

} // namespace

bool looksLikeHar(QByteArrayView text)
{
    if (text.startsWith(byteOrderMark))
        text = text.sliced(3);
    const bool isWhole = text.size() <= firstLook;
    text = text.first(std::min(text.size(), firstLook));
    JsonCursor cursor(text);
    bool hasLog = false;
    bool hasEntries = false;
    bool hasKin = false; // what stands beside the entries
    const auto log = [&] {
        hasLog = hasLog || cursor.peek() == '{';
        cursor.members([&](QByteArrayView key) {
            hasEntries = hasEntries || (key == "entries" && cursor.peek() == '[');
            hasKin = hasKin || key == "creator" || key == "pages" || key == "browser";
            if (hasEntries)
                cursor.moveTo(text.size());
        });
    };
    cursor.members([&](QByteArrayView key) {
        if (key == "log")
            log();
        else if (key == "har")
            cursor.members([&](QByteArrayView inner) {
                if (inner == "log")
                    log();
            });
    });
    return hasEntries || (hasLog && hasKin && !isWhole);
}

HarReading readHar(const QByteArray &bytes, const std::function<bool(HarEntry &&, qsizetype bytesRead)> &each,
                   const Progress &progress)
{
    return HarReader(bytes, each, progress).read();
}

} // namespace errata
