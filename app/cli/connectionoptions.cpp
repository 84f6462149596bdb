#include "app/cli/connectionoptions.h"

#include <QFileInfo>

#include <limits>

namespace errata {

namespace {

/// Certificates this near their end are spoken of.
constexpr qint64 soonDays = 30;
constexpr qint64 mostMegabytes = 1024;

std::optional<Error> fileProblem(const QString &option, const QString &path)
{
    if (path.isEmpty() || QFileInfo(path).isReadable())
        return {};
    return Error{QStringLiteral("--%1 takes a file that can be read").arg(option), path};
}

/// "file:password", where no file has that whole name.
void takeCertificate(const QString &value, TlsSettings &tls)
{
    const qsizetype colon = value.lastIndexOf(QLatin1Char(':'));
    if (colon < 0 || QFileInfo::exists(value)) {
        tls.clientCertificate = value;
        return;
    }
    tls.clientCertificate = value.left(colon);
    tls.clientKeyPassword = value.mid(colon + 1).toUtf8();
}

Result<std::optional<ProxySettings>> proxyOf(const Options &options)
{
    std::optional<ProxySettings> proxy;
    if (options.isSet(QStringLiteral("proxy"))) {
        const QByteArray address = options.value(QStringLiteral("proxy")).toUtf8();
        proxy = address.isEmpty() ? ProxySettings{ProxySettings::Mode::None}
                                  : ProxySettings{ProxySettings::Mode::Manual, address, {}, true};
    }
    if (!options.isSet(QStringLiteral("noproxy")))
        return proxy;
    if (!proxy)
        proxy = ProxySettings();
    const QList<QByteArray> hosts = options.value(QStringLiteral("noproxy")).toUtf8().split(',');
    for (const QByteArray &host : hosts) {
        if (!host.trimmed().isEmpty())
            proxy->direct << host.trimmed();
    }
    return proxy;
}

Result<std::optional<TlsSettings>> tlsOf(const Options &options, const TlsSettings &fallback)
{
    TlsSettings tls = fallback;
    if (options.isSet(QStringLiteral("insecure")))
        tls.verify = false;
    if (options.isSet(QStringLiteral("cacert")))
        tls.caFile = options.value(QStringLiteral("cacert"));
    if (options.isSet(QStringLiteral("cert")))
        takeCertificate(options.value(QStringLiteral("cert")), tls);
    if (options.isSet(QStringLiteral("key")))
        tls.clientKey = options.value(QStringLiteral("key"));
    if (!tls.clientKey.isEmpty() && tls.clientCertificate.isEmpty())
        return Error{QStringLiteral("--key needs --cert, the certificate it belongs to"), {}};
    if (const auto problem = fileProblem(QStringLiteral("cacert"), tls.caFile))
        return *problem;
    if (const auto problem = fileProblem(QStringLiteral("cert"), tls.clientCertificate))
        return *problem;
    if (const auto problem = fileProblem(QStringLiteral("key"), tls.clientKey))
        return *problem;
    return tls == TlsSettings() ? std::nullopt : std::optional(tls);
}

/// The second of two flags where only one may be.
std::optional<Error> excluded(const Options &options, const QString &one, const QString &other)
{
    if (!options.isSet(one) || !options.isSet(other))
        return {};
    return Error{QStringLiteral("takes --%1 or --%2, not both").arg(one, other), {}};
}

std::optional<QString> textOrNull(const QString &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

std::optional<QString> timeOrNull(const QDateTime &time)
{
    return time.isValid() ? std::optional(time.toUTC().toString(Qt::ISODate)) : std::nullopt;
}

void writeTls(JsonWriter &json, const TlsDetails &tls)
{
    json.beginObject().member(u"protocol", tls.protocol).member(u"cipher", tls.cipher);
    json.member(u"verified", tls.verified).key(u"chain").beginArray();
    for (const Certificate &certificate : tls.chain) {
        json.beginObject().member(u"subject", certificate.subject).member(u"issuer", certificate.issuer);
        json.member(u"valid_from", timeOrNull(certificate.validFrom));
        json.member(u"valid_until", timeOrNull(certificate.validUntil));
        json.key(u"names").beginArray();
        for (const QString &name : certificate.names)
            json.string(name);
        json.endArray().endObject();
    }
    json.endArray().endObject();
}

} // namespace

void addConnectionOptions(Options &options)
{
    options
        .value({QStringLiteral("x"), QStringLiteral("proxy")}, QStringLiteral("URL"),
               QStringLiteral("The proxy: http, https, socks4, socks4a, socks5 or socks5h; '' for none. Without it, "
                              "what the environment says, and never for loopback."))
        .value({QStringLiteral("noproxy")}, QStringLiteral("HOSTS"),
               QStringLiteral("Hosts reached without a proxy, with commas between; '*' for all."))
        .value({QStringLiteral("cacert")}, QStringLiteral("FILE"),
               QStringLiteral("Authorities to trust in place of the system's, PEM."))
        .value({QStringLiteral("E"), QStringLiteral("cert")}, QStringLiteral("FILE[:PASSWORD]"),
               QStringLiteral("The client certificate, PEM; it may hold the key as well."))
        .value({QStringLiteral("key")}, QStringLiteral("FILE"),
               QStringLiteral("The key of the client certificate, PEM."))
        .flag({QStringLiteral("k"), QStringLiteral("insecure")},
              QStringLiteral("Do not verify the server's certificate: whoever is in between can read and change "
                             "everything."))
        .flag({QStringLiteral("http1.1")}, QStringLiteral("HTTP/1.1, also where the server could do more."))
        .flag({QStringLiteral("http2")},
              QStringLiteral("HTTP/2, without TLS too, where the server must be known to speak it."))
        .flag({QStringLiteral("no-redirects")}, QStringLiteral("Show a redirect instead of following it."))
        .value({QStringLiteral("max-redirects")}, QStringLiteral("N"),
               QStringLiteral("How many redirects to follow (default 10)."))
        .value({QStringLiteral("max-size")}, QStringLiteral("MB"),
               QStringLiteral("The largest body to take, unpacked (default 64)."));
}

Result<SendSettings> connectionSettings(const Options &options, const SendSettings &fallback)
{
    if (const auto error = excluded(options, QStringLiteral("http1.1"), QStringLiteral("http2")))
        return *error;
    if (const auto error = excluded(options, QStringLiteral("no-redirects"), QStringLiteral("max-redirects")))
        return *error;
    SendSettings settings = fallback;
    const auto proxy = proxyOf(options);
    if (!proxy)
        return proxy.error();
    if (proxy.value())
        settings.proxy = proxy.value();
    const auto tls = tlsOf(options, fallback.tls.value_or(TlsSettings()));
    if (!tls)
        return tls.error();
    settings.tls = tls.value();
    if (options.isSet(QStringLiteral("http1.1")))
        settings.version = HttpVersion::Http11;
    if (options.isSet(QStringLiteral("http2")))
        settings.version = HttpVersion::Http2;
    if (options.isSet(QStringLiteral("no-redirects")))
        settings.followRedirects = false;
    const auto most = options.integer(QStringLiteral("max-redirects"), 0, std::numeric_limits<int>::max());
    if (!most)
        return most.error();
    if (most.value()) {
        settings.followRedirects = true;
        settings.maxRedirects = static_cast<int>(*most.value());
    }
    const auto size = options.integer(QStringLiteral("max-size"), 1, mostMegabytes);
    if (!size)
        return size.error();
    if (size.value())
        settings.bodyLimit = *size.value() * limits::Megabyte;
    return settings;
}

std::optional<QString> connectionWarning(const SendOptions &options)
{
    if (options.tls.verify)
        return {};
    return QStringLiteral("WARNING: the server's certificate is not verified, so whoever is in between can read and "
                          "change everything");
}

void writeConnection(JsonWriter &json, const SendResult &result)
{
    json.member(u"proxy", textOrNull(QString::fromUtf8(result.proxy))).member(u"local", textOrNull(result.local));
    json.member(u"connection_reused", result.reused).key(u"tls");
    if (result.tls)
        writeTls(json, *result.tls);
    else
        json.null();
}

QStringList connectionLines(const SendResult &result, const QDateTime &now)
{
    QStringList lines;
    for (const Redirect &redirect : result.redirects) {
        const QString dropped = redirect.credentialsDropped ? QStringLiteral(", credentials dropped") : QString();
        lines << QStringLiteral("%1 led from %2 to %3%4")
                     .arg(QString::number(redirect.status), QString::fromUtf8(redirect.from),
                          QString::fromUtf8(redirect.to), dropped);
    }
    if (!result.proxy.isEmpty())
        lines << QStringLiteral("through the proxy %1").arg(QString::fromUtf8(result.proxy));
    if (!result.tls || result.tls->chain.empty() || !result.tls->chain.front().validUntil.isValid())
        return lines;
    const Certificate &certificate = result.tls->chain.front();
    const qint64 days = now.daysTo(certificate.validUntil);
    const QString day = certificate.validUntil.toUTC().date().toString(Qt::ISODate);
    if (certificate.validUntil < now)
        lines << QStringLiteral("the server's certificate expired on %1").arg(day);
    else if (days < soonDays)
        lines << QStringLiteral("the server's certificate expires on %1, in %2 day(s)").arg(day).arg(days);
    return lines;
}

} // namespace errata
