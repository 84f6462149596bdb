#include "models/http/rawhttp.h"

#include "models/base/limits.h"
#include "models/http/chunked.h"

#include <algorithm>

namespace errata {

namespace {

/// One line of the text, offsets without its CR LF and without the indentation of the head.
struct Line
{
    qsizetype start = 0;
    qsizetype end = 0;
    qsizetype next = 0; ///< start of the following line

    [[nodiscard]] qsizetype length() const { return end - start; }
};

struct StatusLine
{
    QByteArrayView version;
    qsizetype codeAt = 0; ///< offset of the three digits in the line
    int code = 0;
    QByteArrayView reason;
};

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isBlankLine(QByteArrayView line)
{
    return std::all_of(line.begin(), line.end(), [](char c) { return isBlank(c) || c == '\r'; });
}

qsizetype skipBlanks(QByteArrayView line, qsizetype from)
{
    while (from < line.size() && isBlank(line[from]))
        ++from;
    return from;
}

qsizetype skipDigits(QByteArrayView line, qsizetype from)
{
    while (from < line.size() && isDigit(line[from]))
        ++from;
    return from;
}

/// The end of "HTTP/2" or "HTTP/1.1" at the start of \a line, 0 when there is none.
qsizetype versionLength(QByteArrayView line)
{
    constexpr QByteArrayView name = "HTTP/";
    if (line.size() < name.size() || line.first(name.size()).compare(name, Qt::CaseInsensitive) != 0)
        return 0;
    qsizetype at = skipDigits(line, name.size());
    if (at == name.size())
        return 0;
    if (at < line.size() && line[at] == '.') {
        const qsizetype minor = at + 1;
        at = skipDigits(line, minor);
        if (at == minor)
            return 0;
    }
    return at;
}

/// HTTP-version SP status-code [ SP reason-phrase ] (RFC 9112 section 4; HTTP/2 and later by custom)
std::optional<StatusLine> statusLine(QByteArrayView line)
{
    const qsizetype version = versionLength(line);
    const qsizetype code = skipBlanks(line, version);
    const qsizetype codeEnd = skipDigits(line, code);
    if (version == 0 || code == version || codeEnd - code != 3 || line[code] == '0')
        return {};
    if (codeEnd < line.size() && !isBlank(line[codeEnd]))
        return {};
    return StatusLine{line.first(version), code, line.sliced(code, 3).toInt(), line.sliced(codeEnd).trimmed()};
}

bool isLostBody(QByteArrayView line)
{
    return line.startsWith('{') || line.startsWith('[') || line.startsWith('<');
}

/// Reads the heads in a row and then the body.
class ResponseReader
{
public:
    explicit ResponseReader(const QByteArray &text) : m_text(text) {}

    Result<Exchange> read();

private:
    bool readStatusLine();
    bool readFields();
    bool readField(const Line &line);
    void readContinuation(const Line &line);
    bool anotherHeadFollows();
    void readBody();

    void skipBlankLines();
    [[nodiscard]] QByteArrayView indentationHere() const;
    [[nodiscard]] Line lineHere() const;
    [[nodiscard]] QByteArrayView view(const Line &line) const
    {
        return {m_text.constData() + line.start, line.length()};
    }
    void advance(const Line &line);
    bool fail(const QString &message);

