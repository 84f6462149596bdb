// A key in the search field over 100,000 entries: the search, and the search with the list repainted.
// Budget: 8 ms at the 95th percentile, repaint included.
#include "models/catalog/catalogreader.h"
#include "models/items/catalogsearchmodel.h"
#include "views/catalog/entrydelegate.h"
#include "views/theme/erratastyle.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QListView>
#include <QTest>

#include <algorithm>

using namespace errata;

namespace {

/// The shipped catalogs over and over, each code with a number, until there are \a count entries.
CatalogSet manyEntries(std::size_t count)
{
    std::vector<Catalog> catalogs = loadCatalogs().set.catalogs();
    const std::vector<Catalog> shipped = catalogs;
    std::vector<std::vector<Entry>> entries(catalogs.size());
    std::size_t made = 0;
    for (int round = 0; made < count; ++round) {
        for (std::size_t i = 0; i < shipped.size(); ++i) {
            for (Entry entry : shipped[i].entries) {
                if (round > 0) {
                    entry.code += QStringLiteral("_%1").arg(round);
                    entry.id += QStringLiteral("_%1").arg(round);
                }
                entries[i].push_back(std::move(entry));
                ++made;
            }
        }
    }
    for (std::size_t i = 0; i < catalogs.size(); ++i)
        catalogs[i].entries = std::move(entries[i]);
    return CatalogSet(std::move(catalogs));
}

/// What a person types, key by key, with corrections.
QStringList keys()
{
    QStringList typed;
    for (const QString &text :
         {QStringLiteral("rate limit"), QStringLiteral("429"), QStringLiteral("nullspace: volume busy"),
          QStringLiteral("TOKEN_EXPIRED"), QStringLiteral("retry:yes time"), QStringLiteral("captchq"),
          QStringLiteral("ratelmit"), QStringLiteral("status:4xx not")}) {
        for (qsizetype length = 1; length <= text.size(); ++length)
            typed << text.first(length);
    }
    return typed;
}

void report(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at = [&times](double part) { return times[std::size_t(part * double(times.size() - 1))]; };
    qInfo("%s: %zu keys, median %.2f ms, 95th percentile %.2f ms, most %.2f ms", what, times.size(), at(0.5), at(0.95),
          times.back());
}

} // namespace

class SearchBenchmark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_catalogs = manyEntries(100'000);
        QElapsedTimer timer;
        timer.start();
        m_model.setCatalogs(m_catalogs);
        qInfo("%zu entries indexed in %lld ms", m_catalogs.entries().size(), static_cast<long long>(timer.elapsed()));
    }

    void aKey_searchAlone()
    {
        std::vector<double> times;
        for (const QString &text : keys()) {
            QElapsedTimer timer;
            timer.start();
            m_model.setQuery(text);
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        report("search", std::move(times));
    }

    void aKey_withTheListRepainted()
    {
        QListView view;
        view.setItemDelegate(new EntryDelegate(&view));
        view.setUniformItemSizes(true);
        view.setModel(&m_model);
        view.resize(500, 780);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        std::vector<double> times;
        for (const QString &text : keys()) {
            QElapsedTimer timer;
            timer.start();
            m_model.setQuery(text);
            view.viewport()->repaint();
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        report("search and repaint", std::move(times));
    }

private:
    CatalogSet m_catalogs;
    CatalogSearchModel m_model;
};

QTEST_MAIN(SearchBenchmark)
#include "bench_search.moc"
