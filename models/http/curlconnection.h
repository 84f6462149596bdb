// The options of a curl command that say how it connects.
#pragma once

#include "models/http/curloptions.h"
#include "models/http/sendsettings.h"

#include <QByteArray>

namespace errata {

/// The options of curl that say what \a settings say, each with a blank before it, words as a POSIX shell takes them:
/// " --proxy http://p:3128 --insecure". CurlConnection reads them back. What curl has no word for is left out: cookies,
/// how much of an answer is kept. \a url as in CurlConnection::settings().
[[nodiscard]] QByteArray curlOptions(const SendSettings &settings, const QByteArray &url);

class CurlConnection
{
public:
    /// False for an option that is not about connecting, or whose value says nothing we can do.
    [[nodiscard]] bool take(CurlRole role, const QByteArray &value, bool isOn);

    /// curl follows no redirects unless told to, and an explicit proxy is for loopback too. \a url decides what
    /// --http2 means: without TLS curl asks for an upgrade, which is not done here.
    [[nodiscard]] SendSettings settings(const QByteArray &url) const;
    /// --http2 for an address without TLS.
    [[nodiscard]] bool wantsUpgrade(const QByteArray &url) const;

private:
    void takeProxy(CurlRole role, const QByteArray &value);
    void takeCertificate(const QByteArray &value);
    [[nodiscard]] std::optional<ProxySettings> proxy() const;

    SendSettings m_settings;
    TlsSettings m_tls;
    QByteArray m_proxy; ///< null: none said
    QByteArray m_proxyUser;
    QByteArray m_noProxy; ///< null: none said
    bool m_follows = false;
    bool m_wantsHttp2 = false;
};

} // namespace errata
