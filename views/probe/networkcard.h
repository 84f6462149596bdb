// Why no whole answer came, as the network catalog has it: what it means, what helps, whether to send again.
#pragma once

#include "models/catalog/networkcatalog.h"

class QWidget;

namespace errata {

class Badge;
class Card;

[[nodiscard]] Card *networkCard(const NetworkVerdict &verdict, QWidget *parent);
/// "retry: after fix", for the answer's first line.
[[nodiscard]] Badge *networkRetryBadge(const NetworkVerdict &verdict, QWidget *parent);
/// "send again: safe", "send again: look first".
[[nodiscard]] Badge *resendBadge(const NetworkVerdict &verdict, QWidget *parent);

} // namespace errata
