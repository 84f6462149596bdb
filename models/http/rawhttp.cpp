#include "models/http/rawhttp.h"

#include "models/base/bytes.h"
#include "models/http/chunked.h"
#include "models/http/headreader.h"
#include "models/http/startlines.h"

#include <algorithm>

namespace errata {

namespace {

/// Reads the heads in a row and then the body.
class ResponseReader
{
public:
    explicit ResponseReader(const QByteArray &text) : m_text(text), m_head(text) {}

    Result<Exchange> read();

private:
    bool readStatusLine();
    bool anotherHeadFollows();
    void readBody();

    const QByteArray &m_text;
    HeadReader m_head;
    Exchange m_exchange;
};

Result<Exchange> ResponseReader::read()
{
    if (!m_head.checkSize())
        return m_head.error();
    do {
        m_exchange = {};
        if (!readStatusLine() || !m_head.readFields())
            return m_head.error();
        m_exchange.headers = m_head.takeFields();
    } while (anotherHeadFollows());
    readBody();
    return m_exchange;
}

bool ResponseReader::readStatusLine()
{
    const HeadReader::Line line = m_head.firstLine();
    const auto status = statusLine(m_head.view(line));
    if (!status)
        return m_head.fail(QStringLiteral("no status line such as \"HTTP/1.1 429 Too Many Requests\""));
    m_exchange.status = status->code;
    m_exchange.version = status->version.toByteArray().toUpper();
    m_exchange.reason = status->reason.toByteArray();
    m_exchange.statusSpan = {line.start + status->codeAt, 3};
    m_head.advance(line);
    return true;
}

/// A body of type message/http is a message itself, not the next one.
bool ResponseReader::anotherHeadFollows()
{
    if (!m_head.headEnded() || !startsLikeHttpResponse(QByteArrayView(m_text).sliced(m_head.offset())))
        return false;
    const QByteArray type = m_exchange.headers.value("content-type").value_or(QByteArray());
    return !type.toLower().startsWith("message/http");
}

void ResponseReader::readBody()
{
    if (!m_head.headEnded())
        return;
    m_exchange.bodyOffset = m_head.offset();
    m_exchange.body = m_text.sliced(m_exchange.bodyOffset);
    const QByteArray coding = m_exchange.headers.joined("transfer-encoding").value_or(QByteArray());
    if (!coding.toLower().trimmed().endsWith("chunked"))
        return;
    if (auto content = decodeChunked(m_exchange.body)) {
        m_exchange.body = std::move(*content);
        m_exchange.bodyOffset = -1;
    }
}

} // namespace

bool startsLikeHttpResponse(QByteArrayView text)
{
    if (text.startsWith(byteOrderMark))
        text = text.sliced(3);
    const auto first = std::find_if_not(text.begin(), text.end(),
                                        [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
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
