// What bench_startup measures against beside the empty window: the least that shows as much text as Errata's first
// page does, two lists, a line to type in and some labels in five fonts, with nothing behind them.
#include <QApplication>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QTimer>

#include <array>

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    std::array fonts{QFont(), QFont(), QFont(), fixed, fixed};
    fonts[1].setBold(true);
    fonts[2].setPointSizeF(fonts[0].pointSizeF() * 0.9);
    fonts[4].setItalic(true);

    QMainWindow window;
    window.resize(1360, 850);
    auto *page = new QWidget;
    auto *columns = new QHBoxLayout(page);
    auto *facets = new QListWidget;
    for (int i = 0; i < 20; ++i)
        facets->addItem(QStringLiteral("Facet %1").arg(i));
    columns->addWidget(facets);
    auto *middle = new QVBoxLayout;
    columns->addLayout(middle);
    middle->addWidget(new QLineEdit);
    auto *entries = new QListWidget;
    middle->addWidget(entries);
    for (std::size_t i = 0; i < 100; ++i) {
        auto *row = new QListWidgetItem(QStringLiteral("RATE_LIMIT_EXCEEDED more than allowed, %1").arg(i), entries);
        row->setFont(fonts[i % fonts.size()]);
    }
    auto *entry = new QVBoxLayout;
    columns->addLayout(entry);
    for (int i = 0; i < 8; ++i)
        entry->addWidget(new QLabel(QStringLiteral("A sentence of the entry's text")));
    window.setCentralWidget(page);
    window.show();
    QTimer::singleShot(0, &application, [] { QTimer::singleShot(0, qApp, &QCoreApplication::quit); });
    return QApplication::exec();
}
