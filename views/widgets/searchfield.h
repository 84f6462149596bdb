// The one search field: tells its keys to whoever shows the answers.
#pragma once

#include <QLineEdit>

namespace errata {

class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(QWidget *parent = nullptr);

Q_SIGNALS:
    /// Up, Down, PageUp, PageDown: move in the answers while typing goes on.
    void navigated(Qt::Key key);
    /// Return.
    void entered();
    /// Escape in an empty field.
    void left();
    /// What was pasted is no search: several lines, JSON, a reply.
    void longTextPasted(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

/// Whether pasted text is something to decode and not to search for: more than one line, or an object,
/// a status line, a command, or longer than any code.
[[nodiscard]] bool looksLikeReply(const QString &text);

} // namespace errata
