#include "models/http/curlverbose.h"

#include "models/base/bytes.h"
#include "models/http/httprequesttext.h"
#include "models/http/rawhttp.h"
#include "models/http/startlines.h"

#include <algorithm>
#include <set>

namespace errata {

namespace {

constexpr qsizetype enoughToTell = qsizetype(64) * 1024;

/// How curl's own lines begin, versions 7.50 to 8.x: a body may hold lines that begin with "* " too.
constexpr const char *curlWords[] = {"Trying ",
                                     "Connected to ",
                                     "Connection #",
                                     "Connection to ",
                                     "connect to ",
                                     "Closing connection",
                                     "closing connection",
                                     "Re-using ",
                                     "Reusing ",
                                     "Found bundle",
                                     "Mark bundle",
                                     "Issue another ",
                                     "Ignoring the ",
                                     "TLSv1",
                                     "ALPN",
                                     "SSL ",
                                     "SSL:",
                                     "OpenSSL ",
                                     "schannel:",
                                     "CAfile:",
                                     "CApath:",
                                     " CAfile:",
                                     " CApath:",
                                     "Server certificate",
                                     " subject",
                                     "  Certificate ",
                                     " start date",
                                     " expire date",
                                     " issuer",
                                     "old SSL session",
                                     "HTTP/",
                                     "[HTTP/",
                                     "[HTTP2]",
                                     "h2h3 [",
                                     "h2 [",
                                     "Using ",
                                     "using ",
                                     "Uses proxy",
                                     "Request completely",
                                     "We are completely",
                                     "upload completely",
                                     "Host ",
                                     "IPv4:",
                                     "IPv6:",
                                     "Could not resolve",
                                     "Maximum ",
                                     "Operation timed out",
                                     "Send failure",
                                     "Recv failure",
                                     "Empty reply",
                                     "transfer closed",
                                     "Failed to connect",
                                     "Failure when ",
                                     "Server auth ",
                                     "Proxy auth ",
                                     "Proxy replied",
                                     "CONNECT ",
                                     "Establish HTTP ",
                                     "Done waiting",
                                     "Expire in ",
                                     "Added ",
                                     "Resolving ",
                                     "Switched ",
                                     "Switch from",
                                     "Please rewind",
                                     "HTTP error",
                                     "The requested URL returned",
                                     "Excess found",
                                     "Leftovers after",
                                     "NTLM",
                                     "Send failure",
                                     "Unable to find",
                                     "QUIC",
                                     "Bound to",
                                     "Name '",
                                     "Couldn't find host",
                                     "WARNING:",
                                     "Copying HTTP/2",
                                     "Authentication problem",
                                     "shutting down"};

/// Those that come behind a body, on its last line where it ends without a line feed.
constexpr const char *closingWords[] = {"Connection #",
                                        "Closing connection",
                                        "closing connection",
                                        "Connection to ",
                                        "transfer closed",
                                        "Operation timed out",
                                        "Recv failure",
                                        "TLSv1",
                                        "Excess found",
                                        "Leftovers after",
                                        "shutting down",
                                        "HTTP error",
                                        "The requested URL returned"};

template <std::size_t n>
bool beginsWithOneOf(QByteArrayView text, const char *const (&words)[n])
{
    return std::any_of(std::begin(words), std::end(words), [text](const char *word) { return text.startsWith(word); });
}

/// "12:34:56.789012 " of --trace-time.
qsizetype traceTimeLength(QByteArrayView line)
{
    constexpr QByteArrayView shape = "00:00:00.000000 ";
    if (line.size() < shape.size())
        return 0;
    for (qsizetype i = 0; i < shape.size(); ++i) {
        if (shape[i] == '0' ? !isDigit(line[i]) : line[i] != shape[i])
            return 0;
    }
    return shape.size();
}

/// "{ [45 bytes data]"
bool isDataNote(QByteArrayView line)
{
    line = line.trimmed();
    return (line.startsWith("{ [") || line.startsWith("} [")) && line.endsWith(" data]");
}

/// The progress meter: its two lines of titles, then figures that end in times and a rate.
bool isProgress(QByteArrayView line)
{
    line = line.trimmed();
    if (line.startsWith("% Total ") || line.startsWith("Dload  Upload"))
        return true;
    const qsizetype carriage = line.lastIndexOf('\r');
    line = line.sliced(carriage + 1).trimmed();
    if (line.isEmpty() || !isDigit(line.front()))
        return false;
    const bool figures = std::all_of(line.begin(), line.end(),
                                     [](char c) { return isDigit(c) || QByteArrayView(" .:-kMGTP").contains(c); });
    return figures && line.count(':') + line.count("--:--") >= 2 && line.count(' ') >= 8;
}

/// What curl's command line says without a mark.
bool isRemark(QByteArrayView line)
{
    return line.startsWith("Note: Unnecessary use of") || line.startsWith("Warning: Problem") ||
           line.startsWith("Warning: Transient problem");
}

/// Without the escapes of a bold name, as curl prints it on a terminal. A value keeps its own.
QByteArray withoutBold(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':', 1);
    const qsizetype nameEnd = colon < 0 ? line.size() : colon;
    QByteArray name = line.first(nameEnd).toByteArray();
    name.replace("\x1B[1m", "").replace("\x1B[0m", "").replace("\x1B[22m", "");
    return name + line.sliced(nameEnd).toByteArray();
}

enum class Mark { None, Info, Sent, Received, Noise };

struct MarkedLine
{
    Mark mark = Mark::None;
    qsizetype start = 0;     ///< of the whole line
    qsizetype contentAt = 0; ///< behind the mark
    QByteArrayView content;  ///< without CR LF
    qsizetype next = 0;      ///< start of the following line
};

Mark markOf(char c)
{
    switch (c) {
    case '*':
        return Mark::Info;
    case '>':
        return Mark::Sent;
    case '<':
        return Mark::Received;
    default:
        return Mark::None;
    }
}

MarkedLine lineAt(QByteArrayView text, qsizetype at)
{
    const qsizetype feed = text.indexOf('\n', at);
    MarkedLine line;
    line.start = at;
    line.next = feed < 0 ? text.size() : feed + 1;
    line.content = text.sliced(at, (feed < 0 ? text.size() : feed) - at);
    if (line.content.endsWith('\r'))
        line.content.chop(1);
    line.contentAt = at;
    const QByteArrayView whole = line.content;
    if (isDataNote(whole) || isProgress(whole) || isRemark(whole)) {
        line.mark = Mark::Noise;
        return line;
    }
    qsizetype mark = traceTimeLength(whole);
    while (mark < whole.size() && (whole[mark] == ' ' || whole[mark] == '\t' || whole[mark] == '\r'))
        ++mark;
    const bool marked = mark < whole.size() && (mark + 1 == whole.size() || whole[mark + 1] == ' ');
    if (!marked || markOf(whole[mark]) == Mark::None)
        return line;
    line.mark = markOf(whole[mark]);
    line.contentAt = at + std::min(mark + 2, whole.size());
    line.content = whole.sliced(std::min(mark + 2, whole.size()));
    return line;
}

/// Where the words of \a line that are curl's own begin, behind the end of a body; its size when none are there.
qsizetype closingAt(QByteArrayView line)
{
    for (qsizetype star = line.indexOf("* "); star >= 0; star = line.indexOf("* ", star + 1)) {
        if (beginsWithOneOf(line.sliced(star + 2), closingWords))
            return star;
    }
    return line.size();
}

/// What curl says of where the next request goes.
class Connection
{
public:
    void note(QByteArrayView info)
    {
        if (info.startsWith("Connected to ") || info.startsWith("Established connection to "))
            connected(info.sliced(info.indexOf(" to ") + 4));
        else if (info.startsWith("Re-using ") || info.startsWith("Reusing "))
            reused(info);
        else if (info.startsWith("SSL connection using") || info.startsWith("TLSv1") || info.startsWith("schannel:"))
            m_secure = true;
        else if (info.startsWith("[HTTP/") || info.startsWith("h2") || info.startsWith("[HTTP2]") ||
                 info.startsWith("Using HTTP/3"))
            stream(info);
    }

