// The frame: search above, pages at the left, what is loaded and what the network does below.
#pragma once

#include "views/theme/theme.h"

#include <QWidget>

#include <functional>
#include <vector>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace errata {

class CommandPalette;
class ElidedLabel;
class HelpPage;
class NavButton;
class SearchField;

/// A page is built when it is first shown.
struct PageSpec
{
    QString title;
    std::function<QWidget *()> build;
};

class MainWindow : public QWidget
{
    Q_OBJECT

public:
    /// The first page is the one the search field works on; call showPage(0) before the window is shown.
    explicit MainWindow(std::vector<PageSpec> pages, QWidget *parent = nullptr);

    [[nodiscard]] SearchField *searchField() const { return m_field; }
    [[nodiscard]] int pageCount() const { return int(m_specs.size()); }
    [[nodiscard]] int currentPage() const { return m_current; }
    /// Builds it if it has not been shown yet.
    QWidget *page(int index);
    /// Null while it has not been.
    [[nodiscard]] QWidget *builtPage(int index) const { return m_pages[size_t(index)]; }
    void showPage(int index);

    /// "4 APIs · 111 documented codes · 50 companion".
    void setCounts(const QString &text);
    void setNetworkState(const QString &text);
    /// One line below; it goes after some seconds.
    void showMessage(const QString &text);

    [[nodiscard]] ThemeChoice themeChoice() const { return m_choice; }
    void setThemeChoice(ThemeChoice choice);

    /// Size, place and splitters, for the next start.
    [[nodiscard]] QByteArray layoutState() const;
    void restoreLayout(const QByteArray &state);

    /// Every action a person can call, the current page's among them; builds the pages.
    [[nodiscard]] QList<QAction *> allActions();

Q_SIGNALS:
    void themeChosen(errata::ThemeChoice choice);
    void pasteRequested(const QString &text);
    void filesDropped(const QStringList &paths);
    void urlRequested(const QString &url);
    void aboutToClose();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *buildTopBar();
    QWidget *buildNavigation();
    QWidget *buildBottomBar();
    void buildActions();
    QAction *addCommand(const QString &text, const QList<QKeySequence> &keys, const std::function<void()> &run);
    void paste();
    void cycleTheme();
    void openPalette(const QString &filter);
    void runCommand(QAction *action);
    void showHelp(bool shortcuts);
    void leaveHelp();
    void restoreSplitters();

    std::vector<PageSpec> m_specs;
    std::vector<QWidget *> m_pages;
    std::vector<NavButton *> m_navigation;
    QHash<QString, QByteArray> m_splitters; ///< remembered, by object name
    QSet<int> m_restored;                   ///< pages whose splitters have been set to it
    QStackedWidget *m_stack;
    SearchField *m_field;
    QPushButton *m_themeButton = nullptr;
    ElidedLabel *m_counts = nullptr;
    ElidedLabel *m_message = nullptr;
    QLabel *m_network = nullptr;
    CommandPalette *m_palette = nullptr;
    HelpPage *m_help = nullptr;
    int m_current = -1;
    ThemeChoice m_choice = ThemeChoice::System;
};

} // namespace errata
