// The parts of Errata that are opened only when needed, so that the command line loads neither
// Widgets nor a network engine. They lie beside the program, or under lib/errata when installed.
#pragma once

#include "models/base/result.h"
#include "models/http/transport.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>

namespace errata {

/// What the window is asked to do.
struct WindowRequest
{
    QStringList files;    ///< to decode at start
    QString labLink;      ///< "errata:lab?...": what the retry lab is to show
    QStringList catalogs; ///< --catalog FILE
    QString dataDir;      ///< Paths::data()
    QString configDir;
    bool quitWhenReady = false; ///< print the milliseconds since \c started once painted and searchable, then end
    QString screenshotsDir;     ///< render every page there and end, without showing a window
    std::chrono::steady_clock::time_point started;
};

/// The folder the running program lies in; works before a QCoreApplication exists.
[[nodiscard]] QString programDir();

/// Exported by the window module as "errata_run_window"; creates the QApplication, returns its exit status.
using RunWindow = int (*)(int &argc, char **argv, const WindowRequest &request);

[[nodiscard]] Result<RunWindow> openWindowModule(const QString &programDir);

/// An engine ("curl", "qt"), each a module by itself.
[[nodiscard]] Result<std::unique_ptr<Transport>> openTransport(const QString &programDir, const QString &engine);

/// YAML as JSON, by the module that knows yaml-cpp: no other command pays for loading it. The error's place is
/// "line N, column M".
[[nodiscard]] Result<QByteArray> yamlToJson(const QString &programDir, const QByteArray &yaml);

} // namespace errata