    const QByteArray &m_text;
    qsizetype m_at = 0;
    qsizetype m_lineNumber = 1;
    QByteArrayView m_indent;      ///< of the head's lines
    std::vector<Header> m_fields; ///< of the head being read
    Exchange m_exchange;
    Error m_error;
};

Result<Exchange> ResponseReader::read()
{
    if (m_text.size() > limits::decoderInput) {
        fail(QStringLiteral("%1 bytes are more than the %2 allowed").arg(m_text.size()).arg(limits::decoderInput));
        return m_error;
    }
    if (m_text.startsWith("\xEF\xBB\xBF"))
        m_at = 3;
    do {
        m_exchange = {};
        m_fields.clear();
        skipBlankLines();
        if (!readStatusLine() || !readFields())
            return m_error;
        for (Header &field : m_fields)
            m_exchange.headers.add(std::move(field.name), std::move(field.value), field.span);
    } while (anotherHeadFollows());
    readBody();
    return m_exchange;
}

bool ResponseReader::readStatusLine()
{
    m_indent = indentationHere();
    const Line line = lineHere();
    const auto status = statusLine(view(line));
    if (!status)
        return fail(QStringLiteral("no status line such as \"HTTP/1.1 429 Too Many Requests\""));
    m_exchange.status = status->code;
    m_exchange.version = status->version.toByteArray().toUpper();
    m_exchange.reason = status->reason.toByteArray();
    m_exchange.statusSpan = {line.start + status->codeAt, 3};
    advance(line);
    return true;
}

/// The fields, and the empty line behind them.
bool ResponseReader::readFields()
{
    const qsizetype start = m_at;
    while (m_at < m_text.size()) {
        if (m_fields.empty())
            m_indent = indentationHere(); // that of the status line may differ
        const Line line = lineHere();
        const QByteArrayView content = view(line);
        if (isBlankLine(content)) {
            advance(line);
            m_exchange.bodyOffset = m_at;
            return true;
        }
        if (isLostBody(content)) {
            m_exchange.bodyOffset = m_at;
            return true;
        }
        if (line.next - start > limits::headerBlock)
            return fail(QStringLiteral("more than %1 kB of header fields").arg(limits::headerBlock / limits::Kilobyte));
        if (isBlank(content.front()))
            readContinuation(line);
        else if (!readField(line))
            return false;
        advance(line);
    }
    return true;
}

/// field-name ":" OWS field-value OWS (RFC 9112 section 5). A blank before the colon is dropped; a
/// pseudo-header of HTTP/2 (":status") is kept under its name.
bool ResponseReader::readField(const Line &line)
{
    const QByteArrayView content = view(line);
    const qsizetype colon = content.indexOf(':', 1);
    const QByteArrayView name = content.first(std::max<qsizetype>(colon, 0)).trimmed();
    if (!Headers::isValidName(name.startsWith(':') ? name.sliced(1) : name))
        return fail(QStringLiteral("not a header field \"Name: value\""));
    const QByteArrayView rest = content.sliced(colon + 1);
    const qsizetype blanks = skipBlanks(rest, 0);
    const QByteArrayView value = rest.trimmed();
    const qsizetype valueAt = line.start + colon + 1 + (value.isEmpty() ? blanks : value.data() - rest.data());
    m_fields.push_back({name.toByteArray(), value.toByteArray(), {valueAt, value.size()}});
    return true;
}

/// obs-fold: the line break and the blanks around it count as one space (RFC 9112 section 5.2).
void ResponseReader::readContinuation(const Line &line)
{
    const QByteArrayView value = view(line).trimmed();
    Header &field = m_fields.back();
    field.value += (field.value.isEmpty() ? "" : " ") + value.toByteArray();
    const qsizetype end = value.data() - m_text.constData() + value.size();
    field.span.length = end - field.span.start;
}

/// A body of type message/http is a message itself, not the next one.
bool ResponseReader::anotherHeadFollows()
{
    if (m_exchange.bodyOffset < 0 || !startsLikeHttpResponse(QByteArrayView(m_text).sliced(m_at)))
        return false;
    const QByteArray type = m_exchange.headers.value("content-type").value_or(QByteArray());
    return !type.toLower().startsWith("message/http");
}

void ResponseReader::readBody()
{
    if (m_exchange.bodyOffset < 0)
        return;
    m_exchange.body = m_text.sliced(m_exchange.bodyOffset);
    const QByteArray coding = m_exchange.headers.joined("transfer-encoding").value_or(QByteArray());
    if (!coding.toLower().trimmed().endsWith("chunked"))
        return;
    if (auto content = decodeChunked(m_exchange.body)) {
        m_exchange.body = std::move(*content);
        m_exchange.bodyOffset = -1;
    }
}

void ResponseReader::skipBlankLines()
{
    m_indent = {};
    while (m_at < m_text.size()) {
        const Line line = lineHere();
        if (!isBlankLine(view(line)))
            return;
        advance(line);
    }
}

QByteArrayView ResponseReader::indentationHere() const
{
    return QByteArrayView(m_text).sliced(m_at, skipBlanks(m_text, m_at) - m_at);
}

Line ResponseReader::lineHere() const
{
    const qsizetype feed = m_text.indexOf('\n', m_at);
    Line line{m_at, feed < 0 ? m_text.size() : feed, feed < 0 ? m_text.size() : feed + 1};
    if (line.length() > 0 && m_text[line.end - 1] == '\r')
        --line.end;
    if (view(line).startsWith(m_indent))
        line.start += m_indent.size();
    return line;
}

void ResponseReader::advance(const Line &line)
{
    m_at = line.next;
    ++m_lineNumber;
}

bool ResponseReader::fail(const QString &message)
{
    m_error = {message, QStringLiteral("line %1").arg(m_lineNumber)};
    return false;
}

} // namespace

bool startsLikeHttpResponse(QByteArrayView text)
{
    if (text.startsWith("\xEF\xBB\xBF"))
        text = text.sliced(3);
    const auto first =
        std::find_if_not(text.begin(), text.end(), [](char c) { return isBlank(c) || c == '\r' || c == '\n'; });
    const QByteArrayView rest = text.sliced(first - text.begin());
    if (versionLength(rest) == 0)
        return false;
    const qsizetype feed = rest.indexOf('\n');
    QByteArrayView line = feed < 0 ? rest : rest.first(feed);
    if (line.endsWith('\r'))
        line.chop(1);
    return statusLine(line).has_value();
}

Result<Exchange> parseHttpResponse(const QByteArray &text)
{
    return ResponseReader(text).read();
}

} // namespace errata
