// Recordings, logs and several files on the decode page.
#include "app/window/samplerecording.h"
#include "support/decodebench.h"
#include "views/decode/batchview.h"
#include "views/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

using namespace errata;
using namespace errata::test;

class TestBatchView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recording_tellsHowManyFailed_andListsThem();
    void narrow_hidesTheApi_beforeItCutsTheCode();
    void codeChip_filters_andLetsGo();
    void hostChip_filters_andEscapeClears();
    void histogram_clicked_filtersToItsTime();
    void histogram_byKeyboard_andInWords();
    void filterField_narrows_andSaysWhenNothingFits();
    void allExchanges_listsWhatWentWell();
    void row_marksItsExchange_andShowsItsVerdict();
    void enter_goesToTheVerdict();
    void row_farBeyondWhatIsShown_isShown();
    void newPaste_emptiesTheFilter();
    void singleReply_hasNoTable();
    void files_areOneBatch_andTheRowChoosesTheText();
    void view_goesWhileItIsShown();
    void severalFindings_areListed_failuresFirst();
    void findingWords_areSound();
};

void TestBatchView::recording_tellsHowManyFailed_andListsThem()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    const Diagnosis &found = bench.page.diagnosis();
    QCOMPARE(found.exchanges, 120);
    QCOMPARE(bench.table()->shownRows(), int(found.findings.size()));
    QVERIFY(bench.shows(QStringLiteral("%1 of 120 failed").arg(found.findings.size())));
    QVERIFY(bench.verdict()->isVisible());
    QVERIFY(!bench.table()->isColumnHidden(ExchangeModel::TimeColumn));
    QVERIFY(bench.table()->isColumnHidden(ExchangeModel::FileColumn));
    QCOMPARE(bench.cell(0, ExchangeModel::NumberColumn), QStringLiteral("10"));
    QCOMPARE(bench.cell(0, ExchangeModel::PlaceColumn), QStringLiteral("api.intended.so/intent"));
}

void TestBatchView::narrow_hidesTheApi_beforeItCutsTheCode()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    FindingTable &table = *bench.table();
    const auto codeIsWhole = [&table] {
        const int wanted = table.fontMetrics().horizontalAdvance(QStringLiteral("RATE_LIMIT_EXCEEDED"));
        return table.columnWidth(ExchangeModel::CodeColumn) >= wanted;
    };
    table.resize(900, table.height());
    QVERIFY(!table.isColumnHidden(ExchangeModel::ApiColumn));
    QVERIFY(codeIsWhole());
    table.resize(460, table.height());
    QVERIFY(table.isColumnHidden(ExchangeModel::ApiColumn));
    QVERIFY(codeIsWhole());
    table.resize(900, table.height());
    QVERIFY(!table.isColumnHidden(ExchangeModel::ApiColumn));
}

void TestBatchView::codeChip_filters_andLetsGo()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    const int all = bench.table()->shownRows();
    QPushButton *chip = bench.chip(QStringLiteral("volume_busy"));
    QVERIFY(chip);
    QTest::mouseClick(chip, Qt::LeftButton);
    QVERIFY(chip->isChecked());
    QVERIFY(bench.table()->shownRows() > 0 && bench.table()->shownRows() < all);
    for (int i = 0; i < bench.table()->shownRows(); ++i)
        QCOMPARE(bench.cell(i, ExchangeModel::CodeColumn), QStringLiteral("volume_busy"));
    QCOMPARE(bench.verdict()->finding().code, std::optional(QStringLiteral("volume_busy")));
    QTest::mouseClick(chip, Qt::LeftButton);
    QVERIFY(!chip->isChecked());
    QCOMPARE(bench.table()->shownRows(), all);
}

void TestBatchView::hostChip_filters_andEscapeClears()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    QVERIFY(QTest::qWaitForWindowActive(&bench.page));
    const int all = bench.table()->shownRows();
    QPushButton *chip = bench.chip(QStringLiteral("cdn.example.net"));
    QVERIFY(chip);
    QTest::mouseClick(chip, Qt::LeftButton);
    QVERIFY(bench.table()->shownRows() < all);
    QCOMPARE(bench.cell(0, ExchangeModel::PlaceColumn), QStringLiteral("cdn.example.net/assets/app.js"));
    bench.table()->setFocus();
    QTest::keyClick(bench.table(), Qt::Key_Escape);
    QCOMPARE(bench.table()->shownRows(), all);
    QVERIFY(!chip->isChecked());
}

void TestBatchView::histogram_clicked_filtersToItsTime()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    const int all = bench.table()->shownRows();
    const auto histogram = histogramOf(bench.page.diagnosis(), 40);
    const auto most = std::max_element(histogram->failed.begin(), histogram->failed.end());
    const int bin = int(most - histogram->failed.begin());
    QTest::mouseClick(bench.chart(), Qt::LeftButton, {}, bench.chart()->binRect(bin).center());
    QCOMPARE(bench.table()->shownRows(), *most);
    QVERIFY(*most < all);
    QTest::mouseClick(bench.chart(), Qt::LeftButton, {}, bench.chart()->binRect(bin).center());
    QCOMPARE(bench.table()->shownRows(), all);
}

