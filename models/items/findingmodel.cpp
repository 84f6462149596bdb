#include "models/items/findingmodel.h"

namespace errata {

namespace {

/// Values, not sentences: the delegate words confidence and retry.
QVariant cell(const Finding &finding, int column)
{
    switch (column) {
    case FindingModel::ExchangeColumn:
        return finding.exchange + 1;
    case FindingModel::StatusColumn:
        return finding.httpStatus ? QVariant(*finding.httpStatus) : QVariant();
    case FindingModel::ApiColumn:
        return finding.api ? QVariant(*finding.api) : QVariant();
    case FindingModel::CodeColumn:
        return finding.code ? QVariant(*finding.code) : QVariant();
    case FindingModel::ConfidenceColumn:
        return static_cast<int>(finding.confidence);
    case FindingModel::RetryColumn:
        return static_cast<int>(finding.retry.verdict);
    default:
        return {};
    }
}

QString requestLine(const Finding &finding)
{
    if (!finding.url)
        return {};
    return finding.method ? *finding.method + QLatin1Char(' ') + *finding.url : *finding.url;
}

} // namespace

FindingModel::FindingModel(QObject *parent) : QAbstractTableModel(parent) {}

void FindingModel::setFindings(std::vector<Finding> findings)
{
    beginResetModel();
    m_findings = std::move(findings);
    endResetModel();
}

const Finding *FindingModel::finding(int row) const
{
    return row >= 0 && row < rowCount() ? &m_findings[static_cast<std::size_t>(row)] : nullptr;
}

int FindingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int FindingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant FindingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Finding &finding = m_findings[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return cell(finding, index.column());
    case RetryRole:
        return static_cast<int>(finding.retry.verdict);
    case ConfidenceRole:
        return static_cast<int>(finding.confidence);
    case IsErrorRole:
        return finding.isError;
    case KnownRole:
        return finding.known;
    case RequestRole:
        return requestLine(finding);
    default:
        return {};
    }
}

QVariant FindingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ExchangeColumn:
        return tr("No.");
    case StatusColumn:
        return tr("Status");
    case ApiColumn:
        return tr("API");
    case CodeColumn:
        return tr("Code");
    case ConfidenceColumn:
        return tr("Sure");
    case RetryColumn:
        return tr("Retry");
    default:
        return {};
    }
}

} // namespace errata