    /// The URL of a request; \a host as its own head says.
    QByteArray url(QByteArrayView target, QByteArrayView host, QByteArrayView version)
    {
        if (m_secure && !m_host.isEmpty())
            m_secureHosts.insert(m_host);
        if (host.isEmpty())
            host = m_host;
        if (host.isEmpty() || !target.startsWith('/'))
            return target.toByteArray();
        const bool multiplexed = version.startsWith("HTTP/2") || version.startsWith("HTTP/3");
        if (m_secure || multiplexed)
            return "https://" + host.toByteArray() + target.toByteArray();
        if (m_isKnown)
            return "http://" + host.toByteArray() + target.toByteArray();
        return absoluteUrl(target, host);
    }

private:
    /// "api.example.com (10.0.0.1) port 443 (#0)"
    void connected(QByteArrayView rest)
    {
        m_host = rest.first(std::max<qsizetype>(rest.indexOf(' '), 0)).toByteArray();
        const qsizetype port = rest.indexOf(" port ");
        m_isKnown = port >= 0;
        const QByteArrayView digits = port < 0 ? QByteArrayView() : rest.sliced(port + 6);
        m_secure = digits == "443" || digits.startsWith("443 ");
    }

    void reused(QByteArrayView info)
    {
        const qsizetype with = info.indexOf("host ");
        if (with < 0)
            return;
        m_host = info.sliced(with + 5).trimmed().toByteArray();
        m_isKnown = true;
        m_secure = info.contains("https:") || m_secureHosts.contains(m_host);
    }

