// The probes of every catalog, grouped by API: requests known to tell something, with what they cost.
#pragma once

#include "models/catalog/catalog.h"

#include <QWidget>

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace errata {

class ProbeList : public QWidget
{
    Q_OBJECT

public:
    explicit ProbeList(QWidget *parent = nullptr);

    void setCatalogs(const CatalogSet &catalogs);
    /// Opens that API's group and goes to its first probe, without choosing it.
    void showApi(const QString &api);

Q_SIGNALS:
    void probeChosen(const QString &api, const QString &probeId);

private:
    void describe(QTreeWidgetItem *item);
    [[nodiscard]] const Probe *probe(const QTreeWidgetItem *item) const;

    CatalogSet m_catalogs;
    QTreeWidget *m_tree;
    QLabel *m_about;
};

} // namespace errata
