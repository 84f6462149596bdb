#include "models/items/catalogsearchmodel.h"
#include "models/items/facetmodel.h"
#include "tests/support/smallcatalogs.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace errata;

class TestFacetModel : public QObject
{
    Q_OBJECT

    static QModelIndex row(const FacetModel &model, FacetModel::Group group, const QString &key, int number)
    {
        for (int i = 0; i < model.rowCount(); ++i) {
            const QModelIndex index = model.index(i);
            if (index.data(FacetModel::GroupRole).toInt() == static_cast<int>(group) &&
                !index.data(FacetModel::IsHeadingRole).toBool() && index.data(FacetModel::KeyRole).toString() == key &&
                index.data(FacetModel::NumberRole).toInt() == number)
                return index;
        }
        return {};
    }

    static QStringList listed(const FacetModel &model, FacetModel::Group group)
    {
        QStringList out;
        for (int i = 0; i < model.rowCount(); ++i) {
            const QModelIndex index = model.index(i);
            if (index.data(FacetModel::GroupRole).toInt() != static_cast<int>(group) ||
                index.data(FacetModel::IsHeadingRole).toBool())
                continue;
            const QString key = index.data(FacetModel::KeyRole).toString();
            out << (key.isEmpty() ? index.data(FacetModel::NumberRole).toString() : key);
        }
        return out;
    }

private Q_SLOTS:
    void listsOnlyWhatOccurs()
    {
        FacetModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCatalogs(test::smallCatalogs());
        QCOMPARE(listed(model, FacetModel::Group::Api), (QStringList{QStringLiteral("alpha"), QStringLiteral("beta")}));
        QCOMPARE(listed(model, FacetModel::Group::Status),
                 (QStringList{QStringLiteral("2"), QStringLiteral("4"), QStringLiteral("0")}));
        QCOMPARE(listed(model, FacetModel::Group::Surface),
                 (QStringList{QStringLiteral("http-api"), QStringLiteral("cli")}));
        QCOMPARE(listed(model, FacetModel::Group::Retry).size(), 5);
    }

    void countsFollowTheSearch()
    {
        CatalogSearchModel search;
        FacetModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        search.setCatalogs(test::smallCatalogs());
        model.setCatalogs(search.catalogs());
        search.setQuery(QStringLiteral("429"));
        model.setCounts(search.counts());
        QCOMPARE(row(model, FacetModel::Group::Api, QStringLiteral("alpha"), 0).data(FacetModel::CountRole).toInt(), 1);
        QCOMPARE(row(model, FacetModel::Group::Status, {}, 4).data(FacetModel::CountRole).toInt(), 2);
        QCOMPARE(row(model, FacetModel::Group::Status, {}, 0).data(FacetModel::CountRole).toInt(), 0);
    }

    void tickNarrowsAndTellsOnce()
    {
        FacetModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCatalogs(test::smallCatalogs());
        QSignalSpy changed(&model, &FacetModel::facetsChanged);
        const QModelIndex verdict = row(model, FacetModel::Group::Retry, {}, static_cast<int>(RetryVerdict::AfterWait));
        QVERIFY(model.setData(verdict, Qt::Checked, Qt::CheckStateRole));
        QVERIFY(model.setData(verdict, Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.facets().retry, QSet<RetryVerdict>{RetryVerdict::AfterWait});
        QVERIFY(model.hasTicks());
        QVERIFY(model.setData(verdict, Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(!model.hasTicks());
    }

    void headingCannotBeTicked()
    {
        FacetModel model;
        model.setCatalogs(test::smallCatalogs());
        QVERIFY(model.index(0).data(FacetModel::IsHeadingRole).toBool());
        QVERIFY(!model.setData(model.index(0), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(model.flags(model.index(0)), Qt::NoItemFlags);
    }

    void otherCatalogs_keepTheTicksThatStillExist()
    {
        FacetModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCatalogs(test::smallCatalogs());
        model.setFacets({{QStringLiteral("alpha"), QStringLiteral("beta")}, {}, {2}, {}});
        model.setCatalogs(CatalogSet({test::smallCatalogs().catalogs().back()}));
        QCOMPARE(model.facets().apis, QSet<QString>{QStringLiteral("beta")});
        QVERIFY(model.facets().statusClasses.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFacetModel)
#include "tst_facetmodel.moc"
