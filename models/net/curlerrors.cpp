#include "models/net/curlerrors.h"

#include "models/net/tlsalerts.h"

#include <algorithm>
#include <array>
#include <cerrno>

namespace errata {

namespace {

struct Meaning
{
    CURLcode code;
    NetworkError kind;
    const char *sentence;
};

/// What a transfer over HTTP can end with. Where a code has several causes they are told apart before.
constexpr std::array meanings = {
    Meaning{CURLE_UNSUPPORTED_PROTOCOL, NetworkError::Protocol, "what came does not begin like HTTP"},
    Meaning{CURLE_WEIRD_SERVER_REPLY, NetworkError::Protocol, "what came is broken HTTP"},
    Meaning{CURLE_HTTP2, NetworkError::Protocol, "the HTTP/2 connection broke its rules"},
    Meaning{CURLE_HTTP2_STREAM, NetworkError::Closed, "the server ended the HTTP/2 stream with an error"},
    Meaning{CURLE_URL_MALFORMAT, NetworkError::InvalidRequest, "the host in the address cannot be used"},
    Meaning{CURLE_BAD_FUNCTION_ARGUMENT, NetworkError::InvalidRequest, "libcurl cannot send this"},
    Meaning{CURLE_COULDNT_RESOLVE_HOST, NetworkError::Dns, "nobody knows an address for the host's name"},
    Meaning{CURLE_COULDNT_RESOLVE_PROXY, NetworkError::Proxy, "nobody knows an address for the proxy's name"},
    Meaning{CURLE_PROXY, NetworkError::Proxy, "the proxy did not agree"},
    Meaning{CURLE_INTERFACE_FAILED, NetworkError::Unreachable, "the network interface cannot be used"},
    // Our own deadline is told before; this is libcurl's for the connection, five minutes.
    Meaning{CURLE_OPERATION_TIMEDOUT, NetworkError::Unreachable, "the connection was not made in time"},
    Meaning{CURLE_PARTIAL_FILE, NetworkError::Closed, "the connection closed before the answer was whole"},
    Meaning{CURLE_GOT_NOTHING, NetworkError::Closed, "the connection closed without an answer"},
    Meaning{CURLE_SEND_ERROR, NetworkError::Closed, "the connection broke while the request was sent"},
    Meaning{CURLE_RECV_ERROR, NetworkError::Closed, "the connection broke while the answer was read"},
    Meaning{CURLE_SEND_FAIL_REWIND, NetworkError::Closed, "the connection closed; the body is not sent twice"},
    Meaning{CURLE_SSL_CONNECT_ERROR, NetworkError::Tls, "the TLS handshake failed"},
    Meaning{CURLE_SSL_CIPHER, NetworkError::Tls, "no cipher both sides know"},
    Meaning{CURLE_PEER_FAILED_VERIFICATION, NetworkError::TlsUntrusted, "the server's certificate is not trusted"},
    Meaning{CURLE_SSL_ISSUER_ERROR, NetworkError::TlsUntrusted, "the certificate's issuer is another"},
    Meaning{CURLE_SSL_PINNEDPUBKEYNOTMATCH, NetworkError::TlsUntrusted, "the server's key is another"},
    Meaning{CURLE_SSL_INVALIDCERTSTATUS, NetworkError::TlsUntrusted, "the certificate's status is not good"},
    Meaning{CURLE_SSL_CACERT_BADFILE, NetworkError::InvalidRequest, "the file of trusted authorities cannot be used"},
    Meaning{CURLE_SSL_CERTPROBLEM, NetworkError::InvalidRequest, "the client certificate cannot be used"},
    Meaning{CURLE_SSL_CLIENTCERT, NetworkError::TlsClientCertificate, "the server wants a client certificate"},
    Meaning{CURLE_BAD_CONTENT_ENCODING, NetworkError::ContentCoding, "the body's packing is unknown or damaged"},
    Meaning{CURLE_TOO_MANY_REDIRECTS, NetworkError::TooManyRedirects, "too many redirects"},
    Meaning{CURLE_FILESIZE_EXCEEDED, NetworkError::TooLarge, "the answer is too large"},
    Meaning{CURLE_OUT_OF_MEMORY, NetworkError::Other, "there is not enough memory"},
};

NetworkFailure failed(NetworkError kind, const char *sentence)
{
    return {kind, QString::fromLatin1(sentence)};
}

/// libcurl has one code for every way not to connect.
NetworkFailure connectFailure(const CurlEnding &ending)
{
    if (ending.proxied)
        return failed(NetworkError::Proxy, "no connection to the proxy");
    if (ending.systemError == ECONNREFUSED)
        return failed(NetworkError::Refused, "nothing listens on that port");
    return failed(NetworkError::Unreachable, "no connection to the host");
}

/// Codes of OpenSSL's x509_vfy.h, which libcurl hands on; it compares the name itself, before it looks at them.
NetworkFailure certificateFailure(long verifyResult)
{
    switch (verifyResult) {
    case 0:
    case 1:  // not asked yet
    case 62: // hostname mismatch
    case 64: // IP address mismatch
        return failed(NetworkError::TlsHost, "the certificate is for another host");
    case 9:
        return failed(NetworkError::TlsExpired, "the certificate is not valid yet");
    case 10:
        return failed(NetworkError::TlsExpired, "the certificate has expired");
    case 18:
        return failed(NetworkError::TlsUntrusted, "the certificate is signed by itself");
    case 19:
        return failed(NetworkError::TlsUntrusted, "the chain ends in a root that is not trusted here");
    default:
        return failed(NetworkError::TlsUntrusted, "the server's certificate is not trusted");
    }
}

/// Reading failed without a socket's error: what came is told only by libcurl's words.
NetworkFailure receiveFailure(const CurlEnding &ending)
{
    if (ending.connectStatus >= 300 || (ending.proxied && ending.connectStatus == 0 && !ending.headStarted &&
                                        ending.words.contains(QLatin1String("CONNECT"))))
        return failed(NetworkError::Proxy, "the proxy did not open the way to the host");
    if (wantsClientCertificate(ending.words))
        return failed(NetworkError::TlsClientCertificate, "the server wants another client certificate");
    if (ending.systemError == 0 && ending.words.contains(QLatin1String("hunk")))
        return failed(NetworkError::Protocol, "the chunks of the body are broken");
    return failed(NetworkError::Closed, "the connection broke while the answer was read");
}

NetworkFailure ofCode(const CurlEnding &ending)
{
    const auto known = std::find_if(meanings.begin(), meanings.end(),
                                    [&](const Meaning &meaning) { return meaning.code == ending.code; });
    return known == meanings.end() ? failed(NetworkError::Other, "the request failed")
                                   : failed(known->kind, known->sentence);
}

NetworkFailure meaningOf(const CurlEnding &ending)
{
    if (ending.retryRefused)
        return failed(NetworkError::Closed, "the connection closed without an answer; nothing is sent a second time");
    if (ending.code == CURLE_OK && !ending.headEnded)
        return failed(NetworkError::Closed, "the connection closed in the header fields");
    switch (ending.code) {
    case CURLE_OK:
        return {};
    case CURLE_COULDNT_CONNECT:
        return connectFailure(ending);
    case CURLE_PEER_FAILED_VERIFICATION:
        return certificateFailure(ending.verifyResult);
    case CURLE_RECV_ERROR:
    case CURLE_SSL_CONNECT_ERROR:
        if (const NetworkFailure failure = receiveFailure(ending); failure.kind != NetworkError::Closed)
            return failure;
        return ofCode(ending);
    case CURLE_OUT_OF_MEMORY: // also what libcurl says of a line that outgrows its buffer
        return ending.headEnded ? ofCode(ending) : failed(NetworkError::TooManyHeaders, "a header line without end");
    default:
        return ofCode(ending);
    }
}

} // namespace

NetworkFailure failureOf(const CurlEnding &ending)
{
    NetworkFailure failure = meaningOf(ending);
    if (failure.kind != NetworkError::None && !ending.words.isEmpty() && !ending.retryRefused)
        failure.detail += QStringLiteral(" (%1)").arg(ending.words);
    return failure;
}

} // namespace errata
