#include "app/modules.h"

#include <QFileInfo>
#include <QLibrary>

namespace errata {

namespace {

/// Where the build or the installation put a module.
Result<QFunctionPointer> resolve(const QString &programDir, const QString &module, const char *symbol)
{
    QStringList tried;
    for (const QString &folder : {programDir, programDir + QStringLiteral("/" ERRATA_LIBDIR_FROM_BIN)}) {
        const QString path = folder + QStringLiteral("/lib") + module + QStringLiteral(".so");
        tried << path;
        if (!QFileInfo::exists(path))
            continue;
        QLibrary library(path);
        if (const QFunctionPointer function = library.resolve(symbol))
            return function;
        return Error{library.errorString(), path};
    }
    return Error{
        QStringLiteral("this part of Errata is not installed; looked for %1").arg(tried.join(QStringLiteral(", "))),
        module};
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1 // what gcc says
#endif
#endif

/// libcurl comes with thirty libraries and nine thousand symbols. Looked for among those of the program and Qt first,
/// where none of them is, they take half as long again to load: so they are loaded before the engine that wants them,
/// and look among themselves first. Where this fails the engine loads them, and says so if it cannot either.
void loadCurlAlone()
{
// The address sanitizer will not have it: it must see every malloc.
#if !defined(__SANITIZE_ADDRESS__)
    QLibrary curl(QStringLiteral("curl"), 4);
    curl.setLoadHints(QLibrary::DeepBindHint);
    curl.load();
#endif
}

} // namespace

QString programDir()
{
    return QFileInfo(QFileInfo(QStringLiteral("/proc/self/exe")).symLinkTarget()).absolutePath();
}

Result<RunWindow> openWindowModule(const QString &programDir)
{
    const auto function = resolve(programDir, QStringLiteral("errata_window"), "errata_run_window");
    if (!function)
        return function.error();
    return reinterpret_cast<RunWindow>(function.value());
}

Result<std::unique_ptr<Transport>> openTransport(const QString &programDir, const QString &engine)
{
    if (engine != QLatin1String("curl") && engine != QLatin1String("qt"))
        return Error{QStringLiteral("no engine of that name, expected curl or qt"), engine};
    if (engine == QLatin1String("curl"))
        loadCurlAlone();
    const QByteArray symbol = "errata_create_" + engine.toLatin1() + "_transport";
    const auto function = resolve(programDir, QStringLiteral("errata_") + engine, symbol.constData());
    if (!function)
        return function.error();
    return std::unique_ptr<Transport>(reinterpret_cast<Transport *(*)()>(function.value())());
}

Result<QByteArray> yamlToJson(const QString &programDir, const QByteArray &yaml)
{
    const auto function = resolve(programDir, QStringLiteral("errata_yaml"), "errata_yaml_to_json");
    if (!function)
        return function.error();
    const auto convert = reinterpret_cast<bool (*)(const QByteArray &, QByteArray *, Error *)>(function.value());
    QByteArray json;
    Error error;
    if (convert(yaml, &json, &error))
        return json;
    return error;
}

} // namespace errata
