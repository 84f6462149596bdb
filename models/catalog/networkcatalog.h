// What it means that no answer came, what helps, and whether the same may be sent again.
#pragma once

#include "models/catalog/catalogreader.h"
#include "models/http/transport.h"

#include <array>

namespace errata {

/// What the server may have done with a request whose answer is missing or cut off.
enum class Processed {
    No,       ///< it was not reached
    Maybe,    ///< it may have been, nothing tells
    Answered, ///< a head came back, so it has
};

/// What sending the same once more may do (RFC 9110 section 9.2.2).
enum class Resend {
    Safe,       ///< nothing has happened yet
    Idempotent, ///< the method promises the same effect twice as once
    Risky,      ///< it may take effect twice
};

struct NetworkEntry
{
    QString id;
    NetworkError kind = NetworkError::Other;
    QStringList words; ///< of NetworkFailure::detail, any of them; none: every failure of this kind
    QString title;     ///< one plain sentence
    QString meaning;
    Provenance provenance = Provenance::Inferred; ///< of the meaning
    QString source;
    QStringList remedies; ///< in the order to try
    RetryVerdict retry = RetryVerdict::Unstated;
    QString retryNote;
    Processed processed = Processed::Maybe; ///< where the request did go out
};

/// resources/network/network.json as values.
struct NetworkCatalog
{
    std::vector<NetworkEntry> entries;     ///< of one kind the particular ones before the general one
    std::array<QString, 3> processedTexts; ///< by Processed
    std::array<QString, 3> resendTexts;    ///< by Resend

    /// The entry for it; nothing for NetworkError::None alone.
    [[nodiscard]] const NetworkEntry *entryOf(const NetworkFailure &failure) const;
};

struct NetworkCatalogReading
{
    NetworkCatalog catalog;
    std::vector<CatalogFault> faults;
};

/// Every kind of NetworkError must have an entry without words, behind those with words.
[[nodiscard]] NetworkCatalogReading readNetworkCatalog(const QByteArray &bytes, const QString &file);
/// The shipped one, read when first asked for.
[[nodiscard]] const NetworkCatalog &networkCatalog();

/// What the catalog says of one failed send.
struct NetworkVerdict
{
    NetworkEntry entry;
    Processed processed = Processed::Maybe;
    Resend resend = Resend::Risky;
    QString processedText;
    QString resendText;
};

/// Nothing where a whole answer came.
[[nodiscard]] std::optional<NetworkVerdict> networkVerdict(const SendResult &result, QByteArrayView method);

/// "no", "maybe", "answered".
[[nodiscard]] QString processedId(Processed processed);
/// "safe", "idempotent", "risky".
[[nodiscard]] QString resendId(Resend resend);

} // namespace errata
