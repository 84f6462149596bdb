// The decode page, driven as a user drives it, with the real decoder and the shipped catalogs.
#include "app/redactionrules.h"
#include "app/window/bundling.h"
#include "app/window/copying.h"
#include "app/window/decoding.h"
#include "app/window/samplerecording.h"
#include "models/catalog/catalogreader.h"
#include "models/decode/decoder.h"
#include "models/decode/reply.h"
#include "views/decode/batchview.h"
#include "views/decode/decodepage.h"
#include "views/decode/failurehistogram.h"
#include "views/decode/findingtable.h"
#include "views/decode/pasteedit.h"
#include "views/decode/pastetext.h"
#include "views/decode/readingbar.h"
#include "views/decode/reasonline.h"
#include "views/decode/replytext.h"
#include "views/decode/verdictview.h"
#include "views/theme/theme.h"
#include "views/widgets/noteline.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QProcess>
#include <QProgressBar>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace errata;

namespace {

constexpr char preconditionFailed[] =
    "HTTP/2 412\r\n"
    "content-type: application/json\r\n"
    "etag: \"17\"\r\n"
    "\r\n"
    R"({"error": "precondition_failed", "error_description": "Changed.", "retryable": false})";

const CatalogSet &catalogs()
{
    static const CatalogSet set = loadCatalogs().set;
    return set;
}

/// A page whose requests are answered at once.
struct Bench
{
    DecodePage page;
    int decoded = 0;

    Bench()
    {
        QObject::connect(&page, &DecodePage::decodeRequested, &page,
                         [this](const QByteArray &text, const DecodeOptions &options, int job) {
                             ++decoded;
                             page.setDiagnosis(decodeText(text, catalogs(), options), job);
                         });
        QObject::connect(&page, &DecodePage::batchRequested, &page,
                         [this](const std::vector<NamedText> &texts, const DecodeOptions &options, int job) {
                             ++decoded;
                             page.setDiagnosis(decodeTexts(texts, catalogs(), options), job);
                         });
        page.setCatalogs(catalogs());
        page.resize(1200, 780);
        page.show();
    }

    [[nodiscard]] PasteEdit *edit() const { return page.findChild<PasteEdit *>(); }
    [[nodiscard]] VerdictView *verdict() const { return page.findChild<VerdictView *>(); }
    [[nodiscard]] QPushButton *button(const QString &text) const
    {
        for (auto *b : page.findChildren<QPushButton *>()) {
            if (b->text() == text && b->isVisible())
                return b;
        }
        return nullptr;
    }
    [[nodiscard]] bool shows(const QString &text) const
    {
        const auto labels = page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }
    [[nodiscard]] FindingTable *table() const { return page.findChild<FindingTable *>(); }
    [[nodiscard]] FailureHistogram *chart() const { return page.findChild<FailureHistogram *>(); }
    [[nodiscard]] QLineEdit *filter() const
    {
        for (auto *field : page.findChildren<QLineEdit *>()) {
            if (field->accessibleName() == QStringLiteral("Filter"))
                return field;
        }
        return nullptr;
    }
    /// The chip for that code or host, by what a screen reader is told.
    [[nodiscard]] QPushButton *chip(const QString &name) const
    {
        for (auto *b : page.findChildren<QPushButton *>()) {
            if (b->isCheckable() && b->isVisible() && b->accessibleName().contains(name))
                return b;
        }
        return nullptr;
    }
    [[nodiscard]] QAction *copyAction(const QString &text) const
    {
        for (auto *action : verdict()->findChildren<QAction *>()) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return table()->model()->index(row, column).data().toString();
    }
    [[nodiscard]] QStringList marked() const
    {
        QStringList texts;
        for (const QTextEdit::ExtraSelection &selection : edit()->extraSelections())
            texts << selection.cursor.selectedText();
        return texts;
    }
};

Finding rateLimited()
{
    Finding finding;
    finding.api = QStringLiteral("intended");
    finding.code = QStringLiteral("RATE_LIMIT_EXCEEDED");
    finding.httpStatus = 429;
    finding.retry.verdict = RetryVerdict::AfterWait;
    finding.retry.afterMs = 2000;
    finding.ids = {{QStringLiteral("correlationId"), QStringLiteral("Correlation id"), QStringLiteral("c-1"), {}}};
    return finding;
}

} // namespace

class TestDecodePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsEmpty_andSaysWhatToDo();
    void paste_givesAVerdictAtOnce();
    void evidence_isMarkedInTheText_acrossLineEnds();
    void reason_pointedAt_selectsItsPlace();
    void typing_decodesAfterAPause();
    void bytes_areKeptAsTheyCame();
    void bytes_comeBackWithUndo();
    void paste_intoSelectedAll_keepsTheBytes();
    void clear_canBeUndone();
    void large_isShownInPart_andDecodedWhole();
    void success_saysWhatItWasReadAs();
    void unreadable_tellsThePlace();
    void kind_isOverridden();
    void api_isChosen();
    void status_toldBeside_isUsed_andAWrongOneIsTold();
    void staleAnswer_isDropped();
    void everyReadableKind_isOffered();
    void recording_tellsHowManyFailed_andListsThem();
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
    void progress_isShown_andEscapeCancels();
    void newPaste_cancelsTheRunningJob();
    void cancelledFiles_areNotShown();
    void files_areOneBatch_andTheRowChoosesTheText();
    void files_areRead_andWhatCannotBeIsTold();
    void gzipFile_isShownUnpacked();
    void copiedSelection_isHandedOver_notCopied();
    void copies_areMasked_andCounted_data();
    void copies_areMasked_andCounted();
    void copyWithSecrets_isAskedForByName();
    void secretsOfTheText_areCounted();
    void bundle_isAZip_withoutSecrets();
    void bundle_ofNothing_isRefused();
    void questions_areCopiedOneByOne_andTogether();
    void severalFindings_areListed_failuresFirst();
    void findingWords_areSound();
    void alternative_isTaken();
    void copyReply_fillsPlaceholders_andSaysWhatIsLeft();
    void leads_areEmitted();
    void samples_areOffered();
    void clipboardWithoutText_isTold();
    void replies_data();
    void replies();
    void script_playsTheError();
    void longLines_areFound();
    void shownPositions_data();
    void shownPositions();
    void sizes_areReadable();
    void changeOfTheme_keepsTheMarks();
};

void TestDecodePage::startsEmpty_andSaysWhatToDo()
{
    Bench bench;
    QVERIFY(bench.shows(QStringLiteral("Press Ctrl+V")));
    QVERIFY(!bench.verdict()->isVisible());
}

