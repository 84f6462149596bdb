// Whatever bytes are pasted, the decoder ends, its spans lie in the text, and it is certain of a
// documented code only.
#include "models/catalog/catalogreader.h"
#include "models/decode/decoder.h"
#include "tests/support/require.h"

using namespace errata;

namespace {

void inside(const Span &span, qsizetype size)
{
    require(span.isNull() || (span.start >= 0 && span.length >= 0 && span.end() <= size));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const CatalogSet catalogs = loadCatalogs().set;
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const Diagnosis diagnosis = decodeText(text, catalogs);
    require(diagnosis.bytes == text.size());
    for (const Finding &finding : diagnosis.findings) {
        for (const Evidence &evidence : finding.evidence)
            inside(evidence.where, text.size());
        for (const FoundId &id : finding.ids)
            inside(id.where, text.size());
        for (const Contradiction &contradiction : finding.contradictions)
            inside(contradiction.where, text.size());
        require(!finding.api || finding.confidence != Confidence::Certain ||
                (finding.known && catalogs.entry(*finding.entryId)));
        require(!finding.retry.reason.isEmpty());
    }
    return 0;
}
