// What bench_startup measures against: an empty main window, shown and painted once.
#include <QApplication>
#include <QMainWindow>
#include <QTimer>

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1360, 850);
    window.show();
    // After the events that paint it.
    QTimer::singleShot(0, &application, [] { QTimer::singleShot(0, qApp, &QCoreApplication::quit); });
    return QApplication::exec();
}
