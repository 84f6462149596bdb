// A reply's body, driven by mouse and keyboard.
#include "models/base/lineindex.h"
#include "models/json/jsonplace.h"
#include "tests/support/bodies.h"
#include "views/bodyview/bodytree.h"
#include "views/bodyview/bodyview.h"
#include "views/bodyview/findbar.h"
#include "views/bodyview/imagepane.h"
#include "views/theme/theme.h"

#include <QAccessible>
#include <QBuffer>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QtEndian>

#include <algorithm>

using namespace errata;
using namespace errata::test;

namespace {

struct BodyBench
{
    BodyView view;

    explicit BodyBench(const QByteArray &bytes = {}, const QByteArray &contentType = {})
    {
        view.resize(900, 420);
        view.show();
        view.setBody({bytes, contentType});
    }
    /// Shortcuts are for active windows.
    void activate()
    {
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
    }
    [[nodiscard]] QString text() const { return view.pane()->textOf({0, view.pane()->source().size()}); }
    void find(const char *wanted) const { view.findBar()->field()->setText(QString::fromUtf8(wanted)); }
    [[nodiscard]] bool shows(const QString &text) const
    {
        const auto labels = view.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *l) { return l->isVisibleTo(&view) && l->text().contains(text); });
    }
    template <typename B>
    [[nodiscard]] B *button(const char *text) const
    {
        for (B *b : view.findChildren<B *>()) {
            if (b->text() == QString::fromUtf8(text) && b->isVisibleTo(&view))
                return b;
        }
        return nullptr;
    }
    void click(const char *mode) const { QTest::mouseClick(button<QToolButton>(mode), Qt::LeftButton); }
    /// Puts the cursor on the first place of \a wanted.
    void goTo(const char *wanted) const { view.pane()->goTo(text().toUtf8().indexOf(wanted)); }
    void keys(const char *sequence)
    {
        if (!view.isActiveWindow())
            activate();
        view.pane()->setFocus();
        QTest::keySequence(view.pane(), QKeySequence(QString::fromLatin1(sequence)));
    }
};

QByteArray picture(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

/// The same PNG with another width and height in its header, which has a checksum (ISO 3309 CRC-32).
QByteArray claimingSize(QByteArray png, quint32 side)
{
    for (const qsizetype field : {16, 20})
        qToBigEndian(side, png.data() + field);
    quint32 crc = 0xffffffff;
    const QByteArray covered = png.mid(12, 17);
    for (const char c : covered) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320 : 0);
    }
    qToBigEndian(crc ^ 0xffffffff, png.data() + 29);
    return png;
}

} // namespace

class TestBodyView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void json_isIndented_exactly();
    void emptyBody_saysSo();
    void modes_keepThePlace();
    void find_countsAndSteps();
    void find_inALongLine_showsThePlace();
    void find_withCase();
    void find_inTheTree();
    void goToLine_byKeyboard();
    void fold_byArrowAndKeys();
    void find_opensFolds();
    void copyPathAndValue();
    void copyInTheTree();
    void keys_moveAndSelect();
    void mouse_selectsInAWindowedLine();
    void wideCharacters_areNotCutInTwo();
    void colours_standWhereTheirRunsAre_data();
    void colours_standWhereTheirRunsAre();
    void hostileCharacters_areShown();
    void hex_showsBytesAndFindsText();
    void picture_isShownAndItsSizeChecked();
    void charset_isChosenAndOverridden();
    void invalidJson_saysWhereItBreaks();
    void largeBody_comesInTwoSteps();
    void largeBody_canBeStoppedAndGoneOnWith();
    void bodyBefore_neverComesBack();
    void save_tellsBytesAndName();
    void screenReader_findsRows();
};

void TestBodyView::json_isIndented_exactly()
{
    const BodyBench bench(small());
    QCOMPARE(bench.view.mode(), BodyMode::Pretty);
    QVERIFY(bench.text().contains(QStringLiteral("    \"n\": 1.00,\n    \"n\": 2\n")));
    QVERIFY(bench.text().contains(QStringLiteral("\"x\\u00e9\"")));
    bench.click("Raw");
    QCOMPARE(bench.text().toUtf8(), small());
    QVERIFY(bench.shows(QStringLiteral("%1 bytes").arg(small().size())));
}

