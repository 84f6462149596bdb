// Whatever bytes come, redaction ends; its spans lie in the text, in order; redacting again changes nothing; what is
// valid JSON stays valid JSON.
#include "models/json/jsondocument.h"
#include "models/redact/redactor.h"

#include <cstdlib>

using namespace errata;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
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
    require(Redactor({}, "other").redact(redaction.text).text == redaction.text);
    require(!JsonDocument::parse(text) || JsonDocument::parse(redaction.text));
    return 0;
}
