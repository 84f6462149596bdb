// Sending one request, whatever the engine.
#pragma once

#include "models/base/clock.h"
#include "models/base/limits.h"
#include "models/http/connection.h"
#include "models/http/message.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace errata {

class CookieJar;

struct SendOptions
{
    Millis deadline{30'000};                 ///< from the call to the last byte; 0 is none
    qint64 bodyLimit = limits::responseBody; ///< counted after content decoding
    bool followRedirects = true;
    int maxRedirects = 10;
    HttpVersion version = HttpVersion::Automatic;
    ProxySettings proxy = {};
    TlsSettings tls = {};
    QString bodyFolder = {}; ///< where a large body is kept as it comes; empty: the folder for temporary files
    std::shared_ptr<CookieJar> cookies = {}; ///< asked and told at each hop; none: no cookies but those typed
};

/// Why no answer came, or not a whole one.
enum class NetworkError {
    None,
    InvalidRequest, ///< refused before anything was sent: URL, method, header or a file of ours is not valid
    Dns,
    Refused,
    Unreachable,
    Tls,                  ///< the handshake failed otherwise than by the certificates below
    TlsExpired,           ///< the server's certificate is no longer, or not yet, valid
    TlsHost,              ///< the server's certificate is for another name
    TlsUntrusted,         ///< nobody trusted has signed it
    TlsClientCertificate, ///< the server wants one, or another than ours
    Proxy,                ///< the proxy cannot be reached, or refuses
    Timeout,              ///< our deadline
    Closed,               ///< the server closed or reset the connection before the answer was whole
    Cancelled,
    TooManyRedirects,
    TooLarge,       ///< beyond SendOptions::bodyLimit
    TooManyHeaders, ///< the heads together are beyond limits::headerBlock
    Protocol,       ///< what came is not HTTP
    ContentCoding,  ///< the body is packed in a way that cannot be undone, or is damaged
    Other,
};

struct NetworkFailure
{
    NetworkError kind = NetworkError::None;
    QString detail; ///< what the kind alone does not say, the engine's own words at its end
};

/// Phases in milliseconds from the start of the send, of the last hop; absent where the engine cannot tell.
struct Timings
{
    std::optional<double> dnsMs;
    std::optional<double> connectMs;
    std::optional<double> tlsMs;
    std::optional<double> firstByteMs;
    double totalMs = 0;
    std::optional<double> sentMs = {}; ///< the last byte of the request was handed to the system
};

struct Redirect
{
    int status = 0;
    QByteArray from;
    QByteArray to;
    bool credentialsDropped = false; ///< scheme, host or port changed
};

/// Everything one send brought.
struct SendResult
{
    std::optional<HttpResponse> response; ///< also a truncated one, beside a failure
    NetworkFailure failure;
    int sends = 0; ///< how often the request went onto the wire, redirects not counted
    Timings timings;
    QString remote; ///< "address:port", empty when unknown
    std::vector<Redirect> redirects;
    Headers sentHeaders; ///< as sent, with what the engine added; in HTTP/2 with the pseudo-header fields

    // What follows is empty where the engine cannot tell. All of it is about the last hop.
    QByteArray sentHead = {};                     ///< HTTP/1: request line and fields, byte for byte
    qint64 sentBytes = 0;                         ///< head and body
    qint64 receivedBytes = 0;                     ///< of the body, before content decoding
    QByteArray headBytes = {};                    ///< of the response, byte for byte (HTTP/2: written as HTTP/1)
    std::vector<HttpResponse> informational = {}; ///< 1xx, in the order they came
    Headers trailers = {};
    std::optional<TlsDetails> tls = {};
    QString local = {};    ///< "address:port"
    QByteArray proxy = {}; ///< "scheme://host:port" of the proxy it went through
    bool reused = false;   ///< the connection was kept from an earlier send

    [[nodiscard]] bool answered() const { return response && failure.kind == NetworkError::None; }
};

/// A send under way. Emits finished exactly once, never from inside Transport::send; destroy it or
/// cancel() to give up. After finished it deletes nothing by itself: its owner does.
class PendingSend : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Ends the send at once; finished follows with NetworkError::Cancelled.
    virtual void cancel() = 0;
    /// A copy of the answer's body from there on, as far as it has come; progress tells how far that is.
    [[nodiscard]] virtual QByteArray bodyFrom(qint64 /*offset*/) const { return {}; }

Q_SIGNALS:
    /// Status and header fields are there, of the answer that counts: not of a redirect that is followed.
    void headReceived(const errata::HttpResponse &head);
    void progress(qint64 received, qint64 total); ///< total is -1 when unknown
    void finished(const errata::SendResult &result);
};

class Transport
{
public:
    Transport() = default;
    virtual ~Transport() = default;
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;

    /// Starts one send; the caller owns it.
    [[nodiscard]] virtual std::unique_ptr<PendingSend> send(const HttpRequest &request, const SendOptions &options) = 0;
    /// "qt", "curl".
    [[nodiscard]] virtual QString name() const = 0;
};

/// What makes a request impossible to send (method, URL, header name or value), if anything.
[[nodiscard]] std::optional<QString> requestProblem(const HttpRequest &request);

} // namespace errata
