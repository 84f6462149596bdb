#include "models/items/exchangefiltermodel.h"

#include <algorithm>

namespace errata {

namespace {

/// QStringView compares with char16_t only, QByteArrayView with char.
template <typename View, typename Char>
View hostOf(View url, qsizetype scheme)
{
    if (scheme < 0)
        return {};
    url = url.sliced(scheme + 3);
    qsizetype end = 0;
    while (end < url.size() && url[end] != Char('/') && url[end] != Char('?') && url[end] != Char('#'))
        ++end;
    url = url.first(end);
    if (const qsizetype user = url.lastIndexOf(Char('@')); user >= 0)
        url = url.sliced(user + 1);
    const qsizetype close = url.lastIndexOf(Char(']'));
    if (close > 0 && url.front() == Char('['))
        return url.sliced(1, close - 1);
    const qsizetype port = url.lastIndexOf(Char(':'));
    return port < 0 ? url : url.first(port);
}

bool holds(const std::optional<QString> &text, const QString &word)
{
    return text && text->contains(word, Qt::CaseInsensitive);
}

/// Bytes are compared as Latin-1: what is filtered by is ASCII in URLs.
bool holds(const QByteArray &bytes, const QString &word)
{
    return QLatin1String(bytes).contains(word, Qt::CaseInsensitive);
}

bool holds(const std::optional<int> &status, const QString &word)
{
    constexpr qsizetype digits = 3;
    return status && word.size() <= digits && QString::number(*status).startsWith(word);
}

bool findingHolds(const Finding &finding, const QString &word)
{
    return holds(finding.code, word) || holds(finding.url, word) || holds(finding.api, word) ||
           holds(finding.message, word) || holds(finding.httpStatus, word) || holds(finding.method, word) ||
           finding.file.contains(word, Qt::CaseInsensitive);
}

bool lineHolds(const ExchangeLine &line, const QString &word)
{
    return holds(line.url, word) || holds(line.status, word) || holds(line.method, word) ||
           line.file.contains(word, Qt::CaseInsensitive);
}

bool isOf(const Finding &finding, const ExchangeFilter::Code &code)
{
    if (finding.api.value_or(QString()) != code.api)
        return false;
    if (finding.code)
        return *finding.code == code.code;
    return finding.httpStatus ? QString::number(*finding.httpStatus) == code.code : code.code.isEmpty();
}

} // namespace

QStringView hostIn(QStringView url)
{
    return hostOf<QStringView, char16_t>(url, url.indexOf(QLatin1String("://")));
}

QByteArrayView hostIn(QByteArrayView url)
{
    return hostOf<QByteArrayView, char>(url, url.indexOf("://"));
}

ExchangeFilterModel::ExchangeFilterModel(ExchangeModel *source, QObject *parent)
    : QAbstractProxyModel(parent), m_source(source)
{
    setSourceModel(source);
    collect();
    connect(source, &QAbstractItemModel::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(source, &QAbstractItemModel::modelReset, this, [this] {
        collect();
        endResetModel();
    });
}

void ExchangeFilterModel::setFilter(const ExchangeFilter &filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    m_words = filter.text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    collect();
    endResetModel();
}

void ExchangeFilterModel::collect()
{
    m_rows.clear();
    const int rows = m_filter.all ? m_source->rowCount() : m_source->findingRows();
    m_rows.reserve(static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row) {
        if (accepts(row))
            m_rows.push_back(row);
    }
}

bool ExchangeFilterModel::accepts(int sourceRow) const
{
    const Finding *finding = m_source->finding(sourceRow);
    const ExchangeLine *line = m_source->line(sourceRow);
    if (m_filter.time) {
        if (!line || !line->startedMs || *line->startedMs < m_filter.time->from ||
            *line->startedMs >= m_filter.time->to)
            return false;
    }
    if (m_filter.code && (!finding || !isOf(*finding, *m_filter.code)))
        return false;
    if (m_filter.host) {
        const bool same =
            finding && finding->url
                ? hostIn(*finding->url).compare(*m_filter.host, Qt::CaseInsensitive) == 0
                : line && m_filter.host->compare(QLatin1String(hostIn(line->url)), Qt::CaseInsensitive) == 0;
        if (!same)
            return false;
    }
    return std::all_of(m_words.begin(), m_words.end(), [finding, line](const QString &word) {
        return (finding && findingHolds(*finding, word)) || (line && lineHolds(*line, word));
    });
}

int ExchangeFilterModel::sourceRow(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)] : -1;
}

int ExchangeFilterModel::rowOf(int sourceRow) const
{
    const auto it = std::lower_bound(m_rows.begin(), m_rows.end(), sourceRow);
    return it != m_rows.end() && *it == sourceRow ? static_cast<int>(it - m_rows.begin()) : -1;
}

int ExchangeFilterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ExchangeFilterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_source->columnCount();
}

QModelIndex ExchangeFilterModel::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex ExchangeFilterModel::parent(const QModelIndex & /*child*/) const
{
    return {};
}

QModelIndex ExchangeFilterModel::mapToSource(const QModelIndex &proxyIndex) const
{
    return proxyIndex.isValid() ? m_source->index(sourceRow(proxyIndex.row()), proxyIndex.column()) : QModelIndex();
}

QModelIndex ExchangeFilterModel::mapFromSource(const QModelIndex &sourceIndex) const
{
    return sourceIndex.isValid() ? index(rowOf(sourceIndex.row()), sourceIndex.column()) : QModelIndex();
}

QVariant ExchangeFilterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    // The base class asks for the first row's column, and there may be no row.
    return m_source->headerData(section, orientation, role);
}

} // namespace errata
