// How a connection is made, and what was found on it.
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <vector>

namespace errata {

enum class HttpVersion {
    Automatic, ///< what the server prefers over TLS, HTTP/1.1 otherwise
    Http11,
    Http2, ///< also without TLS, where the server must be known to speak it
};

struct ProxySettings
{
    enum class Mode {
        System, ///< http_proxy, https_proxy, all_proxy and no_proxy of the environment
        Manual,
        None,
    };

    Mode mode = Mode::System;
    QByteArray address = {};    ///< Manual: "http://", "https://", "socks4://", "socks5://" (names resolved here) or
                                ///< "socks5h://" (names resolved there), then [user:password@]host[:port]
    QByteArrayList direct = {}; ///< hosts reached without it, "example.com" with all below, "*" for all; System: in
                                ///< place of no_proxy, where there are any
    bool loopbackToo = false;

    friend bool operator==(const ProxySettings &, const ProxySettings &) = default;
};

struct TlsSettings
{
    bool verify = true;             ///< false: any certificate will do
    QString caFile = {};            ///< PEM; instead of the system's authorities
    QString clientCertificate = {}; ///< PEM, may hold the key as well
    QString clientKey = {};         ///< PEM; empty: in clientCertificate
    QByteArray clientKeyPassword = {};

    friend bool operator==(const TlsSettings &, const TlsSettings &) = default;
};

struct Certificate
{
    QString subject; ///< "CN = api.example.com"
    QString issuer;
    QDateTime validFrom; ///< UTC; invalid when it could not be read
    QDateTime validUntil;
    QStringList names; ///< subject alternative names: "DNS:api.example.com", "IP Address:127.0.0.1"
    QByteArray pem;

    friend bool operator==(const Certificate &, const Certificate &) = default;
};

/// What a TLS handshake settled.
struct TlsDetails
{
    QString protocol;               ///< "TLSv1.3"
    QString cipher;                 ///< "TLS_AES_256_GCM_SHA384"
    std::vector<Certificate> chain; ///< as the server sent it, its own first
    bool verified = true;           ///< false: we were told that any certificate will do
};

} // namespace errata
