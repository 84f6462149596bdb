// Finds a text in bytes, however many.
#pragma once

#include "models/base/latestjob.h"
#include "models/base/span.h"

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace errata {

struct TextMatches
{
    std::vector<Span> spans; ///< in order, none overlapping
    bool more = false;       ///< there are more than were kept
};

/// Positions kept of one search: 16 MB of them.
inline constexpr std::size_t MostMatches = 1'000'000;

/// Every place of \a wanted in \a utf8. Without case, letters beyond ASCII are compared by simple case folding.
[[nodiscard]] TextMatches findText(QByteArrayView utf8, const QString &wanted, Qt::CaseSensitivity caseSensitivity,
                                   const JobFlag &flag, std::size_t most = MostMatches);

} // namespace errata
