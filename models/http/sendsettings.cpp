#include "models/http/sendsettings.h"

namespace errata {

namespace {

template <typename T>
void take(T &value, const std::optional<T> &said)
{
    if (said)
        value = *said;
}

template <typename T>
void fill(std::optional<T> &said, const std::optional<T> &fallback)
{
    if (!said)
        said = fallback;
}

} // namespace

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

SendSettings withFallback(SendSettings settings, const SendSettings &fallback)
{
    fill(settings.proxy, fallback.proxy);
    fill(settings.tls, fallback.tls);
    fill(settings.version, fallback.version);
    fill(settings.followRedirects, fallback.followRedirects);
    fill(settings.maxRedirects, fallback.maxRedirects);
    fill(settings.deadline, fallback.deadline);
    fill(settings.bodyLimit, fallback.bodyLimit);
    fill(settings.cookies, fallback.cookies);
    return settings;
}

} // namespace errata
