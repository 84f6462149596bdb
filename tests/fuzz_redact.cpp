// Whatever bytes come, redaction ends; its spans lie in the text, in order; redacting again cuts no placeholder; what
// is valid JSON stays valid JSON. (That redacting again changes nothing is tested on texts of people and programs.)
#include "models/json/jsondocument.h"
#include "models/redact/redactor.h"
#include "models/redact/secretvalues.h"
#include "tests/support/require.h"

#include <algorithm>

using namespace errata;

namespace {

/// Redacting again may mask more where the words around a secret had spoken for what stands beside it ("pw=no pw:3"),
/// but it leaves each placeholder whole, or masks all of it.
void requireWholePlaceholders(const Redaction &first, const Redaction &again)
{
    constexpr char start[] = "REDACTED-";
    for (qsizetype at = first.text.indexOf(start); at >= 0; at = first.text.indexOf(start, at + 1)) {
        const qsizetype length = placeholderLength(QByteArrayView(first.text).sliced(at));
        const bool ours = std::any_of(first.masked.begin(), first.masked.end(), [&](const Masked &masked) {
            return masked.placeholder == QByteArrayView(first.text).sliced(at, length);
        });
        if (length == 0 || !ours)
            continue;
        for (const Masked &masked : again.masked) {
            const bool apart = masked.span.end() <= at || masked.span.start >= at + length;
            require(apart || (masked.span.start <= at && masked.span.end() >= at + length));
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text = QByteArray::fromRawData(data, static_cast<qsizetype>(size));
    const Redaction redaction = Redactor({}, "salt").redact(text);
    qsizetype at = 0;
    for (const Masked &masked : redaction.masked) {
        require(masked.span.start >= at && masked.span.length > 0 && masked.span.end() <= text.size());
        require(!masked.type.isEmpty() && !masked.place.isEmpty());
        at = masked.span.start;
    }
    for (const Doubtful &doubtful : redaction.doubtful)
        require(doubtful.span.start >= 0 && doubtful.span.end() <= text.size());
    require(!redaction.masked.empty() || redaction.text == text);
    requireWholePlaceholders(redaction, Redactor({}, "other").redact(redaction.text));
    require(!JsonDocument::parse(text) || JsonDocument::parse(redaction.text));
    return 0;
}
