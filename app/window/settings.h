// What the window remembers between starts.
#pragma once

#include "views/theme/theme.h"

#include <QByteArray>
#include <QString>

namespace errata {

class Settings
{
public:
    /// Keeps them in window.ini in that folder.
    explicit Settings(const QString &configDir);

    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);
    [[nodiscard]] QByteArray layout() const;
    void setLayout(const QByteArray &state);

private:
    QString m_file;
};

} // namespace errata