    void stream(QByteArrayView info)
    {
        m_secure = m_secure || info.contains("https://") || info.contains("[:scheme: https]");
    }

    QByteArray m_host;
    std::set<QByteArray> m_secureHosts;
    bool m_secure = false;
    bool m_isKnown = false; ///< curl said where it connected
};

class VerboseReader
{
public:
    explicit VerboseReader(const QByteArray &text) : m_text(text) {}
    std::vector<Exchange> read();

private:
    enum class Place { Outside, Request, Waiting, Response, Body };

    void readLine(const MarkedLine &line);
    void readSent(const MarkedLine &line);
    void readReceived(const MarkedLine &line);
    void readUnmarked(const MarkedLine &line);
    [[nodiscard]] bool isOfBody(const MarkedLine &line) const;
    void beginExchange(qsizetype start);
    void endRequest();
    void endExchange(qsizetype end);
    void addField(const MarkedLine &line, Headers &headers) const;
    void appendToBody(qsizetype start, qsizetype end);
    void finishBody();

    const QByteArray &m_text;
    std::vector<Exchange> m_exchanges;
    Connection m_connection;
    Exchange m_exchange; ///< the one being read
    bool m_isOpen = false;
    Place m_place = Place::Outside;
    std::vector<Span> m_pieces; ///< of the body
    QByteArray m_target;
    QByteArray m_sentVersion;
    QByteArray m_failure; ///< curl's last words
};

std::vector<Exchange> VerboseReader::read()
{
    for (qsizetype at = m_text.startsWith(byteOrderMark) ? 3 : 0; at < m_text.size();) {
        const MarkedLine line = lineAt(m_text, at);
        readLine(line);
        at = line.next;
    }
    endRequest();
    endExchange(m_text.size());
    // It never came to a request: no host, no connection, no certificate.
    if (m_exchanges.empty() && !m_failure.isEmpty()) {
        Exchange failed;
        failed.reason = m_failure;
        failed.span = {0, m_text.size()};
        m_exchanges.push_back(std::move(failed));
    }
    return std::move(m_exchanges);
}

void VerboseReader::readLine(const MarkedLine &line)
{
    if (line.mark == Mark::Noise)
        return;
    if (line.mark == Mark::None || (m_place == Place::Body && isOfBody(line))) {
        readUnmarked(line);
        return;
    }
    if (line.mark == Mark::Sent) {
        readSent(line);
    } else if (line.mark == Mark::Received) {
        readReceived(line);
    } else {
        m_connection.note(line.content);
    }
}

/// A marked line that is the body's own all the same: a list in Markdown, a quotation, a piece of HTML.
bool VerboseReader::isOfBody(const MarkedLine &line) const
{
    if (line.mark == Mark::Sent)
        return !requestLine(line.content);
    if (line.mark == Mark::Info)
        return !beginsWithOneOf(line.content, curlWords) && !line.content.startsWith(' ');
    if (statusLine(line.content))
        return false;
    // A trailer is known by its announcement.
    const bool announced =
        m_exchange.headers.contains("trailer") ||
        m_exchange.headers.value("content-type").value_or(QByteArray()).startsWith("application/grpc");
    return !announced || !fieldLine(withoutBold(line.content));
}

void VerboseReader::readSent(const MarkedLine &line)
{
    if (const auto start = requestLine(line.content)) {
        endExchange(line.start);
        beginExchange(line.start);
        m_exchange.request.emplace().method = start->method.toByteArray();
        m_target = start->target.toByteArray();
        m_sentVersion = start->version.toByteArray();
        m_place = Place::Request;
    } else if (m_place == Place::Request && line.content.trimmed().isEmpty()) {
        endRequest();
    } else if (m_place == Place::Request) {
        addField(line, m_exchange.request->headers);
    }
}

void VerboseReader::readReceived(const MarkedLine &line)
{
    endRequest();
    if (const auto status = statusLine(line.content)) {
        const bool isInterim = m_isOpen && m_exchange.status && *m_exchange.status < 200;
        if (m_isOpen && m_exchange.status && !isInterim)
            endExchange(line.start);
        if (!m_isOpen)
            beginExchange(line.start);
        m_exchange.headers = {};
        m_exchange.status = status->code;
        m_exchange.version = status->version.toByteArray().toUpper();
        m_exchange.reason = status->reason.toByteArray();
        m_exchange.statusSpan = {line.contentAt + status->codeAt, 3};
        m_place = Place::Response;
        return;
    }
    if (!m_isOpen || !m_exchange.status)
        return;
    if (m_place == Place::Response && line.content.trimmed().isEmpty())
        m_place = Place::Body;
    else
        addField(line, m_exchange.headers);
}

void VerboseReader::readUnmarked(const MarkedLine &line)
{
    const qsizetype size = line.next - line.start;
    const QByteArrayView whole = QByteArrayView(m_text).sliced(line.start, size);
    if (whole.startsWith("curl: (")) {
        m_failure = whole.trimmed().toByteArray();
        return;
    }
    // Some lose the empty line "< " in copying.
    const bool isLostEnd = m_place == Place::Response && !QByteArrayView(line.content).trimmed().isEmpty();
    if (m_place != Place::Body && !isLostEnd)
        return;
    m_place = Place::Body;
    const qsizetype closing = closingAt(line.content);
    const bool isGlued = line.mark == Mark::None && closing < line.content.size();
    appendToBody(line.start, isGlued ? line.start + closing : line.next);
    if (isGlued)
        m_connection.note(line.content.sliced(closing + 2));
}

void VerboseReader::beginExchange(qsizetype start)
{
    m_exchange = {};
    m_exchange.index = int(m_exchanges.size());
    m_exchange.span.start = start;
    m_pieces.clear();
    m_isOpen = true;
}

/// The URL is known when all fields are.
void VerboseReader::endRequest()
{
    if (m_place != Place::Request)
        return;
    m_place = Place::Waiting;
    HttpRequest &request = *m_exchange.request;
    const QByteArray authority = request.headers.value(":authority").value_or(QByteArray());
    request.url = m_connection.url(m_target, request.headers.value("host").value_or(authority), m_sentVersion);
}

void VerboseReader::endExchange(qsizetype end)
{
    endRequest();
    m_place = Place::Outside;
    if (!m_isOpen)
        return;
    m_isOpen = false;
    finishBody();
    m_exchange.span.length = end - m_exchange.span.start;
    if (!m_exchange.status && end == m_text.size())
        m_exchange.reason = m_failure;
    const bool isTunnel =
        m_exchange.request && m_exchange.request->method == "CONNECT" && m_exchange.status.value_or(0) / 100 == 2;
    if (!isTunnel)
        m_exchanges.push_back(std::move(m_exchange));
}

void VerboseReader::addField(const MarkedLine &line, Headers &headers) const
{
    const QByteArray plain = withoutBold(line.content);
    const auto field = fieldLine(plain);
    if (!field)
        return;
    // Only the name is bold, so the value ends as far from the line's end.
    const qsizetype fromEnd = plain.constData() + plain.size() - field->value.data();
    const qsizetype valueAt = line.contentAt + line.content.size() - fromEnd;
    headers.add(field->name.toByteArray(), field->value.toByteArray(), {valueAt, field->value.size()});
}

void VerboseReader::appendToBody(qsizetype start, qsizetype end)
{
    if (!m_pieces.empty() && m_pieces.back().end() == start)
        m_pieces.back().length += end - start;
    else if (start < end)
        m_pieces.push_back({start, end - start});
}

/// Puts the pieces together. A head that -i printed a second time is cut away, and what Content-Length says is none
/// of it when that is blank: the line feed of a shell's prompt.
void VerboseReader::finishBody()
{
    QByteArray &body = m_exchange.body;
    for (const Span &piece : m_pieces)
        body += QByteArrayView(m_text).sliced(piece.start, piece.length);
    m_exchange.bodyOffset = m_pieces.size() == 1 ? m_pieces.front().start : -1;
    if (startsLikeHttpResponse(body)) {
        if (auto printed = parseHttpResponse(body); printed && printed->status == m_exchange.status) {
            const qsizetype cut = body.size() - printed->body.size();
            if (m_exchange.bodyOffset >= 0)
                m_exchange.bodyOffset = printed->bodyOffset < 0 ? -1 : m_exchange.bodyOffset + cut;
            body = std::move(printed).value().body;
        }
    }
    bool isNumber = false;
    const qint64 said = m_exchange.headers.value("content-length").value_or(QByteArray()).toLongLong(&isNumber);
    if (isNumber && said >= 0 && said < body.size() && QByteArrayView(body).sliced(said).trimmed().isEmpty())
        body.truncate(said);
    if (body.isEmpty())
        m_exchange.bodyOffset = -1;
}

} // namespace

