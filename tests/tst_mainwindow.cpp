#include "views/commandpalette.h"
#include "views/help/helppage.h"
#include "views/mainwindow.h"
#include "views/theme/erratastyle.h"
#include "views/widgets/searchfield.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSplitter>
#include <QTest>
#include <QUrl>

using namespace errata;

namespace {

struct WindowBench
{
    std::vector<int> built{0, 0, 0};
    QAction *pageAction = nullptr;
    std::unique_ptr<MainWindow> window;
    bool active = false;

    WindowBench()
    {
        std::vector<PageSpec> specs;
        specs.reserve(3);
        for (int i = 0; i < 3; ++i) {
            specs.push_back({QStringLiteral("Page %1").arg(i + 1), [this, i] {
                                 ++built[size_t(i)];
                                 return makePage(i);
                             }});
        }
        window = std::make_unique<MainWindow>(std::move(specs));
        window->showPage(0);
        window->resize(780, 560); // within the offscreen screen
        window->show();
        active = QTest::qWaitForWindowActive(window.get());
    }

    QWidget *makePage(int i)
    {
        auto *splitter = new QSplitter;
        splitter->setObjectName(QStringLiteral("splitter%1").arg(i));
        splitter->addWidget(new QPlainTextEdit);
        splitter->addWidget(new QWidget);
        splitter->setFocusPolicy(Qt::StrongFocus);
        if (i == 2) {
            pageAction = new QAction(QStringLiteral("Shine"), splitter);
            pageAction->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_J));
        }
        return splitter;
    }

    QString message() const { return window->findChild<QLabel *>(QStringLiteral("message"))->text(); }
    CommandPalette *palette() const { return window->findChild<CommandPalette *>(); }
    /// What the palette's field is typed into.
    QLineEdit *paletteField() const { return palette()->findChild<QLineEdit *>(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window.get(), key, modifiers);
    }
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

    ErrataStyle *m_style = nullptr;

