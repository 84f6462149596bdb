// Whatever bytes come, redaction ends; its spans lie in the text, in order; redacting again changes nothing, unless a
// secret took quotes or brackets with it; what is valid JSON stays valid JSON.
#include "models/json/jsondocument.h"
#include "models/redact/redactor.h"

#include <algorithm>
#include <cstdlib>

using namespace errata;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

/// Quotes and brackets that go with a masked value may have opened or closed what stands behind it.
bool isStructural(char c)
{
    return QByteArrayView("\"'`<>{}[]()").contains(c);
}

bool takesStructure(const QByteArray &text, const Redaction &redaction)
{
    return std::any_of(redaction.masked.begin(), redaction.masked.end(), [&text](const Masked &masked) {
        const QByteArrayView secret = QByteArrayView(text).sliced(masked.span.start, masked.span.length);
        return std::any_of(secret.begin(), secret.end(), isStructural);
    });
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
    const Redaction again = Redactor({}, "other").redact(redaction.text);
    require(again.text == redaction.text || takesStructure(text, redaction));
    require(!JsonDocument::parse(text) || JsonDocument::parse(redaction.text));
    return 0;
}