bool looksLikeCurlVerbose(QByteArrayView text)
{
    if (text.startsWith(byteOrderMark))
        text = text.sliced(3);
    text = text.first(std::min(text.size(), enoughToTell));
    bool isFirst = true;
    int infos = 0;
    for (qsizetype at = 0; at < text.size();) {
        const MarkedLine line = lineAt(text, at);
        at = line.next;
        const QByteArrayView content = line.content.trimmed();
        if (line.mark == Mark::Noise || (line.mark == Mark::None && content.isEmpty()))
            continue;
        if ((line.mark == Mark::Sent && requestLine(content)) || (line.mark == Mark::Received && statusLine(content)))
            return true;
        // A document of another kind may quote such lines.
        const bool isOther = isFirst && line.mark == Mark::None &&
                             (QByteArrayView("{[<").contains(content.front()) || statusLine(content));
        if (isOther)
            return false;
        const bool isCurls = line.mark == Mark::Info && beginsWithOneOf(content, curlWords);
        isFirst = false;
        if (isCurls && ++infos == 2)
            return true;
        if (infos > 0 && content.startsWith("curl: ("))
            return true;
    }
    return false;
}

std::vector<Exchange> readCurlVerbose(const QByteArray &text)
{
    return VerboseReader(text).read();
}

} // namespace errata
