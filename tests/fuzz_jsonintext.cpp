// Whatever text comes, what is found in it is JSON, in order and apart; what a string held is JSON.
#include "models/http/jsonintext.h"
#include "models/json/jsondocument.h"
#include "tests/support/require.h"

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text(data, static_cast<qsizetype>(size));
    qsizetype end = 0;
    for (const Span &span : jsonIn(text, 1000)) {
        require(span.start >= end && span.length > 2 && span.end() <= text.size());
        require(JsonDocument::parse(text.mid(span.start, span.length)).ok());
        end = span.end();
    }
    if (const auto json = unquotedJson(text))
        require(JsonDocument::parse(json->trimmed()).ok());
    return 0;
}
