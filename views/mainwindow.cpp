#include "views/mainwindow.h"

#include "views/commandpalette.h"
#include "views/help/helppage.h"
#include "views/widgets/elidedlabel.h"
#include "views/widgets/labels.h"
#include "views/widgets/navbutton.h"
#include "views/widgets/panel.h"
#include "views/widgets/searchfield.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDataStream>
#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

namespace errata {

namespace {

constexpr std::chrono::seconds MessageStays{6};
constexpr quint32 LayoutFormat = 1;

QString themeName(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        return QStringLiteral("system");
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    }
    return {};
}

} // namespace

MainWindow::MainWindow(std::vector<PageSpec> pages, QWidget *parent)
    : QWidget(parent)
    , m_specs(std::move(pages))
    , m_pages(m_specs.size(), nullptr)
    , m_stack(new QStackedWidget)
    , m_field(new SearchField)
{
    setWindowTitle(QStringLiteral("Errata"));
    setAcceptDrops(true);
    setMinimumSize(760, 480);
    resize(1360, 850);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(buildNavigation());
    middle->addWidget(m_stack, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTopBar());
    column->addLayout(middle, 1);
    column->addWidget(buildBottomBar());
    buildActions();
}

QWidget *MainWindow::buildTopBar()
{
    auto *bar = new Panel(QPalette::Base, Qt::BottomEdge, this);
    auto *name = new QLabel(QStringLiteral("Errata"), bar);
    name->setFont(scaled(name->font(), 1.0, QFont::Bold));
    m_field->setPlaceholderText(QStringLiteral("Search codes, statuses, words"));
    m_field->setMaximumWidth(640);
    m_themeButton = linkButton(QString(), bar);
    m_themeButton->setFocusPolicy(Qt::TabFocus);
    connect(m_themeButton, &QPushButton::clicked, this, &MainWindow::cycleTheme);
    setThemeChoice(m_choice);

    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(3 * Step, 6, 3 * Step, 7);
    row->setSpacing(3 * Step);
    row->addWidget(name, 1);
    row->addWidget(m_field, 4);
    row->addWidget(m_themeButton, 1, Qt::AlignRight);
    connect(m_field, &SearchField::textEdited, this, [this](const QString &text) {
        if (text.startsWith(QLatin1Char('>'))) {
            m_field->clear();
            openPalette(text.mid(1));
            return;
        }
        showPage(0);
    });
    connect(m_field, &SearchField::entered, this, [this] { showPage(0); });
    connect(m_field, &SearchField::left, this, [this] {
        leaveHelp();
        m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_field, &SearchField::longTextPasted, this, &MainWindow::pasteRequested);
    return bar;
}

QWidget *MainWindow::buildNavigation()
{
    auto *bar = new Panel(QPalette::Base, Qt::RightEdge, this);
    bar->setAccessibleName(QStringLiteral("Pages"));
    auto *column = new QVBoxLayout(bar);
    column->setContentsMargins(2 * Step, 2 * Step, 2 * Step, 2 * Step);
    column->setSpacing(2);
    for (size_t i = 0; i < m_specs.size(); ++i) {
        auto *button = new NavButton(m_specs[i].title, int(i) + 1, bar);
        connect(button, &NavButton::clicked, this, [this, i] { showPage(int(i)); });
        m_navigation.push_back(button);
        column->addWidget(button);
    }
    column->addStretch();
    bar->setFixedWidth(std::max(148, fontMetrics().horizontalAdvance(QStringLiteral("Retry lab")) + 84));
    return bar;
}

QWidget *MainWindow::buildBottomBar()
{
    auto *bar = new Panel(QPalette::Base, Qt::TopEdge, this);
    bar->setFont(scaled(font(), SmallText));
    m_counts = new ElidedLabel(bar);
    m_message = new ElidedLabel(bar);
    m_message->setObjectName(QStringLiteral("message"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setForegroundRole(QPalette::Link);
    m_network = mutedLabel({}, bar);
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(3 * Step, 5, 3 * Step, 4);
    row->setSpacing(3 * Step);
    row->addWidget(m_counts, 3);
    row->addWidget(m_message, 2);
    row->addWidget(m_network, 0, Qt::AlignRight);
    setNetworkState(QStringLiteral("offline · nothing is sent until you press Send"));
    return bar;
}

QAction *MainWindow::addCommand(const QString &text, const QList<QKeySequence> &keys, const std::function<void()> &run)
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    return action;
}

void MainWindow::buildActions()
{
    addCommand(QStringLiteral("Search"), {QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::Key_Slash)}, [this] {
        m_field->setFocus(Qt::ShortcutFocusReason);
        m_field->selectAll();
    });
    for (size_t i = 0; i < m_specs.size(); ++i)
        addCommand(QStringLiteral("Go to %1").arg(m_specs[i].title),
                   {QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + int(i)))}, [this, i] {
                       showPage(int(i));
                       m_pages[i]->setFocus(Qt::ShortcutFocusReason);
                   });
    addCommand(QStringLiteral("Decode the clipboard"), {QKeySequence(QKeySequence::Paste)}, [this] { paste(); });
    addCommand(QStringLiteral("Commands"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
               [this] { openPalette({}); });
    addCommand(QStringLiteral("Change the theme: system, light, dark"),
               {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)}, [this] { cycleTheme(); });
    addCommand(QStringLiteral("Help"), {QKeySequence(Qt::Key_F1)}, [this] { showHelp(false); });
    addCommand(QStringLiteral("Keyboard shortcuts"),
               {QKeySequence(Qt::CTRL | Qt::Key_Question), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Question)},
               [this] { showHelp(true); });
    addCommand(QStringLiteral("Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)}, [this] { close(); });
}

QWidget *MainWindow::page(int index)
{
    QWidget *&page = m_pages[size_t(index)];
    if (!page) {
        page = m_specs[size_t(index)].build();
        m_stack->addWidget(page);
    }
    return page;
}

void MainWindow::showPage(int index)
{
    QWidget *shown = page(index);
    const bool moves = m_stack->currentWidget() != shown && m_stack->isAncestorOf(focusWidget());
    m_current = index;
    m_stack->setCurrentWidget(shown);
    if (moves) // else it would fall to whatever comes next in the tab order
        shown->setFocus(Qt::OtherFocusReason);
    m_navigation[size_t(index)]->setChecked(true);
    restoreSplitters();
}

void MainWindow::setCounts(const QString &text)
{
    m_counts->setText(text);
}

void MainWindow::setNetworkState(const QString &text)
{
    m_network->setText(text);
}

void MainWindow::showMessage(const QString &text)
{
    m_message->setText(text);
    QAccessibleEvent spoken(m_message, QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
    QTimer::singleShot(MessageStays, m_message, [label = m_message, text] {
        if (label->text() == text)
            label->clear();
    });
}

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    m_choice = choice;
    m_themeButton->setText(QStringLiteral("Theme: %1").arg(themeName(choice)));
    m_themeButton->setToolTip(QStringLiteral("System, light or dark (Ctrl+Shift+L)"));
}

void MainWindow::cycleTheme()
{
    const ThemeChoice next = m_choice == ThemeChoice::System  ? ThemeChoice::Light
                             : m_choice == ThemeChoice::Light ? ThemeChoice::Dark
                                                              : ThemeChoice::System;
    setThemeChoice(next);
    Q_EMIT themeChosen(next);
}

void MainWindow::paste()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (text.isEmpty())
        showMessage(QStringLiteral("the clipboard holds no text"));
    else
        Q_EMIT pasteRequested(text);
}

