// Rows of a name, a value, and what is to be said of it in quiet type at the right.
#pragma once

#include <QWidget>

class QGridLayout;

namespace errata {

class KeyValueGrid : public QWidget
{
    Q_OBJECT

public:
    explicit KeyValueGrid(QWidget *parent = nullptr);

    /// \a tail may be null.
    void addRow(const QString &key, QWidget *value, QWidget *tail = nullptr);
    /// Under the row before: from its value to the right edge.
    void addBelow(QWidget *widget);
    [[nodiscard]] int rows() const { return m_rows; }

private:
    QGridLayout *m_grid;
    int m_rows = 0;
};

} // namespace errata
