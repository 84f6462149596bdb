// The table twin of a timeline: the same attempts in words and figures.
#pragma once

#include "models/items/attemptmodel.h"

#include <QIdentityProxyModel>
#include <QTableView>

namespace errata {

/// An AttemptModel in words: times with their unit, reasons as sentences. Screen readers read what is shown.
class AttemptWordsModel : public QIdentityProxyModel
{
    Q_OBJECT

public:
    using QIdentityProxyModel::QIdentityProxyModel;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
};

class AttemptTable : public QTableView
{
    Q_OBJECT

public:
    explicit AttemptTable(AttemptModel *model, QWidget *parent = nullptr);

    /// Header and rows as shown, cells parted by tabs, for a spreadsheet or a ticket.
    [[nodiscard]] QString asText() const;
    void setCurrentAttempt(int attempt);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void currentAttemptChanged(int attempt);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
};

} // namespace errata
