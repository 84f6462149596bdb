#include "models/redact/redactor.h"

#include "models/base/limits.h"
#include "models/redact/scan.h"

#include <QRandomGenerator>

namespace errata {

namespace {

/// Of one text: what is compressed in it may be a thousand times as large.
constexpr qint64 mostUnpacked = 64 * limits::Megabyte;

QByteArray randomSalt()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return {reinterpret_cast<const char *>(words.data()), qsizetype(sizeof words)};
}

/// Redacts one part of a message and adds what was found to the message's report.
template <typename Scan>
QByteArray redactPart(RedactionBook &book, const QByteArray &text, RedactionReport &report, const QByteArray &part,
                      const Scan &scan)
{
    const NamedSurroundings around(nullptr, part);
    book.unpackLeft = mostUnpacked;
    Layer layer(book, text, part.isEmpty() ? nullptr : &around);
    scan(layer);
    Redaction redaction = layer.result();
    const QByteArray redacted = std::move(redaction.text);
    report.add(std::move(redaction));
    return redacted;
}

void scanAll(Layer &layer)
{
    scanText(layer, {0, layer.text().size()});
}

Header redactHeader(RedactionBook &book, const Header &header, RedactionReport &report)
{
    const NameClass &is = book.names.classify(header.name, NamePlace::Header);
    const QByteArray value = redactPart(book, header.value, report, {}, [&](Layer &layer) {
        if (!maskNamed(layer, {0, layer.text().size()}, {is, "header", header.name})) {
            const NamedSurroundings around(nullptr, "header " + header.name);
            layer.setAround(&around);
            scanAll(layer);
            layer.setAround(nullptr);
        }
    });
    return {header.name, value};
}

Headers redactHeaders(RedactionBook &book, const Headers &headers, RedactionReport &report)
{
    Headers redacted;
    for (const Header &header : headers) {
        Header made = redactHeader(book, header, report);
        redacted.add(std::move(made.name), std::move(made.value));
    }
    return redacted;
}

HttpRequest redactRequest(RedactionBook &book, const HttpRequest &request, RedactionReport &report)
{
    HttpRequest redacted;
    redacted.method = request.method;
    redacted.url = redactPart(book, request.url, report, {}, scanAll);
    redacted.headers = redactHeaders(book, request.headers, report);
    redacted.body = redactPart(book, request.body, report, "request body", scanAll);
    return redacted;
}

} // namespace

std::map<QByteArray, int> RedactionReport::tally() const
{
    std::map<QByteArray, int> counts;
    for (const Masked &one : masked)
        ++counts[one.type];
    return counts;
}

void RedactionReport::add(RedactionReport other)
{
    masked.insert(masked.end(), std::make_move_iterator(other.masked.begin()),
                  std::make_move_iterator(other.masked.end()));
    doubtful.insert(doubtful.end(), std::make_move_iterator(other.doubtful.begin()),
                    std::make_move_iterator(other.doubtful.end()));
    doubtfulCount += other.doubtfulCount;
}

Redactor::Redactor(const RedactionRules &rules) : Redactor(rules, randomSalt()) {}

Redactor::Redactor(const RedactionRules &rules, const QByteArray &salt)
    : m_book(std::make_unique<RedactionBook>(rules, salt))
{
}

Redactor::~Redactor() = default;
Redactor::Redactor(Redactor &&) noexcept = default;
Redactor &Redactor::operator=(Redactor &&) noexcept = default;

Redaction Redactor::redact(const QByteArray &text)
{
    m_book->unpackLeft = mostUnpacked;
    Layer layer(*m_book, text);
    scanAll(layer);
    return layer.result();
}

RedactionReport Redactor::redact(const QByteArray &text, const std::function<void(QByteArrayView)> &piece)
{
    m_book->unpackLeft = mostUnpacked;
    Layer layer(*m_book, text);
    scanAll(layer);
    return layer.write(piece);
}

Redacted<Headers> Redactor::redact(const Headers &headers)
{
    Redacted<Headers> redacted;
    redacted.value = redactHeaders(*m_book, headers, redacted);
    return redacted;
}

Redacted<HttpRequest> Redactor::redact(const HttpRequest &request)
{
    Redacted<HttpRequest> redacted;
    redacted.value = redactRequest(*m_book, request, redacted);
    return redacted;
}

Redacted<HttpResponse> Redactor::redact(const HttpResponse &response)
{
    Redacted<HttpResponse> redacted;
    redacted.value = response;
    redacted.value.headers = redactHeaders(*m_book, response.headers, redacted);
    redacted.value.body = redactPart(*m_book, response.body, redacted, "response body", scanAll);
    return redacted;
}

Redacted<Exchange> Redactor::redact(const Exchange &exchange)
{
    Redacted<Exchange> redacted;
    redacted.value = exchange;
    if (exchange.request)
        redacted.value.request = redactRequest(*m_book, *exchange.request, redacted);
    redacted.value.headers = redactHeaders(*m_book, exchange.headers, redacted);
    redacted.value.body = redactPart(*m_book, exchange.body, redacted, "response body", scanAll);
    redacted.value.span = redacted.value.statusSpan = {};
    redacted.value.bodyOffset = -1;
    return redacted;
}

} // namespace errata
