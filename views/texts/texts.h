// Words for people: one function per enum.
#pragma once

#include "models/catalog/entry.h"
#include "models/catalog/searchindex.h"
#include "models/decode/diagnosis.h"

#include <QString>

namespace errata::texts {

/// "after wait", "not an error".
[[nodiscard]] QString verdict(RetryVerdict verdict, bool isError = true);
/// A sentence: "Wait, then send the same request again."
[[nodiscard]] QString verdictMeaning(RetryVerdict verdict, bool isError = true);
/// "stated", "companion", "derived", "inferred".
[[nodiscard]] QString provenance(Provenance provenance);
/// What that word means, for a tool tip.
[[nodiscard]] QString provenanceMeaning(Provenance provenance);
/// "exact", "same word", "begins so", "in the text", "near"; empty for MatchKind::All.
[[nodiscard]] QString match(MatchKind kind);
/// "certain", "likely", "a guess".
[[nodiscard]] QString confidence(Confidence confidence);
[[nodiscard]] QString confidenceMeaning(Confidence confidence);
/// "problem details (RFC 9457)".
[[nodiscard]] QString convention(Convention convention);
/// "HTTP response", "curl -v output".
[[nodiscard]] QString inputKind(InputKind kind);
/// What decided the retry advice: "the Retry-After header".
[[nodiscard]] QString retrySource(RetrySource source);
/// "250 ms", "1.5 s", "2 min 5 s".
[[nodiscard]] QString duration(qint64 milliseconds);
/// "4xx", "not stated" for 0.
[[nodiscard]] QString statusClass(int statusClass);
/// How long to wait and on whose word, in one line; empty where nothing is said.
[[nodiscard]] QString wait(const RetryFact &retry);
/// "error.code" for the JSON pointer "/error/code"; "the body itself" for "".
[[nodiscard]] QString pointer(const QString &jsonPointer);

} // namespace errata::texts
