// Draws one entry of the ranked list: API, code over title, status, verdict. What is inferred is in
// italics behind a "~". Where the list is narrow, API and verdict go to the second line.
#pragma once

#include <QStyledItemDelegate>

namespace errata {

class EntryDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit EntryDelegate(QObject *parent = nullptr);

    /// The names the first column has to hold.
    void setApiNames(const QStringList &names) { m_apiNames = names; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QStringList m_apiNames;
};

/// "Intended RATE_LIMIT_EXCEEDED: More requests than the allowance; status 429; retry after wait".
[[nodiscard]] QString entrySentence(const QModelIndex &index);

} // namespace errata
