// A table to read: rows are chosen as a whole, nothing is edited, everything can be copied.
#pragma once

#include <QIdentityProxyModel>
#include <QTableView>

#include <functional>

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
    [[nodiscard]] QSize sizeHint() const override;

private:
    int m_mostRows = 10;
};

/// Header and rows as shown, cells parted by tabs, for a spreadsheet or a ticket.
[[nodiscard]] QString tabbedText(const QAbstractItemModel &model);
/// RFC 4180: commas, quotes where they are needed, lines end with CR LF. Of a source model these are its values, for a
/// program to read.
[[nodiscard]] QByteArray csv(const QAbstractItemModel &model);

} // namespace errata
