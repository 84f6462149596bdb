#include "models/http/sendsettings.h"

namespace errata {

namespace {

template <typename T>
void take(T &value, const std::optional<T> &said)
{
    if (said)
        value = *said;
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

} // namespace errata
