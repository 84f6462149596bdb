// Where Errata keeps its files.
#pragma once

#include <QString>

namespace errata {

/// ERRATA_HOME puts everything under one folder (tests, portable use); else the XDG folders.
struct Paths
{
    QString data;   ///< own catalogs in data/catalogs, own retry policies in data/policies, notes
    QString config; ///< settings
    QString cache;

    [[nodiscard]] static Paths ofEnvironment();
    [[nodiscard]] QString catalogs() const { return data + QStringLiteral("/catalogs"); }
    [[nodiscard]] QString policies() const { return data + QStringLiteral("/policies"); }
};

} // namespace errata
