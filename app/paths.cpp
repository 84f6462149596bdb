#include "app/paths.h"

#include <QDir>
#include <QStandardPaths>

namespace errata {

Paths Paths::ofEnvironment()
{
    const QString home = qEnvironmentVariable("ERRATA_HOME");
    if (!home.isEmpty()) {
        const QString root = QDir(home).absolutePath();
        return {root + QStringLiteral("/data"), root + QStringLiteral("/config"), root + QStringLiteral("/cache")};
    }
    const auto folder = [](QStandardPaths::StandardLocation location) {
        return QStandardPaths::writableLocation(location) + QStringLiteral("/errata");
    };
    return {folder(QStandardPaths::GenericDataLocation), folder(QStandardPaths::GenericConfigLocation),
            folder(QStandardPaths::GenericCacheLocation)};
}

} // namespace errata
