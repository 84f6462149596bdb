// Open collections as a tree: collection, folders, requests.
#pragma once

#include "models/http/collection.h"

#include <QAbstractItemModel>

#include <vector>

namespace errata {

class CollectionModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        MethodColumn, ///< of requests
        ColumnCount
    };
    enum Role {
        CollectionRole = Qt::UserRole, ///< int, place among the collections
        RequestRole,                   ///< int, place among the collection's requests; -1 for what is none
        PathRole,                      ///< QString, names from the collection down, by '/'
    };

    using QAbstractItemModel::QAbstractItemModel;

    void setCollections(std::vector<SavedCollection> collections);
    [[nodiscard]] const std::vector<SavedCollection> &collections() const { return m_collections; }
    /// Null for collections and folders.
    [[nodiscard]] const SavedRequest *request(const QModelIndex &index) const;
    [[nodiscard]] const SavedCollection *collection(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Node
    {
        QString name;
        int parent = -1; ///< -1: at the top
        int row = 0;
        int collection = 0;
        int request = -1;
        std::vector<int> children;
    };

    int addNode(Node node);
    int folderNode(int parent, const QStringList &group);
    [[nodiscard]] const Node *node(const QModelIndex &index) const;

    std::vector<SavedCollection> m_collections;
    std::vector<Node> m_nodes;
    std::vector<int> m_top;
};

/// A request's own name, else "GET /v1/me".
[[nodiscard]] QString titleOf(const RequestDraft &draft);

} // namespace errata
