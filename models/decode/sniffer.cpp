#include "models/decode/decoder.h"

#include "models/decode/exitcode.h"
#include "models/decode/htmlpage.h"
#include "models/decode/prose.h"
#include "models/http/curlreader.h"
#include "models/http/curlverbose.h"
#include "models/http/grpcstatus.h"
#include "models/http/har.h"
#include "models/http/httprequesttext.h"
#include "models/http/jsonintext.h"
#include "models/http/logreader.h"
#include "models/http/objectliteral.h"
#include "models/http/rawhttp.h"

#include <QRegularExpression>

#include <algorithm>

namespace errata {

namespace {

constexpr std::pair<InputKind, const char *> kindIds[] = {
    {InputKind::Empty, "empty"},
    {InputKind::Json, "json"},
    {InputKind::HttpResponse, "http-response"},
    {InputKind::HttpRequest, "http-request"},
    {InputKind::CurlVerbose, "curl-verbose"},
    {InputKind::CurlCommand, "curl-command"},
    {InputKind::Har, "har"},
    {InputKind::Log, "log"},
    {InputKind::Code, "code"},
    {InputKind::ExitCode, "exit-code"},
    {InputKind::Url, "url"},
    {InputKind::Xml, "xml"},
    {InputKind::Html, "html"},
    {InputKind::Unknown, "unknown"},
};

/// One word that a catalog owns, or that is written like a code: with '_' or '-' inside, or a status.
bool looksLikeCode(const QByteArray &text, const CatalogSet &catalogs)
{
    static const QRegularExpression word(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9_.-]{1,79}$"));
    if (text.size() > 80)
        return false;
    const QString code = QString::fromUtf8(text);
    if (!word.match(code).hasMatch())
        return false;
    static const QRegularExpression shape(QStringLiteral("[A-Za-z][_-][A-Za-z]|^[1-5][0-9]{2}$"));
    return shape.match(code).hasMatch() || !catalogs.exact(code).empty() || !catalogs.folded(code).empty();
}

/// One word with a scheme: "https://app.example.com/callback?error=access_denied".
bool looksLikeUrl(QByteArrayView text)
{
    static const QRegularExpression url(QStringLiteral("^[A-Za-z][A-Za-z0-9+.-]*://?[^\\s\"<>]+$"));
    return text.size() <= 16'384 && url.match(QString::fromUtf8(text)).hasMatch();
}

/// A reply below the command or the request that asked for it.
bool holdsResponse(QByteArrayView text)
{
    const qsizetype head = text.indexOf("\nHTTP/");
    return head >= 0 && startsLikeHttpResponse(text.sliced(head + 1));
}

/// A declaration, a comment, or a tag: "<Error>", "<a:b c=...". "<Response [429]>" is none.
bool looksLikeXml(QByteArrayView text)
{
    static const QRegularExpression tag(QStringLiteral("^<(?:[?!]|[^\\s<>/=]+\\s*(?:/?>|[^\\s<>=]+\\s*=))"));
    return tag.match(QString::fromUtf8(text.first(std::min<qsizetype>(text.size(), 400)))).hasMatch();
}

/// What begins like JSON: a recording, a log of JSON lines, or a body.
InputKind kindOfJson(QByteArrayView text)
{
    if (looksLikeHar(text))
        return InputKind::Har;
    return looksLikeLog(text) ? InputKind::Log : InputKind::Json;
}

/// A quoted string with JSON in it, or text with JSON, a status or a code in it.
InputKind kindOfProse(const QByteArray &text, QByteArrayView view, const CatalogSet &catalogs)
{
    constexpr qsizetype looked = 65'536;
    if (looksLikeLog(view))
        return InputKind::Log;
    const QByteArrayView start = view.first(std::min(view.size(), looked));
    if (start.contains('\0'))
        return InputKind::Unknown;
    if (view.size() <= looked && unquotedJson(view))
        return InputKind::Json;
    if (!jsonIn(start, 1).empty() || !objectLiteralsIn(start, 1).empty())
        return InputKind::Json;
    const ProseHints hints = hintsIn(start, start.data() - text.constData(), catalogs);
    return hints.status || !hints.codes.empty() || grpcStatusIn(start) ? InputKind::Log : InputKind::Unknown;
}

} // namespace

InputKind sniff(const QByteArray &text, const CatalogSet &catalogs)
{
    QByteArrayView view(text);
    if (view.startsWith("\xef\xbb\xbf"))
        view = view.sliced(3);
    view = view.trimmed();
    if (view.isEmpty())
        return InputKind::Empty;
    if (startsLikeHttpResponse(view))
        return InputKind::HttpResponse;
    if (view.startsWith('{') || view.startsWith('['))
        return kindOfJson(view);
    if (looksLikeCurlVerbose(view))
        return InputKind::CurlVerbose;
    const bool isCommand = looksLikeCurlCommand(view);
    if (isCommand || startsLikeHttpRequest(view))
        return holdsResponse(view) ? InputKind::HttpResponse
               : isCommand         ? InputKind::CurlCommand
                                   : InputKind::HttpRequest;
    if (view.startsWith('<') && looksLikeHtml(view))
        return InputKind::Html;
    if (view.startsWith('<') && looksLikeXml(view))
        return InputKind::Xml;
    const QByteArray word = view.size() <= 80 ? view.toByteArray() : QByteArray();
    if (!word.isEmpty() && exitStatusIn(word))
        return InputKind::ExitCode;
    if (looksLikeUrl(view))
        return InputKind::Url;
    if (!word.isEmpty() && looksLikeCode(word, catalogs))
        return InputKind::Code;
    return kindOfProse(text, view, catalogs);
}

QString inputKindId(InputKind kind)
{
    const auto *it =
        std::find_if(std::begin(kindIds), std::end(kindIds), [kind](const auto &pair) { return pair.first == kind; });
    return QLatin1String(it->second);
}

std::optional<InputKind> inputKindFromId(QStringView id)
{
    const auto *it = std::find_if(std::begin(kindIds), std::end(kindIds),
                                  [id](const auto &pair) { return id == QLatin1String(pair.second); });
    if (it == std::end(kindIds) || !readableKinds().contains(id))
        return std::nullopt;
    return it->first;
}

QStringList readableKinds()
{
    QStringList ids;
    for (const auto &[kind, id] : kindIds) {
        if (kind != InputKind::Empty && kind != InputKind::Unknown)
            ids << QLatin1String(id);
    }
    return ids;
}

QString conventionId(Convention convention)
{
    constexpr const char *ids[] = {"catalog", "problem+json", "google-rpc", "json-api",    "oauth2",
                                   "graphql", "aws",          "azure",      "status-only", "none"};
    return QLatin1String(ids[static_cast<int>(convention)]);
}

QString confidenceId(Confidence confidence)
{
    constexpr const char *ids[] = {"certain", "likely", "guess"};
    return QLatin1String(ids[static_cast<int>(confidence)]);
}

} // namespace errata
