// The help inside the program: what each page does, how to search, the shortcuts.
#pragma once

#include <QTextBrowser>

class QAction;

namespace errata {

class HelpPage : public QTextBrowser
{
    Q_OBJECT

public:
    explicit HelpPage(QWidget *parent = nullptr);

    /// Lists the shortcuts of these actions.
    void setActions(const QList<QAction *> &actions);
    void showShortcuts();

Q_SIGNALS:
    void urlRequested(const QString &url);

protected:
    void changeEvent(QEvent *event) override;

private:
    void write();

    QStringList m_shortcutRows; ///< HTML table rows
};

} // namespace errata
