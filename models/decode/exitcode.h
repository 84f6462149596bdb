// Exit statuses of command-line clients as people quote them.
#pragma once

#include <QByteArrayView>

#include <optional>

namespace errata {

/// The number in "exit 6", "exit code 6", "exit status: 6", "exited with code 6", "$? = 6".
[[nodiscard]] std::optional<int> exitStatusIn(QByteArrayView text);

} // namespace errata
