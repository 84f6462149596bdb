#include "models/decode/decoder.h"

#include "models/decode/exitcode.h"
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
        return InputKind::Json;
    const QByteArray word = view.size() <= 80 ? view.toByteArray() : QByteArray();
    if (!word.isEmpty() && exitStatusIn(word))
        return InputKind::ExitCode;
    if (!word.isEmpty() && looksLikeCode(word, catalogs))
        return InputKind::Code;
    return InputKind::Unknown;
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
    return {QStringLiteral("json"), QStringLiteral("http-response"), QStringLiteral("code"),
            QStringLiteral("exit-code")};
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
