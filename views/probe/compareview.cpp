#include "views/probe/compareview.h"

#include "views/theme/theme.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace errata {

namespace {

using Mark = ComparedRow::Mark;

const Tone *toneOf(const Theme &theme, Mark mark)
{
    switch (mark) {
    case Mark::Added:
        return &theme.yes;
    case Mark::Removed:
        return &theme.no;
    case Mark::Changed:
        return &theme.wait;
    case Mark::Moved:
        return &theme.note;
    default:
        return nullptr;
    }
}

/// The row's colours; the side that has nothing stays plain.
class ComparedDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const Theme &theme = Theme::of(option->palette);
        const auto mark = static_cast<Mark>(index.data(ComparisonModel::MarkRole).toInt());
        option->font = fixedFont(option->font);
        option->textElideMode = Qt::ElideRight;
        const bool empty = option->text.isEmpty() && index.column() != ComparisonModel::MarkColumn;
        if (const Tone *tone = toneOf(theme, mark); tone && !empty) {
            option->backgroundBrush = tone->ground;
            option->palette.setColor(QPalette::Text,
                                     index.column() == ComparisonModel::MarkColumn ? tone->ink : theme.text);
        } else if (mark == Mark::Heading) {
            option->font.setBold(true);
            option->backgroundBrush = theme.raised;
        } else if (mark == Mark::Hidden || mark == Mark::More) {
            option->palette.setColor(QPalette::Text, theme.muted);
        }
    }
};

} // namespace

CompareView::CompareView(QWidget *parent)
    : QWidget(parent)
    , m_place(mutedLabel({}, this))
    , m_previous(new QPushButton(tr("Previous"), this))
    , m_next(new QPushButton(tr("Next"), this))
    , m_copy(new QPushButton(tr("Copy differences"), this))
    , m_note(new NoteLine(this))
    , m_table(new QTableView(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2 * Step, 0, 0);
    column->setSpacing(Step);
    auto *row = new QHBoxLayout;
    m_previous->setToolTip(tr("Previous difference (Shift+F8)"));
    m_previous->setAccessibleName(tr("Previous difference"));
    m_next->setToolTip(tr("Next difference (F8)"));
    m_next->setAccessibleName(tr("Next difference"));
    row->addWidget(m_place, 1);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_copy);
    column->addLayout(row);
    column->addWidget(m_note);
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new ComparedDelegate(m_table));
    m_table->setAccessibleName(tr("Both answers, side by side"));
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(QFontMetrics(fixedFont(font())).height() + Step);
    QHeaderView *header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(ComparisonModel::LeftColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(ComparisonModel::RightColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(ComparisonModel::MarkColumn, QHeaderView::Fixed);
    header->resizeSection(ComparisonModel::MarkColumn,
                          QFontMetrics(fixedFont(font())).horizontalAdvance(QStringLiteral("≠ changed")) + 4 * Step);
    column->addWidget(m_table, 1);

    connect(m_previous, &QPushButton::clicked, this, &CompareView::previousDifference);
    connect(m_next, &QPushButton::clicked, this, &CompareView::nextDifference);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { Q_EMIT copyRequested(comparisonText(m_model.comparison()), tr("Copied: the comparison.")); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &CompareView::tellPlace);
    clear();
}

void CompareView::clear()
{
    m_job.cancel();
    m_model.setTitles({}, {});
    present({});
    m_place->setText(tr("Nothing is compared."));
}

void CompareView::compare(const NamedAnswer &left, const NamedAnswer &right)
{
    m_model.setTitles(left.title, right.title);
    present({});
    m_place->setText(tr("Comparing …"));
    const auto work = [a = left.response, b = right.response](const JobFlag &) { return compareAnswers(a, b); };
    m_job.start(work, [this](Comparison comparison) { present(std::move(comparison)); });
}

void CompareView::present(Comparison comparison)
{
    const bool any = comparison.differences > 0;
    if (comparison.notes.isEmpty())
        m_note->clearNote();
    else
        m_note->showHint(comparison.notes.join(QLatin1Char(' ')));
    m_copy->setEnabled(!comparison.rows.empty());
    m_model.setComparison(std::move(comparison));
    m_previous->setEnabled(any);
    m_next->setEnabled(any);
    tellPlace();
    if (any)
        m_table->selectRow(m_model.differenceFrom(-1, 1));
}

int CompareView::currentRow() const
{
    return m_table->currentIndex().row();
}

void CompareView::step(int by)
{
    const int row = m_model.differenceFrom(currentRow(), by);
    if (row < 0)
        return;
    m_table->selectRow(row);
    m_table->scrollTo(m_model.index(row, ComparisonModel::LeftColumn), QAbstractItemView::PositionAtCenter);
}

void CompareView::tellPlace()
{
    const int count = m_model.comparison().differences;
    const QString most = m_model.comparison().isWhole ? QString() : tr("at least ");
    if (count == 0)
        return m_place->setText(m_model.comparison().isWhole ? tr("No difference.")
                                                             : tr("No difference in what was compared."));
    const QString all =
        count == 1 ? tr("1 difference") : tr("%1 differences").arg(QLocale(QLocale::English).toString(count));
    const int at = m_model.differencesUpTo(currentRow());
    const int row = currentRow();
    const bool on = row >= 0 && m_model.comparison().rows[std::size_t(row)].isDifference();
    QString text = most + all;
    if (on) {
        text = tr("%1 of %2").arg(QLocale(QLocale::English).toString(at), most + all);
        const QString where = m_model.comparison().rows[std::size_t(row)].where;
        if (!where.isEmpty())
            text += QStringLiteral(" · ") + where;
    }
    m_place->setText(text);
}

} // namespace errata
