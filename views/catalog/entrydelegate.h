// Draws one entry of the ranked list: API, code over title, status, verdict. What is inferred is in
// italics behind a "~". Where the list is narrow, API and verdict go to the second line.
#pragma once

#include <QFont>
#include <QStyledItemDelegate>

#include <optional>

namespace errata {

class EntryDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit EntryDelegate(QObject *parent = nullptr);

    /// The names the first column has to hold.
    void setApiNames(const QStringList &names);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// What every row has in common, in pixels of one font.
    struct Measures
    {
        QFont font;
        int apiWidth = 0;
        int statusWidth = 0;
        int verdictWidth = 0;
        int badgeHeight = 0;
        int rowHeight = 0;
    };

private:
    [[nodiscard]] const Measures &measures(const QFont &font) const;

    QStringList m_apiNames;
    mutable std::optional<Measures> m_measures; ///< of the font last asked for
};

/// "Intended RATE_LIMIT_EXCEEDED: More requests than the allowance; status 429; retry after wait".
[[nodiscard]] QString entrySentence(const QModelIndex &index);

} // namespace errata
