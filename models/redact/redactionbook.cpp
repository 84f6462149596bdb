#include "models/redact/redactionbook.h"

#include <QCryptographicHash>

namespace errata {

Placeholders::Given Placeholders::of(QByteArrayView secret, const QByteArray &type)
{
    constexpr qsizetype digits = 6;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(m_salt);
    hash.addData(secret);
    const QByteArray digest = hash.result().first(16);
    const auto found = m_given.constFind(digest);
    if (found != m_given.constEnd())
        return *found;
    Given given{type, {}};
    QByteArray names;
    if (webTokenLength(secret) == secret.size()) {
        given.type = "jwt";
        names = webTokenNames(secret);
    }
    given.text = "REDACTED-" + given.type + '-' + digest.toHex().first(digits) + (names.isEmpty() ? "" : "." + names);
    m_given.insert(digest, given);
    return given;
}

} // namespace errata
