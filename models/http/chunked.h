// The chunked transfer coding (RFC 9112 section 7.1).
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace errata {

/// The content of \a text when all of it is a chunked body, to the last chunk and the empty line
/// behind it; white space may follow. Lines may end in LF alone. Chunk extensions and trailers are
/// dropped. Nothing when it is anything else: a body that some tool has decoded already.
[[nodiscard]] std::optional<QByteArray> decodeChunked(QByteArrayView text);

} // namespace errata