void TestDecodePage::paste_givesAVerdictAtOnce()
{
    Bench bench;
    QApplication::clipboard()->setText(QString::fromUtf8(preconditionFailed));
    bench.edit()->setFocus();
    QTest::keyClick(bench.edit(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(bench.decoded, 1);
    QVERIFY(bench.verdict()->isVisible());
    QCOMPARE(bench.verdict()->finding().code, std::optional(QStringLiteral("precondition_failed")));
    QVERIFY(bench.shows(QStringLiteral("this API sends none")));
    QVERIFY(bench.page.findChild<QComboBox *>()->itemText(0).contains(QStringLiteral("HTTP response")));
}

void TestDecodePage::evidence_isMarkedInTheText_acrossLineEnds()
{
    Bench bench;
    bench.page.pasteText(preconditionFailed);
    const QStringList marked = bench.marked();
    QVERIFY2(marked.contains(QStringLiteral("412")), qPrintable(marked.join(QLatin1Char('|'))));
    QVERIFY2(marked.contains(QStringLiteral("precondition_failed")), qPrintable(marked.join(QLatin1Char('|'))));
}

void TestDecodePage::reason_pointedAt_selectsItsPlace()
{
    Bench bench;
    bench.page.pasteText(preconditionFailed);
    const auto before = bench.marked().size();
    ReasonLine *reason = nullptr;
    for (auto *line : bench.page.findChildren<ReasonLine *>()) {
        if (line->text().contains(QStringLiteral("is a code of")))
            reason = line;
    }
    QVERIFY(reason);
    QCOMPARE(reason->focusPolicy(), Qt::StrongFocus);
    QFocusEvent in(QEvent::FocusIn, Qt::TabFocusReason);
    QApplication::sendEvent(reason, &in);
    QCOMPARE(bench.marked().size(), before + 1);
    QCOMPARE(bench.marked().constLast(), QStringLiteral("precondition_failed"));
    QFocusEvent out(QEvent::FocusOut, Qt::TabFocusReason);
    QApplication::sendEvent(reason, &out);
    QCOMPARE(bench.marked().size(), before);
}

void TestDecodePage::typing_decodesAfterAPause()
{
    Bench bench;
    QTest::keyClicks(bench.edit(), QStringLiteral("volume_busy"));
    QCOMPARE(bench.decoded, 0);
    QTRY_COMPARE(bench.decoded, 1);
    QCOMPARE(bench.verdict()->finding().code, std::optional(QStringLiteral("volume_busy")));
}

void TestDecodePage::bytes_areKeptAsTheyCame()
{
    Bench bench;
    for (const QByteArray &bytes :
         {QByteArray(preconditionFailed), QByteArray("a\0b\r\nc\rd\ne", 9), QByteArray("\xff\xfe bad utf-8 \xc3"),
          QByteArray("non\xc2\xa0"
                     "breaking \xe2\x80\xa9 separator"),
          QByteArray("\xef\xbb\xbf{}")}) {
        QSignalSpy spy(&bench.page, &DecodePage::decodeRequested);
        bench.page.pasteText(bytes);
        QCOMPARE(bench.page.text(), bytes);
        QCOMPARE(spy.last().first().toByteArray(), bytes);
    }
}

void TestDecodePage::bytes_comeBackWithUndo()
{
    Bench bench;
    bench.page.pasteText(preconditionFailed);
    bench.page.pasteText("volume_busy");
    QTest::keyClick(bench.edit(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(bench.page.text(), preconditionFailed);
    QTRY_COMPARE(bench.verdict()->finding().code, std::optional(QStringLiteral("precondition_failed")));
}

void TestDecodePage::paste_intoSelectedAll_keepsTheBytes()
{
    Bench bench;
    bench.page.pasteText("old text");
    QApplication::clipboard()->setText(QStringLiteral("HTTP/1.1 404 Not Found\r\n\r\n"));
    bench.edit()->setFocus();
    QTest::keyClick(bench.edit(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(bench.edit(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(bench.page.text(), QByteArray("HTTP/1.1 404 Not Found\r\n\r\n"));
}

void TestDecodePage::clear_canBeUndone()
{
    Bench bench;
    bench.page.pasteText(preconditionFailed);
    QTest::mouseClick(bench.button(QStringLiteral("Clear")), Qt::LeftButton);
    QVERIFY(bench.page.text().isEmpty());
    QVERIFY(bench.shows(QStringLiteral("Press Ctrl+V")));
    QTest::mouseClick(bench.button(QStringLiteral("Undo")), Qt::LeftButton);
    QCOMPARE(bench.page.text(), preconditionFailed);
    QVERIFY(!bench.button(QStringLiteral("Undo")));
}

void TestDecodePage::large_isShownInPart_andDecodedWhole()
{
    Bench bench;
    QByteArray large = R"({"filler": "-", "error": "precondition_failed", "error_description": "late"})";
    large.replace('-', QByteArray(1'500'000, 'x'));
    bench.page.pasteText(large);
    QCOMPARE(bench.page.text(), large);
    QVERIFY(bench.edit()->isReadOnly());
    QVERIFY(bench.edit()->toPlainText().size() == 200'000);
    QVERIFY(bench.shows(QStringLiteral("1.5 MB: the first 200.0 kB are shown")));
    QCOMPARE(bench.verdict()->finding().code, std::optional(QStringLiteral("precondition_failed")));
    QByteArray lines("line of a log, long enough\n");
    bench.page.pasteText(lines.repeated(50'000));
    QVERIFY(bench.shows(QStringLiteral("1.4 MB: the first 1.0 MB are shown")));
    bench.page.pasteText("volume_busy");
    QVERIFY(!bench.edit()->isReadOnly());
}

void TestDecodePage::success_saysWhatItWasReadAs()
{
    Bench bench;
    bench.page.pasteText("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"ok\": true}");
    QVERIFY(bench.shows(QStringLiteral("No error recognised: HTTP response, 63 bytes")));
    QVERIFY(!bench.verdict()->isVisible());
}

void TestDecodePage::unreadable_tellsThePlace()
{
    Bench bench;
    bench.page.pasteText("{\"error\": {\"code\": \"RATE_LIMIT_EXCEEDED\",\n  \"request_id\": ");
    QVERIFY(bench.shows(QStringLiteral("line 2, column")));
}

void TestDecodePage::kind_isOverridden()
{
    Bench bench;
    bench.page.pasteText("volume_busy");
    auto *kind = bench.page.findChild<QComboBox *>();
    kind->setCurrentIndex(kind->findData(int(InputKind::Json)));
    Q_EMIT kind->activated(kind->currentIndex());
    QCOMPARE(bench.page.options().kind, std::optional(InputKind::Json));
    QCOMPARE(bench.decoded, 2);
    QCOMPARE(bench.page.diagnosis().kind, InputKind::Json);
}

void TestDecodePage::api_isChosen()
{
    Bench bench;
    bench.page.pasteText("unauthorized");
    for (auto *box : bench.page.findChildren<QComboBox *>()) {
        const int index = box->findData(QStringLiteral("nullspace"));
        if (index > 0) {
            box->setCurrentIndex(index);
            Q_EMIT box->activated(index);
        }
    }
    QCOMPARE(bench.page.options().api, QStringLiteral("nullspace"));
    QCOMPARE(bench.verdict()->finding().api, std::optional(QStringLiteral("nullspace")));
}

void TestDecodePage::status_toldBeside_isUsed_andAWrongOneIsTold()
{
    Bench bench;
    bench.page.pasteText("{}");
    QLineEdit *status = nullptr;
    for (auto *field : bench.page.findChildren<QLineEdit *>()) {
        if (field->accessibleName().startsWith(QStringLiteral("HTTP status")))
            status = field;
    }
    QVERIFY(status);
    QTest::keyClicks(status, QStringLiteral("77"));
    QTRY_VERIFY(bench.shows(QStringLiteral("“77” is no HTTP status")));
    QVERIFY(!bench.page.options().status);
    status->clear();
    QTest::keyClicks(status, QStringLiteral("503"));
    QTRY_COMPARE(bench.verdict()->finding().httpStatus, std::optional(503));
    QVERIFY(!bench.shows(QStringLiteral("is no HTTP status")));
}

void TestDecodePage::staleAnswer_isDropped()
{
    DecodePage page;
    page.setCatalogs(catalogs());
    QSignalSpy spy(&page, &DecodePage::decodeRequested);
    page.pasteText("volume_busy");
    page.pasteText("precondition_failed");
    page.setDiagnosis(decodeText("precondition_failed", catalogs()), spy[1][2].toInt());
    page.setDiagnosis(decodeText("volume_busy", catalogs()), spy[0][2].toInt());
    QCOMPARE(page.diagnosis().findings.front().code, std::optional(QStringLiteral("precondition_failed")));
}

void TestDecodePage::severalFindings_areListed_failuresFirst()
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

void TestDecodePage::findingWords_areSound()
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

void TestDecodePage::alternative_isTaken()
{
    Bench bench;
    bench.page.pasteText("unauthorized");
    QVERIFY(!bench.verdict()->finding().alternatives.empty());
    const QString other = bench.verdict()->finding().alternatives.front().api;
    QTest::mouseClick(bench.button(QStringLiteral("read so")), Qt::LeftButton);
    QCOMPARE(bench.page.options().api, other);
    QCOMPARE(bench.verdict()->finding().api, std::optional(other));
}

void TestDecodePage::copyReply_fillsPlaceholders_andSaysWhatIsLeft()
{
    Bench bench;
    bench.page.pasteText(preconditionFailed);
    QSignalSpy spy(&bench.page, &DecodePage::copyRequested);
    QTest::mouseClick(bench.button(QStringLiteral("Copy reply")), Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    const QString text = spy[0][0].toString();
    const QString said = spy[0][1].toString();
    QVERIFY(!text.contains(QLatin1Char('{')));
    QCOMPARE(text.contains(QLatin1Char('<')), said.contains(QStringLiteral("Still to fill in")));
    QVERIFY(bench.shows(said));
}

void TestDecodePage::leads_areEmitted()
{
    Bench bench;
    bench.page.pasteText(preconditionFailed);
    QSignalSpy entry(&bench.page, &DecodePage::entryRequested);
    QSignalSpy probe(&bench.page, &DecodePage::probeRequested);
    QSignalSpy simulate(&bench.page, &DecodePage::simulateRequested);
    QSignalSpy copy(&bench.page, &DecodePage::copyRequested);
    QTest::mouseClick(bench.button(QStringLiteral("Open in catalog")), Qt::LeftButton);
    QTest::mouseClick(bench.button(QStringLiteral("Probe it")), Qt::LeftButton);
    QTest::mouseClick(bench.button(QStringLiteral("Simulate retries")), Qt::LeftButton);
    QTest::mouseClick(bench.button(QStringLiteral("Copy facts")), Qt::LeftButton);
    QCOMPARE(entry.at(0).at(0).toString(), *bench.verdict()->finding().entryId);
    QCOMPARE(probe.count(), 1);
    QCOMPARE(simulate.at(0).at(0).toString(), QStringLiteral("412, 200"));
    QVERIFY(copy.at(0).at(0).toString().startsWith(QStringLiteral("API: AuthPI\nCode: precondition_failed\n")));
}

void TestDecodePage::samples_areOffered()
{
    Bench bench;
    QVERIFY(!bench.button(QStringLiteral("Samples")));
    bench.page.setSamples({QStringLiteral("AuthPI"), QStringLiteral("Intended")});
    QSignalSpy spy(&bench.page, &DecodePage::sampleRequested);
    QVERIFY(bench.button(QStringLiteral("Samples")));
    QTest::mouseClick(bench.button(QStringLiteral("Intended")), Qt::LeftButton);
    QCOMPARE(spy.at(0).at(0).toString(), QStringLiteral("Intended"));
}

void TestDecodePage::clipboardWithoutText_isTold()
{
    Bench bench;
    QApplication::clipboard()->clear();
    bench.page.pasteClipboard();
    QVERIFY(bench.shows(QStringLiteral("The clipboard holds no text.")));
    QCOMPARE(bench.decoded, 0);
}

void TestDecodePage::everyReadableKind_isOffered()
{
    const Bench bench;
    const auto *kind = bench.page.findChild<QComboBox *>();
    const QStringList ids = readableKinds();
    QCOMPARE(kind->count(), int(ids.size()) + 1);
    for (const QString &id : ids)
        QVERIFY2(kind->findData(int(*inputKindFromId(id))) > 0, qPrintable(id));
}

void TestDecodePage::recording_tellsHowManyFailed_andListsThem()
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

void TestDecodePage::codeChip_filters_andLetsGo()
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

void TestDecodePage::hostChip_filters_andEscapeClears()
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

void TestDecodePage::histogram_clicked_filtersToItsTime()
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

void TestDecodePage::histogram_byKeyboard_andInWords()
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

void TestDecodePage::filterField_narrows_andSaysWhenNothingFits()
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

void TestDecodePage::allExchanges_listsWhatWentWell()
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

void TestDecodePage::row_marksItsExchange_andShowsItsVerdict()
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

void TestDecodePage::enter_goesToTheVerdict()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    QVERIFY(QTest::qWaitForWindowActive(&bench.page));
    bench.table()->setFocus();
    QTest::keyClick(bench.table(), Qt::Key_Return);
    QVERIFY(bench.verdict()->isAncestorOf(QApplication::focusWidget()));
}

void TestDecodePage::row_farBeyondWhatIsShown_isShown()
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

void TestDecodePage::newPaste_emptiesTheFilter()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    QTest::keyClicks(bench.filter(), QStringLiteral("nowhere"));
    bench.page.pasteText(sampleLog());
    QVERIFY(bench.filter()->text().isEmpty());
    QVERIFY(bench.table()->shownRows() > 0);
    QVERIFY(bench.verdict()->isVisible());
}

void TestDecodePage::singleReply_hasNoTable()
{
    Bench bench;
    bench.page.pasteText(sampleHar());
    bench.page.pasteText(preconditionFailed);
    QVERIFY(!bench.page.findChild<BatchView *>()->isVisible());
    QCOMPARE(bench.verdict()->finding().code, std::optional(QStringLiteral("precondition_failed")));
}

namespace {

/// A page with the real wiring, and a decoder that waits until it is let go on.
struct HeldBench
{
    QSemaphore entered, goOn;
    DecodePage page;
    Decoding decoding{&page, [this](const std::vector<NamedText> &texts, const CatalogSet &set,
                                    const DecodeOptions &options) { return held(texts, set, options); }};

    HeldBench()
    {
        decoding.setCatalogs(catalogs());
        page.setCatalogs(catalogs());
        page.resize(1200, 780);
        page.show();
    }

    Diagnosis held(const std::vector<NamedText> &texts, const CatalogSet &set, const DecodeOptions &options)
    {
        Diagnosis diagnosis = decodeTexts(texts, set, {});
        if (!options.progress)
            return diagnosis;
        options.progress(100000);
        entered.release();
        goOn.acquire();
        diagnosis.cancelled = !options.progress(200000);
        return diagnosis;
    }

    [[nodiscard]] ReadingBar *bar() const { return page.findChild<ReadingBar *>(); }
    [[nodiscard]] bool shows(const QString &text) const
    {
        const auto labels = page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }
};

QByteArray largeLog()
{
    return sampleLog().repeated(40);
}

} // namespace

void TestDecodePage::progress_isShown_andEscapeCancels()
{
    HeldBench bench;
    QVERIFY(QTest::qWaitForWindowActive(&bench.page));
    const QByteArray text = largeLog();
    QVERIFY(text.size() > 300000);
    bench.page.pasteText(text);
    QVERIFY(bench.bar()->isVisible());
    bench.entered.acquire();
    QTRY_VERIFY(bench.bar()->findChild<QProgressBar *>()->value() > 0);
    QVERIFY(bench.shows(QStringLiteral("Read 100.0 kB of ")));
    QVERIFY(bench.page.diagnosis().findings.empty());
    QTest::keyClick(&bench.page, Qt::Key_Escape);
    QVERIFY(bench.shows(QStringLiteral("Stopping")));
    bench.goOn.release();
    QTRY_VERIFY(!bench.bar()->isVisible());
    QVERIFY(bench.page.diagnosis().cancelled);
    QVERIFY(!bench.page.diagnosis().findings.empty());
    QVERIFY(bench.shows(QStringLiteral("Cancelled after 200.0 kB of ")));
    bench.page.pasteText(preconditionFailed);
    QVERIFY(!bench.shows(QStringLiteral("Cancelled")));
}

void TestDecodePage::newPaste_cancelsTheRunningJob()
{
    HeldBench bench;
    bench.page.pasteText(largeLog());
    bench.entered.acquire();
    bench.page.pasteText(preconditionFailed);
    QVERIFY(!bench.bar()->isVisible());
    QCOMPARE(bench.page.diagnosis().findings.front().code, std::optional(QStringLiteral("precondition_failed")));
    bench.goOn.release();
    // The old job ends as cancelled, and its answer is no longer asked for: a further job comes after it.
    bench.page.pasteText(largeLog());
    bench.entered.acquire();
    bench.goOn.release();
    QTRY_VERIFY(!bench.bar()->isVisible());
    QVERIFY(!bench.page.diagnosis().cancelled);
    QVERIFY(bench.page.diagnosis().exchanges > 1);
}

void TestDecodePage::cancelledFiles_areNotShown()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("reply.http"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(preconditionFailed) > 0);
    file.close();
    HeldBench bench;
    bench.decoding.openFiles({path});
    QVERIFY(bench.bar()->isVisible());
    QTest::mouseClick(bench.bar()->findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(!bench.bar()->isVisible());
    QVERIFY(bench.shows(QStringLiteral("Cancelled before the files were read.")));
    // Read once more, it comes: so the first reading has been dropped by then.
    bench.decoding.openFiles({path});
    QTRY_COMPARE(bench.page.text(), QByteArray(preconditionFailed));
}

void TestDecodePage::files_areOneBatch_andTheRowChoosesTheText()
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

void TestDecodePage::files_areRead_andWhatCannotBeIsTold()
{
    const QTemporaryDir folder;
    QStringList paths;
    for (const QString &name : {QStringLiteral("a/same.http"), QStringLiteral("b/same.http")}) {
        QVERIFY(QDir(folder.path()).mkpath(name.left(1)));
        paths << folder.filePath(name);
        QFile file(paths.last());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(preconditionFailed) > 0);
    }
    paths << folder.filePath(QStringLiteral("missing.http"));
    HeldBench bench;
    bench.decoding.openFiles(paths);
    QTRY_COMPARE(bench.page.diagnosis().exchanges, 2);
    QCOMPARE(bench.page.diagnosis().findings[0].file, QStringLiteral("same.http"));
    QCOMPARE(bench.page.diagnosis().findings[1].file, paths[1]);
    QVERIFY(bench.shows(QStringLiteral("missing.http")));
}

void TestDecodePage::gzipFile_isShownUnpacked()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("reply.gz"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    // gzip of "volume_busy", as "stored": RFC 1951 section 3.2.4.
    file.write(QByteArray::fromHex("1f8b0800000000000003010b00f4ff766f6c756d655f62757379") +
               QByteArray::fromHex("ad06dee50b000000"));
    file.close();
    QCOMPARE(readFile(path).valueOr(QByteArray()), QByteArray("volume_busy"));
}

void TestDecodePage::copiedSelection_isHandedOver_notCopied()
{
    Bench bench;
    QApplication::clipboard()->setText(QStringLiteral("before"));
    bench.page.pasteText("one\ntwo");
    QSignalSpy spy(&bench.page, &DecodePage::copyRequested);
    bench.edit()->setFocus();
    QTest::keyClick(bench.edit(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(bench.edit(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].toString(), QStringLiteral("one\ntwo"));
    QTest::keyClick(bench.edit(), Qt::Key_X, Qt::ControlModifier);
    QCOMPARE(spy.count(), 2);
    QVERIFY(bench.page.text().isEmpty());
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("before"));
}

void TestDecodePage::copies_areMasked_andCounted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("told");
    QTest::newRow("nothing in it") << "plain"
                                   << "Copied."
                                   << "Copied.";
    QTest::newRow("one") << "Authorization: Bearer made-up-token-4f9a2c7d81"
                         << "Copied."
                         << "Copied, 1 secret masked.";
    QTest::newRow("two") << "Authorization: Bearer made-up-token-4f9a2c7d81\nX-Api-Key: made-up-key-0123456789abcdef"
                         << "Copied: the note."
                         << "Copied: the note, 2 secrets masked.";
    QTest::newRow("several sentences") << "Authorization: Bearer made-up-token-4f9a2c7d81"
                                       << "Copied: the reply. Still to fill in: <x>."
                                       << "Copied: the reply. Still to fill in: <x>. 1 secret masked.";
}

void TestDecodePage::copies_areMasked_andCounted()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    Copying copying;
    copying.setRules(redactionRules(catalogs()));
    QTEST(copying.copy(text, said), "told");
    const QString copied = QApplication::clipboard()->text();
    QCOMPARE(copied.contains(QStringLiteral("made-up")), false);
    QCOMPARE(copied == text, !text.contains(QStringLiteral("made-up")));
}

void TestDecodePage::copyWithSecrets_isAskedForByName()
{
    Bench bench;
    bench.page.pasteText(preconditionFailed);
    QSignalSpy plain(&bench.page, &DecodePage::copyRequested);
    QSignalSpy secret(&bench.page, &DecodePage::copyWithSecretsRequested);
    QSignalSpy note(&bench.page, &DecodePage::noteRequested);
    bench.copyAction(QStringLiteral("Copy reply with secrets"))->trigger();
    QCOMPARE(plain.count(), 0);
    QCOMPARE(secret.count(), 1);
    bench.copyAction(QStringLiteral("Copy internal note with secrets"))->trigger();
    QTest::mouseClick(bench.button(QStringLiteral("Copy internal note")), Qt::LeftButton);
    QCOMPARE(note.count(), 2);
    QVERIFY(note[0][1].toBool());
    QVERIFY(!note[1][1].toBool());
    const QString text = QStringLiteral("Authorization: Bearer made-up-token-4f9a2c7d81");
    Copying copying;
    copying.setRules(redactionRules(catalogs()));
    QCOMPARE(copying.copyWithSecrets(text, QStringLiteral("Copied.")),
             QStringLiteral("Copied, nothing masked, 1 secret in it."));
    QCOMPARE(QApplication::clipboard()->text(), text);
    // For that copy alone.
    QCOMPARE(copying.copy(text, QStringLiteral("Copied.")), QStringLiteral("Copied, 1 secret masked."));
    QVERIFY(!QApplication::clipboard()->text().contains(QStringLiteral("made-up")));
}

void TestDecodePage::secretsOfTheText_areCounted()
{
    HeldBench bench;
    bench.page.pasteText(preconditionFailed);
    QVERIFY(bench.shows(QStringLiteral("0 secrets masked")));
    bench.page.pasteText(QByteArray("HTTP/1.1 401 Unauthorized\r\nSet-Cookie: session=made-up-4f9a2c7d81e0b3\r\n\r\n"));
    QVERIFY(bench.shows(QStringLiteral("1 secret masked")));
}

void TestDecodePage::bundle_isAZip_withoutSecrets()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("escalation.zip"));
    Bundling bundling;
    QSignalSpy spy(&bundling, &Bundling::messageRequested);
    bundling.save({{QString(), sampleHar()}}, {}, catalogs(), path);
    QTRY_VERIFY(!spy.isEmpty() && spy.last()[0].toString().startsWith(QStringLiteral("Saved escalation.zip, ")));
    QVERIFY(spy.last()[0].toString().endsWith(QStringLiteral(" masked.")));
    QVERIFY(!spy.last()[0].toString().contains(QStringLiteral(", 0 ")));
    // Another reader than ours.
    QProcess python;
    const QString script = QStringLiteral("import sys, zipfile\n"
                                          "z = zipfile.ZipFile(sys.argv[1])\n"
                                          "assert z.testzip() is None\n"
                                          "for n in z.namelist(): print('==', n); print(z.read(n).decode())\n");
    QSignalSpy finished(&python, &QProcess::finished);
    python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), script, path});
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30000);
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    const QByteArray all = python.readAllStandardOutput();
    for (const char *name : {"== summary.md", "== exchange.har", "== request.sh"})
        QVERIFY2(all.contains(name), name);
    QVERIFY(all.contains("RATE_LIMIT_EXCEEDED"));
    QVERIFY(!all.contains("made-up-token"));
}

void TestDecodePage::bundle_ofNothing_isRefused()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("escalation.zip"));
    const auto nothing = writeBundle({{QString(), "HTTP/1.1 200 OK\r\n\r\n{}"}}, {}, catalogs(), path);
    QVERIFY(!nothing);
    QVERIFY(nothing.error().text().contains(QStringLiteral("no error recognised")));
    QVERIFY(!QFile::exists(path));
    const auto nowhere = writeBundle({{QString(), preconditionFailed}}, {}, catalogs(),
                                     folder.filePath(QStringLiteral("no/such/folder.zip")));
    QVERIFY(!nowhere);
    QVERIFY(nowhere.error().text().contains(QStringLiteral("cannot be written")));
}

