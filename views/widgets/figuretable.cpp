#include "views/widgets/figuretable.h"

#include <QHeaderView>
#include <QResizeEvent>

#include <algorithm>
#include <numeric>

namespace errata {

namespace {

QStringList cells(const QAbstractItemModel &model, int row)
{
    QStringList list;
    for (int column = 0; column < model.columnCount(); ++column)
        list << (row < 0 ? model.headerData(column, Qt::Horizontal) : model.index(row, column).data()).toString();
    return list;
}

QString quoted(QString cell)
{
    const bool needs = cell.contains(QLatin1Char(',')) || cell.contains(QLatin1Char('"')) ||
                       cell.contains(QLatin1Char('\n')) || cell.contains(QLatin1Char('\r'));
    if (!needs)
        return cell;
    return QLatin1Char('"') + cell.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

} // namespace

WordsModel::WordsModel(QAbstractItemModel *source, Word word, int firstFigure, QObject *parent)
    : QIdentityProxyModel(parent), m_word(std::move(word)), m_firstFigure(firstFigure)
{
    setSourceModel(source);
}

QVariant WordsModel::data(const QModelIndex &index, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (index.column() >= m_firstFigure ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && !QIdentityProxyModel::data(index, role).isValid())
        return m_word(mapToSource(index)); // what is cut off can be read
    return role == Qt::DisplayRole ? m_word(mapToSource(index)) : QIdentityProxyModel::data(index, role);
}

QVariant WordsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section >= m_firstFigure)
        return QVariant::fromValue(Qt::AlignVCenter | Qt::AlignRight);
    return QIdentityProxyModel::headerData(section, orientation, role);
}

void setUpFigures(QTableView &table)
{
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setTabKeyNavigation(false);
    table.setShowGrid(false);
    table.setFrameShape(QFrame::NoFrame);
    table.setWordWrap(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(table.fontMetrics().height() + 8);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table.horizontalHeader()->setStretchLastSection(true);
}

FigureTable::FigureTable(QAbstractItemModel *model, const QString &accessibleName, QWidget *parent) : QTableView(parent)
{
    setModel(model);
    setAccessibleName(accessibleName);
    setUpFigures(*this);
    const auto resize = [this] { updateGeometry(); };
    connect(model, &QAbstractItemModel::modelReset, this, resize);
    connect(model, &QAbstractItemModel::rowsInserted, this, resize);
    connect(model, &QAbstractItemModel::rowsRemoved, this, resize);
}

QSize FigureTable::sizeHint() const
{
    const int rows = std::clamp(model()->rowCount(), 1, m_mostRows);
    return {400, horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 4};
}

void FigureTable::setColumnLetters(const std::vector<int> &letters)
{
    m_letters = letters;
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    shareWidth();
}

void FigureTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (!m_letters.empty() && event->size().width() != event->oldSize().width())
        shareWidth();
}

void FigureTable::shareWidth()
{
    const int letter = fontMetrics().averageCharWidth();
    const int wanted = std::accumulate(m_letters.begin(), m_letters.end(), m_letters.back()) * letter;
    const double share = std::min(1.0, double(viewport()->width()) / wanted);
    for (std::size_t i = 0; i < m_letters.size(); ++i)
        setColumnWidth(int(i), qRound(m_letters[i] * letter * share));
}

QString tabbedText(const QAbstractItemModel &model)
{
    QStringList lines;
    for (int row = -1; row < model.rowCount(); ++row)
        lines << cells(model, row).join(QLatin1Char('\t'));
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QByteArray csv(const QAbstractItemModel &model)
{
    QString text;
    for (int row = -1; row < model.rowCount(); ++row) {
        QStringList line = cells(model, row);
        std::transform(line.begin(), line.end(), line.begin(), quoted);
        text += line.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    }
    return text.toUtf8();
}

} // namespace errata
