#include "views/probe/eventsview.h"

#include "views/decode/pastetext.h"
#include "views/theme/theme.h"
#include "views/widgets/labels.h"
#include "views/widgets/welledit.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace errata {

EventsView::EventsView(QWidget *parent)
    : QWidget(parent)
    , m_count(mutedLabel({}, this))
    , m_copy(new QPushButton(tr("Copy data"), this))
    , m_stop(new QPushButton(tr("Stop the stream"), this))
    , m_table(new QTableView(this))
    , m_data(new WellEdit(tr("Data of the event"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2 * Step, 0, 0);
    column->setSpacing(Step);
    auto *row = new QHBoxLayout;
    m_stop->setToolTip(tr("Ends the connection; what has come stays (Esc)"));
    row->addWidget(m_count, 1);
    row->addWidget(m_copy);
    row->addWidget(m_stop);
    column->addLayout(row);
    m_table->setModel(&m_model);
    m_table->setAccessibleName(tr("Events in the order they came"));
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 2 * Step);
    m_table->setFont(fixedFont(font()));
    QHeaderView *header = m_table->horizontalHeader();
    header->setFont(font());
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    header->resizeSection(EventStreamModel::TimeColumn,
                          m_table->fontMetrics().horizontalAdvance(QStringLiteral("10000.000 s")));
    m_data->setReadOnly(true);
    m_data->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(m_data);
    splitter->setSizes({300, 100});
    splitter->setStretchFactor(0, 1);
    column->addWidget(splitter, 1);

    connect(m_stop, &QPushButton::clicked, this, &EventsView::stopClicked);
    connect(m_copy, &QPushButton::clicked, this, &EventsView::copyData);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &EventsView::showData);
    end();
}

void EventsView::begin()
{
    m_model.clear();
    m_reader = {};
    m_next = 0;
    m_live = true;
    m_stop->show();
    showData({});
    showTotal();
}

void EventsView::addBytes(const QByteArray &bytes, std::optional<double> sinceStartMs)
{
    m_next += bytes.size();
    m_reader.feed(bytes);
    std::vector<StreamEvent> events = m_reader.take();
    if (events.empty())
        return;
    const QScrollBar *bar = m_table->verticalScrollBar();
    const bool follows = bar->value() == bar->maximum();
    m_model.add(std::move(events), sinceStartMs);
    if (follows)
        m_table->scrollToBottom();
    showTotal();
}

void EventsView::end()
{
    m_live = false;
    m_stop->hide();
    showTotal();
}

void EventsView::setRows(std::vector<EventStreamModel::Row> rows)
{
    m_reader = {};
    m_model.setRows(std::move(rows));
    showData({});
    end();
}

void EventsView::showTotal()
{
    const QLocale english = QLocale(QLocale::English);
    QString text = m_model.total() == 1 ? tr("1 event") : tr("%1 events").arg(english.toString(m_model.total()));
    if (m_model.total() > m_model.rowCount())
        text += tr(", the first %1 of them below; all stand in the body").arg(english.toString(m_model.rowCount()));
    if (m_live)
        text += tr(" so far");
    else if (m_reader.isInsideEvent())
        text += tr("; the last one was not complete and is left out");
    if (m_reader.retryMs())
        text += tr(" · connect again after %1 ms").arg(*m_reader.retryMs());
    m_count->setText(text);
    Q_EMIT totalChanged(m_model.total());
}

void EventsView::showData(const QModelIndex &index)
{
    const QByteArray bytes = index.data(EventStreamModel::DataRole).toByteArray();
    const QString text = shownText(bytes.left(showableBytes(bytes)));
    m_data->wrapFor(text);
    m_data->setPlainText(text);
    m_data->setPlaceholderText(index.isValid() ? tr("The event's data is empty.")
                                               : tr("Choose an event to see its data."));
    m_copy->setEnabled(index.isValid());
}

void EventsView::copyData()
{
    const QByteArray bytes = m_table->currentIndex().data(EventStreamModel::DataRole).toByteArray();
    Q_EMIT copyRequested(QString::fromUtf8(bytes), tr("Copied: the event's data."));
}

} // namespace errata
