// A filter of the history as SQL.
#pragma once

#include "models/http/history.h"

#include <QVariant>

namespace errata {

struct HistoryQuery
{
    QString from;  ///< the tables: "attempts a", with the search index where words are asked for
    QString where; ///< holds always: what was removed is left out
    QVariantList values;
};

[[nodiscard]] HistoryQuery historyQuery(const HistoryFilter &filter);

/// What a person typed as an expression of FTS5 (https://www.sqlite.org/fts5.html#full_text_query_syntax): every word
/// is a quoted string, the last one may be the beginning of a word, and no character is an operator. Words without a
/// letter or a digit are left out; empty when none is left.
[[nodiscard]] QString searchExpression(const QString &text);

} // namespace errata
