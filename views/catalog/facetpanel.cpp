#include "views/catalog/facetpanel.h"

#include "models/items/facetmodel.h"
#include "views/catalog/facetdelegate.h"
#include "views/theme/theme.h"
#include "views/widgets/labels.h"
#include "views/widgets/rowlistview.h"
#include "views/widgets/spokenmodel.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace errata {

FacetPanel::FacetPanel(FacetModel *model, QWidget *parent)
    : Panel(QPalette::Window, {}, parent)
    , m_model(model)
    , m_view(new RowListView(this))
    , m_reset(linkButton(QStringLiteral("Reset"), this))
{
    m_view->setModel(new SpokenModel(model, facetSentence, m_view));
    m_view->setItemDelegate(new FacetDelegate(m_view));
    m_view->setSelectionMode(QAbstractItemView::NoSelection);
    m_view->setAccessibleName(QStringLiteral("Filters"));
    m_view->setObjectName(QStringLiteral("facets"));
    m_view->setMouseTracking(true);
    m_view->viewport()->setBackgroundRole(QPalette::Window);

    m_reset->setToolTip(QStringLiteral("Untick every filter"));
    m_reset->setObjectName(QStringLiteral("resetFacets"));
    QSizePolicy kept = m_reset->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // nothing below moves when it comes and goes
    m_reset->setSizePolicy(kept);
    connect(m_reset, &QPushButton::clicked, model, [model] { model->setFacets({}); });
    connect(model, &FacetModel::facetsChanged, this, &FacetPanel::showReset);
    connect(model, &FacetModel::modelReset, this, &FacetPanel::showReset);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(3 * Step + 2, 0, 2 * Step, 0);
    top->addWidget(mutedLabel(QStringLiteral("Narrow down"), this));
    top->addStretch();
    top->addWidget(m_reset);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, Step, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_view);
    setMinimumWidth(150);
    showReset();
}

void FacetPanel::showReset()
{
    m_reset->setVisible(m_model->hasTicks());
}

} // namespace errata
