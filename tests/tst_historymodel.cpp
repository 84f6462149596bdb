// The list of attempts fetches pages as they are looked at, and follows what is added, changed and removed.
#include "models/items/historymodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace errata;

namespace {

/// Rows in memory; every page asked for is noted.
class Rows final : public HistorySource
{
public:
    explicit Rows(int count)
    {
        list.reserve(std::size_t(count));
        for (int n = 1; n <= count; ++n)
            add(n);
    }

    void add(qint64 id)
    {
        HistoryRow row;
        row.id = id;
        row.method = id % 2 ? "GET" : "POST";
        row.url = "https://a.example:1/v1/" + QByteArray::number(id) + "?q";
        row.status = id % 10 ? std::optional(200) : std::nullopt;
        list.insert(list.begin(), row);
    }
    HistoryRow &at(qint64 id)
    {
        return *std::find_if(list.begin(), list.end(), [id](const HistoryRow &row) { return row.id == id; });
    }
    void remove(qint64 from, qint64 to)
    {
        list.erase(std::remove_if(list.begin(), list.end(),
                                  [=](const HistoryRow &row) { return row.id >= from && row.id <= to; }),
                   list.end());
    }

    std::vector<HistoryRow> rows(const HistoryFilter &filter, const HistoryPage &page) const override
    {
        ++asked;
        std::vector<HistoryRow> found;
        for (const HistoryRow &row : list) {
            if (found.size() < std::size_t(page.count) && (!page.before || row.id < *page.before) &&
                (!page.after || row.id > *page.after) && (!filter.method || row.method == *filter.method) &&
                (!filter.pinnedOnly || row.isPinned))
                found.push_back(row);
        }
        return found;
    }
    std::optional<HistoryRow> row(qint64) const override { return {}; }
    qint64 count(const HistoryFilter &) const override { return 0; }

    std::vector<HistoryRow> list; ///< newest first
    mutable int asked = 0;
};

struct HistoryBench
{
    Rows rows;
    HistoryModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    explicit HistoryBench(int count) : rows(count)
    {
        // Else the tester fetches all there is, in the midst of changes too.
        tester.setUseFetchMore(false);
        model.setSource(&rows);
    }

    void fetchAll()
    {
        while (model.canFetchMore({}))
            model.fetchMore({});
    }
    QList<qint64> ids() const
    {
        QList<qint64> ids;
        for (int i = 0; i < model.rowCount(); ++i)
            ids << model.index(i, 0).data(HistoryModel::IdRole).toLongLong();
        return ids;
    }
    QList<qint64> expected() const
    {
        QList<qint64> ids;
        for (const HistoryRow &row : rows.list)
            ids << row.id;
        return ids;
    }
};

} // namespace

class TestHistoryModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyRows_areFetchedByPages();
    void aWholePage_isNotTheEnd();
    void cells_areValues();
    void filter_asksAgain();
    void newRows_comeInFront();
    void changedRow_isTakenAnew_orLeaves();
    void removedRows_leave_andTheOthersStay();
    void rowsBroughtBack_areInTheirPlace();
    void withoutASource_thereIsNothing();
};

void TestHistoryModel::manyRows_areFetchedByPages()
{
    HistoryBench bench(HistoryModel::pageSize * 2 + 100);
    QCOMPARE(bench.model.rowCount(), HistoryModel::pageSize);
    QCOMPARE(bench.rows.asked, 1);
    bench.model.fetchMore({});
    QCOMPARE(bench.model.rowCount(), HistoryModel::pageSize * 2);
    QVERIFY(bench.model.canFetchMore({}));
    bench.model.fetchMore({});
    QVERIFY(!bench.model.canFetchMore({}));
    QCOMPARE(bench.rows.asked, 3);
    QCOMPARE(bench.ids(), bench.expected());
    QCOMPARE(bench.model.rowOf(1), bench.model.rowCount() - 1);
    QCOMPARE(bench.model.rowOf(0), -1);
}

void TestHistoryModel::aWholePage_isNotTheEnd()
{
    HistoryBench bench(HistoryModel::pageSize);
    QVERIFY(bench.model.canFetchMore({}));
    bench.model.fetchMore({});
    QVERIFY(!bench.model.canFetchMore({}));
    QCOMPARE(bench.model.rowCount(), HistoryModel::pageSize);
}

