// A customer reply with what the finding knows filled in.
#pragma once

#include "models/decode/diagnosis.h"

namespace errata {

struct FilledReply
{
    QString text;         ///< "{request_id}" filled in, what is not known as "<resource>"
    QStringList unfilled; ///< names that are still to be filled in, each once
};

/// Placeholders take the ids found (spelled in any case, with or without "_"), {wait}, {time}, {code},
/// {status} and {message} or {detail}. \a wait: the wait in words, empty when there is none.
[[nodiscard]] FilledReply filledReply(const QString &text, const Finding &finding, const QString &wait);

} // namespace errata
