// A stretch of the text a person gave us.
#pragma once

#include <QtGlobal>

namespace errata {

/// Half-open range of byte offsets; start is -1 when the thing is not in the text.
struct Span
{
    qsizetype start = -1;
    qsizetype length = 0;

    [[nodiscard]] bool isNull() const { return start < 0; }
    [[nodiscard]] qsizetype end() const { return start + length; }
    friend bool operator==(const Span &, const Span &) = default;
};

} // namespace errata
