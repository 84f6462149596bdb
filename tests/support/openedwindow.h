// The real window, as a user opens it.
#pragma once

#include "app/window/workbench.h"
#include "models/catalog/catalogreader.h"
#include "views/mainwindow.h"
#include "views/theme/erratastyle.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace errata::test {

/// Shown, with the shipped catalogs; what it keeps lies in \a home.
inline std::unique_ptr<Workbench> openedWorkbench(const QTemporaryDir &home, QSize size = {1360, 850})
{
    auto *style = new ErrataStyle(ThemeChoice::Light);
    QApplication::setStyle(style);
    WindowRequest request;
    request.dataDir = home.filePath(QStringLiteral("data"));
    request.configDir = home.filePath(QStringLiteral("config"));
    auto bench = std::make_unique<Workbench>(request, style);
    bench->window()->resize(size);
    bench->window()->show();
    bench->setCatalogs(loadCatalogs());
    return bench;
}

/// Idle, and with the keyboard's focus.
inline void makeReady(Workbench &bench)
{
    bench.settle();
    bench.window()->activateWindow();
    if (!QTest::qWaitForWindowActive(bench.window()))
        qFatal("the window does not become active");
}

} // namespace errata::test
