// A list of rows that leaves typed letters to its page instead of jumping to a row.
#pragma once

#include <QListView>

namespace errata {

class RowListView : public QListView
{
    Q_OBJECT

public:
    explicit RowListView(QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

/// Whether the key types a character a search begins with; the space bar works on what has the focus.
[[nodiscard]] bool typesText(const QKeyEvent &event);

} // namespace errata
