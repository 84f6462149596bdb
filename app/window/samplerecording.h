// Recordings made here, for pictures of the Decode page: two minutes in which three APIs answer well and badly.
#pragma once

#include <QByteArray>

namespace errata {

[[nodiscard]] QByteArray sampleHar();
/// JSON lines of the same exchanges.
[[nodiscard]] QByteArray sampleLog();

} // namespace errata
