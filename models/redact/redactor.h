// Masks secrets in text and messages. One redactor is one export.
#pragma once

#include "models/http/message.h"
#include "models/redact/redaction.h"

#include <functional>
#include <memory>

namespace errata {

struct RedactionBook;

/// Replaces secrets by placeholders such as REDACTED-bearer-token-3f9a2c: a type and the first digits of a salted
/// SHA-256, so that one secret is the same placeholder wherever it stands, and says nothing about it. Placeholders
/// are of letters, digits, '-', '.' and '~': valid as they are in URLs, headers, cookies, JSON, XML and a shell. A JSON
/// web token keeps its members' names: REDACTED-jwt-3f9a2c.alg.typ~sub.exp.
///
/// All but the secrets stays byte for byte (base64 that holds a secret is encoded anew). Redacting again changes
/// nothing. Time and memory are linear in the text.
class Redactor
{
public:
    /// With a random salt.
    explicit Redactor(const RedactionRules &rules = {});
    Redactor(const RedactionRules &rules, const QByteArray &salt);
    ~Redactor();
    Redactor(Redactor &&) noexcept;
    Redactor &operator=(Redactor &&) noexcept;

    /// Any text: HAR, JSON, curl, raw HTTP, logs, forms, XML, a URL; several of them in one.
    [[nodiscard]] Redaction redact(const QByteArray &text);
    /// The same, with the redacted text handed out in order, piece by piece, when all of it has been read: a large
    /// text is in memory once. The pieces hold during the call only.
    [[nodiscard]] RedactionReport redact(const QByteArray &text, const std::function<void(QByteArrayView)> &piece);

    /// Spans of what was masked are in the URL, the header's value or the body. The value's own spans and offsets,
    /// which point into a text that still has its secrets, are cleared.
    [[nodiscard]] Redacted<Headers> redact(const Headers &headers);
    [[nodiscard]] Redacted<HttpRequest> redact(const HttpRequest &request);
    [[nodiscard]] Redacted<HttpResponse> redact(const HttpResponse &response);
    [[nodiscard]] Redacted<Exchange> redact(const Exchange &exchange);

private:
    std::unique_ptr<RedactionBook> m_book;
};

} // namespace errata
