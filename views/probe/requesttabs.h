// The open requests, each with its last answer; values, no widgets.
#pragma once

#include "models/decode/diagnosis.h"
#include "models/http/collection.h"
#include "models/items/eventstreammodel.h"
#include "models/retry/attempt.h"

namespace errata {

/// What came back, and what had been sent for it.
struct ShownAnswer
{
    HttpRequest request;
    SendResult result;
    Diagnosis diagnosis;
    std::vector<Attempt> attempts;
    std::vector<EventStreamModel::Row> events = {}; ///< of a stream, with the times they came
};

struct RequestTab
{
    QString id; ///< its own as long as it is open, also after a new start
    RequestDraft draft;
    RequestDraft opened; ///< as it came in: unchanged, a tab is used again
    std::optional<ShownAnswer> answer = {};
    std::optional<ShownAnswer> previous = {}; ///< the answer before, to compare with
    std::optional<SavedRequest> saved = {};   ///< where it is kept in a collection
    Variables own = {};                       ///< of that collection's files: what no environment says

    [[nodiscard]] static RequestTab of(const RequestDraft &draft);
    [[nodiscard]] bool isUntouched() const { return draft == opened && !answer; }
    /// Other than it was read from its collection.
    [[nodiscard]] bool isChanged() const { return saved && draft != opened; }
    /// With a dot where it is changed: "Who am I •", else "GET /v1/me", else "New request"; the middle of a long one is
    /// left out.
    [[nodiscard]] QString title() const;
};

} // namespace errata
