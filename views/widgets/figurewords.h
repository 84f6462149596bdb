// Cells of a FiguresModel as people read them.
#pragma once

#include <QModelIndex>
#include <QVariant>

namespace errata {

/// By the column's kind: "1 250", "7.35 s", "42 %"; empty stays empty.
[[nodiscard]] QVariant figureWord(const QModelIndex &index);

} // namespace errata
