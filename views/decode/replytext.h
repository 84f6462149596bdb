// A customer reply with what the finding knows filled in, and the facts of a finding for a ticket.
#pragma once

#include "models/catalog/catalog.h"
#include "models/decode/diagnosis.h"

#include <QStringList>

namespace errata {

struct FilledReply
{
    QString text;         ///< "{request_id}" filled in, what is not known as "<resource>"
    QStringList unfilled; ///< names that are still to be filled in, each once
};

/// Placeholders take the ids found (spelled in any case, with or without "_"), {wait}, {time}, {code},
/// {status} and {message} or {detail}.
[[nodiscard]] FilledReply filledReply(const QString &text, const Finding &finding);

/// One fact a line: API, code, status, message, endpoint, ids; then what to ask for.
[[nodiscard]] QString ticketText(const Finding &finding, const CatalogSet &catalogs);

/// "retry in 2 s", "retry: after fix", "not an error".
[[nodiscard]] QString retryWord(const Finding &finding);

/// A server script that plays this error once and then succeeds: "429:2, 200".
[[nodiscard]] QString scriptFor(const Finding &finding);

} // namespace errata
