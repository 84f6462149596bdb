// Large bodies in a BodyView. Budgets: first screen of 25 MB within 150 ms of setBody, no turn of the event loop
// over 50 ms, one line of 3 MB drawn within a frame (16 ms). ERRATA_BENCH_GB=1 adds a mapped body of 1 GB.
#include "models/base/lineindex.h"
#include "views/bodyview/bodytree.h"
#include "views/bodyview/bodyview.h"
#include "views/bodyview/findbar.h"
#include "views/theme/erratastyle.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTemporaryFile>
#include <QTest>

#include <algorithm>

#include <malloc.h>

using namespace errata;

namespace {

constexpr qsizetype Megabyte = 1000000;

double ms(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

/// Megabytes of memory that are ours alone, files mapped not counted.
double memory()
{
    malloc_trim(0);
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("RssAnon:"))
            return line.mid(8).trimmed().split(' ').first().toDouble() / 1000;
    }
    return 0;
}

/// A log of lines of 23 bytes.
QByteArray manyLines(qsizetype size)
{
    QByteArray text;
    text.reserve(size + 32);
    for (int i = 0; text.size() < size; ++i)
        text += "line " + QByteArray::number(i).rightJustified(8, '0') + " is here\n";
    return text;
}

QByteArray json(qsizetype size)
{
    QByteArray text = "[";
    text.reserve(size + 128);
    for (int i = 0; text.size() < size; ++i) {
        text += (i > 0 ? ",{\"id\":" : "{\"id\":") + QByteArray::number(i) +
                ",\"name\":\"item\",\"price\":12.50,\"tags\":[\"a\",\"b\"],\"ok\":true}";
    }
    return text + "]";
}

struct Turns
{
    double total = 0;
    double longest = 0; ///< turn of the event loop
};

/// Turns the event loop until nothing is under way.
Turns finish(const BodyView &view)
{
    Turns turns;
    QElapsedTimer all;
    all.start();
    while (view.isWorking()) {
        QElapsedTimer turn;
        turn.start();
        QCoreApplication::processEvents();
        turns.longest = std::max(turns.longest, ms(turn));
    }
    QElapsedTimer last;
    last.start();
    QCoreApplication::processEvents(); // what the results ask to be painted
    turns.longest = std::max(turns.longest, ms(last));
    turns.total = ms(all);
    return turns;
}

void paint(const BodyView &view)
{
    view.pane()->viewport()->repaint();
}

double worst(const std::vector<double> &times)
{
    return *std::max_element(times.begin(), times.end());
}

double median(std::vector<double> times)
{
    std::nth_element(times.begin(), times.begin() + std::ssize(times) / 2, times.end());
    return times[times.size() / 2];
}

} // namespace

