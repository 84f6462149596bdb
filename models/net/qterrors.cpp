#include "models/net/qterrors.h"

namespace errata {

bool repeatsStatus(QNetworkReply::NetworkError error, int status)
{
    if (status == 0)
        return false;
    // Qt makes itself ready to send the body again for these two, and reports that it cannot, although the
    // redirect is left to us.
    if (error == QNetworkReply::ContentReSendError)
        return status == 307 || status == 308;
    // There is never a proxy between: it is the server that asks.
    if (error == QNetworkReply::ProxyAuthenticationRequiredError)
        return status == 407;
    const bool contentError =
        error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownContentError;
    return contentError || (error >= QNetworkReply::InternalServerError && error <= QNetworkReply::UnknownServerError);
}

NetworkError networkErrorOf(QNetworkReply::NetworkError error, bool requestSent)
{
    switch (error) {
    case QNetworkReply::NoError:
        return NetworkError::None;
    case QNetworkReply::ConnectionRefusedError:
        return NetworkError::Refused;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError: // the connection closed, and the body is not sent a second time
        return NetworkError::Closed;
    case QNetworkReply::HostNotFoundError:
        return NetworkError::Dns;
    case QNetworkReply::SslHandshakeFailedError:
        return NetworkError::Tls;
    case QNetworkReply::OperationCanceledError:
        return NetworkError::Cancelled;
    case QNetworkReply::TimeoutError: // the socket's own, while connecting; our deadline is told apart before
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
        return NetworkError::Unreachable;
    case QNetworkReply::UnknownNetworkError:
        return requestSent ? NetworkError::Other : NetworkError::Unreachable;
    case QNetworkReply::TooManyRedirectsError:
    case QNetworkReply::InsecureRedirectError:
        return NetworkError::TooManyRedirects;
    case QNetworkReply::ProtocolFailure:
        return NetworkError::Protocol;
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return NetworkError::InvalidRequest;
    default:
        return NetworkError::Other;
    }
}

} // namespace errata
