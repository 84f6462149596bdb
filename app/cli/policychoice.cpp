#include "app/cli/policychoice.h"

#include "app/cli/options.h"
#include "models/catalog/editdistance.h"

#include <QFileInfo>

namespace errata {

Result<RetryPolicy> choosePolicy(CliContext &context, const QString &nameOrFile)
{
    QStringList near;
    QStringList all;
    for (const RetryPolicy &policy : shippedPolicies()) {
        if (policy.id == nameOrFile)
            return policy;
        all << policy.id;
        if (editDistance(policy.id, nameOrFile.toLower(), 3) <= 3)
            near << policy.id;
    }
    const bool isStandardInput = nameOrFile == QLatin1String("-");
    if (isStandardInput || QFileInfo::exists(nameOrFile)) {
        const auto bytes = readInput(context, nameOrFile, limits::catalogFile);
        const QString place = isStandardInput ? QStringLiteral("standard input") : nameOrFile;
        return bytes ? readPolicy(bytes.value(), place) : Result<RetryPolicy>(bytes.error());
    }
    if (!near.isEmpty())
        return Error{
            QStringLiteral("no policy '%1'; did you mean %2?").arg(nameOrFile, near.join(QStringLiteral(", "))), {}};
    return Error{
        QStringLiteral("no policy '%1' and no such file; there is %2").arg(nameOrFile, all.join(QStringLiteral(", "))),
        {}};
}

} // namespace errata
