// Tests a catalog's condition on a reply.
#pragma once

#include "models/catalog/catalog.h"
#include "models/json/jsondocument.h"

namespace errata {

/// Where in the input the texts of a translated body stand: offsets of strings in the translation (their opening
/// quote), ascending.
using TextPlaces = std::vector<std::pair<qsizetype, Span>>;

/// A reply as the scorer looks at it: the exchange and its body, parsed.
struct Reply
{
    const Exchange *exchange = nullptr;
    JsonValue body = {};                ///< absent when the body is neither JSON nor translated to it
    JsonValue element = {};             ///< the error of a list that is looked at, see Envelope::each
    const TextPlaces *places = nullptr; ///< when the body is a translation (XML, parameters)

    /// Where a value of the body stands in the input, strings without their quotes; null when the body
    /// is not in the input literally.
    [[nodiscard]] Span spanOf(const JsonValue &value) const;
    [[nodiscard]] Span keySpanOf(const JsonValue &value) const;
    /// A JSON pointer into the body, or, after a leading '@', into the element.
    [[nodiscard]] JsonValue at(QStringView pointer) const;
    /// The first of the pointers that holds something other than null.
    [[nodiscard]] JsonValue first(const QStringList &pointers) const;
};

struct ConditionResult
{
    bool holds = false;
    Span where;
};

/// "14": a code's number, another name of it and not another spelling.
[[nodiscard]] bool isNumeral(QStringView code);

[[nodiscard]] ConditionResult test(const Condition &condition, const Reply &reply);

} // namespace errata
