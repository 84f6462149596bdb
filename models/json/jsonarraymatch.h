// Which elements of two arrays belong together.
#pragma once

#include "models/json/jsonhashes.h"

namespace errata {

struct ArrayMatch
{
    struct Partner
    {
        int index = -1;     ///< in the other array; -1: none
        bool moved = false; ///< not in its turn
    };

    std::vector<Partner> left;
    std::vector<Partner> right;
};

/// Equal ones in their turn, as many as there can be; then equal ones elsewhere; then objects of the same "id", "key",
/// "code" or "name"; then what stands at the same place between those and is no object of another name.
[[nodiscard]] ArrayMatch matchElements(const JsonHashes &leftDocument, const std::vector<std::uint32_t> &left,
                                       const JsonHashes &rightDocument, const std::vector<std::uint32_t> &right,
                                       int mostEdits);

} // namespace errata
