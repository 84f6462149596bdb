// Several texts as one input, and what a table of many exchanges begins with.
#pragma once

#include "models/decode/recording.h"

namespace errata {

/// A file dropped, or a paste (then without a name).
struct NamedText
{
    QString name;
    QByteArray text;

    friend bool operator==(const NamedText &, const NamedText &) = default;
};

/// All texts as one diagnosis: exchanges are numbered through, findings, lines and problems name their file where
/// there are several. Spans are bytes of their own text. DecodeOptions::progress counts through all texts.
[[nodiscard]] Diagnosis decodeTexts(const std::vector<NamedText> &texts, const CatalogSet &catalogs,
                                    const DecodeOptions &options = {});

/// A diagnosis and its counts, made together where time does not matter.
struct Digest
{
    Diagnosis diagnosis;
    int failed = 0; ///< exchanges with an error
    std::vector<Tally> codes;
    std::vector<Tally> hosts; ///< without those that name none
    std::optional<Histogram> histogram;
};
[[nodiscard]] Digest digestOf(Diagnosis diagnosis);

} // namespace errata