void TestDecodePage::questions_areCopiedOneByOne_andTogether()
{
    Bench bench;
    Diagnosis one;
    one.kind = InputKind::Json;
    one.exchanges = 1;
    one.findings = {rateLimited()};
    one.findings[0].missing = {{QStringLiteral("time"), QStringLiteral("Time"), QStringLiteral("When was it?"), false},
                               {QStringLiteral("id"), QStringLiteral("Id"), QStringLiteral("Which id?"), false},
                               {QStringLiteral("x"), QStringLiteral("X"), QString(), true}};
    QSignalSpy asked(&bench.page, &DecodePage::decodeRequested);
    bench.page.pasteText("x");
    bench.page.setDiagnosis(one, asked.last()[2].toInt());
    QSignalSpy spy(&bench.page, &DecodePage::copyRequested);
    QTest::mouseClick(bench.button(QStringLiteral("copy question")), Qt::LeftButton);
    QCOMPARE(spy.last()[0].toString(), QStringLiteral("When was it?"));
    QTest::mouseClick(bench.button(QStringLiteral("Copy all 2 questions as one message")), Qt::LeftButton);
    QVERIFY(spy.last()[0].toString().endsWith(QStringLiteral("\n- When was it?\n- Which id?\n")));
    QCOMPARE(questionsText(Finding{}), QString());
}

