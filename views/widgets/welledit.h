// A text field on a well: what comes from outside, or goes there, in the fixed font.
#pragma once

#include <QPlainTextEdit>

namespace errata {

class WellEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit WellEdit(const QString &accessibleName, QWidget *parent = nullptr);

    /// Wraps words where that is cheap, else anywhere. Call it before a text of unknown shape is set:
    /// Qt takes 5 s to wrap the words of one line of 200 kB without blanks.
    void wrapFor(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace errata