void TestBatchView::histogram_byKeyboard_andInWords()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    QVERIFY(QTest::qWaitForWindowActive(&bench.page));
    const QSignalSpy spy(bench.chart(), &FailureHistogram::binChosen);
    bench.chart()->setFocus(Qt::TabFocusReason);
    QTest::keyClick(bench.chart(), Qt::Key_Right);
    QTest::keyClick(bench.chart(), Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    QVERIFY(!bench.chart()->accessibleName().isEmpty());
    QCOMPARE(bench.chart()->accessibleDescription(), bench.chart()->binText(spy[0][0].toInt()));
    QVERIFY(bench.chart()->text().startsWith(QStringLiteral("07:28:00 to ")));
    QVERIFY(!bench.shows(QStringLiteral("07:28:00 to ")));
    QTest::mouseClick(bench.chip(QStringLiteral("as text")), Qt::LeftButton);
    QVERIFY(bench.shows(QStringLiteral("07:28:00 to ")));
}

void TestBatchView::filterField_narrows_andSaysWhenNothingFits()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    QTest::keyClicks(bench.filter(), QStringLiteral("412 users"));
    QVERIFY(bench.table()->shownRows() > 0);
    QCOMPARE(bench.verdict()->finding().httpStatus, std::optional(412));
    QTest::keyClicks(bench.filter(), QStringLiteral(" nowhere"));
    QVERIFY(!bench.table()->isVisible());
    QVERIFY(!bench.verdict()->isVisible());
    QVERIFY(bench.shows(QStringLiteral("No row fits the filter.")));
    QTest::mouseClick(bench.button(QStringLiteral("Clear filter")), Qt::LeftButton);
    QVERIFY(bench.filter()->text().isEmpty());
    QVERIFY(bench.table()->isVisible());
    QVERIFY(bench.verdict()->isVisible());
}

void TestBatchView::allExchanges_listsWhatWentWell()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    auto *all = bench.page.findChild<QCheckBox *>();
    QTest::mouseClick(all, Qt::LeftButton, {}, QPoint(8, all->height() / 2));
    QCOMPARE(bench.table()->shownRows(), 120);
    QTest::keyClick(bench.table(), Qt::Key_End, Qt::ControlModifier);
    QVERIFY(bench.shows(QStringLiteral("No error in it: ")));
    QVERIFY(!bench.verdict()->isVisible());
    QTest::keyClick(bench.table(), Qt::Key_Home, Qt::ControlModifier);
    QVERIFY(bench.verdict()->isVisible());
    QVERIFY(!bench.shows(QStringLiteral("No error in it: ")));
}

void TestBatchView::row_marksItsExchange_andShowsItsVerdict()
{
    Bench bench;
    const QByteArray har = sampleHar();
    bench.page.pasteText(har);
    bench.table()->setFocus();
    QTest::keyClick(bench.table(), Qt::Key_Down);
    const Finding &second = bench.page.diagnosis().findings[1];
    QCOMPARE(bench.verdict()->finding().exchange, second.exchange);
    const Span where = bench.page.diagnosis().lines[std::size_t(second.exchange)].where;
    QString marked = bench.marked().constFirst();
    marked.replace(QChar::ParagraphSeparator, u'\n');
    QCOMPARE(marked, QString::fromUtf8(har.mid(where.start, where.length)));
    QVERIFY(bench.edit()->textCursor().position() >= where.start);
}

void TestBatchView::enter_goesToTheVerdict()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    QVERIFY(QTest::qWaitForWindowActive(&bench.page));
    bench.table()->setFocus();
    QTest::keyClick(bench.table(), Qt::Key_Return);
    QVERIFY(bench.verdict()->isAncestorOf(QApplication::focusWidget()));
}

void TestBatchView::row_farBeyondWhatIsShown_isShown()
{
    Bench bench;
    const QByteArray good = "{\"time\":\"2026-03-01T10:00:00Z\",\"url\":\"https://a.example/1\",\"status\":200}\n";
    const QByteArray bad = "{\"time\":\"2026-03-01T10:00:09Z\",\"url\":\"https://a.example/far\",\"status\":503}\n";
    bench.page.pasteText(good.repeated(20000) + bad + good.repeated(100));
    QVERIFY(bench.edit()->isReadOnly());
    QCOMPARE(bench.table()->shownRows(), 1);
    QVERIFY(bench.edit()->shownBytes().start > 0);
    QVERIFY(bench.edit()->toPlainText().startsWith(QStringLiteral("{\"time\"")));
    QVERIFY2(bench.marked().constFirst().contains(QStringLiteral("/far")), qPrintable(bench.marked().constFirst()));
    QVERIFY(bench.shows(QStringLiteral("around the chosen place")));
    QCOMPARE(bench.page.text().size(), good.size() * 20100 + bad.size());
}

