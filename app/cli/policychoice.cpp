#include "app/cli/policychoice.h"

#include "app/cli/options.h"
#include "models/catalog/editdistance.h"
#include "models/retry/policyimport.h"

#include <QFileInfo>

#include <algorithm>

namespace errata {

namespace {

/// The ids that are nearest to a misspelt one, if any is near.
QStringList nearest(const QStringList &ids, const QString &misspelt)
{
    constexpr int farthest = 3;
    QStringList near;
    int best = farthest;
    for (const QString &id : ids) {
        const int distance = editDistance(id.toLower(), misspelt.toLower(), farthest);
        if (distance < best)
            near.clear();
        if (distance <= best)
            near << id;
        best = std::min(best, distance);
    }
    return near;
}

void tell(CliContext &context, const std::vector<Error> &faults)
{
    for (const Error &fault : faults)
        printLine(context.err, QStringLiteral("errata: left out: ") + fault.text());
}

/// A policy file, or other libraries' settings; what of those is not read is told.
Result<RetryPolicy> readOrImport(CliContext &context, const QByteArray &bytes, const QString &place)
{
    Result<ImportedPolicy> read = readOrImportPolicy(bytes, place);
    if (!read)
        return read.error();
    for (const QString &note : std::as_const(read->notes))
        printLine(context.err, QStringLiteral("errata: ") + place + QStringLiteral(": ") + note);
    return std::move(read).value().policy;
}

} // namespace

std::vector<RetryPolicy> policiesOf(CliContext &context)
{
    std::vector<Error> faults;
    std::vector<RetryPolicy> policies = allPolicies(context.policyDir, &faults);
    tell(context, faults);
    return policies;
}

Result<RetryPolicy> choosePolicy(CliContext &context, const QString &nameOrFile)
{
    std::vector<Error> faults;
    std::vector<RetryPolicy> own = policiesIn(context.policyDir, &faults);
    tell(context, faults);
    const auto found =
        std::find_if(own.begin(), own.end(), [&](const RetryPolicy &policy) { return policy.id == nameOrFile; });
    if (found != own.end())
        return std::move(*found);
    if (std::optional<RetryPolicy> shipped = readShippedPolicy(nameOrFile))
        return *std::move(shipped);
    const bool isStandardInput = nameOrFile == QLatin1String("-");
    if (isStandardInput || QFileInfo::exists(nameOrFile)) {
        const auto bytes = readInput(context, nameOrFile, limits::catalogFile);
        const QString place = isStandardInput ? QStringLiteral("standard input") : nameOrFile;
        return bytes ? readOrImport(context, bytes.value(), place) : Result<RetryPolicy>(bytes.error());
    }
    QStringList ids;
    for (const RetryPolicy &policy : allPolicies(context.policyDir))
        ids << policy.id;
    const QStringList near = nearest(ids, nameOrFile);
    if (!near.isEmpty())
        return Error{
            QStringLiteral("no policy '%1'; did you mean %2?").arg(nameOrFile, near.join(QStringLiteral(", "))), {}};
    return Error{QStringLiteral("no policy '%1' and no such file; 'errata policies' lists all").arg(nameOrFile), {}};
}

Result<DocumentedRetries> documentedBy(CliContext &context, const QString &id)
{
    QStringList known;
    for (const RetryPolicy &policy : policiesOf(context)) {
        if (policy.documented && policy.id == id)
            return *policy.documented;
        if (policy.documented)
            known << policy.id;
    }
    return Error{QStringLiteral("--api takes an API whose retries are documented (%1), not '%2'")
                     .arg(known.join(QStringLiteral(", ")), id),
                 {}};
}

} // namespace errata
