// What a reply's body is, made readable for the envelopes.
#pragma once

#include "models/decode/htmlpage.h"
#include "models/decode/translation.h"

namespace errata {

struct ReadBody
{
    JsonValue root;    ///< of the body, its translation, or the JSON within it
    TextPlaces places; ///< when it is a translation
    bool translated = false;
    qsizetype offset = 0;           ///< where root's document begins within the body; -1 when it is not there literally
    std::vector<JsonValue> further; ///< of several documents, those behind the first
    std::optional<HtmlPage> page;
    QString problem;
    QString note; ///< how it was read, where that is not as it stands
    bool cancelled = false;
};

/// Tells JSON (also several documents, within a quoted string, or within other text), objects as programs print them,
/// XML, a page and form parameters apart, by the look first and Content-Type second. \a mustBeJson: somebody says it
/// is, whatever it looks like. Stopped by \a progress, it has nothing.
[[nodiscard]] ReadBody readBody(const Exchange &exchange, bool mustBeJson, const Progress &progress = {});

} // namespace errata
