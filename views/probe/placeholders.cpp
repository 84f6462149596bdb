#include "views/probe/placeholders.h"

#include <QRegularExpression>
#include <QUrl>

#include <functional>

namespace errata {

namespace {

const QRegularExpression &placeholder()
{
    static const QRegularExpression pattern(QStringLiteral("\\{([A-Za-z_][A-Za-z0-9_]*(?::[A-Za-z0-9_]+)*)\\}"));
    return pattern;
}

constexpr QLatin1String basic("basic");

/// "basic:user:password" asks for two values.
QStringList valuesAskedBy(const QString &name)
{
    QStringList parts = name.split(QLatin1Char(':'));
    if (parts.size() > 1 && parts.first() == basic)
        parts.removeFirst();
    return parts;
}

std::optional<QByteArray> valueOf(const QString &name, const PlaceholderValues &values)
{
    QStringList found;
    for (const QString &part : valuesAskedBy(name)) {
        const QString value = values.value(part);
        if (value.isEmpty())
            return std::nullopt;
        found << value;
    }
    const QByteArray joined = found.join(QLatin1Char(':')).toUtf8();
    return name.startsWith(QStringLiteral("basic:")) ? joined.toBase64() : joined;
}

void collect(const QByteArray &text, QStringList &names, const std::function<bool(const QString &)> &counts)
{
    for (auto it = placeholder().globalMatch(QString::fromUtf8(text)); it.hasNext();) {
        for (const QString &name : valuesAskedBy(it.next().captured(1))) {
            if (!names.contains(name) && counts(name))
                names << name;
        }
    }
}

/// Bytes outside placeholders are untouched: the pattern is ASCII, so Latin-1 maps bytes one to one.
QByteArray filled(const QByteArray &text, const PlaceholderValues &values,
                  const std::function<bool(const QString &)> &counts, bool encode)
{
    const QString latin = QString::fromLatin1(text);
    QByteArray result;
    qsizetype done = 0;
    for (auto it = placeholder().globalMatch(latin); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const auto value = counts(match.captured(1)) ? valueOf(match.captured(1), values) : std::nullopt;
        if (!value)
            continue;
        result += text.mid(done, match.capturedStart() - done);
        result += encode ? QUrl::toPercentEncoding(QString::fromUtf8(*value)) : *value;
        done = match.capturedEnd();
    }
    return result + text.mid(done);
}

bool always(const QString &)
{
    return true;
}

} // namespace

QStringList placeholdersOf(const RequestTemplate &request)
{
    QStringList names;
    collect(request.request.url, names, always);
    for (const Header &header : request.request.headers)
        collect(header.value, names, always);
    collect(request.request.body, names, [&](const QString &name) { return request.bodyNames.contains(name); });
    return names;
}

HttpRequest filledRequest(const RequestTemplate &request, const PlaceholderValues &values)
{
    HttpRequest result;
    result.method = request.request.method;
    result.url = filled(request.request.url, values, always, true);
    for (const Header &header : request.request.headers)
        result.headers.add(header.name, filled(header.value, values, always, false));
    result.body = filled(
        request.request.body, values, [&](const QString &name) { return request.bodyNames.contains(name); }, false);
    return result;
}

RequestTemplate requestOf(const Probe &probe, const Catalog &catalog)
{
    RequestTemplate made;
    HttpRequest &request = made.request;
    request.method = probe.method.isEmpty() ? QByteArray("GET") : probe.method;
    const QString base = !probe.base.isEmpty()       ? probe.base
                         : !catalog.baseUrls.empty() ? catalog.baseUrls.front().url.value
                                                     : QString();
    request.url = (base + probe.path).toUtf8();
    for (const auto &[name, value] : probe.headers)
        request.headers.add(name.toUtf8(), value.toUtf8());
    if (!catalog.auth.empty() && !request.headers.contains(catalog.auth.front().header.toUtf8()))
        request.headers.add(catalog.auth.front().header.toUtf8(), catalog.auth.front().value.toUtf8());
    request.body = probe.body;
    for (const auto &[name, value] : probe.form) {
        request.body += request.body.isEmpty() ? "" : "&";
        request.body += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value, "{}");
    }
    if (!probe.form.empty() && !request.headers.contains("Content-Type"))
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    collect(request.body, made.bodyNames, always);
    return made;
}

bool isSecretName(const QString &name)
{
    static const QRegularExpression secret(QStringLiteral("key$|key_secret|token|secret|password|session"),
                                           QRegularExpression::CaseInsensitiveOption);
    return secret.match(name).hasMatch();
}

} // namespace errata