QList<QAction *> MainWindow::allActions()
{
    QList<QAction *> all = actions();
    for (int i = 0; i < pageCount(); ++i)
        all += page(i)->findChildren<QAction *>();
    return all;
}

void MainWindow::openPalette(const QString &filter)
{
    if (!m_palette) {
        m_palette = new CommandPalette(this);
        connect(m_palette, &CommandPalette::chosen, this, &MainWindow::runCommand);
    }
    m_palette->open(allActions(), filter);
}

void MainWindow::runCommand(QAction *action)
{
    for (int i = 0; i < pageCount(); ++i) {
        for (const QObject *owner = action; owner; owner = owner->parent()) {
            if (owner == m_pages[size_t(i)])
                showPage(i);
        }
    }
    action->trigger();
}

void MainWindow::showHelp(bool shortcuts)
{
    if (!m_help) {
        m_help = new HelpPage;
        m_help->setActions(allActions());
        connect(m_help, &HelpPage::urlRequested, this, &MainWindow::urlRequested);
        m_stack->addWidget(m_help);
    }
    m_stack->setCurrentWidget(m_help);
    m_help->setFocus(Qt::OtherFocusReason);
    if (shortcuts)
        m_help->showShortcuts();
    showMessage(QStringLiteral("Escape leaves the help"));
}

void MainWindow::leaveHelp()
{
    if (m_help && m_stack->currentWidget() == m_help)
        showPage(m_current);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape)
        return QWidget::keyPressEvent(event);
    if (m_help && m_stack->currentWidget() == m_help) {
        leaveHelp();
        m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
    } else {
        m_field->setFocus(Qt::OtherFocusReason);
        m_field->selectAll();
    }
}

void MainWindow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    restoreSplitters();
    // Not the search field: letters go there from the page too, and Ctrl+V is free for Decode.
    if (!event->spontaneous() && !m_stack->isAncestorOf(focusWidget()))
        m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    Q_EMIT aboutToClose();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    QStringList files;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    event->acceptProposedAction();
    if (!files.isEmpty())
        Q_EMIT filesDropped(files);
    else if (event->mimeData()->hasText())
        Q_EMIT pasteRequested(event->mimeData()->text());
}

QByteArray MainWindow::layoutState() const
{
    QHash<QString, QByteArray> splitters = m_splitters;
    for (const QSplitter *splitter : findChildren<QSplitter *>()) {
        if (!splitter->objectName().isEmpty())
            splitters.insert(splitter->objectName(), splitter->saveState());
    }
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << LayoutFormat << saveGeometry() << splitters;
    return state;
}

void MainWindow::restoreLayout(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_4);
    quint32 format = 0;
    QByteArray geometry;
    QHash<QString, QByteArray> splitters;
    stream >> format >> geometry >> splitters;
    if (stream.status() != QDataStream::Ok || format != LayoutFormat)
        return;
    restoreGeometry(geometry);
    m_splitters = splitters;
    m_restored.clear();
    restoreSplitters();
}

void MainWindow::restoreSplitters()
{
    // A splitter keeps what it is told only while it is on screen.
    QWidget *shown = m_pages[size_t(m_current)];
    if (!isVisible() || m_restored.contains(m_current))
        return;
    m_restored.insert(m_current);
    QList<QSplitter *> splitters = shown->findChildren<QSplitter *>();
    if (auto *own = qobject_cast<QSplitter *>(shown))
        splitters << own;
    for (QSplitter *splitter : splitters) {
        const auto it = m_splitters.constFind(splitter->objectName());
        if (it != m_splitters.constEnd())
            splitter->restoreState(*it);
    }
}

} // namespace errata
