#include "models/decode/salvage.h"

namespace errata {

namespace {

/// Where the text can be cut and closed.
struct Cut
{
    qsizetype at = -1;  ///< end of the last whole value
    QByteArray closing; ///< brackets to add there
};

/// Walks brackets, strings and commas; a comma, or the end of a nested container, ends a whole value.
Cut lastWholeValue(const QByteArray &bytes, const Progress &progress)
{
    Cut cut;
    QByteArray open;
    bool inString = false;
    qsizetype told = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (i - told >= ProgressStep) {
            told = i;
            if (progress && !progress(i))
                return {};
        }
        const char c = bytes[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
            continue;
        }
        if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            open.prepend(c == '{' ? '}' : ']');
        } else if (c == '}' || c == ']') {
            open.remove(0, 1);
            if (!open.isEmpty())
                cut = {i + 1, open};
        } else if (c == ',' && !open.isEmpty()) {
            cut = {i, open};
        }
        // Deeper than any error body: not worth a repair.
        if (open.size() > limits::jsonDepth)
            return {};
    }
    return cut;
}

} // namespace

std::optional<JsonDocument> salvageTruncatedJson(const QByteArray &bytes, const JsonError &error,
                                                 const Progress &progress)
{
    const bool atEnd = error.offset >= QByteArrayView(bytes).trimmed().size();
    if (!atEnd)
        return std::nullopt;
    const Cut cut = lastWholeValue(bytes, progress);
    if (cut.at < 0)
        return std::nullopt;
    if (const auto document =
            JsonDocument::parse(bytes.first(cut.at) + cut.closing, {limits::jsonDepth, limits::decoderInput, progress}))
        return document.value();
    return std::nullopt;
}

} // namespace errata