private Q_SLOTS:
    void init()
    {
        m_style = new ErrataStyle(ThemeChoice::Light);
        QApplication::setStyle(m_style);
    }

    void pagesAreBuiltWhenFirstShown()
    {
        const WindowBench bench;
        QCOMPARE(bench.built, (std::vector<int>{1, 0, 0}));
        bench.key(Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(bench.window->currentPage(), 1);
        bench.key(Qt::Key_1, Qt::ControlModifier);
        bench.key(Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(bench.built, (std::vector<int>{1, 1, 0}));
    }

    void startFocus_isOnThePage_soThatPasteIsFree()
    {
        const WindowBench bench;
        QVERIFY(bench.active);
        QVERIFY(!bench.window->searchField()->hasFocus());
        QVERIFY(QApplication::focusWidget());
    }

    void ctrlK_andSlash_goToTheSearch()
    {
        const WindowBench bench;
        bench.key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(bench.window->searchField()->hasFocus());
        bench.key(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(!bench.window->searchField()->hasFocus());
        bench.key(Qt::Key_Slash);
        QVERIFY(bench.window->searchField()->hasFocus());
        QVERIFY(bench.window->searchField()->text().isEmpty());
    }

    void typingInTheSearch_showsTheFirstPage()
    {
        const WindowBench bench;
        bench.key(Qt::Key_2, Qt::ControlModifier);
        bench.key(Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(bench.window->searchField(), QStringLiteral("a"));
        QCOMPARE(bench.window->currentPage(), 0);
        QVERIFY(bench.window->searchField()->hasFocus());
    }

    void pasteOutsideAnEditor_goesToDecode()
    {
        const WindowBench bench;
        QSignalSpy pasted(bench.window.get(), &MainWindow::pasteRequested);
        QGuiApplication::clipboard()->setText(QStringLiteral("{\"a\":1}"));
        bench.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(pasted.size(), 1);
        QCOMPARE(pasted.first().first().toString(), QStringLiteral("{\"a\":1}"));
    }

    void pasteInAnEditor_staysThere()
    {
        const WindowBench bench;
        QSignalSpy pasted(bench.window.get(), &MainWindow::pasteRequested);
        auto *edit = bench.window->page(0)->findChild<QPlainTextEdit *>();
        edit->setFocus();
        QGuiApplication::clipboard()->setText(QStringLiteral("mine"));
        bench.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(pasted.size(), 0);
        QCOMPARE(edit->toPlainText(), QStringLiteral("mine"));
    }

    void pasteIntoTheSearch_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isReply");
        QTest::newRow("code") << QStringLiteral("RATE_LIMIT") << false;
        QTest::newRow("code with line end") << QStringLiteral("RATE_LIMIT\n") << false;
        QTest::newRow("words") << QStringLiteral("too many requests") << false;
        QTest::newRow("json") << QStringLiteral("{\"code\":\"X\"}") << true;
        QTest::newRow("response") << QStringLiteral("HTTP/1.1 429 Too Many Requests") << true;
        QTest::newRow("command") << QStringLiteral("curl https://example.com") << true;
        QTest::newRow("lines") << QStringLiteral("a\nb") << true;
        QTest::newRow("long") << QString(1000, QLatin1Char('x')) << true;
    }

    void pasteIntoTheSearch()
    {
        QFETCH(QString, text);
        QFETCH(bool, isReply);
        const WindowBench bench;
        QSignalSpy pasted(bench.window.get(), &MainWindow::pasteRequested);
        bench.key(Qt::Key_K, Qt::ControlModifier);
        QGuiApplication::clipboard()->setText(text);
        bench.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(pasted.size(), isReply ? 1 : 0);
        QCOMPARE(bench.window->searchField()->text().isEmpty(), isReply);
    }

    void palette_listsEveryAction_thoseOfPagesNotYetShownToo()
    {
        const WindowBench bench;
        bench.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(bench.palette()->isVisible());
        const QStringList listed = bench.palette()->listed();
        for (const QAction *action : bench.window->actions())
            QVERIFY2(listed.contains(action->text()), qPrintable(action->text()));
        QVERIFY(listed.contains(QStringLiteral("Shine")));
        QVERIFY(bench.window->actions().size() >= 9);
    }

    void palette_filtersAndRunsByKeyboard()
    {
        const WindowBench bench;
        bench.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClicks(bench.paletteField(), QStringLiteral("page go"));
        QCOMPARE(bench.palette()->listed().size(), 3);
        QTest::keyClick(bench.paletteField(), Qt::Key_Down);
        QTest::keyClick(bench.paletteField(), Qt::Key_Return);
        QVERIFY(!bench.palette()->isVisible());
        QCOMPARE(bench.window->currentPage(), 1);
    }

    void palette_actionOfAnotherPage_showsThatPage()
    {
        const WindowBench bench;
        bench.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QSignalSpy shone(bench.pageAction, &QAction::triggered);
        QTest::keyClicks(bench.paletteField(), QStringLiteral("shine"));
        QTest::keyClick(bench.paletteField(), Qt::Key_Return);
        QCOMPARE(shone.size(), 1);
        QCOMPARE(bench.window->currentPage(), 2);
    }

    void palette_escapeGivesTheFocusBack()
    {
        const WindowBench bench;
        const QWidget *before = QApplication::focusWidget();
        bench.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(bench.paletteField(), Qt::Key_Escape);
        QVERIFY(!bench.palette()->isVisible());
        QCOMPARE(QApplication::focusWidget(), before);
    }

    void greaterThanInTheSearch_opensTheCommands()
    {
        const WindowBench bench;
        bench.key(Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(bench.window->searchField(), QStringLiteral(">"));
        QVERIFY(bench.palette()->isVisible());
        QVERIFY(bench.window->searchField()->text().isEmpty());
    }

    void help_tellsShortcutsAndGrammar_escapeLeaves()
    {
        const WindowBench bench;
        bench.key(Qt::Key_2, Qt::ControlModifier);
        bench.key(Qt::Key_F1);
        auto *help = bench.window->findChild<HelpPage *>();
        QVERIFY(help && help->isVisible());
        const QString text = help->toPlainText();
        for (const char *part :
             {"Ctrl+Shift+P", "Ctrl+K", "retry:after-wait", "nullspace: volume", "Inferred", "inferred"})
            QVERIFY2(text.contains(QString::fromLatin1(part), Qt::CaseInsensitive), part);
        QTest::keyClick(help, Qt::Key_Escape);
        QVERIFY(!help->isVisible());
        QCOMPARE(bench.window->currentPage(), 1);
    }

    void theme_changesAtRunTime()
    {
        const WindowBench bench;
        QSignalSpy chosen(bench.window.get(), &MainWindow::themeChosen);
        connect(bench.window.get(), &MainWindow::themeChosen, m_style, &ErrataStyle::setChoice);
        bench.window->setThemeChoice(ThemeChoice::Light);
        const QColor before = bench.window->grab().toImage().pixelColor(380, 20);
        bench.key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(bench.window->themeChoice(), ThemeChoice::Dark);
        QVERIFY(before.lightness() > 200);
        QTRY_VERIFY(bench.window->grab().toImage().pixelColor(380, 20).lightness() < 80);
    }

    void messageIsShownInTheBottomLine()
    {
        const WindowBench bench;
        bench.window->showMessage(QStringLiteral("copied X"));
        QCOMPARE(bench.message(), QStringLiteral("copied X"));
    }

    void droppedFiles_areTold()
    {
        const WindowBench bench;
        QSignalSpy dropped(bench.window.get(), &MainWindow::filesDropped);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/a.har"))});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(bench.window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(bench.window.get(), &drop);
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(dropped.first().first().toStringList(), QStringList{QStringLiteral("/tmp/a.har")});
    }

    void layout_isRememberedForPagesBuiltLater()
    {
        QByteArray state;
        QList<int> sizes;
        {
            const WindowBench bench;
            bench.window->showPage(1);
            auto *splitter = qobject_cast<QSplitter *>(bench.window->page(1));
            splitter->setSizes({200, 600});
            sizes = splitter->sizes();
            QVERIFY(sizes.first() * 2 < sizes.last());
            state = bench.window->layoutState();
        }
        const WindowBench again;
        again.window->restoreLayout(state);
        again.window->showPage(1);
        QCOMPARE(qobject_cast<QSplitter *>(again.window->page(1))->sizes(), sizes);
    }

    void brokenLayout_isIgnored()
    {
        const WindowBench bench;
        const QSize before = bench.window->size();
        bench.window->restoreLayout(QByteArray("\x00\x00\x00\x01garbage", 11));
        QCOMPARE(bench.window->size(), before);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
