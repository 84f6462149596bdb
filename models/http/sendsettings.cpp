#include "models/http/sendsettings.h"

namespace errata {

namespace {

template <typename T>
void take(T &value, const std::optional<T> &said)
{
    if (said)
        value = *said;
}

void change(QString &path, const std::function<QByteArray(const QByteArray &)> &how)
{
    path = QString::fromUtf8(how(path.toUtf8()));
}

} // namespace

SendSettings changed(SendSettings settings, const std::function<QByteArray(const QByteArray &)> &how)
{
    if (settings.proxy && settings.proxy->mode == ProxySettings::Mode::Manual)
        settings.proxy->address = how(settings.proxy->address);
    if (settings.proxy && settings.proxy->mode != ProxySettings::Mode::None) {
        for (QByteArray &host : settings.proxy->direct)
            host = how(host);
    }
    if (settings.tls) {
        change(settings.tls->caFile, how);
        change(settings.tls->clientCertificate, how);
    }
    if (settings.tls && !settings.tls->clientCertificate.isEmpty()) {
        change(settings.tls->clientKey, how);
        settings.tls->clientKeyPassword = how(settings.tls->clientKeyPassword);
    }
    return settings;
}

SendOptions applied(const SendSettings &settings, SendOptions options)
{
    take(options.proxy, settings.proxy);
    take(options.tls, settings.tls);
    take(options.version, settings.version);
    take(options.followRedirects, settings.followRedirects);
    take(options.maxRedirects, settings.maxRedirects);
    take(options.deadline, settings.deadline);
    take(options.bodyLimit, settings.bodyLimit);
    if (!settings.cookies.value_or(true))
        options.cookies.reset();
    return options;
}

} // namespace errata
