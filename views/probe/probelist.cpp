#include "views/probe/probelist.h"

#include "views/theme/theme.h"
#include "views/widgets/labels.h"

#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace errata {

namespace {

constexpr int ApiRole = Qt::UserRole;
constexpr int ProbeRole = Qt::UserRole + 1;

} // namespace

ProbeList::ProbeList(QWidget *parent) : QWidget(parent), m_tree(new QTreeWidget(this)), m_about(mutedText({}, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * Step, 4 * Step, 2 * Step, 3 * Step);
    column->setSpacing(2 * Step);
    column->addWidget(sectionTitle(tr("Probes"), this));
    column->addWidget(m_tree, 1);
    column->addWidget(m_about);
    m_tree->setAccessibleName(tr("Probes by API"));
    m_tree->setColumnCount(2);
    m_tree->header()->hide();
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_tree->setIndentation(3 * Step);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->viewport()->setAutoFillBackground(false);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &ProbeList::describe);
    const auto choose = [this](QTreeWidgetItem *item) {
        if (probe(item))
            Q_EMIT probeChosen(item->data(0, ApiRole).toString(), item->data(0, ProbeRole).toString());
    };
    connect(m_tree, &QTreeWidget::itemActivated, this, choose);
    connect(m_tree, &QTreeWidget::itemClicked, this, choose);
    describe(nullptr);
}

void ProbeList::setCatalogs(const CatalogSet &catalogs)
{
    m_catalogs = catalogs;
    m_tree->clear();
    const QSize row(40, fontMetrics().height() + 2 * Step);
    for (const Catalog &catalog : catalogs.catalogs()) {
        if (catalog.probes.empty())
            continue;
        auto *group = new QTreeWidgetItem(m_tree, {catalog.name, QString::number(catalog.probes.size())});
        group->setData(0, ApiRole, catalog.id);
        group->setSizeHint(0, row);
        for (const Probe &probe : catalog.probes) {
            auto *item = new QTreeWidgetItem(group, {probe.title, probe.readOnly ? tr("reads") : tr("changes")});
            item->setData(0, ApiRole, catalog.id);
            item->setData(0, ProbeRole, probe.id);
            item->setToolTip(0, probe.title + QLatin1Char('\n') + QString::fromUtf8(probe.method) + QLatin1Char(' ') +
                                    probe.path);
            item->setSizeHint(0, row);
            item->setForeground(1, m_tree->palette().placeholderText());
        }
    }
    m_tree->expandAll();
}

void ProbeList::showApi(const QString &api)
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem *group = m_tree->topLevelItem(i);
        const bool wanted = group->data(0, ApiRole).toString() == api;
        group->setExpanded(wanted);
        if (wanted)
            m_tree->setCurrentItem(group->child(0));
    }
}

const Probe *ProbeList::probe(const QTreeWidgetItem *item) const
{
    if (!item || !item->parent())
        return nullptr;
    const Catalog *catalog = m_catalogs.catalog(item->data(0, ApiRole).toString());
    if (!catalog)
        return nullptr;
    const QString id = item->data(0, ProbeRole).toString();
    const auto found = std::find_if(catalog->probes.begin(), catalog->probes.end(),
                                    [&id](const Probe &probe) { return probe.id == id; });
    return found == catalog->probes.end() ? nullptr : &*found;
}

void ProbeList::describe(QTreeWidgetItem *item)
{
    const Probe *chosen = probe(item);
    if (!chosen) {
        m_about->setText(tr("Choose a probe to fill the request in. Nothing is sent before you press Send."));
        return;
    }
    QString text = QString::fromUtf8(chosen->method) + QLatin1Char(' ') + chosen->path;
    if (!chosen->checks.isEmpty())
        text += QLatin1Char('\n') + chosen->checks;
    if (!chosen->cost.isEmpty())
        text += QLatin1Char('\n') + tr("Cost: %1").arg(chosen->cost);
    if (!chosen->readOnly)
        text += QLatin1Char('\n') + tr("It changes something on the server.");
    m_about->setText(text);
}

} // namespace errata
