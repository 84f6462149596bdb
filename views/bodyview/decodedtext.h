// A short stretch of UTF-8 as it is drawn, with the way back to its bytes.
#pragma once

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace errata {

struct DecodedText
{
    QString text;
    std::vector<int> offsets; ///< of each UTF-16 unit's byte, and of the end

    /// The unit a byte belongs to; the end for those behind.
    [[nodiscard]] int unitOf(qsizetype offset) const;
};

/// Control characters become their pictures (U+2400 …), what is no UTF-8 becomes U+FFFD, a byte each, and so do the
/// characters that reorder what stands around them: a hostile text shall not look like another one. Tabs stay.
[[nodiscard]] DecodedText decodeForShow(QByteArrayView utf8);
/// The same bytes as text, nothing replaced but what is no UTF-8.
[[nodiscard]] DecodedText decodeExactly(QByteArrayView utf8);
/// The nearest start of a character at or before \a offset.
[[nodiscard]] qsizetype characterStart(QByteArrayView utf8, qsizetype offset);

} // namespace errata
