#include "models/http/transport.h"

#include <algorithm>

namespace errata {

namespace {

QString inQuotes(QByteArrayView text)
{
    return QLatin1Char('"') + QString::fromUtf8(text) + QLatin1Char('"');
}

QString named(char c)
{
    switch (c) {
    case ' ':
        return QStringLiteral("a space");
    case '\t':
        return QStringLiteral("a tab");
    case '\r':
    case '\n':
        return QStringLiteral("a line break");
    default:
        return QStringLiteral("a control character");
    }
}

bool isForbiddenInUrl(char c)
{
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
}

QString tokenRule()
{
    return QStringLiteral("only letters, digits and !#$%&'*+-.^_`|~ are allowed");
}

std::optional<QString> methodProblem(QByteArrayView method)
{
    if (method.isEmpty())
        return QStringLiteral("the method is empty");
    if (!Headers::isValidName(method))
        return QStringLiteral("the method %1 is not a token: ").arg(inQuotes(method.toByteArray().simplified())) +
               tokenRule();
    return {};
}

/// What follows "http://" or "https://"; nothing for another start.
std::optional<QByteArrayView> afterScheme(QByteArrayView url)
{
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (url.size() >= scheme.size() && url.first(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0)
            return url.sliced(scheme.size());
    }
    return {};
}

std::optional<QString> portProblem(QByteArrayView port)
{
    bool isNumber = port.size() <= 5;
    for (const char c : port)
        isNumber = isNumber && c >= '0' && c <= '9';
    if (!isNumber || port.toInt() > 65535)
        return QStringLiteral("the port in the URL is not a number from 0 to 65535: %1").arg(inQuotes(port));
    return {};
}

/// authority = [ userinfo "@" ] host [ ":" port ] (RFC 3986 section 3.2)
std::optional<QString> authorityProblem(QByteArrayView authority)
{
    QByteArrayView hostAndPort = authority.sliced(authority.lastIndexOf('@') + 1);
    qsizetype hostEnd = hostAndPort.indexOf(':');
    if (hostAndPort.startsWith('[')) {
        const qsizetype bracket = hostAndPort.indexOf(']');
        if (bracket < 0)
            return QStringLiteral("the address in the URL has '[' without ']'");
        if (bracket == 1)
            return QStringLiteral("the URL has no host");
        hostEnd = bracket + 1;
        if (hostEnd < hostAndPort.size() && hostAndPort[hostEnd] != ':')
            return QStringLiteral("only a port may follow ']' in the URL");
    }
    if (hostEnd < 0)
        hostEnd = hostAndPort.size();
    if (hostEnd == 0)
        return QStringLiteral("the URL has no host");
    return hostEnd < hostAndPort.size() ? portProblem(hostAndPort.sliced(hostEnd + 1)) : std::nullopt;
}

std::optional<QString> urlProblem(QByteArrayView url)
{
    if (url.isEmpty())
        return QStringLiteral("the URL is empty");
    const auto forbidden = std::find_if(url.begin(), url.end(), isForbiddenInUrl);
    if (forbidden != url.end())
        return QStringLiteral("the URL holds %1 at character %2")
            .arg(named(*forbidden))
            .arg(QString::fromUtf8(url.first(forbidden - url.begin())).size() + 1);
    const auto rest = afterScheme(url);
    if (!rest)
        return QStringLiteral("the URL must start with http:// or https://");
    const auto authorityEnd =
        std::find_if(rest->begin(), rest->end(), [](char c) { return c == '/' || c == '?' || c == '#'; });
    return authorityProblem(rest->first(authorityEnd - rest->begin()));
}

std::optional<QString> headerProblem(const Header &header)
{
    if (header.name.isEmpty())
        return QStringLiteral("a header has no name");
    if (!Headers::isValidName(header.name))
        return QStringLiteral("the header name %1 is not a token: ").arg(inQuotes(header.name.simplified())) +
               tokenRule();
    if (!Headers::isValidValue(header.value))
        return QStringLiteral("the value of the header %1 holds a line break or a NUL byte").arg(inQuotes(header.name));
    return {};
}

} // namespace

std::optional<QString> requestProblem(const HttpRequest &request)
{
    if (auto problem = methodProblem(request.method))
        return problem;
    if (auto problem = urlProblem(request.url))
        return problem;
    for (const Header &header : request.headers) {
        if (auto problem = headerProblem(header))
            return problem;
    }
    return {};
}

} // namespace errata
