// What the window remembers between starts.
#pragma once

#include "views/theme/theme.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace errata {

class Settings
{
public:
    /// Keeps them in window.ini in that folder.
    explicit Settings(const QString &configDir);

    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);
    /// Folders and files of the collections that are open.
    [[nodiscard]] QStringList collections() const;
    void setCollections(const QStringList &places);
    [[nodiscard]] QByteArray layout() const;
    void setLayout(const QByteArray &state);

private:
    QString m_file;
};

} // namespace errata
