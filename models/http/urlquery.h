// The query of a URL as rows, and back, without touching what was not edited.
#pragma once

#include "models/http/requestdraft.h"

namespace errata {

/// \a url with the query the rows say, before its fragment: rows that are off are left out, a row that stands in the
/// URL already keeps its bytes ("a" stays "a", "a=" stays "a="), of a new one only what cannot stand in a query is
/// percent-encoded. Variables stay. parametersOf() of the result gives the rows back.
[[nodiscard]] QByteArray withParameters(const QByteArray &url, const std::vector<DraftField> &rows);

/// The rows to show: those in the URL, in order, and \a parked ones (off) behind the row they stood behind in
/// \a before, so that typing in the URL loses none.
[[nodiscard]] std::vector<DraftField> parameterRows(const QByteArray &url, const std::vector<DraftField> &before);

} // namespace errata
