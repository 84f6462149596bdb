// The facets beside the list, and the link that clears them.
#pragma once

#include "views/widgets/panel.h"

class QPushButton;

namespace errata {

class FacetModel;
class RowListView;

class FacetPanel : public Panel
{
    Q_OBJECT

public:
    FacetPanel(FacetModel *model, QWidget *parent = nullptr);

private:
    void showReset();

    FacetModel *m_model;
    RowListView *m_view;
    QPushButton *m_reset;
};

} // namespace errata