void TestBodyView::emptyBody_saysSo()
{
    const BodyBench bench;
    QVERIFY(!bench.button<QToolButton>("Pretty"));
    QVERIFY(!bench.button<QPushButton>("Copy body")->isEnabled());
    QVERIFY(!bench.button<QPushButton>("Save…")->isEnabled());
    QCOMPARE(bench.view.pane()->rowCount(), 1);
}

void TestBodyView::modes_keepThePlace()
{
    const BodyBench bench(small());
    bench.goTo("\"a/b\"");
    bench.click("Raw");
    QCOMPARE(bench.view.pane()->cursor(), small().indexOf("\"a/b\""));
    bench.click("Tree");
    QCOMPARE(bench.view.currentPath(), QStringLiteral("/list/1/a~1b"));
    bench.click("Hex");
    QVERIFY(std::abs(bench.view.pane()->source().bodyOffset(bench.view.pane()->cursor()) - small().indexOf("\"x\\u")) <=
            1);
    bench.click("Pretty");
    QCOMPARE(bench.view.currentPath(), QStringLiteral("/list/1/a~1b"));
}

void TestBodyView::find_countsAndSteps()
{
    BodyBench bench(small());
    bench.find("\"n\"");
    QVERIFY(bench.shows(QStringLiteral("1 of 2")));
    const qsizetype first = bench.text().toUtf8().indexOf("\"n\"");
    QCOMPARE(bench.view.pane()->cursor(), first);
    QTest::keyClick(bench.view.findBar()->field(), Qt::Key_Return);
    QVERIFY(bench.shows(QStringLiteral("2 of 2")));
    QVERIFY(bench.view.pane()->cursor() > first);
    QTest::keyClick(bench.view.findBar()->field(), Qt::Key_Return);
    QVERIFY(bench.shows(QStringLiteral("1 of 2")));
    QTest::keyClick(bench.view.findBar()->field(), Qt::Key_Return, Qt::ShiftModifier);
    QVERIFY(bench.shows(QStringLiteral("2 of 2")));
    bench.goTo("10");
    bench.click("Raw"); // marked and counted, but the place stays
    QVERIFY(bench.shows(QStringLiteral("2 found")));
    QCOMPARE(bench.view.pane()->cursor(), small().indexOf("10"));
    QTest::keyClick(bench.view.findBar()->field(), Qt::Key_Return, Qt::ShiftModifier);
    QVERIFY(bench.shows(QStringLiteral("2 of 2")));
    bench.find(":2}"); // no place to go to
    QVERIFY(bench.shows(QStringLiteral("1 of 1")));
    bench.find("nowhere");
    QVERIFY(bench.shows(QStringLiteral("nothing found")));
    QTest::keyClick(bench.view.findBar()->field(), Qt::Key_Escape);
    QVERIFY(bench.view.findBar()->field()->text().isEmpty());
    QVERIFY(!bench.shows(QStringLiteral("nothing found")));
}

void TestBodyView::find_inALongLine_showsThePlace()
{
    BodyBench bench(QByteArray(3000000, 'x') + "needle" + QByteArray(3000000, 'y'));
    QTRY_VERIFY(!bench.view.isWorking());
    bench.find("needle");
    QTRY_VERIFY(bench.shows(QStringLiteral("1 of 1")));
    QCOMPARE(bench.view.pane()->cursor(), 3000000);
    const QPointF point = bench.view.pane()->pointOf(bench.view.pane()->cursor());
    QVERIFY(bench.view.pane()->viewport()->rect().contains(point.toPoint()));
    QVERIFY(bench.view.pane()->horizontalScrollBar()->value() > 2900000);
}

void TestBodyView::find_withCase()
{
    BodyBench bench("Error error ERROR");
    bench.find("error");
    QVERIFY(bench.shows(QStringLiteral("1 of 3")));
    bench.click("Aa");
    QVERIFY(bench.shows(QStringLiteral("1 of 1")));
    QCOMPARE(bench.view.pane()->cursor(), 6);
}

void TestBodyView::find_inTheTree()
{
    BodyBench bench(small());
    bench.click("Tree");
    bench.find("rate_limit");
    QCOMPARE(bench.view.currentPath(), QStringLiteral("/error/code"));
    const QModelIndex current = bench.view.tree()->currentIndex();
    QVERIFY(current.data(JsonTreeModel::MatchRole).toBool());
    QVERIFY(!current.parent().data(JsonTreeModel::MatchRole).toBool());
    QVERIFY(bench.view.tree()->isExpanded(current.parent()));
}

