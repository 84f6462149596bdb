// The rows of an ExchangeModel that fit a filter.
#pragma once

#include "models/items/exchangemodel.h"

#include <QAbstractProxyModel>

namespace errata {

/// What a row must fit, all of it at once.
struct ExchangeFilter
{
    /// As in a Tally: the code, or the status where there is none, and whose it is.
    struct Code
    {
        QString api;
        QString code;
        friend bool operator==(const Code &, const Code &) = default;
    };
    /// Milliseconds since 1970 UTC, \a to not included.
    struct Time
    {
        qint64 from = 0;
        qint64 to = 0;
        friend bool operator==(const Time &, const Time &) = default;
    };

    QString text; ///< words that stand in code, status, API, method, URL, message or file, in any case
    std::optional<Code> code;
    std::optional<QString> host;
    std::optional<Time> time;
    bool all = false; ///< also what went well

    [[nodiscard]] bool narrows() const { return !text.trimmed().isEmpty() || code || host || time; }
    friend bool operator==(const ExchangeFilter &, const ExchangeFilter &) = default;
};

/// No QSortFilterProxyModel: that takes a string of each cell and a mapping of each interval. This one asks the
/// values where they lie and keeps a list of rows.
class ExchangeFilterModel : public QAbstractProxyModel
{
    Q_OBJECT

public:
    /// \a source is asked as long as this is shown.
    explicit ExchangeFilterModel(ExchangeModel *source, QObject *parent = nullptr);

    void setFilter(const ExchangeFilter &filter);
    [[nodiscard]] const ExchangeFilter &filter() const { return m_filter; }
    /// The row of the source, -1 where there is none.
    [[nodiscard]] int sourceRow(int row) const;
    /// The row here of a row of the source, -1 when it is filtered out.
    [[nodiscard]] int rowOf(int sourceRow) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] QModelIndex mapToSource(const QModelIndex &proxyIndex) const override;
    [[nodiscard]] QModelIndex mapFromSource(const QModelIndex &sourceIndex) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void collect();
    [[nodiscard]] bool accepts(int sourceRow) const;

    ExchangeModel *m_source;
    ExchangeFilter m_filter;
    QStringList m_words;
    std::vector<int> m_rows; ///< of the source, ascending
};

/// "host" of "https://user@host:443/path", without brackets; empty without a scheme.
[[nodiscard]] QStringView hostIn(QStringView url);
[[nodiscard]] QByteArrayView hostIn(QByteArrayView url);

} // namespace errata
