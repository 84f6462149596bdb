#include "app/window/settings.h"

#include <QSettings>

namespace errata {

namespace {

constexpr QLatin1String themeKey("theme");
constexpr QLatin1String layoutKey("layout");
constexpr QLatin1String collectionsKey("collections");

} // namespace

Settings::Settings(const QString &configDir) : m_file(configDir + QStringLiteral("/window.ini")) {}

ThemeChoice Settings::theme() const
{
    const QString name = QSettings(m_file, QSettings::IniFormat).value(themeKey).toString();
    if (name == QLatin1String("light"))
        return ThemeChoice::Light;
    return name == QLatin1String("dark") ? ThemeChoice::Dark : ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice choice)
{
    QSettings settings(m_file, QSettings::IniFormat);
    if (choice == ThemeChoice::System)
        settings.remove(themeKey);
    else
        settings.setValue(themeKey, choice == ThemeChoice::Dark ? QStringLiteral("dark") : QStringLiteral("light"));
}

QStringList Settings::collections() const
{
    return QSettings(m_file, QSettings::IniFormat).value(collectionsKey).toStringList();
}

void Settings::setCollections(const QStringList &places)
{
    QSettings(m_file, QSettings::IniFormat).setValue(collectionsKey, places);
}

QByteArray Settings::layout() const
{
    return QSettings(m_file, QSettings::IniFormat).value(layoutKey).toByteArray();
}

void Settings::setLayout(const QByteArray &state)
{
    QSettings(m_file, QSettings::IniFormat).setValue(layoutKey, state);
}

} // namespace errata
