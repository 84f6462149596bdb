// Every action of the window with its shortcut, filtered by typing.
#pragma once

#include <QFrame>
#include <QPointer>

#include <vector>

class QAction;
class QLineEdit;
class QListWidget;

namespace errata {

class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *parent);

    /// Opens over the parent with these actions; those without a name are left out.
    void open(const QList<QAction *> &actions, const QString &filter = {});
    /// What is listed now, top first.
    [[nodiscard]] QStringList listed() const;

Q_SIGNALS:
    /// The palette has closed; trigger it after its page is on show.
    void chosen(QAction *action);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void filter(const QString &text);
    void run();
    void close(bool returnFocus);

    QLineEdit *m_field;
    QListWidget *m_list;
    std::vector<QPointer<QAction>> m_actions;
    QPointer<QWidget> m_focusBefore;
};

} // namespace errata
