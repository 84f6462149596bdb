#include "models/items/catalogsearchmodel.h"
#include "models/items/facetmodel.h"
#include "tests/support/smallcatalogs.h"
#include "views/catalog/catalogpage.h"
#include "views/catalog/codelink.h"
#include "views/catalog/entrydelegate.h"
#include "views/catalog/entryview.h"
#include "views/catalog/facetdelegate.h"
#include "views/theme/erratastyle.h"
#include "views/widgets/actionbutton.h"
#include "views/widgets/codeblock.h"
#include "views/widgets/rowlistview.h"
#include "views/widgets/searchfield.h"
#include "views/widgets/starbutton.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace errata;

namespace {

/// Search field over the page, as the window has them.
struct CatalogBench
{
    CatalogSearchModel search;
    FacetModel facets;
    QWidget window;
    SearchField *field = new SearchField;
    CatalogPage *page = nullptr;
    bool active = false;

    explicit CatalogBench(const CatalogSet &catalogs = test::smallCatalogs())
    {
        search.setCatalogs(catalogs);
        page = new CatalogPage(&search, &facets, field);
        auto *column = new QVBoxLayout(&window);
        column->addWidget(field);
        column->addWidget(page);
        window.resize(1200, 760);
        window.show();
        active = QTest::qWaitForWindowActive(&window);
        page->setFocus();
    }

    /// As on a keyboard: each key goes to whatever has the focus.
    static void type(const QString &text)
    {
        for (const QChar c : text)
            QTest::keyClick(QApplication::focusWidget(), c.toLatin1());
    }

    QListView *list() const { return page->findChild<QListView *>(QStringLiteral("entries")); }
    QListView *facetList() const { return page->findChild<QListView *>(QStringLiteral("facets")); }
    EntryView *entry() const { return page->findChild<EntryView *>(); }
    QString header() const { return page->findChild<QLabel *>(QStringLiteral("answerHeader"))->text(); }
    QLabel *notice() const { return page->findChild<QLabel *>(QStringLiteral("answerNotice")); }
    QAction *action(const char *name) const { return page->findChild<QAction *>(QString::fromLatin1(name)); }
    QString shownCode() const { return entry()->entry() ? entry()->entry()->code : QString(); }

    QStringList texts() const
    {
        QStringList all;
        for (const QLabel *label : entry()->findChildren<QLabel *>())
            all << label->text();
        return all;
    }

    QModelIndex facet(const QString &text) const
    {
        for (int i = 0; i < facets.rowCount(); ++i) {
            if (facetText(facets.index(i)) == text && !facets.index(i).data(FacetModel::IsHeadingRole).toBool())
                return facetList()->model()->index(i, 0);
        }
        return {};
    }
};

} // namespace

class TestCatalogPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new ErrataStyle(ThemeChoice::Light)); }

    void start_showsEveryEntryAndHowToSearch()
    {
        const CatalogBench bench;
        QCOMPARE(bench.header(), QStringLiteral("7 entries"));
        QVERIFY(bench.list()->hasFocus());
        QCoreApplication::processEvents();
        QVERIFY(bench.shownCode().isEmpty());
        QVERIFY(!bench.list()->currentIndex().isValid());
        QVERIFY(bench.texts().join(QLatin1Char('\n')).contains(QStringLiteral("Which error is it?")));
    }

    void typingAnywhere_searches()
    {
        const CatalogBench bench;
        QVERIFY(bench.active);
        QVERIFY(bench.list()->hasFocus());
        CatalogBench::type(QStringLiteral("rate limit"));
        QCOMPARE(bench.field->text(), QStringLiteral("rate limit"));
        QVERIFY(bench.field->hasFocus());
        QCOMPARE(bench.header(), QStringLiteral("2 of 7 entries match “rate limit”"));
    }

    void codeAndEnter_openIt_enterAgainCopiesIt()
    {
        CatalogBench bench;
        QSignalSpy message(bench.page, &CatalogPage::messageRequested);
        CatalogBench::type(QStringLiteral("CONFLICT"));
        QTest::keyClick(bench.field, Qt::Key_Return);
        QCOMPARE(bench.shownCode(), QStringLiteral("CONFLICT"));
        QVERIFY(bench.entry()->hasFocus());
        QTest::keyClick(bench.entry(), Qt::Key_Return);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("CONFLICT"));
        QCOMPARE(message.size(), 1);
        QCOMPARE(message.first().first().toString(), QStringLiteral("copied CONFLICT"));
    }

    void upAndDown_moveTheListWhileTheSearchHasTheFocus()
    {
        CatalogBench bench;
        CatalogBench::type(QStringLiteral("rate"));
        QTRY_COMPARE(bench.shownCode(), bench.search.entry(0)->code);
        QTest::keyClick(bench.field, Qt::Key_Down);
        QVERIFY(bench.field->hasFocus());
        QTRY_COMPARE(bench.shownCode(), bench.search.entry(1)->code);
        QTest::keyClick(bench.field, Qt::Key_Up);
        QTRY_COMPARE(bench.shownCode(), bench.search.entry(0)->code);
    }

    void firstHitIsShown_whileNothingWasChosen()
    {
        CatalogBench bench;
        CatalogBench::type(QStringLiteral("gone"));
        QTRY_COMPARE(bench.shownCode(), QStringLiteral("GONE"));
        bench.field->selectAll();
        QTest::keyClicks(bench.field, QStringLiteral("weird"));
        QTRY_COMPARE(bench.shownCode(), QStringLiteral("weird"));
    }

    void chosenEntry_staysSelectedAfterANewSearch()
    {
        CatalogBench bench;
        bench.list()->setCurrentIndex(bench.list()->model()->index(4, 0)); // beta's rate-limit
        QTRY_COMPARE(bench.shownCode(), QStringLiteral("rate-limit"));
        CatalogBench::type(QStringLiteral("429"));
        QVERIFY(bench.search.rowOf(QStringLiteral("beta:rate-limit")) > 0);
        QCOMPARE(bench.list()->currentIndex().row(), bench.search.rowOf(QStringLiteral("beta:rate-limit")));
        QTRY_COMPARE(bench.shownCode(), QStringLiteral("rate-limit"));
    }

    void chosenEntry_givesWayToACodeTypedInFull()
    {
        CatalogBench bench;
        bench.list()->setCurrentIndex(bench.list()->model()->index(4, 0));
        CatalogBench::type(QStringLiteral("RATE_LIMIT"));
        QTRY_COMPARE(bench.shownCode(), QStringLiteral("RATE_LIMIT"));
    }

    void escape_clearsTheSearch()
    {
        CatalogBench bench;
        CatalogBench::type(QStringLiteral("gone"));
        QTest::keyClick(bench.field, Qt::Key_Escape);
        QVERIFY(bench.field->text().isEmpty());
        QCOMPARE(bench.header(), QStringLiteral("7 entries"));
    }

    void nearWords_saySo()
    {
        CatalogBench bench;
        QVERIFY(!bench.notice()->isVisible());
        CatalogBench::type(QStringLiteral("conflixt"));
        QVERIFY(bench.notice()->isVisible());
        QVERIFY(bench.notice()->text().startsWith(QStringLiteral("No entry fits as typed")));
    }

    void nothingFound_offersToDecodeIt()
    {
        CatalogBench bench;
        QSignalSpy decode(bench.page, &CatalogPage::decodeRequested);
        CatalogBench::type(QStringLiteral("qqqqqqqqqq"));
        QVERIFY(!bench.list()->isVisible());
        for (QPushButton *button : bench.page->findChildren<QPushButton *>()) {
            if (button->text() == QStringLiteral("Decode it instead") && button->isVisible())
                button->click();
        }
        QCOMPARE(decode.size(), 1);
        QCOMPARE(decode.first().first().toString(), QStringLiteral("qqqqqqqqqq"));
    }

    void facet_clickTicksAndNarrows_resetLinkUnticks()
    {
        CatalogBench bench;
        auto *reset = bench.page->findChild<QPushButton *>(QStringLiteral("resetFacets"));
        QVERIFY(!reset->isVisible());
        const QRect row = bench.facetList()->visualRect(bench.facet(QStringLiteral("Beta")));
        QTest::mouseClick(bench.facetList()->viewport(), Qt::LeftButton, {}, row.center());
        QCOMPARE(bench.search.rowCount(), 3);
        QCOMPARE(bench.header(), QStringLiteral("3 of 7 entries"));
        QVERIFY(reset->isVisible());
        QTest::mouseClick(reset, Qt::LeftButton);
        QCOMPARE(bench.search.rowCount(), 7);
        QVERIFY(!reset->isVisible());
    }

    void facet_spaceTicks()
    {
        CatalogBench bench;
        bench.facetList()->setFocus();
        bench.facetList()->setCurrentIndex(bench.facet(QStringLiteral("after wait")));
        QTest::keyClick(bench.facetList(), Qt::Key_Space);
        QCOMPARE(bench.search.rowCount(), 2);
        QTest::keyClick(bench.facetList(), Qt::Key_Space);
        QCOMPARE(bench.search.rowCount(), 7);
    }

    void facetCounts_followTheQuery()
    {
        CatalogBench bench;
        CatalogBench::type(QStringLiteral("429"));
        QCOMPARE(bench.facet(QStringLiteral("4xx")).data(FacetModel::CountRole).toInt(), 2);
        QCOMPARE(bench.facet(QStringLiteral("2xx")).data(FacetModel::CountRole).toInt(), 0);
    }

    void entry_tellsEverythingInOrder()
    {
        CatalogBench bench;
        bench.page->openEntry(QStringLiteral("alpha:RATE_LIMIT"));
        const QString all = bench.texts().join(QLatin1Char('\n'));
        int at = -1;
        for (const char *part : {"Too many requests, as documented.", "Retry", "as Retry-After says, else 1 s", "429",
                                 "WHAT TO DO", "Wait, then repeat.", "WATCH OUT", "THE DOCUMENTS DISAGREE",
                                 "SAME MEANING ELSEWHERE", "TELL THE CUSTOMER", "Please wait {wait}", "EXAMPLE BODY",
                                 "OWN NOTE", "SOURCE", "https://example.com/alpha/errors"}) {
            const int found = int(all.indexOf(QString::fromLatin1(part), std::max(at, 0)));
            QVERIFY2(found > at, part);
            at = found;
        }
        QVERIFY(bench.entry()->findChild<CodeBlock *>()->toPlainText().contains(QStringLiteral("\"limit\": 1.00")));
    }

    void inferredFacts_standApart()
    {
        CatalogBench bench;
        bench.page->openEntry(QStringLiteral("alpha:CONFLICT"));
        const QStringList texts = bench.texts();
        const qsizetype reading = texts.indexOf(QStringLiteral("Read it again before you change it."));
        QVERIFY(reading > texts.indexOf(QStringLiteral("OUR READING")));
        QCOMPARE(texts.at(reading + 1), QStringLiteral("inferred"));
        const QString spoken = entrySentence(bench.search.index(bench.search.rowOf(QStringLiteral("alpha:CONFLICT"))));
        QVERIFY(spoken.contains(QStringLiteral("status 409, inferred")));
    }

    void equivalent_jumps_andBackReturns()
    {
        CatalogBench bench;
        CatalogBench::type(QStringLiteral("RATE_LIMIT"));
        QTest::keyClick(bench.field, Qt::Key_Return);
        QCOMPARE(bench.shownCode(), QStringLiteral("RATE_LIMIT"));
        QVERIFY(!bench.action("back")->isEnabled());
        QTest::mouseClick(bench.entry()->findChild<CodeLink *>(), Qt::LeftButton);
        QCOMPARE(bench.shownCode(), QStringLiteral("rate-limit"));
        bench.action("back")->trigger();
        QCOMPARE(bench.shownCode(), QStringLiteral("RATE_LIMIT"));
        QVERIFY(!bench.action("back")->isEnabled());
    }

    void back_skipsTheEntryThatIsShownAlready()
    {
        CatalogBench bench;
        bench.page->openEntry(QStringLiteral("alpha:RATE_LIMIT"));
        bench.page->openEntry(QStringLiteral("beta:rate-limit"));
        bench.list()->setCurrentIndex(bench.list()->model()->index(0, 0));
        QTRY_COMPARE(bench.shownCode(), QStringLiteral("RATE_LIMIT"));
        bench.action("back")->trigger();
        QCOMPARE(bench.shownCode(), QStringLiteral("RATE_LIMIT"));
    }

    void copies_giveTheUsefulForm()
    {
        CatalogBench bench;
        bench.page->openEntry(QStringLiteral("alpha:RATE_LIMIT"));
        bench.action("copyReply")->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("Please wait {wait} and try again."));
        bench.action("copyMarkdown")->trigger();
        const QString markdown = QGuiApplication::clipboard()->text();
        QVERIFY(markdown.startsWith(QStringLiteral("### Alpha `RATE_LIMIT`")));
        QVERIFY(markdown.contains(QStringLiteral("| HTTP status | 429 | stated |")));
        QVERIFY(markdown.contains(QStringLiteral("[Errors](https://example.com/alpha/errors)")));
    }

    void replyButton_isOnlyAbleWhereThereIsAReply()
    {
        CatalogBench bench;
        bench.page->openEntry(QStringLiteral("alpha:RATE_LIMIT"));
        QVERIFY(bench.action("copyReply")->isEnabled());
        bench.page->openEntry(QStringLiteral("alpha:GONE"));
        QVERIFY(!bench.action("copyReply")->isEnabled());
        for (const auto *button : bench.page->findChildren<ActionButton *>()) {
            if (button->text() == QStringLiteral("Copy reply"))
                QVERIFY(!button->isEnabled());
        }
    }

    void signalsCarryTheEntry()
    {
        CatalogBench bench;
        QSignalSpy simulate(bench.page, &CatalogPage::simulateRequested);
        QSignalSpy probe(bench.page, &CatalogPage::probeRequested);
        QSignalSpy url(bench.page, &CatalogPage::openUrlRequested);
        bench.page->openEntry(QStringLiteral("alpha:GONE"));
        bench.action("simulate")->trigger();
        bench.action("probe")->trigger();
        bench.action("openDocument")->trigger();
        QCOMPARE(simulate.value(0).value(0).toString(), QStringLiteral("alpha:GONE"));
        QCOMPARE(probe.value(0).value(0).toString(), QStringLiteral("alpha:GONE"));
        QCOMPARE(url.value(0).value(0).toString(), QStringLiteral("https://example.com/alpha/errors"));
    }

    void noteIsToldAsTyped_andFound()
    {
        CatalogBench bench;
        QSignalSpy edited(bench.page, &CatalogPage::noteEdited);
        bench.page->openEntry(QStringLiteral("alpha:GONE"));
        auto *note = bench.entry()->findChild<QPlainTextEdit *>();
        for (auto *edit : bench.entry()->findChildren<QPlainTextEdit *>()) {
            if (!edit->isReadOnly())
                note = edit;
        }
        note->setFocus();
        QTest::keyClicks(note, QStringLiteral("ab"));
        QCOMPARE(edited.size(), 2);
        QCOMPARE(edited.last().at(1).toString(), QStringLiteral("ab"));
        QCOMPARE(note->toPlainText(), QStringLiteral("ab"));
        bench.search.setQuery(QStringLiteral("is:noted"));
        QCOMPARE(bench.search.rowCount(), 1);
    }

    void keptMarks_areShown()
    {
        CatalogBench bench;
        bench.page->setMarks({QStringLiteral("alpha:GONE")}, {{QStringLiteral("alpha:GONE"), QStringLiteral("mine")}});
        bench.page->openEntry(QStringLiteral("alpha:GONE"));
        QVERIFY(bench.entry()->findChild<StarButton *>()->isChecked());
        bool found = false;
        for (const auto *edit : bench.entry()->findChildren<QPlainTextEdit *>())
            found = found || edit->toPlainText() == QStringLiteral("mine");
        QVERIFY(found);
    }

    void pin_isToldAndFound()
    {
        CatalogBench bench;
        QSignalSpy pinned(bench.page, &CatalogPage::pinToggled);
        bench.page->openEntry(QStringLiteral("alpha:GONE"));
        QTest::mouseClick(bench.entry()->findChild<StarButton *>(), Qt::LeftButton);
        QCOMPARE(pinned.size(), 1);
        QCOMPARE(pinned.first().at(1).toBool(), true);
        bench.search.setQuery(QStringLiteral("is:pinned"));
        QCOMPARE(bench.search.rowCount(), 1);
        bench.action("pin")->trigger();
        QCOMPARE(pinned.last().at(1).toBool(), false);
    }

    void otherCatalogs_keepTheEntryOnShow()
    {
        CatalogBench bench;
        bench.page->openEntry(QStringLiteral("alpha:GONE"));
        bench.search.setCatalogs(test::smallCatalogs());
        bench.page->catalogsChanged();
        QTRY_COMPARE(bench.shownCode(), QStringLiteral("GONE"));
        bench.search.setCatalogs(CatalogSet({test::smallCatalogs().catalogs().back()}));
        bench.page->catalogsChanged();
        QTRY_VERIFY(bench.shownCode().isEmpty());
    }

    void everythingOneCanReachHasAName()
    {
        CatalogBench bench;
        bench.page->openEntry(QStringLiteral("alpha:RATE_LIMIT"));
        for (const QWidget *widget : bench.page->findChildren<QWidget *>()) {
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) ||
                (button && !button->text().isEmpty()))
                continue;
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        }
    }

    void narrowWindow_cutsNoBadgeOff()
    {
        CatalogBench bench;
        bench.window.resize(860, 600);
        bench.page->openEntry(QStringLiteral("alpha:RATE_LIMIT"));
        const QWidget *content = bench.entry()->widget();
        QTRY_VERIFY(content->width() <= bench.entry()->viewport()->width());
        for (const QWidget *widget : content->findChildren<QWidget *>()) {
            const QRect place(widget->mapTo(content, QPoint()), widget->size());
            QVERIFY2(place.right() < content->width(), widget->metaObject()->className());
        }
    }
};

QTEST_MAIN(TestCatalogPage)
#include "tst_catalogpage.moc"
