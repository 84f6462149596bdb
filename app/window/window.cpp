// The module's entry: makes the application, shows the window, runs it.
#include "app/modules.h"
#include "app/window/readiness.h"
#include "app/window/screenshots.h"
#include "app/window/workbench.h"
#include "views/theme/erratastyle.h"

#include <QApplication>
#include <QTimer>

#include <cstdio>
#include <future>

namespace errata {

namespace {

struct Loaded
{
    LoadedCatalogs catalogs;
    SearchIndex index;
};

Loaded load(const WindowRequest &request)
{
    LoadedCatalogs catalogs = loadCatalogs({request.dataDir + QStringLiteral("/catalogs")}, request.catalogs);
    SearchIndex index(catalogs.set);
    return {std::move(catalogs), std::move(index)};
}

int run(int &argc, char **argv, const WindowRequest &request)
{
    // Reading the catalogs and opening the platform take about as long as each other.
    std::future<Loaded> loading = std::async(std::launch::async, load, request);

    if (!request.screenshotsDir.isEmpty())
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Errata"));
    QApplication::setApplicationVersion(QStringLiteral(ERRATA_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.errata.Errata"));
    QApplication::setCursorFlashTime(0); // no timer runs while nothing happens
    auto *style = new ErrataStyle(Settings(request.configDir).theme());
    QApplication::setStyle(style); // takes it

    Workbench bench(request, style);
    if (!request.screenshotsDir.isEmpty()) {
        bench.setCatalogs(loading.get().catalogs);
        Screenshots screenshots(&bench, style, request.screenshotsDir);
        QTimer::singleShot(0, &screenshots, &Screenshots::start);
        return QApplication::exec();
    }

    bench.window()->show();
    const Loaded loaded = loading.get();
    bench.setCatalogs(loaded.catalogs, loaded.index);
    Readiness readiness(bench.window(), bench.search(), &bench);
    QObject::connect(&readiness, &Readiness::reached, &bench, [&] {
        if (!request.quitWhenReady)
            return bench.settle();
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - request.started;
        std::printf("%.1f\n", taken.count());
        QApplication::exit(0);
    });
    return QApplication::exec();
}

} // namespace

} // namespace errata

extern "C" Q_DECL_EXPORT int errata_run_window(int &argc, char **argv, const errata::WindowRequest &request)
{
    return errata::run(argc, argv, request);
}
