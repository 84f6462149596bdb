#include "models/items/catalogsearchmodel.h"

#include <algorithm>

namespace errata {

CatalogSearchModel::CatalogSearchModel(QObject *parent) : QAbstractListModel(parent) {}

void CatalogSearchModel::setCatalogs(const CatalogSet &catalogs, const SearchIndex &index)
{
    beginResetModel();
    m_catalogs = catalogs;
    m_index = index;
    endResetModel();
    setQuery(m_text);
}

void CatalogSearchModel::setQuery(const QString &text)
{
    QStringList apis;
    for (const Catalog &catalog : m_catalogs.catalogs())
        apis << catalog.id;
    m_text = text;
    m_query = SearchQuery::parse(text, apis);
    search();
}

void CatalogSearchModel::setFacets(const Facets &facets)
{
    m_facets = facets;
    search();
}

void CatalogSearchModel::setMarks(const OwnMarks &marks)
{
    m_marks = marks;
    search();
}

void CatalogSearchModel::search()
{
    beginResetModel();
    m_answer = m_index.search(m_query, m_facets, m_marks);
    endResetModel();
    Q_EMIT answered();
}

int CatalogSearchModel::total() const
{
    return static_cast<int>(m_catalogs.entries().size());
}

const Entry *CatalogSearchModel::entry(int row) const
{
    if (row < 0 || row >= rowCount())
        return nullptr;
    return m_catalogs.entries()[m_answer.hits[static_cast<std::size_t>(row)].entry];
}

int CatalogSearchModel::rowOf(const QString &entryId) const
{
    const Entry *wanted = m_catalogs.entry(entryId);
    if (!wanted)
        return -1;
    const auto it = std::find_if(m_answer.hits.begin(), m_answer.hits.end(),
                                 [&](const SearchHit &hit) { return m_catalogs.entries()[hit.entry] == wanted; });
    return it == m_answer.hits.end() ? -1 : static_cast<int>(it - m_answer.hits.begin());
}

int CatalogSearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_answer.hits.size());
}

QVariant CatalogSearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &own = *entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case CodeRole:
        return own.code;
    case EntryIdRole:
        return own.id;
    case ApiRole:
        return own.api;
    case ApiNameRole:
        return m_catalogs.catalog(own.api)->name;
    case TitleRole:
        return own.title;
    case StatusRole:
        return own.statuses.empty() ? 0 : own.statuses.front().value;
    case StatusProvenanceRole:
        return static_cast<int>(own.statuses.empty() ? Provenance::Inferred : own.statuses.front().provenance);
    case RetryRole:
        return static_cast<int>(own.retry.verdict);
    case RetryProvenanceRole:
        return static_cast<int>(own.retry.provenance);
    case IsErrorRole:
        return own.isError;
    case MatchRole:
        return static_cast<int>(m_answer.hits[static_cast<std::size_t>(index.row())].match);
    case SpansRole:
        return QVariant::fromValue(SearchIndex::spans(m_query, own));
    case PinnedRole:
        return m_marks.pinned.contains(own.id);
    default:
        return {};
    }
}

QHash<int, QByteArray> CatalogSearchModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{EntryIdRole, "entryId"},
                  {ApiRole, "api"},
                  {ApiNameRole, "apiName"},
                  {CodeRole, "code"},
                  {TitleRole, "title"},
                  {StatusRole, "status"},
                  {StatusProvenanceRole, "statusProvenance"},
                  {RetryRole, "retry"},
                  {RetryProvenanceRole, "retryProvenance"},
                  {IsErrorRole, "isError"},
                  {MatchRole, "match"},
                  {SpansRole, "spans"},
                  {PinnedRole, "pinned"}});
    return names;
}

} // namespace errata
