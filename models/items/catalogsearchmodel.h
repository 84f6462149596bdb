// The ranked list of entries for a query and ticked facets.
#pragma once

#include "models/catalog/searchindex.h"

#include <QAbstractListModel>

namespace errata {

class CatalogSearchModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        EntryIdRole = Qt::UserRole, ///< QString
        ApiRole,                    ///< QString, the API's id
        ApiNameRole,                ///< QString
        CodeRole,                   ///< QString
        TitleRole,                  ///< QString
        StatusRole,                 ///< int of the usual status, 0 when none is known
        StatusProvenanceRole,       ///< Provenance as int
        RetryRole,                  ///< RetryVerdict as int
        RetryProvenanceRole,        ///< Provenance as int
        IsErrorRole,                ///< bool
        MatchRole,                  ///< MatchKind as int
        SpansRole,                  ///< QVariant of std::vector<MatchSpan>
        PinnedRole,                 ///< bool
    };

    explicit CatalogSearchModel(QObject *parent = nullptr);

    void setCatalogs(const CatalogSet &catalogs) { setCatalogs(catalogs, SearchIndex(catalogs)); }
    /// With the index over those catalogs made already, in another thread for instance.
    void setCatalogs(const CatalogSet &catalogs, const SearchIndex &index);
    void setQuery(const QString &text);
    void setFacets(const Facets &facets);
    void setMarks(const OwnMarks &marks);

    [[nodiscard]] const QString &query() const { return m_text; }
    [[nodiscard]] const SearchQuery &parsedQuery() const { return m_query; }
    [[nodiscard]] const Facets &facets() const { return m_facets; }
    [[nodiscard]] const FacetCounts &counts() const { return m_answer.counts; }
    [[nodiscard]] bool nearOnly() const { return m_answer.nearOnly; }
    [[nodiscard]] int total() const; ///< entries in all
    [[nodiscard]] const CatalogSet &catalogs() const { return m_catalogs; }
    [[nodiscard]] const Entry *entry(int row) const;
    /// The row of that entry, -1 when it is not among the hits.
    [[nodiscard]] int rowOf(const QString &entryId) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    /// After each new answer, the model reset before it.
    void answered();

private:
    void search();

    CatalogSet m_catalogs;
    SearchIndex m_index;
    QString m_text;
    SearchQuery m_query;
    Facets m_facets;
    OwnMarks m_marks;
    SearchAnswer m_answer;
};

} // namespace errata

Q_DECLARE_METATYPE(std::vector<errata::MatchSpan>)