void TestBodyView::goToLine_byKeyboard()
{
    BodyBench bench(QByteArray("line\n").repeated(500));
    bench.keys("Ctrl+G");
    auto *field = bench.view.findBar()->field();
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("321"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(bench.view.pane()->line(), 320);
    QVERIFY(bench.view.pane()->hasFocus());
    QVERIFY(bench.view.pane()->viewport()->rect().contains(
        bench.view.pane()->rowRect(bench.view.pane()->currentRow()).center()));
    field->setText(QStringLiteral(":99999"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(bench.view.pane()->line(), 500);
}

void TestBodyView::fold_byArrowAndKeys()
{
    BodyBench bench(small());
    TextPane *pane = bench.view.pane();
    const int rows = pane->rowCount();
    QTest::mouseClick(pane->viewport(), Qt::LeftButton, {}, pane->arrowRect(1).center());
    QVERIFY(pane->isFolded(1));
    QCOMPARE(pane->rowCount(), rows - 4);
    QVERIFY(pane->rowText(1).contains(QStringLiteral("\"error\": { … folded, 4 lines")));
    QVERIFY(pane->rowText(2).contains(QStringLiteral("\"list\"")));
    QTest::mouseClick(pane->viewport(), Qt::LeftButton, {}, pane->arrowRect(1).center());
    QCOMPARE(pane->rowCount(), rows);
    bench.goTo("\"code\"");
    bench.keys("Ctrl+Shift+[");
    QVERIFY(pane->isFolded(1));
    QCOMPARE(pane->line(), 1);
    bench.keys("Ctrl+Shift+]");
    QCOMPARE(pane->rowCount(), rows);
}

void TestBodyView::find_opensFolds()
{
    BodyBench bench(small());
    bench.view.pane()->setFolded(1, true);
    bench.view.pane()->setFolded(0, true);
    QCOMPARE(bench.view.pane()->rowCount(), 1);
    bench.find("1.00");
    QVERIFY(!bench.view.pane()->isFolded(0));
    QVERIFY(!bench.view.pane()->isFolded(1));
}

void TestBodyView::copyPathAndValue()
{
    BodyBench bench(small());
    QSignalSpy copied(&bench.view, &BodyView::copyRequested);
    bench.goTo("\"x\\u00e9\"");
    bench.keys("Ctrl+Shift+C");
    QCOMPARE(copied.takeFirst().at(0).toString(), QStringLiteral("/list/1/a~1b"));
    bench.keys("Ctrl+C"); // nothing is selected
    QCOMPARE(copied.takeFirst().at(0).toString(), QString::fromUtf8("xé"));
    bench.goTo("1.00");
    bench.keys("Ctrl+C");
    QCOMPARE(copied.at(0).at(0).toString(), QStringLiteral("1.00"));
    QCOMPARE(copied.takeFirst().at(1).toString(), QStringLiteral("Copied: the value of /error/n"));
    bench.goTo("\"error\"");
    bench.keys("Ctrl+C");
    QCOMPARE(copied.takeFirst().at(0).toString(), QStringLiteral("{\"code\":\"RATE_LIMIT\",\"n\":1.00,\"n\":2}"));
    QTest::mouseClick(bench.button<QPushButton>("Copy body"), Qt::LeftButton);
    QCOMPARE(copied.takeFirst().at(0).toString().toUtf8(), small());
}

void TestBodyView::copyInTheTree()
{
    BodyBench bench(small());
    bench.click("Tree");
    bench.view.tree()->goToNode(jsonNodeAt(bench.view.tree()->treeModel()->document(), small().indexOf("RATE")));
    QSignalSpy copied(&bench.view, &BodyView::copyRequested);
    bench.activate();
    bench.view.tree()->setFocus();
    QTest::keySequence(bench.view.tree(), QKeySequence(QKeySequence::Copy));
    QCOMPARE(copied.takeFirst().at(0).toString(), QStringLiteral("RATE_LIMIT"));
    QTest::keySequence(bench.view.tree(), QKeySequence(QStringLiteral("Ctrl+Shift+C")));
    QCOMPARE(copied.takeFirst().at(0).toString(), QStringLiteral("/error/code"));
}

void TestBodyView::keys_moveAndSelect()
{
    BodyBench bench(QString::fromUtf8("añb one two\r\nshort\n\nlast line").toUtf8());
    TextPane *pane = bench.view.pane();
    const auto at = [&](const char *key) {
        bench.keys(key);
        return pane->cursor();
    };
    QCOMPARE(at("Right"), 1);
    QCOMPARE(at("Right"), 3); // two bytes
    QCOMPARE(at("Left"), 1);
    QCOMPARE(at("Ctrl+Right"), 4);
    QCOMPARE(at("End"), 12);
    QCOMPARE(at("Right"), 14); // behind CR LF
    QCOMPARE(at("Left"), 12);
    QCOMPARE(at("Down"), 19); // the end of a shorter line
    QCOMPARE(at("Down"), 20);
    QCOMPARE(at("Down"), 30); // and where it came from
    QCOMPARE(at("Ctrl+Home"), 0);
    QCOMPARE(at("Shift+Down"), 14);
    QCOMPARE(pane->textOf(pane->selection()), QString::fromUtf8("añb one two\r\n"));
    QCOMPARE(at("Ctrl+End"), 30);
    QCOMPARE(at("Home"), 21);
    bench.keys("Ctrl+A");
    QSignalSpy copied(&bench.view, &BodyView::copyRequested);
    bench.keys("Ctrl+C");
    QCOMPARE(copied.takeFirst().at(0).toString(), bench.text());
}

void TestBodyView::mouse_selectsInAWindowedLine()
{
    QByteArray line;
    line.reserve(1000000);
    for (int i = 0; i < 100000; ++i)
        line += QByteArray::number(i).rightJustified(9, '0') + ' ';
    const BodyBench bench(line);
    QTRY_VERIFY(!bench.view.isWorking());
    TextPane *pane = bench.view.pane();
    pane->horizontalScrollBar()->setValue(500000);
    const QPoint from = pane->pointOf(500010).toPoint();
    const QPoint to = pane->pointOf(500019).toPoint();
    QTest::mousePress(pane->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(pane->viewport(), to);
    QTest::mouseRelease(pane->viewport(), Qt::LeftButton, {}, to);
    QCOMPARE(pane->textOf(pane->selection()), QStringLiteral("000050001"));
    QTest::mouseDClick(pane->viewport(), Qt::LeftButton, {}, pane->pointOf(500025).toPoint());
    QCOMPARE(pane->textOf(pane->selection()), QStringLiteral("000050002"));
}

void TestBodyView::wideCharacters_areNotCutInTwo()
{
    const QString text = QString::fromUtf8("日本é\U0001F600").repeated(2000);
    const BodyBench bench(text.toUtf8());
    TextPane *pane = bench.view.pane();
    for (const int column : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 5000, 5001, 5002}) {
        pane->horizontalScrollBar()->setValue(column);
        const LineView view(pane->source(), 0, {pane->font(), 8, column, 80});
        const Span window = view.window();
        QVERIFY2(!QString::fromUtf8(pane->source().read(window.start, window.start + 12)).startsWith(QChar(0xFFFD)),
                 qPrintable(QString::number(column)));
        QCOMPARE(view.positionAt(view.xOf(window.start)), window.start);
    }
    pane->horizontalScrollBar()->setValue(pane->horizontalScrollBar()->maximum());
    QVERIFY(!pane->grab().isNull());
}

void TestBodyView::colours_standWhereTheirRunsAre_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("ASCII") << QByteArray("MMMM MMMM");
    QTest::newRow("laid out") << QString::fromUtf8("MMMM MMÄM").toUtf8();
}

void TestBodyView::colours_standWhereTheirRunsAre()
{
    QFETCH(QByteArray, text);
    const PlainText source(text, LineIndex::of(text), nullptr);
    QFont font = fixedFont(QApplication::font());
    font.setStyleStrategy(QFont::NoAntialias);
    const CellGrid grid{font, QFontMetricsF(font).horizontalAdvance(QLatin1Char('M')), 0, 80};
    const LineView view(source, 0, grid);
    QImage image(200, 30, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(font);
    view.draw(painter, {0, 5}, {{{0, 4}, Qt::red}, {{5, text.size() - 5}, Qt::green}}, Qt::black);
    painter.end();
    const int middle = int(view.xOf(4) + grid.cell / 2);
    int red = 0;
    int green = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            red += image.pixelColor(x, y) == Qt::red && x < middle ? 1 : 0;
            green += image.pixelColor(x, y) == Qt::green && x > middle ? 1 : 0;
            QVERIFY(image.pixelColor(x, y) != Qt::black);
        }
    }
    QVERIFY(red > 20);
    QVERIFY(green > 20);
}

void TestBodyView::hostileCharacters_areShown()
{
    const DecodedText shown = decodeForShow(QByteArray("a\0\x1b\xE2\x80\xAE\xFF\xF0\x9F\x98\x80z", 12));
    QCOMPARE(shown.text, QStringLiteral("a\u2400\u241B\uFFFD\uFFFD\U0001F600z"));
    QCOMPARE(shown.unitOf(3), 3);
    QCOMPARE(shown.unitOf(7), 5);
    QCOMPARE(shown.unitOf(11), 7);
    QCOMPARE(shown.unitOf(12), 8);
}

void TestBodyView::hex_showsBytesAndFindsText()
{
    BodyBench bench(QByteArray("\0\x01PNG?\xFF text here, and more", 26), "application/octet-stream");
    QCOMPARE(bench.view.mode(), BodyMode::Hex);
    QCOMPARE(bench.text().section(QLatin1Char('\n'), 0, 0),
             QStringLiteral("000000000  00 01 50 4e 47 3f ff 20  74 65 78 74 20 68 65 72  ..PNG?. text her"));
    bench.find("HERE");
    QVERIFY(bench.shows(QStringLiteral("1 of 1")));
    const auto spans = bench.view.pane()->source().shownSpans({13, 4});
    QCOMPARE(spans.size(), std::size_t(4)); // over two rows, in both columns
    QCOMPARE(bench.view.pane()->textOf(spans[0]), QStringLiteral("68 65 72"));
    QCOMPARE(bench.view.pane()->textOf(spans[3]), QStringLiteral("e"));
    bench.find(":0x19");
    QTest::keyClick(bench.view.findBar()->field(), Qt::Key_Return);
    QCOMPARE(bench.view.pane()->source().bodyOffset(bench.view.pane()->cursor()), 25);
    for (qsizetype byte = 0; byte < 26; ++byte) {
        for (const Span span : bench.view.pane()->source().shownSpans({byte, 1}))
            QCOMPARE(bench.view.pane()->source().bodyOffset(span.start), byte);
    }
}

void TestBodyView::picture_isShownAndItsSizeChecked()
{
    BodyBench bench(picture(64, 48), "image/png");
    QCOMPARE(bench.view.mode(), BodyMode::Image);
    QTRY_COMPARE(bench.view.imagePane()->image().size(), QSize(64, 48));
    QVERIFY(bench.shows(QString::fromUtf8("PNG · 64 × 48")));
    bench.view.setBody({claimingSize(picture(8, 8), 65536), "image/png"});
    QVERIFY(bench.view.imagePane()->image().isNull());
    QVERIFY(bench.view.imagePane()->caption().contains(QStringLiteral("too large")));
    bench.click("Hex");
    QVERIFY(bench.text().contains(QStringLiteral("  89 50 4e 47 ")));
}

void TestBodyView::charset_isChosenAndOverridden()
{
    BodyBench bench("caf\xE9");
    auto *combo = bench.view.findChild<QComboBox *>();
    QCOMPARE(bench.text(), QString::fromUtf8("café"));
    QCOMPARE(combo->currentText(), QStringLiteral("ISO-8859-1 (guessed)"));
    Q_EMIT combo->activated(combo->findText(QStringLiteral("UTF-8")));
    QCOMPARE(bench.view.pane()->rowText(0), QStringLiteral("caf\uFFFD"));
    bench.view.setBody({"\x80", "text/plain; charset=windows-1252"});
    QCOMPARE(bench.text(), QString::fromUtf8("€"));
    bench.view.setBody({QByteArray("{\0\"\0a\0\"\0:\0"
                                   "1\0}\0",
                                   14),
                        "application/json; charset=utf-16le"});
    QCOMPARE(bench.text(), QStringLiteral("{\n  \"a\": 1\n}"));
}

void TestBodyView::invalidJson_saysWhereItBreaks()
{
    const BodyBench bench("{\"a\":1,\n\"b\":x}", "application/json");
    QCOMPARE(bench.view.mode(), BodyMode::Pretty);
    QVERIFY(bench.shows(QStringLiteral("Not valid JSON, shown as it came: line 2, column 5: expected")));
    QCOMPARE(bench.text(), QStringLiteral("{\"a\":1,\n\"b\":x}"));
    QTest::mouseClick(bench.button<QPushButton>("Go there"), Qt::LeftButton);
    QCOMPARE(bench.view.pane()->cursor(), 12);
    bench.click("Tree");
    QVERIFY(bench.shows(QStringLiteral("Not valid JSON")));
    bench.click("Raw");
    QVERIFY(!bench.shows(QStringLiteral("Not valid JSON")));
}

void TestBodyView::largeBody_comesInTwoSteps()
{
    const QByteArray json = largeJson(40000);
    const BodyBench bench(json);
    QVERIFY(bench.view.isWorking());
    QVERIFY(bench.text().startsWith(QStringLiteral("[\n  {\n    \"id\": 0,\n")));
    const QString before = bench.view.pane()->rowText(20);
    bench.view.pane()->verticalScrollBar()->setValue(15);
    QTRY_VERIFY(!bench.view.isWorking());
    QCOMPARE(bench.view.pane()->rowText(20), before);
    QCOMPARE(bench.view.pane()->verticalScrollBar()->value(), 15);
    QCOMPARE(bench.text().toUtf8(), prettyJson(JsonDocument::parse(json)->root()));
    bench.view.pane()->goTo(bench.text().toUtf8().indexOf("39999"));
    QCOMPARE(bench.view.currentPath(), QStringLiteral("/39999/id"));
    bench.view.pane()->setFolded(0, true);
    QCOMPARE(bench.view.pane()->rowCount(), 1);
    bench.click("Tree"); // from behind the opening bracket
    QCOMPARE(bench.view.currentPath().value_or(QString()), QStringLiteral("/0"));
}

void TestBodyView::largeBody_canBeStoppedAndGoneOnWith()
{
    const BodyBench bench(largeJson(40000));
    QVERIFY(bench.shows(QStringLiteral("Reading")));
    QTest::mouseClick(bench.button<QPushButton>("Stop"), Qt::LeftButton);
    QVERIFY(!bench.view.isWorking());
    QVERIFY(bench.shows(QStringLiteral("Stopped: only the beginning is shown.")));
    QTest::qWait(0);
    QTest::mouseClick(bench.button<QPushButton>("Go on"), Qt::LeftButton);
    QTRY_VERIFY(!bench.view.isWorking());
    QCOMPARE(bench.view.pane()->rowCount(), 40000 * 4 + 2);
}

void TestBodyView::bodyBefore_neverComesBack()
{
    BodyBench bench(largeJson(40000));
    bench.find("item");
    bench.view.setBody({"{\"second\":true}", {}});
    const QString second = bench.text();
    // Both jobs of the first body end meanwhile; the third one is behind them in the queue.
    BodyBench other(largeJson(60000));
    QTRY_VERIFY(!other.view.isWorking());
    QCOMPARE(bench.text(), second);
    QVERIFY(bench.shows(QStringLiteral("nothing found")));
    {
        const BodyBench gone(largeJson(40000)); // destroyed while its jobs run
    }
    other.view.setBody({largeJson(40000), {}});
    QTRY_VERIFY(!other.view.isWorking());
}

void TestBodyView::save_tellsBytesAndName()
{
    const BodyBench bench("\x80\xFF", "application/octet-stream");
    QSignalSpy saved(&bench.view, &BodyView::saveRequested);
    QTest::mouseClick(bench.button<QPushButton>("Save…"), Qt::LeftButton);
    QCOMPARE(saved.at(0).at(0).toByteArray(), QByteArray("\x80\xFF"));
    QCOMPARE(saved.at(0).at(1).toString(), QStringLiteral("body.txt"));
}

void TestBodyView::screenReader_findsRows()
{
    BodyBench bench(small());
    QAccessibleInterface *pane = QAccessible::queryAccessibleInterface(bench.view.pane());
    QVERIFY(pane);
    QCOMPARE(pane->role(), QAccessible::List);
    QCOMPARE(pane->childCount(), bench.view.pane()->rowCount());
    QAccessibleInterface *row = pane->child(3);
    QVERIFY(row && row->isValid());
    QVERIFY(row->text(QAccessible::Name).contains(QStringLiteral("\"n\": 1.00,")));
    QCOMPARE(pane->indexOfChild(row), 3);
    QCOMPARE(row->parent()->object(), bench.view.pane());
    bench.view.pane()->setFocus();
    bench.keys("Down");
    QVERIFY(pane->child(1)->state().focused);
    QCOMPARE(bench.view.pane()->currentRow(), 1);
    QVERIFY(!pane->child(pane->childCount()));
}

QTEST_MAIN(TestBodyView)
#include "tst_bodyview.moc"
