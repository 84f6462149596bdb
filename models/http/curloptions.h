// The options of curl's command line.
#pragma once

#include <QByteArrayView>

#include <cstdint>

namespace errata {

/// What an option does to the request, or to how it is sent.
enum class CurlRole : std::uint8_t {
    NotCarried, ///< changes how it is sent in a way that cannot be said here
    Output,     ///< changes only what is shown or stored
    Method,
    Header,
    Data,
    DataRaw,
    DataUrlEncode,
    Json,
    Form,
    FormString,
    User,
    Bearer,
    UserAgent,
    Referer,
    Cookie,
    Range,
    Head,
    Get,
    Url,
    UrlQuery,
    Upload,
    Next,
    DefaultScheme,
    Compressed,
    GlobOff,
    PathAsIs,
    Config,

    // How it connects (curlconnection).
    Location,
    MaxRedirects,
    MaxTime,
    Insecure,
    CaCert,
    Cert,
    Key,
    KeyPassword,
    Http11,
    Http2,
    Http2Prior,
    Proxy,
    Socks4,
    Socks4a,
    Socks5,
    Socks5h,
    ProxyUser,
    NoProxy,
};

struct CurlOption
{
    const char *name;
    char letter; ///< of its short form, 0 without one
    bool takesValue;
    CurlRole role;
};

/// The option of that long name (without dashes), or the only one it begins; --no-NAME is the one of a switch.
/// Nothing where curl knows none: 7.88, and what came until 8.12.
[[nodiscard]] const CurlOption *curlOption(QByteArrayView name);
[[nodiscard]] const CurlOption *curlOption(char letter);

} // namespace errata
