#include "models/catalog/names.h"

namespace errata {

const QStringList &provenanceIds()
{
    static const QStringList ids{QStringLiteral("stated"), QStringLiteral("companion"), QStringLiteral("derived"),
                                 QStringLiteral("inferred")};
    return ids;
}

const QStringList &retryVerdictIds()
{
    static const QStringList ids{QStringLiteral("yes"), QStringLiteral("no"), QStringLiteral("after-wait"),
                                 QStringLiteral("after-fix"), QStringLiteral("unstated")};
    return ids;
}

QString provenanceId(Provenance provenance)
{
    return provenanceIds().at(static_cast<int>(provenance));
}

std::optional<Provenance> provenanceFromId(QStringView id)
{
    const qsizetype index = provenanceIds().indexOf(id);
    return index < 0 ? std::nullopt : std::optional(static_cast<Provenance>(index));
}

QString retryVerdictId(RetryVerdict verdict)
{
    return retryVerdictIds().at(static_cast<int>(verdict));
}

std::optional<RetryVerdict> retryVerdictFromId(QStringView id)
{
    const qsizetype index = retryVerdictIds().indexOf(id);
    return index < 0 ? std::nullopt : std::optional(static_cast<RetryVerdict>(index));
}

} // namespace errata
