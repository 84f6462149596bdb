// Draws a facet: check box, words, count; a heading for its group.
#pragma once

#include <QStyledItemDelegate>

namespace errata {

class FacetDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// A click anywhere on the row ticks it, and so does the space bar.
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;
};

/// "after wait", "4xx", "Command line": the facet's words; the group's for a heading.
[[nodiscard]] QString facetText(const QModelIndex &index);
/// "Retry: after wait, 6 entries, ticked", for screen readers.
[[nodiscard]] QString facetSentence(const QModelIndex &index);

} // namespace errata
