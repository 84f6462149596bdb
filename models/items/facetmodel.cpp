#include "models/items/facetmodel.h"

#include <set>
#include <utility>

namespace errata {

namespace {

template <typename T>
void setMember(QSet<T> &set, const T &value, bool in)
{
    if (in)
        set.insert(value);
    else
        set.remove(value);
}

} // namespace

FacetModel::FacetModel(QObject *parent) : QAbstractListModel(parent) {}

void FacetModel::setCatalogs(const CatalogSet &catalogs)
{
    // Only classes and surfaces that occur: a line that can never count anything is in the way.
    std::set<int> classes;
    QSet<QString> used;
    for (const Entry *entry : catalogs.entries()) {
        if (entry->statuses.empty())
            classes.insert(0);
        for (const Fact<int> &status : entry->statuses)
            classes.insert(status.value / 100);
        used.insert(entry->surface);
        for (const QString &surface : entry->alsoOn)
            used.insert(surface);
    }

    beginResetModel();
    m_rows.clear();
    m_rows.push_back({Group::Api, true, {}, 0, {}, 0});
    for (const Catalog &catalog : catalogs.catalogs())
        m_rows.push_back({Group::Api, false, catalog.id, 0, catalog.name, 0});
    m_rows.push_back({Group::Retry, true, {}, 0, {}, 0});
    for (const RetryVerdict verdict :
         {RetryVerdict::Yes, RetryVerdict::AfterWait, RetryVerdict::AfterFix, RetryVerdict::No, RetryVerdict::Unstated})
        m_rows.push_back({Group::Retry, false, {}, static_cast<int>(verdict), {}, 0});
    m_rows.push_back({Group::Status, true, {}, 0, {}, 0});
    for (const int statusClass : classes) {
        if (statusClass != 0)
            m_rows.push_back({Group::Status, false, {}, statusClass, {}, 0});
    }
    if (classes.count(0) != 0)
        m_rows.push_back({Group::Status, false, {}, 0, {}, 0});
    m_rows.push_back({Group::Surface, true, {}, 0, {}, 0});
    QSet<QString> listed;
    for (const Catalog &catalog : catalogs.catalogs()) {
        for (const Surface &surface : catalog.surfaces) {
            if (!used.contains(surface.id) || listed.contains(surface.id))
                continue;
            listed.insert(surface.id);
            m_rows.push_back({Group::Surface, false, surface.id, 0, surface.title, 0});
        }
    }
    const Facets before = std::exchange(m_facets, {});
    for (const Row &row : m_rows) {
        if (!row.isHeading && isTicked(row, before))
            tick(row, true);
    }
    endResetModel();
}

void FacetModel::setCounts(const FacetCounts &counts)
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row &row = m_rows[i];
        const int count = countOf(row, counts);
        if (row.isHeading || row.count == count)
            continue;
        row.count = count;
        const QModelIndex changed = index(static_cast<int>(i));
        Q_EMIT dataChanged(changed, changed, {CountRole});
    }
}

void FacetModel::setFacets(const Facets &facets)
{
    m_facets = facets;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::CheckStateRole});
    Q_EMIT facetsChanged(m_facets);
}

bool FacetModel::hasTicks() const
{
    return !m_facets.apis.isEmpty() || !m_facets.retry.isEmpty() || !m_facets.statusClasses.isEmpty() ||
           !m_facets.surfaces.isEmpty();
}

int FacetModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant FacetModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::CheckStateRole:
        return row.isHeading ? QVariant() : QVariant(isTicked(row, m_facets) ? Qt::Checked : Qt::Unchecked);
    case GroupRole:
        return static_cast<int>(row.group);
    case IsHeadingRole:
        return row.isHeading;
    case KeyRole:
        return row.key;
    case NumberRole:
        return row.number;
    case NameRole:
        return row.name;
    case CountRole:
        return row.count;
    default:
        return {};
    }
}

bool FacetModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const bool on = value.toInt() == Qt::Checked;
    if (row.isHeading)
        return false;
    if (isTicked(row, m_facets) == on)
        return true;
    tick(row, on);
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    Q_EMIT facetsChanged(m_facets);
    return true;
}

Qt::ItemFlags FacetModel::flags(const QModelIndex &index) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || m_rows[static_cast<std::size_t>(index.row())].isHeading)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemNeverHasChildren;
}

QHash<int, QByteArray> FacetModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{GroupRole, "group"},
                  {IsHeadingRole, "isHeading"},
                  {KeyRole, "key"},
                  {NumberRole, "number"},
                  {NameRole, "name"},
                  {CountRole, "count"}});
    return names;
}

bool FacetModel::isTicked(const Row &row, const Facets &facets)
{
    switch (row.group) {
    case Group::Api:
        return facets.apis.contains(row.key);
    case Group::Retry:
        return facets.retry.contains(static_cast<RetryVerdict>(row.number));
    case Group::Status:
        return facets.statusClasses.contains(row.number);
    case Group::Surface:
        return facets.surfaces.contains(row.key);
    }
    return false;
}

void FacetModel::tick(const Row &row, bool on)
{
    switch (row.group) {
    case Group::Api:
        return setMember(m_facets.apis, row.key, on);
    case Group::Retry:
        return setMember(m_facets.retry, static_cast<RetryVerdict>(row.number), on);
    case Group::Status:
        return setMember(m_facets.statusClasses, row.number, on);
    case Group::Surface:
        return setMember(m_facets.surfaces, row.key, on);
    }
}

int FacetModel::countOf(const Row &row, const FacetCounts &counts)
{
    switch (row.group) {
    case Group::Api:
        return counts.apis.value(row.key);
    case Group::Retry:
        return counts.retry.value(static_cast<RetryVerdict>(row.number));
    case Group::Status:
        return counts.statusClasses.value(row.number);
    case Group::Surface:
        return counts.surfaces.value(row.key);
    }
    return 0;
}

} // namespace errata
