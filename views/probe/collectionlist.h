// Requests that are kept in files: open collections as a tree, and what can be done with each.
#pragma once

#include "models/items/collectionmodel.h"

#include <QWidget>

class QTreeView;

namespace errata {

class NoteLine;

class CollectionList : public QWidget
{
    Q_OBJECT

public:
    explicit CollectionList(QWidget *parent = nullptr);

    /// Not owned. What was open and chosen stays so by its name.
    void setModel(CollectionModel *model);
    void showNews(const QString &text);
    void showProblem(const QString &text);

Q_SIGNALS:
    void openFolderRequested();
    void openFileRequested();
    void requestChosen(const errata::SavedRequest &request, int collection);
    void removeRequested(const errata::SavedRequest &request);
    void undoRequested();
    void closeRequested(int collection);
    void environmentsRequested(int collection);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void open(const QModelIndex &index);
    void showMenu(const QPoint &at);
    void keepOpenOnes();
    void openThemAgain();
    void tellWhenEmpty();

    CollectionModel *m_model = nullptr;
    QTreeView *m_tree;
    NoteLine *m_note;
    QStringList m_closed; ///< paths of what was closed by hand: all else is open
    QString m_current;
};

} // namespace errata