void TestHistoryModel::cells_areValues()
{
    HistoryBench bench(10);
    HistoryRow &row = bench.rows.at(10);
    row.run = QStringLiteral("r");
    row.attempt = 3;
    row.startedMs = 5000;
    row.failure = NetworkError::Dns;
    row.diagnosis = {QStringLiteral("api"), QStringLiteral("CODE"), {}, {}, QStringLiteral("why"), true};
    row.isError = row.isPinned = true;
    row.totalMs = 1.5;
    row.responseBytes = 77;
    bench.model.refresh(10);
    const auto cell = [&bench](int column, int role = Qt::DisplayRole) {
        return bench.model.index(0, column).data(role);
    };
    QCOMPARE(cell(HistoryModel::TimeColumn), QVariant(qint64(5000)));
    QCOMPARE(cell(HistoryModel::MethodColumn), QVariant(QStringLiteral("POST")));
    QCOMPARE(cell(HistoryModel::PlaceColumn), QVariant(QStringLiteral("a.example:1/v1/10")));
    QVERIFY(!cell(HistoryModel::StatusColumn).isValid());
    QCOMPARE(bench.model.index(1, HistoryModel::StatusColumn).data(), QVariant(200));
    QCOMPARE(cell(HistoryModel::CodeColumn), QVariant(QStringLiteral("CODE")));
    QCOMPARE(cell(HistoryModel::ApiColumn), QVariant(QStringLiteral("api")));
    QCOMPARE(cell(HistoryModel::AttemptColumn), QVariant(3));
    QCOMPARE(cell(HistoryModel::DurationColumn), QVariant(1.5));
    QCOMPARE(cell(HistoryModel::SizeColumn), QVariant(qint64(77)));
    QCOMPARE(cell(0, HistoryModel::RunRole), QVariant(QStringLiteral("r")));
    QCOMPARE(cell(0, HistoryModel::RequestRole), QVariant(QStringLiteral("POST https://a.example:1/v1/10?q")));
    QCOMPARE(cell(0, HistoryModel::FailureRole), QVariant(int(NetworkError::Dns)));
    QCOMPARE(cell(0, HistoryModel::MessageRole), QVariant(QStringLiteral("why")));
    QCOMPARE(cell(0, HistoryModel::IsErrorRole), QVariant(true));
    QCOMPARE(cell(0, HistoryModel::IsPinnedRole), QVariant(true));
    QCOMPARE(bench.model.row(0)->id, 10);
    QVERIFY(!bench.model.row(-1) && !bench.model.row(10));
    for (int column = 0; column < HistoryModel::ColumnCount; ++column)
        QVERIFY(!bench.model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
}

void TestHistoryModel::filter_asksAgain()
{
    HistoryBench bench(10);
    HistoryFilter posts;
    posts.method = "POST";
    bench.model.setFilter(posts);
    QCOMPARE(bench.ids(), (QList<qint64>{10, 8, 6, 4, 2}));
    const QSignalSpy resets(&bench.model, &QAbstractItemModel::modelReset);
    bench.model.setFilter(posts);
    QCOMPARE(resets.count(), 0);
}

void TestHistoryModel::newRows_comeInFront()
{
    HistoryBench bench(3);
    const QPersistentModelIndex newest = bench.model.index(0, 0);
    bench.rows.add(4);
    bench.rows.add(5);
    bench.model.fetchNewer();
    QCOMPARE(bench.ids(), (QList<qint64>{5, 4, 3, 2, 1}));
    QCOMPARE(newest.row(), 2);
    HistoryFilter posts;
    posts.method = "POST";
    bench.model.setFilter(posts);
    bench.rows.add(6);
    bench.rows.add(7);
    bench.model.fetchNewer();
    QCOMPARE(bench.ids(), (QList<qint64>{6, 4, 2}));
    HistoryBench empty(0);
    empty.rows.add(1);
    empty.model.fetchNewer();
    QCOMPARE(empty.ids(), QList<qint64>{1});
}

void TestHistoryModel::changedRow_isTakenAnew_orLeaves()
{
    HistoryBench bench(3);
    QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
    bench.rows.at(2).isPinned = true;
    bench.rows.at(3).isPinned = true;
    bench.model.refresh(2);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QVERIFY(bench.model.row(1)->isPinned);
    HistoryFilter pins;
    pins.pinnedOnly = true;
    bench.model.setFilter(pins);
    bench.rows.at(3).isPinned = false;
    bench.model.refresh(3);
    QCOMPARE(bench.ids(), QList<qint64>{2});
    bench.model.refresh(99);
    QCOMPARE(bench.ids(), QList<qint64>{2});
}

void TestHistoryModel::removedRows_leave_andTheOthersStay()
{
    HistoryBench bench(HistoryModel::pageSize + 50);
    bench.fetchAll();
    const QPersistentModelIndex kept = bench.model.index(bench.model.rowOf(20), 0);
    const QPersistentModelIndex gone = bench.model.index(bench.model.rowOf(30), 0);
    const QSignalSpy resets(&bench.model, &QAbstractItemModel::modelReset);
    bench.rows.remove(25, 40);
    bench.rows.remove(1, 2);
    bench.rows.remove(545, 550);
    bench.model.reload();
    QCOMPARE(bench.ids(), bench.expected());
    QCOMPARE(kept.data(HistoryModel::IdRole).toLongLong(), 20);
    QVERIFY(!gone.isValid());
    QCOMPARE(resets.count(), 0);
    bench.rows.remove(1, 1000);
    bench.model.reload();
    QCOMPARE(bench.model.rowCount(), 0);
}

void TestHistoryModel::rowsBroughtBack_areInTheirPlace()
{
    HistoryBench bench(20);
    const std::vector<HistoryRow> all = bench.rows.list;
    bench.rows.remove(1, 3);
    bench.rows.remove(10, 12);
    bench.rows.remove(20, 20);
    bench.model.reload();
    QCOMPARE(bench.model.rowCount(), 13);
    bench.rows.list = all;
    bench.model.reload();
    QCOMPARE(bench.ids(), bench.expected());
}

void TestHistoryModel::withoutASource_thereIsNothing()
{
    HistoryBench bench(5);
    bench.model.setSource(nullptr);
    bench.model.fetchNewer();
    bench.model.reload();
    bench.model.refresh(1);
    QCOMPARE(bench.model.rowCount(), 0);
    QVERIFY(!bench.model.canFetchMore({}));
}

QTEST_GUILESS_MAIN(TestHistoryModel)
#include "tst_historymodel.moc"
