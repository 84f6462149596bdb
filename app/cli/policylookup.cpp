#include "app/cli/policylookup.h"

#include "app/cli/options.h"
#include "models/catalog/editdistance.h"

#include <QFileInfo>

#include <algorithm>

namespace errata {

namespace {

QString unknownPolicy(const QString &name, const std::vector<RetryPolicy> &policies)
{
    QStringList all;
    QStringList near;
    for (const RetryPolicy &policy : policies) {
        all += policy.id;
        const bool similar =
            editDistance(name.toLower(), policy.id, 3) <= 3 || (name.size() >= 3 && policy.id.contains(name.toLower()));
        if (similar)
            near += policy.id;
    }
    const QString told = near.isEmpty() ? QStringLiteral("there is ") + all.join(QStringLiteral(", "))
                                        : QStringLiteral("did you mean ") + near.join(QStringLiteral(" or ")) + u'?';
    return QStringLiteral("no policy and no file '%1'; %2").arg(name, told);
}

} // namespace

Result<RetryPolicy> findPolicy(CliContext &context, const QString &nameOrFile)
{
    std::vector<RetryPolicy> policies = shippedPolicies();
    const auto it = std::find_if(policies.begin(), policies.end(),
                                 [&](const RetryPolicy &policy) { return policy.id == nameOrFile; });
    if (it != policies.end())
        return std::move(*it);
    const bool isFile = nameOrFile == QLatin1String("-") || nameOrFile.contains(u'/') || QFileInfo::exists(nameOrFile);
    if (!isFile)
        return Error{unknownPolicy(nameOrFile, policies), {}};
    const auto bytes = readInput(context, nameOrFile, limits::catalogFile);
    if (!bytes)
        return bytes.error();
    return readPolicy(bytes.value(), nameOrFile == QLatin1String("-") ? QStringLiteral("standard input") : nameOrFile);
}

} // namespace errata
