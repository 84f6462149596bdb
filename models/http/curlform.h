// The parts of a multipart body as curl's -F says them.
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

#include <functional>
#include <vector>

namespace errata {

/// One file of a part, or its text.
struct CurlFormContent
{
    QByteArray path; ///< of a file; empty: \c text is the content
    QByteArray text;
    bool named = false; ///< '@': goes out with a file name; '<' does not
    QByteArray type = {};
    QByteArray fileName = {}; ///< as said, not the path's
    QByteArray encoder = {};
    QByteArrayList headers = {};
};

/// name=content;type=...;filename=...;headers=...;encoder=..., name=@file, name=@file,file, name=<file.
struct CurlFormPart
{
    QByteArray name;
    std::vector<CurlFormContent> contents; ///< several: a multipart/mixed of files
};

/// The error says what is no part, or what in it is not read: nested parts, files with headers.
/// \a isLiteral: --form-string, the content as it stands.
[[nodiscard]] Result<CurlFormPart> curlFormPart(const QByteArray &word, bool isLiteral);

/// The bytes of a file a part names.
using CurlFileContent = std::function<QByteArray(const QByteArray &path)>;

/// The part behind its boundary, head and content, with CR LF behind it. \a disposition is "form-data", or
/// "attachment" where the body is another multipart type. \a innerBoundary is for several files.
[[nodiscard]] QByteArray curlFormText(const CurlFormPart &part, const QByteArray &disposition,
                                      const QByteArray &innerBoundary, const CurlFileContent &fileContent);

} // namespace errata
