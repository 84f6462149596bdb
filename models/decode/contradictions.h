// What a reply says against itself, or against the document.
#pragma once

#include "models/decode/conditions.h"
#include "models/decode/diagnosis.h"

namespace errata {

struct ContradictionInput
{
    const Reply *reply = nullptr;
    const Catalog *catalog = nullptr;
    const Envelope *envelope = nullptr;
    const Entry *entry = nullptr;
    QString code; ///< as in the reply
    JsonValue flag;
};

[[nodiscard]] std::vector<Contradiction> contradictionsOf(const ContradictionInput &input);

} // namespace errata
