#include "models/items/exchangemodel.h"

#include <algorithm>

namespace errata {

QString placeIn(const QString &url)
{
    const qsizetype scheme = url.indexOf(QLatin1String("://"));
    const qsizetype start = scheme < 0 ? 0 : scheme + 3;
    qsizetype end = start;
    while (end < url.size() && url[end] != u'?' && url[end] != u'#')
        ++end;
    return url.mid(start, end - start);
}

ExchangeModel::ExchangeModel(QObject *parent)
    : QAbstractTableModel(parent), m_diagnosis(std::make_shared<const Diagnosis>()), m_has(ColumnCount, false)
{
}

void ExchangeModel::setDiagnosis(std::shared_ptr<const Diagnosis> diagnosis)
{
    beginResetModel();
    m_diagnosis = std::move(diagnosis);
    indexLines();
    noteColumns();
    endResetModel();
}

void ExchangeModel::indexLines()
{
    const std::vector<ExchangeLine> &lines = m_diagnosis->lines;
    m_lineOf.clear();
    m_lineOf.reserve(m_diagnosis->findings.size());
    for (const Finding &finding : m_diagnosis->findings) {
        // In the order of their index, so that a search by halves finds them.
        const auto it = std::lower_bound(lines.begin(), lines.end(), finding.exchange,
                                         [](const ExchangeLine &line, int index) { return line.index < index; });
        const bool found = it != lines.end() && it->index == finding.exchange;
        m_lineOf.push_back(found ? static_cast<int>(it - lines.begin()) : -1);
    }
    m_quiet.clear();
    m_quiet.reserve(lines.size());
    std::optional<qint64> first, last;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].finding < 0)
            m_quiet.push_back(static_cast<int>(i));
        if (lines[i].startedMs) {
            first = std::min(first.value_or(*lines[i].startedMs), *lines[i].startedMs);
            last = std::max(last.value_or(*lines[i].startedMs), *lines[i].startedMs);
        }
    }
    m_spannedMs = first ? *last - *first : 0;
}

void ExchangeModel::noteColumns()
{
    const auto anyFinding = [this](const auto &holds) {
        return std::any_of(m_diagnosis->findings.begin(), m_diagnosis->findings.end(), holds);
    };
    const auto anyLine = [this](const auto &holds) {
        return std::any_of(m_diagnosis->lines.begin(), m_diagnosis->lines.end(), holds);
    };
    m_has.assign(ColumnCount, true);
    m_has[TimeColumn] = anyLine([](const ExchangeLine &line) { return line.startedMs.has_value(); });
    m_has[ApiColumn] = anyFinding([](const Finding &finding) { return finding.api.has_value(); });
    m_has[PlaceColumn] = anyFinding([](const Finding &finding) { return finding.url.has_value(); }) ||
                         anyLine([](const ExchangeLine &line) { return !line.url.isEmpty(); });
    m_has[FileColumn] = anyFinding([](const Finding &finding) { return !finding.file.isEmpty(); }) ||
                        anyLine([](const ExchangeLine &line) { return !line.file.isEmpty(); });
}

int ExchangeModel::findingRows() const
{
    return static_cast<int>(m_diagnosis->findings.size());
}

const Finding *ExchangeModel::finding(int row) const
{
    return row >= 0 && row < findingRows() ? &m_diagnosis->findings[static_cast<std::size_t>(row)] : nullptr;
}

const ExchangeLine *ExchangeModel::line(int row) const
{
    if (row < 0 || row >= rowCount())
        return nullptr;
    const int at = row < findingRows() ? m_lineOf[static_cast<std::size_t>(row)]
                                       : m_quiet[static_cast<std::size_t>(row - findingRows())];
    return at < 0 ? nullptr : &m_diagnosis->lines[static_cast<std::size_t>(at)];
}

int ExchangeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : findingRows() + static_cast<int>(m_quiet.size());
}

int ExchangeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString ExchangeModel::url(int row) const
{
    if (const Finding *found = finding(row); found && found->url)
        return *found->url;
    const ExchangeLine *own = line(row);
    return own ? QString::fromUtf8(own->url) : QString();
}

QString ExchangeModel::method(int row) const
{
    if (const Finding *found = finding(row); found && found->method)
        return *found->method;
    const ExchangeLine *own = line(row);
    return own ? QString::fromUtf8(own->method) : QString();
}

QVariant ExchangeModel::cell(int row, int column) const
{
    const Finding *found = finding(row);
    const ExchangeLine *own = line(row);
    switch (column) {
    case NumberColumn:
        return (found ? found->exchange : own->index) + 1;
    case TimeColumn:
        return own && own->startedMs ? QVariant(*own->startedMs) : QVariant();
    case ApiColumn:
        return found && found->api ? QVariant(*found->api) : QVariant();
    case CodeColumn: {
        if (found && found->code)
            return *found->code;
        const std::optional<int> status = found ? found->httpStatus : own->status;
        return status ? QVariant(*status) : QVariant();
    }
    case PlaceColumn:
        return placeIn(url(row));
    case RetryColumn:
        return found ? QVariant(static_cast<int>(found->retry.verdict)) : QVariant();
    case FileColumn:
        return found ? found->file : own->file;
    default:
        return {};
    }
}

QVariant ExchangeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Finding *found = finding(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cell(index.row(), index.column());
    case IsErrorRole:
        return found && found->isError;
    case RequestRole: {
        const QString target = url(index.row());
        return target.isEmpty() ? QString() : QString(method(index.row()) + QLatin1Char(' ') + target).trimmed();
    }
    default:
        return {};
    }
}

QVariant ExchangeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn:
        return tr("No.");
    case TimeColumn:
        return tr("Time (UTC)");
    case ApiColumn:
        return tr("API");
    case CodeColumn:
        return tr("Code or status");
    case PlaceColumn:
        return tr("Where");
    case RetryColumn:
        return tr("Retry");
    case FileColumn:
        return tr("File");
    default:
        return {};
    }
}

} // namespace errata
