#include "models/http/collection.h"

namespace errata {

QString safeFileName(const QString &name)
{
    constexpr int mostCharacters = 100;
    QString safe;
    for (const QChar c : name) {
        const bool isForbidden = c.unicode() < 0x20 || QStringLiteral("/\\:*?\"<>|").contains(c);
        safe += isForbidden ? QLatin1Char('_') : c;
    }
    safe = safe.trimmed().left(mostCharacters);
    return safe.isEmpty() || safe.startsWith(QLatin1Char('.')) ? QLatin1Char('_') + safe : safe;
}

Variables variablesFor(const Collection &collection, const QString &name)
{
    Variables variables;
    const auto add = [&variables](const Environment &environment) {
        for (const EnvironmentVariable &variable : environment.variables)
            variables.insert(variable.name, variable.value);
    };
    for (const Environment &environment : collection.environments) {
        if (environment.name.isEmpty())
            add(environment);
    }
    for (const Environment &environment : collection.environments) {
        if (!name.isEmpty() && environment.name == name)
            add(environment);
    }
    return variables;
}

Variables variablesOf(const SavedCollection &collection)
{
    return variablesFor({{}, {}, collection.environments, {}}, {});
}

} // namespace errata
