// What to find in a body, how often it is there, and the way to the next one.
#pragma once

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QToolButton;

namespace errata {

/// The field takes ":120" as line 120 and ":0x1f0" as byte 0x1f0.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);

    [[nodiscard]] QString wanted() const;
    [[nodiscard]] Qt::CaseSensitivity caseSensitivity() const;
    /// \a current counts from 1, 0 for none gone to; \a more when there are more than \a count.
    void showCount(qsizetype current, qsizetype count, bool more);
    void showSearching();
    /// Puts \a text there, selected, and the keyboard focus.
    void begin(const QString &text);
    [[nodiscard]] QLineEdit *field() const { return m_field; }

Q_SIGNALS:
    void changed();
    void nextRequested();
    void previousRequested();
    /// Counts from 1.
    void lineRequested(qsizetype line);
    void byteRequested(qsizetype offset);
    /// Escape: the field is done with.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void enter(bool back);
    void showText(const QString &text);

    QLineEdit *m_field;
    QLabel *m_count;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_case;
};

} // namespace errata