class BodyBenchmark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(new ErrataStyle(ThemeChoice::Light));
        BodyView warm; // fonts are loaded once
        warm.resize(1000, 700);
        warm.show();
        QVERIFY(QTest::qWaitForWindowExposed(&warm));
        warm.setBody({"{\"a\":\"\xC3\xA9\"}", {}});
        paint(warm);
    }

    void init()
    {
        m_view = std::make_unique<BodyView>();
        m_view->resize(1000, 700);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }

    void cleanup() { m_view.reset(); }

    void manyLines_25MB() { show("25 MB of lines", manyLines(25 * Megabyte)); }
    void json_25MB()
    {
        show("25 MB of JSON, indented", json(25 * Megabyte));
        QElapsedTimer timer;
        timer.start();
        m_view->setMode(BodyMode::Tree);
        m_view->tree()->viewport()->repaint();
        qInfo("  to the tree in %.1f ms", ms(timer));
        timer.start();
        m_view->setMode(BodyMode::Pretty);
        m_view->pane()->setFolded(0, true);
        paint(*m_view);
        qInfo("  back, and the outermost bracket folded in %.1f ms", ms(timer));
        m_view->pane()->unfoldAll();
        timer.start();
        m_view->pane()->goTo(m_view->pane()->source().size());
        paint(*m_view);
        qInfo("  to the end in %.1f ms", ms(timer));
        timer.start();
        const auto path = m_view->currentPath();
        qInfo("  path at the end in %.1f ms: %s", ms(timer), qPrintable(path.value_or(QString())));
    }
    void json_60MB() { show("60 MB of JSON, indented", json(60 * Megabyte)); }

    void search_25MB()
    {
        m_view->setBody({manyLines(25 * Megabyte), {}});
        finish(*m_view);
        for (const QString &wanted : {QStringLiteral("LINE 01000000"), QStringLiteral("e"), QStringLiteral("ü here")}) {
            QElapsedTimer timer;
            timer.start();
            m_view->findBar()->field()->setText(wanted);
            const double key = ms(timer);
            const Turns turns = finish(*m_view);
            qInfo("search \"%s\" in 25 MB: key %.1f ms, counted after %.1f ms, longest turn %.1f ms",
                  qPrintable(wanted), key, turns.total + key, turns.longest);
        }
    }

    void oneLine_3MB_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("ASCII") << json(3 * Megabyte);
        QTest::newRow("other characters")
            << "\"" + QString::fromUtf8("Zürich – 東京 ").toUtf8().repeated(150000) + "\"";
    }
    void oneLine_3MB()
    {
        QFETCH(QByteArray, line);
        m_view->setMode(BodyMode::Raw);
        show("3 MB in one line, raw", line);
        std::vector<double> resizes;
        for (int width = 500; width < 1400; width += 9) {
            QElapsedTimer timer;
            timer.start();
            m_view->resize(width, 700);
            QCoreApplication::processEvents();
            paint(*m_view);
            resizes.push_back(ms(timer));
        }
        std::vector<double> scrolls;
        QScrollBar *bar = m_view->pane()->horizontalScrollBar();
        for (int i = 0; i < 100; ++i) {
            QElapsedTimer timer;
            timer.start();
            bar->setValue(int(qint64(bar->maximum()) * i / 99));
            paint(*m_view);
            scrolls.push_back(ms(timer));
        }
        QElapsedTimer timer;
        timer.start();
        m_view->findBar()->field()->setText(QStringLiteral("nowhere to be found"));
        const Turns turns = finish(*m_view);
        qInfo("  resize and repaint: median %.2f ms, most %.2f ms; scroll and repaint: median %.2f ms, most %.2f ms; "
              "search %.1f ms, longest turn %.1f ms",
              median(resizes), worst(resizes), median(scrolls), worst(scrolls), ms(timer), turns.longest);
    }

    void scrolling_25MB()
    {
        m_view->setBody({json(25 * Megabyte), {}});
        finish(*m_view);
        QScrollBar *bar = m_view->pane()->verticalScrollBar();
        std::vector<double> times;
        for (int i = 0; i < 200; ++i) {
            QElapsedTimer timer;
            timer.start();
            bar->setValue(int(qint64(bar->maximum()) * i / 199));
            paint(*m_view);
            times.push_back(ms(timer));
        }
        qInfo("scroll and repaint anywhere in 25 MB: median %.2f ms, most %.2f ms", median(times), worst(times));
    }

    void plainTextEdit_25MB()
    {
        const QByteArray body = manyLines(25 * Megabyte);
        const double before = memory();
        QPlainTextEdit edit;
        edit.resize(1000, 700);
        edit.show();
        QElapsedTimer timer;
        timer.start();
        edit.setPlainText(QString::fromUtf8(body));
        edit.viewport()->repaint();
        qInfo("for comparison, QPlainTextEdit with 25 MB of lines: %.0f ms, %.0f MB", ms(timer), memory() - before);
    }

    void mapped_1GB()
    {
        if (qEnvironmentVariableIsEmpty("ERRATA_BENCH_GB"))
            return;
        QTemporaryFile file;
        QVERIFY(file.open());
        const QByteArray part = manyLines(100 * Megabyte);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(file.write(part), part.size());
        QVERIFY(file.flush());
        const qint64 size = file.size();
        uchar *mapped = file.map(0, size);
        QVERIFY(mapped);
        show("1 GB of lines, mapped", QByteArray::fromRawData(reinterpret_cast<const char *>(mapped), size));
        QElapsedTimer timer;
        timer.start();
        m_view->pane()->goTo(size);
        paint(*m_view);
        qInfo("  to the end in %.1f ms", ms(timer));
        m_view->findBar()->field()->setText(QStringLiteral("not in there"));
        const Turns turns = finish(*m_view);
        qInfo("  search: %.0f ms, longest turn %.1f ms", turns.total, turns.longest);
        m_view.reset(); // before the mapping goes
    }

private:
    void show(const char *what, const QByteArray &body)
    {
        const double before = memory();
        QElapsedTimer timer;
        timer.start();
        m_view->setBody({body, {}});
        paint(*m_view);
        const double first = ms(timer);
        const Turns turns = finish(*m_view);
        qInfo(
            "%s: first screen %.1f ms, whole after %.0f ms, longest turn %.1f ms, %.1f MB beside the body, %lld lines",
            what, first, first + turns.total, std::max(first, turns.longest), memory() - before,
            static_cast<long long>(m_view->pane()->source().lineCount()));
    }

    std::unique_ptr<BodyView> m_view;
};

QTEST_MAIN(BodyBenchmark)
#include "bench_body.moc"
