// What takes the secrets out of a record before it is written.
#pragma once

#include "models/http/history.h"
#include "models/redact/redactor.h"

#include <functional>
#include <vector>

namespace errata {

/// Gives the record without its secrets. It is called in the thread that writes, one record after the other.
using HistoryRedaction = std::function<HistoryRecord(const HistoryRecord &)>;

/// By the rules, and by the values themselves: what the environments hold as secrets is masked wherever it stands,
/// also where no rule looks for it (a path, a free text). Values below four bytes are words, not secrets. The same
/// secret has the same placeholder in all records of this function.
[[nodiscard]] HistoryRedaction historyRedaction(const RedactionRules &rules, const std::vector<QByteArray> &secrets);

/// The rules with the values added: each line of a value, percent-encoded or not. The redactor itself undoes the coding
/// of JSON, of parameters and of base64.
[[nodiscard]] RedactionRules withSecrets(RedactionRules rules, const std::vector<QByteArray> &secrets);

} // namespace errata
