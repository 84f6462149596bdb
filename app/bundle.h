// The escalation bundle: what a vendor's support needs to see of one input, and nothing it must not.
#pragma once

#include "models/base/zip.h"
#include "models/catalog/catalog.h"
#include "models/decode/diagnosis.h"
#include "models/redact/redaction.h"

namespace errata {

/// What the bundle is made of. The diagnosis is of the redacted text: so everything in the bundle is redacted.
struct BundleInput
{
    const Diagnosis &diagnosis;
    const CatalogSet &catalogs;
    QDateTime now;
    const RedactionReport &report; ///< what was masked in the text, and what was left though it looked like a secret
};

/// summary.md, and where there is something to put into them exchange.har, request.sh and reply.txt. Nothing when no
/// error was found.
[[nodiscard]] std::vector<ArchivedFile> escalationBundle(const BundleInput &input);

/// "JSON /next_page_token: a paging token as a rule", each once.
[[nodiscard]] QStringList doubtfulLines(const RedactionReport &report);

/// The finding for the ticket, as Markdown: what happened, where, why, what to do, what is missing.
[[nodiscard]] QString findingMarkdown(const Finding &finding, const CatalogSet &catalogs);

} // namespace errata
