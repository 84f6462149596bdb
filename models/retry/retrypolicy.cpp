#include "models/retry/retrypolicy.h"

#include <algorithm>

namespace errata {

bool StatusSet::contains(int status) const
{
    return std::any_of(ranges.begin(), ranges.end(),
                       [status](const auto &range) { return range.first <= status && status <= range.second; });
}

QString StatusSet::text() const
{
    QStringList parts;
    for (const auto &[first, last] : ranges)
        parts += first == last ? QString::number(first) : QStringLiteral("%1-%2").arg(first).arg(last);
    return parts.join(QStringLiteral(", "));
}

RetriedRequest usualRequest(const RetryPolicy &policy)
{
    return {policy.method.isEmpty() ? QByteArrayLiteral("GET") : policy.method, policy.sendsIdempotencyKey};
}

} // namespace errata