void TestBatchView::newPaste_emptiesTheFilter()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    QTest::keyClicks(bench.filter(), QStringLiteral("nowhere"));
    bench.page.pasteText(sampleLog());
    QVERIFY(bench.filter()->text().isEmpty());
    QVERIFY(bench.table()->shownRows() > 0);
    QVERIFY(bench.verdict()->isVisible());
}

void TestBatchView::singleReply_hasNoTable()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    bench.page.pasteText(preconditionFailed);
    QVERIFY(!bench.page.findChild<BatchView *>()->isVisible());
    QCOMPARE(bench.verdict()->finding().code, std::optional(QStringLiteral("precondition_failed")));
}

void TestBatchView::files_areOneBatch_andTheRowChoosesTheText()
{
    Bench bench;
    const QByteArray limited = "HTTP/1.1 429 Too Many Requests\r\n\r\n{\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\","
                               "\"message\":\"m\",\"request_id\":\"req_1\"}}";
    bench.page.openTexts({{QStringLiteral("one.http"), preconditionFailed}, {QStringLiteral("two.http"), limited}});
    QCOMPARE(bench.page.diagnosis().exchanges, 2);
    QCOMPARE(bench.page.text(), QByteArray(preconditionFailed));
    QVERIFY(!bench.table()->isColumnHidden(ExchangeModel::FileColumn));
    QCOMPARE(bench.cell(1, ExchangeModel::FileColumn), QStringLiteral("two.http"));
    QVERIFY(bench.page.findChild<QComboBox *>()->itemText(0).contains(QStringLiteral("2 files")));
    QTest::keyClick(bench.table(), Qt::Key_Down);
    QCOMPARE(bench.page.text(), limited);
    QVERIFY(bench.marked().contains(QStringLiteral("RATE_LIMIT_EXCEEDED")));
    QVERIFY(bench.shows(QStringLiteral("File 2 of 2: two.http.")));
    QCOMPARE(bench.page.texts().size(), std::size_t(2));
    QTest::mouseClick(bench.button(QStringLiteral("Clear")), Qt::LeftButton);
    QVERIFY(bench.page.text().isEmpty());
    QTest::mouseClick(bench.button(QStringLiteral("Undo")), Qt::LeftButton);
    QCOMPARE(bench.page.texts().size(), std::size_t(2));
}

void TestBatchView::view_goesWhileItIsShown()
{
    auto view = std::make_unique<BatchView>();
    view->show();
    view->setDigest(std::make_shared<const Digest>(digestOf(decodeText(sampleHar(), catalogs()))));
    QVERIFY(view->table()->shownRows() > 0);
    // Closing a window asks the table once more.
    view.reset();
    QVERIFY(QApplication::topLevelWidgets().isEmpty());
}

void TestBatchView::severalFindings_areListed_failuresFirst()
{
    Bench bench;
    Diagnosis several = decodeText(preconditionFailed, catalogs());
    several.exchanges = 2;
    several.findings.push_back(rateLimited());
    several.findings.back().exchange = 1;
    QSignalSpy spy(&bench.page, &DecodePage::decodeRequested);
    bench.page.pasteText("x");
    bench.page.setDiagnosis(several, spy.last()[2].toInt());
    QVERIFY(bench.table()->isVisible());
    QCOMPARE(bench.table()->shownRows(), 2);
    QTest::keyClick(bench.table(), Qt::Key_Down);
    QCOMPARE(bench.verdict()->finding().code, std::optional(QStringLiteral("RATE_LIMIT_EXCEEDED")));
    QVERIFY(bench.shows(QStringLiteral("2 of 2 failed")));
}

void TestBatchView::findingWords_areSound()
{
    ExchangeModel model;
    FindingTable table(&model);
    table.setCatalogs(catalogs());
    QAbstractItemModelTester tester(table.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    Diagnosis diagnosis;
    diagnosis.findings = {rateLimited(), Finding{}};
    ExchangeLine line;
    line.index = 7;
    line.startedMs = 1700000000250;
    diagnosis.lines = {line};
    model.setDiagnosis(std::make_shared<const Diagnosis>(diagnosis));
    ExchangeFilter all;
    all.all = true;
    table.setFilter(all);
    const auto text = [&table](int row, int column) { return table.model()->index(row, column).data().toString(); };
    QCOMPARE(text(0, ExchangeModel::ApiColumn), QStringLiteral("Intended"));
    QCOMPARE(text(0, ExchangeModel::RetryColumn), QStringLiteral("after wait"));
    QCOMPARE(text(1, ExchangeModel::CodeColumn), QStringLiteral("–"));
    QCOMPARE(text(2, ExchangeModel::TimeColumn), QStringLiteral("22:13:20.250"));
    QCOMPARE(text(2, ExchangeModel::RetryColumn), QStringLiteral("no error"));
    QCOMPARE(timeText(1700000000250, 90000000), QStringLiteral("2023-11-14 22:13:20"));
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setPalette(Theme::light().palette());
    TestBatchView test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_batchview.moc"
