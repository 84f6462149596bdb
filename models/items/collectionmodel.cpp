#include "models/items/collectionmodel.h"

#include <algorithm>

namespace errata {

QString titleOf(const RequestDraft &draft)
{
    if (!draft.name.isEmpty())
        return draft.name;
    const qsizetype scheme = draft.url.indexOf("://");
    const qsizetype host = scheme < 0 ? 0 : scheme + 3;
    const qsizetype path = draft.url.indexOf('/', host);
    QByteArray shown = draft.url.mid(path < 0 ? host : path);
    shown.truncate(shown.contains('?') ? shown.indexOf('?') : shown.size());
    return QString::fromUtf8(draft.method + ' ' + shown);
}

int CollectionModel::addNode(Node node)
{
    const int number = int(m_nodes.size());
    std::vector<int> &siblings = node.parent < 0 ? m_top : m_nodes[std::size_t(node.parent)].children;
    node.row = int(siblings.size());
    siblings.push_back(number);
    m_nodes.push_back(std::move(node));
    return number;
}

int CollectionModel::folderNode(int parent, const QStringList &group)
{
    for (const QString &name : group) {
        const std::vector<int> &children = m_nodes[std::size_t(parent)].children;
        const auto found = std::find_if(children.begin(), children.end(), [&](int child) {
            const Node &one = m_nodes[std::size_t(child)];
            return one.request < 0 && one.name == name;
        });
        const int collection = m_nodes[std::size_t(parent)].collection;
        parent = found != children.end() ? *found : addNode({name, parent, 0, collection, -1, {}});
    }
    return parent;
}

void CollectionModel::setCollections(std::vector<SavedCollection> collections)
{
    beginResetModel();
    m_collections = std::move(collections);
    m_nodes.clear();
    m_top.clear();
    for (std::size_t i = 0; i < m_collections.size(); ++i) {
        const SavedCollection &collection = m_collections[i];
        const int top = addNode({collection.name, -1, 0, int(i), -1, {}});
        for (std::size_t j = 0; j < collection.requests.size(); ++j) {
            const SavedRequest &request = collection.requests[j];
            addNode({titleOf(request.draft), folderNode(top, request.group), 0, int(i), int(j), {}});
        }
    }
    endResetModel();
}

const CollectionModel::Node *CollectionModel::node(const QModelIndex &index) const
{
    return index.isValid() ? &m_nodes[index.internalId()] : nullptr;
}

const SavedRequest *CollectionModel::request(const QModelIndex &index) const
{
    const Node *at = node(index);
    return at && at->request >= 0 ? &m_collections[std::size_t(at->collection)].requests[std::size_t(at->request)]
                                  : nullptr;
}

const SavedCollection *CollectionModel::collection(const QModelIndex &index) const
{
    const Node *at = node(index);
    return at ? &m_collections[std::size_t(at->collection)] : nullptr;
}

QModelIndex CollectionModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *above = node(parent);
    if (parent.column() > 0)
        return {};
    const std::vector<int> &rows = above ? above->children : m_top;
    if (row < 0 || row >= int(rows.size()) || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, quintptr(rows[std::size_t(row)]));
}

QModelIndex CollectionModel::parent(const QModelIndex &child) const
{
    const Node *at = node(child);
    if (!at || at->parent < 0)
        return {};
    return createIndex(m_nodes[std::size_t(at->parent)].row, 0, quintptr(at->parent));
}

int CollectionModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    const Node *above = node(parent);
    return int(above ? above->children.size() : m_top.size());
}

int CollectionModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant CollectionModel::data(const QModelIndex &index, int role) const
{
    const Node *at = node(index);
    if (!at)
        return {};
    const SavedRequest *own = request(index);
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == NameColumn)
            return at->name;
        return own ? QString::fromUtf8(own->draft.method) : QString();
    case Qt::ToolTipRole:
        if (own)
            return QString::fromUtf8(own->draft.method + ' ' + own->draft.url) +
                   (own->draft.about.isEmpty() ? QString() : QLatin1Char('\n') + own->draft.about);
        return at->parent < 0 ? m_collections[std::size_t(at->collection)].place : at->name;
    case Qt::AccessibleTextRole:
        if (own && index.column() == NameColumn)
            return tr("%1, %2").arg(at->name, QString::fromUtf8(own->draft.method));
        return {};
    case CollectionRole:
        return at->collection;
    case RequestRole:
        return at->request;
    case PathRole: {
        QStringList names{at->name};
        for (int up = at->parent; up >= 0; up = m_nodes[std::size_t(up)].parent)
            names.prepend(m_nodes[std::size_t(up)].name);
        return names.join(QLatin1Char('/'));
    }
    default:
        return {};
    }
}

} // namespace errata