void TestDecodePage::replies_data()
{
    QTest::addColumn<QString>("reply");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("unfilled");
    QTest::newRow("nothing to fill in") << "Try later."
                                        << "Try later." << QStringList();
    QTest::newRow("wait") << "Wait {wait}."
                          << "Wait 2 s." << QStringList();
    QTest::newRow("id under another spelling") << "Quote {correlation_id}."
                                               << "Quote c-1." << QStringList();
    QTest::newRow("unknown, twice") << "{resource} and {resource}"
                                    << "<resource> and <resource>" << QStringList{QStringLiteral("resource")};
    QTest::newRow("code and status") << "{code} ({status})"
                                     << "RATE_LIMIT_EXCEEDED (429)" << QStringList();
    QTest::newRow("no placeholder") << "{} { x } {1}"
                                    << "{} { x } {1}" << QStringList();
}

void TestDecodePage::replies()
{
    QFETCH(QString, reply);
    const FilledReply filled = filledReply(reply, rateLimited(), waitText(rateLimited()));
    QTEST(filled.text, "text");
    QTEST(filled.unfilled, "unfilled");
}

void TestDecodePage::script_playsTheError()
{
    QCOMPARE(scriptFor(rateLimited()), QStringLiteral("429:2, 200"));
    QCOMPARE(scriptFor(Finding{}), QStringLiteral("503, 200"));
    Finding short_ = rateLimited();
    short_.retry.afterMs = 1;
    QCOMPARE(scriptFor(short_), QStringLiteral("429:1, 200"));
}

