// Where a curl command begins in a text.
#pragma once

#include <QByteArrayView>

namespace errata {

/// Where the word "curl" stands, behind what may come first; -1 where something else does.
[[nodiscard]] qsizetype curlCommandStart(QByteArrayView text);

} // namespace errata
