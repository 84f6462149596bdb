// application/x-www-form-urlencoded and multipart/form-data.
#pragma once

#include "models/http/requestdraft.h"

#include <optional>

namespace errata {

/// One name or value of a form (WHATWG URL, section 5.2): blanks become '+'. With \a keepVariables the uses of
/// variables stay as they are.
[[nodiscard]] QByteArray formEncoded(const QByteArray &text, bool keepVariables = false);
[[nodiscard]] QByteArray formDecoded(QByteArray text);

/// "a=1&b=2" of the rows that are switched on.
[[nodiscard]] QByteArray formText(const std::vector<FormField> &fields, bool keepVariables = false);
/// The fields of a form if writing them gives the same text, else nothing.
[[nodiscard]] std::optional<std::vector<FormField>> formFields(const QByteArray &text, bool keepVariables = false);

/// Percent-encoding for one part of a query (RFC 3986), variables left alone when told so.
[[nodiscard]] QByteArray queryEncoded(const QByteArray &text, bool keepVariables = false);
/// \a url with "name=value" added to its query, before its fragment.
[[nodiscard]] QByteArray withParameter(const QByteArray &url, const QByteArray &nameAndValue);
/// The names and values in the query of \a url as they stand there, from the first '?' to '#'.
[[nodiscard]] std::vector<DraftField> parametersOf(const QByteArray &url);

/// One part of a multipart body (RFC 7578).
struct FormPart
{
    QByteArray name;
    std::optional<QByteArray> fileName;
    QByteArray contentType; ///< empty: none
    QByteArray content;
};

/// A boundary that is in none of the parts.
[[nodiscard]] QByteArray unusedBoundary(const std::vector<FormPart> &parts);
[[nodiscard]] QByteArray multipartText(const std::vector<FormPart> &parts, const QByteArray &boundary);
/// Of a Content-Type: "multipart/form-data; boundary=x".
[[nodiscard]] std::optional<QByteArray> boundaryOf(const QByteArray &contentType);
/// The parts of a body whose lines end with LF or CRLF; nothing where it is none.
[[nodiscard]] std::optional<std::vector<FormPart>> formParts(const QByteArray &body, const QByteArray &boundary);

} // namespace errata
