// The decode page, driven as a user drives it, with the real decoder and the shipped catalogs.
#include "app/redactionrules.h"
#include "app/window/copying.h"
#include "models/decode/reply.h"
#include "support/decodebench.h"
#include "views/decode/pastetext.h"
#include "views/decode/reasonline.h"
#include "views/decode/replytext.h"
#include "views/theme/theme.h"
#include "views/widgets/noteline.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace errata;
using namespace errata::test;

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
    void copiedSelection_isHandedOver_notCopied();
    void copyWithSecrets_isAskedForByName();
    void questions_areCopiedOneByOne_andTogether();
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
