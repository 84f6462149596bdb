// What the entry's place shows before there is an entry: how to search, by examples one can press.
#pragma once

#include "views/widgets/emptystate.h"

#include <vector>

namespace errata {

class StartPanel : public EmptyState
{
    Q_OBJECT

public:
    explicit StartPanel(QWidget *parent = nullptr);

Q_SIGNALS:
    void queryRequested(const QString &query);
};

struct QueryExample
{
    QString query;
    QString finds;
};

/// The search grammar by examples: for the start panel the first few, for the help all of them.
[[nodiscard]] const std::vector<QueryExample> &queryExamples();

} // namespace errata
