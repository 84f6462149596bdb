// One request of a .http file changed, all other bytes left as people wrote them.
#pragma once

#include "models/http/collection.h"

#include "models/base/result.h"

namespace errata {

/// \a text with request \a index (from 0, in the order readHttpFile() gives) written anew. Refused where the old one
/// holds something Errata cannot keep, a script say: it would be lost.
[[nodiscard]] Result<QByteArray> withRequest(const QByteArray &text, qsizetype index, const RequestDraft &draft);

/// \a text with one more request at its end; \a text may be empty.
[[nodiscard]] Result<QByteArray> withRequestAdded(const QByteArray &text, const RequestDraft &draft);

/// \a text without request \a index and the comments in its block; variables of the file stay.
[[nodiscard]] Result<QByteArray> withoutRequest(const QByteArray &text, qsizetype index);

} // namespace errata
