// Errors quoted in running text: a line of a log, an exception's message, a customer's sentence.
#pragma once

#include "models/catalog/catalog.h"

namespace errata {

struct ProseHints
{
    std::optional<int> status; ///< "status code 429", "HTTP 503", "429 Too Many Requests"
    Span statusSpan;
    QByteArray url; ///< the first http or https address
    struct Word
    {
        QString text;
        Span where;
    };
    std::vector<Word> codes; ///< codes of the catalogs, spelled exactly; plain words ("conflict") are none
};

/// The first 64 kB of \a text are looked at; \a offset is added to the spans.
[[nodiscard]] ProseHints hintsIn(QByteArrayView text, qsizetype offset, const CatalogSet &catalogs);

} // namespace errata
