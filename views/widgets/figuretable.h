// A table to read: rows are chosen as a whole, nothing is edited, everything can be copied.
#pragma once

#include <QIdentityProxyModel>
#include <QTableView>

#include <functional>
#include <vector>

namespace errata {

/// The same rows in words: item models hold values, words are made here.
class WordsModel : public QIdentityProxyModel
{
    Q_OBJECT

public:
    /// Of a cell of the source.
    using Word = std::function<QVariant(const QModelIndex &)>;

    /// Columns from \a firstFigure on stand at the right.
    WordsModel(QAbstractItemModel *source, Word word, int firstFigure, QObject *parent = nullptr);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Word m_word;
    int m_firstFigure;
};

/// Rows of figures without a grid, chosen one at a time, never edited.
void setUpFigures(QTableView &table);

class FigureTable : public QTableView
{
    Q_OBJECT

public:
    FigureTable(QAbstractItemModel *model, const QString &accessibleName, QWidget *parent = nullptr);

    /// At most so many rows before it scrolls.
    void setMostRows(int rows) { m_mostRows = rows; }
    /// Letters wanted in the columns from the first on, instead of what they hold; the last column takes the rest. All
    /// are narrower where the table is: what is cut is in the tool tip.
    void setColumnLetters(const std::vector<int> &letters);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void shareWidth();

    int m_mostRows = 10;
    std::vector<int> m_letters;
};

/// Header and rows as shown, cells parted by tabs, for a spreadsheet or a ticket.
[[nodiscard]] QString tabbedText(const QAbstractItemModel &model);
/// RFC 4180: commas, quotes where they are needed, lines end with CR LF. Of a source model these are its values, for a
/// program to read.
[[nodiscard]] QByteArray csv(const QAbstractItemModel &model);

} // namespace errata
