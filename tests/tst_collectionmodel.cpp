// Open collections as a tree.
#include "models/items/collectionmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace errata;

namespace {

SavedRequest request(const QString &name, const QStringList &group)
{
    SavedRequest saved;
    saved.draft.name = name;
    saved.draft.url = "https://api.example.com/v1/me?page=2";
    saved.group = group;
    return saved;
}

SavedCollection collection(const QString &name)
{
    SavedCollection one;
    one.place = QStringLiteral("/tmp/") + name;
    one.name = name;
    one.isFolder = true;
    one.requests = {request(QStringLiteral("First"), {}),
                    request(QStringLiteral("Log in"), {QStringLiteral("auth"), QStringLiteral("tokens")}),
                    request({}, {QStringLiteral("auth"), QStringLiteral("tokens")}),
                    request(QStringLiteral("Log out"), {QStringLiteral("auth")})};
    return one;
}

QStringList lines(const CollectionModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        list << QString(qsizetype(depth) * 2, QLatin1Char(' ')) + index.data().toString();
        list += lines(model, index, depth + 1);
    }
    return list;
}

} // namespace

class CollectionModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requests_standInTheirFolders();
    void requestsAndCollections_areFoundByIndex();
    void paths_tellWhatIsTheSame();
    void reset_leavesAConsistentTree();
};

void CollectionModelTest::requests_standInTheirFolders()
{
    CollectionModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCollections({collection(QStringLiteral("shop")), collection(QStringLiteral("bank"))});
    const QStringList one{QStringLiteral("  First"),          QStringLiteral("  auth"),
                          QStringLiteral("    tokens"),       QStringLiteral("      Log in"),
                          QStringLiteral("      GET /v1/me"), QStringLiteral("    Log out")};
    QCOMPARE(lines(model), QStringList{QStringLiteral("shop")} + one + QStringList{QStringLiteral("bank")} + one);
}

void CollectionModelTest::requestsAndCollections_areFoundByIndex()
{
    CollectionModel model;
    model.setCollections({collection(QStringLiteral("shop")), collection(QStringLiteral("bank"))});
    const QModelIndex bank = model.index(1, 0);
    QVERIFY(!model.request(bank));
    QCOMPARE(model.collection(bank)->name, QStringLiteral("bank"));
    const QModelIndex first = model.index(0, 0, bank);
    QCOMPARE(model.request(first)->draft.name, QStringLiteral("First"));
    QCOMPARE(first.data(CollectionModel::CollectionRole).toInt(), 1);
    QCOMPARE(first.data(CollectionModel::RequestRole).toInt(), 0);
    QCOMPARE(first.siblingAtColumn(CollectionModel::MethodColumn).data().toString(), QStringLiteral("GET"));
    QCOMPARE(first.data(Qt::AccessibleTextRole).toString(), QStringLiteral("First, GET"));
    QVERIFY(first.data(Qt::ToolTipRole).toString().contains(QLatin1String("page=2")));
    QVERIFY(!model.request({}) && !model.collection({}));
}

void CollectionModelTest::paths_tellWhatIsTheSame()
{
    CollectionModel model;
    model.setCollections({collection(QStringLiteral("shop"))});
    const QModelIndex tokens = model.index(0, 0, model.index(1, 0, model.index(0, 0)));
    QCOMPARE(tokens.data(CollectionModel::PathRole).toString(), QStringLiteral("shop/auth/tokens"));
}

void CollectionModelTest::reset_leavesAConsistentTree()
{
    CollectionModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCollections({collection(QStringLiteral("shop"))});
    model.setCollections({});
    QCOMPARE(model.rowCount(), 0);
    model.setCollections({collection(QStringLiteral("bank"))});
    QCOMPARE(model.rowCount(model.index(0, 0)), 2);
}

QTEST_APPLESS_MAIN(CollectionModelTest)
#include "tst_collectionmodel.moc"
