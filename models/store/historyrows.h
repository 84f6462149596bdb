// Records and rows of the history as columns, and back.
#pragma once

#include "models/http/history.h"

#include <QSqlQuery>
#include <QVariant>

namespace errata {

/// The columns of a HistoryRow, of "attempts a".
[[nodiscard]] QString rowColumns();
/// The row a query of rowColumns() stands at.
[[nodiscard]] HistoryRow rowOf(const QSqlQuery &query);

/// "INSERT" with its values, but for the bodies' ids.
struct RowInsert
{
    QString statement;
    QVariantList values;
};
[[nodiscard]] RowInsert attemptInsert(const HistoryRecord &record, const QVariant &requestBody,
                                      const QVariant &responseBody);
[[nodiscard]] RowInsert detailsInsert(qint64 id, const HistoryRecord &record);

/// The columns of "details d" that recordOf takes, behind those of rowColumns() and before the bodies' ids.
[[nodiscard]] QString detailColumns();
/// All of a record but its bodies.
[[nodiscard]] HistoryRecord recordOf(const HistoryRow &row, const QSqlQuery &query);

} // namespace errata
