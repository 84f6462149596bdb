// What was sent, newest first: found again by words, opened again, removed and brought back.
#pragma once

#include "models/items/historymodel.h"

#include <QStyledItemDelegate>
#include <QWidget>

class QCheckBox;
class QLineEdit;
class QTimer;

namespace errata {

class NoteLine;
class RowListView;

/// Two lines a row: status and method, and below them where it went.
class HistoryDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

class HistoryList : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryList(QWidget *parent = nullptr);

    /// Null: nothing is kept, and \a why says so.
    void setModel(HistoryModel *model, const QString &why = {});
    /// One line below the list: "1 row removed. Ctrl+Z brings it back."
    void showNews(const QString &text);
    void showProblem(const QString &text);

Q_SIGNALS:
    void openRequested(qint64 id);
    /// Beside the answer shown.
    void compareRequested(qint64 id);
    void removeRequested(const std::vector<qint64> &ids);
    void undoRequested();
    void pinToggled(qint64 id, bool pinned);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void applyFilter();
    void open(const QModelIndex &index);
    void showMenu(const QPoint &at);
    void tellWhenEmpty();
    [[nodiscard]] std::vector<qint64> chosen() const;

    HistoryModel *m_model = nullptr;
    QString m_why;
    QLineEdit *m_words;
    QCheckBox *m_errors;
    RowListView *m_list;
    NoteLine *m_note;
    QTimer *m_typing;
};

} // namespace errata