void TestDecodePage::longLines_areFound()
{
    QCOMPARE(longestLine(""), 0);
    QCOMPARE(longestLine("ab\n\nabc"), 3);
    QCOMPARE(longestLine("abcd\nab\n"), 4);
    const QByteArray line(150'000, 'x');
    QCOMPARE(showableBytes(line), line.size());
    QCOMPARE(showableBytes(line + line), 200'000);
    QCOMPARE(showableBytes((line + '\n').repeated(10)), 1'000'000);
}

void TestDecodePage::shownPositions_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qsizetype>("offset");
    QTest::addColumn<qsizetype>("position");
    QTest::newRow("plain") << QByteArray("abc") << qsizetype(2) << qsizetype(2);
    QTest::newRow("after CR LF") << QByteArray("a\r\nb") << qsizetype(3) << qsizetype(2);
    QTest::newRow("between CR and LF") << QByteArray("a\r\nb") << qsizetype(2) << qsizetype(1);
    QTest::newRow("after two bytes of one letter") << QByteArray("\xc3\xa9x") << qsizetype(2) << qsizetype(1);
    QTest::newRow("after four bytes, two units") << QByteArray("\xf0\x9f\x98\x80x") << qsizetype(4) << qsizetype(2);
    QTest::newRow("after an invalid byte") << QByteArray("\xffx") << qsizetype(1) << qsizetype(1);
    QTest::newRow("after NUL") << QByteArray("\0x", 2) << qsizetype(1) << qsizetype(1);
}

void TestDecodePage::shownPositions()
{
    QFETCH(QByteArray, bytes);
    QFETCH(qsizetype, offset);
    QTEST(shownPosition(bytes, offset), "position");
}

void TestDecodePage::sizes_areReadable()
{
    QCOMPARE(sizeText(1), QStringLiteral("1 byte"));
    QCOMPARE(sizeText(999), QStringLiteral("999 bytes"));
    QCOMPARE(sizeText(1500), QStringLiteral("1.5 kB"));
    QCOMPARE(sizeText(999'999), QStringLiteral("1.0 MB"));
}

void TestDecodePage::changeOfTheme_keepsTheMarks()
{
    Bench bench;
    bench.page.pasteText(preconditionFailed);
    const auto before = bench.edit()->extraSelections().first().format.background().color();
    bench.page.setPalette(Theme::dark().palette());
    const auto after = bench.edit()->extraSelections().first().format.background().color();
    QVERIFY(before != after);
    QCOMPARE(after, Theme::dark().wait.ground);
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setPalette(Theme::light().palette());
    TestDecodePage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_decodepage.moc"
