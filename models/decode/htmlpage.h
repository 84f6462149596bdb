// Error pages: what servers and edges send where a program expected JSON.
#pragma once

#include "models/base/span.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace errata {

struct HtmlPage
{
    QString title; ///< of the title or the first heading, without markup
    Span titleSpan;
    std::optional<int> status; ///< where title or heading names one: "502 Bad Gateway", "Error 404"
    QString server;            ///< whose page it is: "nginx", "Cloudflare"; empty when it does not say
};

/// Whether the text begins like a page: a doctype or <html, blanks and comments before it.
[[nodiscard]] bool looksLikeHtml(QByteArrayView text);

/// The first 64 kB are looked at.
[[nodiscard]] HtmlPage readHtmlPage(const QByteArray &html);

} // namespace errata
