// Weighs a reply against every envelope of every catalog. The weights of shapes are data in the
// catalogs; here stand only those for code, status and host, which mean the same for every API.
#pragma once

#include "models/decode/conditions.h"
#include "models/decode/decoder.h"

namespace errata {

/// One reading of a reply.
struct Candidate
{
    const Catalog *catalog = nullptr;
    const Envelope *envelope = nullptr;
    const Entry *entry = nullptr; ///< the code's entry, exact or folded
    bool exactCode = false;
    std::optional<QString> code;
    Span codeSpan;
    int score = 0;
    std::vector<Evidence> evidence;
};

namespace weight {
inline constexpr int codeExact = 30;
inline constexpr int codeFolded = 15;
inline constexpr int codeStyleOff = -10;
inline constexpr int statusAgrees = 10;
inline constexpr int statusDisagrees = -5;
inline constexpr int hostIs = 30;
inline constexpr int hostIsOthers = -30;

/// Below this a shape is a coincidence.
inline constexpr int least = 25;
inline constexpr int likely = 35;
inline constexpr int certain = 55;
/// By how much the best reading must lead the best of another API.
inline constexpr int likelyLead = 8;
inline constexpr int certainLead = 20;
} // namespace weight

/// The code where \a envelope has it, and its place.
struct FoundCode
{
    QString text;
    Span where;
};
[[nodiscard]] std::optional<FoundCode> codeIn(const Reply &reply, const Envelope &envelope);

/// All readings that reach weight::least, best first, those by the conventions behind equal ones of an API; the
/// options limit them to one API, and may stop where the body is large: then there are none.
[[nodiscard]] std::vector<Candidate> readings(const Reply &reply, const CatalogSet &catalogs,
                                              const DecodeOptions &options);

/// How sure the first reading is, seen beside the others.
[[nodiscard]] Confidence confidenceOf(const std::vector<Candidate> &candidates);

/// How \a reply reads by one envelope: nothing when a condition it requires does not hold. For another element of
/// a list of errors.
[[nodiscard]] std::optional<Candidate> reading(const Reply &reply, const CatalogSet &home, const Catalog &catalog,
                                               const Envelope &envelope);

/// The catalog one of whose hosts the exchange's request went to.
[[nodiscard]] const Catalog *catalogOfHost(const Exchange &exchange, const CatalogSet &catalogs);

/// The entry that owns a code on a surface: the same surface first, then one that also comes there, then any.
[[nodiscard]] const Entry *onSurface(const std::vector<const Entry *> &entries, const QString &surface);

} // namespace errata
