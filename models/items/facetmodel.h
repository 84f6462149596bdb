// The values one can tick beside the list, in groups, each with its live count.
#pragma once

#include "models/catalog/searchindex.h"

#include <QAbstractListModel>

#include <vector>

namespace errata {

class FacetModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Group { Api, Retry, Status, Surface };

    enum Role {
        GroupRole = Qt::UserRole, ///< Group as int
        IsHeadingRole,            ///< bool: the row names its group and cannot be ticked
        KeyRole,                  ///< QString: id of the API or surface; else empty
        NumberRole,               ///< int: RetryVerdict or status class; else 0
        NameRole,                 ///< QString: title of the API or surface from the catalog; else empty
        CountRole,                ///< int
    };

    explicit FacetModel(QObject *parent = nullptr);

    /// Lists what occurs in the catalogs; ticks on what still exists stay.
    void setCatalogs(const CatalogSet &catalogs);
    void setCounts(const FacetCounts &counts);
    [[nodiscard]] const Facets &facets() const { return m_facets; }
    void setFacets(const Facets &facets);
    [[nodiscard]] bool hasTicks() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// Qt::CheckStateRole alone.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void facetsChanged(const errata::Facets &facets);

private:
    struct Row
    {
        Group group = Group::Api;
        bool isHeading = false;
        QString key;
        int number = 0;
        QString name;
        int count = 0;
    };

    [[nodiscard]] static bool isTicked(const Row &row, const Facets &facets);
    void tick(const Row &row, bool on);
    [[nodiscard]] static int countOf(const Row &row, const FacetCounts &counts);

    std::vector<Row> m_rows;
    Facets m_facets;
};

} // namespace errata
