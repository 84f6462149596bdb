#include "models/http/networkerrors.h"

#include <algorithm>
#include <array>

namespace errata {

namespace {

struct Name
{
    NetworkError error;
    const char *id;
};

/// In the order of NetworkError. History files hold these words: none may change.
constexpr std::array names = {
    Name{NetworkError::None, "none"},
    Name{NetworkError::InvalidRequest, "invalid-request"},
    Name{NetworkError::Dns, "dns"},
    Name{NetworkError::Refused, "refused"},
    Name{NetworkError::Unreachable, "unreachable"},
    Name{NetworkError::Tls, "tls"},
    Name{NetworkError::TlsExpired, "tls-expired"},
    Name{NetworkError::TlsHost, "tls-host"},
    Name{NetworkError::TlsUntrusted, "tls-untrusted"},
    Name{NetworkError::TlsClientCertificate, "tls-client-certificate"},
    Name{NetworkError::Proxy, "proxy"},
    Name{NetworkError::Timeout, "timeout"},
    Name{NetworkError::Closed, "closed"},
    Name{NetworkError::Cancelled, "cancelled"},
    Name{NetworkError::TooManyRedirects, "too-many-redirects"},
    Name{NetworkError::TooLarge, "too-large"},
    Name{NetworkError::TooManyHeaders, "too-many-headers"},
    Name{NetworkError::Protocol, "protocol"},
    Name{NetworkError::ContentCoding, "content-coding"},
    Name{NetworkError::Other, "other"},
};
static_assert(names.size() == static_cast<std::size_t>(NetworkError::Other) + 1);
static_assert(std::is_sorted(names.begin(), names.end(),
                             [](const Name &a, const Name &b) { return a.error < b.error; }));

} // namespace

QString networkErrorId(NetworkError error)
{
    return QString::fromLatin1(names[static_cast<std::size_t>(error)].id);
}

std::optional<NetworkError> networkErrorFromId(QStringView id)
{
    const auto *const known =
        std::find_if(names.begin(), names.end(), [id](const Name &name) { return id == QLatin1String(name.id); });
    return known == names.end() ? std::nullopt : std::optional(known->error);
}

const std::vector<NetworkError> &networkErrors()
{
    static const std::vector<NetworkError> all = [] {
        std::vector<NetworkError> list;
        list.reserve(names.size() - 1);
        for (const Name &name : names) {
            if (name.error != NetworkError::None)
                list.push_back(name.error);
        }
        return list;
    }();
    return all;
}

} // namespace errata
