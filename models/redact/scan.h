// The scanners behind the redactor. Each looks at a stretch of a layer, masks what it finds and says where to go on.
#pragma once

#include "models/redact/layer.h"

namespace errata {

/// Anything: keys by prefix, "name=value", "name: value", URLs, JSON, XML, PEM, curl commands, base64.
void scanText(Layer &layer, const Span &region);

/// JSON from the '{' or '[' at the start of \a region on, as far as it goes: it may be cut off or broken. Gives the
/// place behind what was read, beyond the start always.
[[nodiscard]] qsizetype scanJson(Layer &layer, const Span &region);

/// At a '=' or a ':' within \a region: the name before it, the value after it. Gives the place to go on at.
[[nodiscard]] qsizetype scanEquals(Layer &layer, qsizetype at, const Span &region);
[[nodiscard]] qsizetype scanColon(Layer &layer, qsizetype at, const Span &region);
/// At "--": an option "--password VALUE".
[[nodiscard]] qsizetype scanOption(Layer &layer, qsizetype at, const Span &region);
/// At "Bearer " or "Basic " in any case: credentials outside a header.
[[nodiscard]] qsizetype scanScheme(Layer &layer, qsizetype at, const Span &region);
/// At '<': an element or a tag with a secret in it.
[[nodiscard]] qsizetype scanTag(Layer &layer, qsizetype at, const Span &region);
/// At "-----BEGIN ": a private key.
[[nodiscard]] qsizetype scanPem(Layer &layer, qsizetype at, const Span &region);
/// At "curl ": what the command's options say; its words are left to the other scanners.
void scanCurl(Layer &layer, qsizetype at, const Span &region);

/// What a name before a value says, and how to call the place.
struct NamedPlace
{
    const NameClass &is;
    const char *kind; ///< "header", "query", "JSON"
    QByteArrayView name;
};

/// Masks a value as its name says: all of it, its credentials, or its cookies. False when something there is left to
/// the other scanners: stand-ins and messages are no secrets by their name, and cookies have text between them.
bool maskNamed(Layer &layer, const Span &value, const NamedPlace &place);
/// The same for a value in another coding.
bool maskNamed(Layer &layer, const Span &raw, Coding coding, const NamedPlace &place);

/// \a span without blanks and line ends at both ends.
[[nodiscard]] Span trimmed(QByteArrayView text, Span span);

} // namespace errata
