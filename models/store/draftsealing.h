// Takes the secrets out of a draft before it is saved, and puts them back.
#pragma once

#include "models/http/requestdraft.h"
#include "models/redact/redactor.h"

#include <vector>

namespace errata {

struct SealedDraft
{
    RequestDraft draft; ///< with placeholders
    QByteArray sealed;  ///< what they stand for: for the key store alone; empty where nothing was secret
};

/// Variables ("{{token}}") are no secrets; what stands in the field for a secret is one, whatever it looks like;
/// elsewhere the redactor decides.
class DraftSealer
{
public:
    /// \a secrets: values known to be secret, see withSecrets().
    DraftSealer(const RedactionRules &rules, const std::vector<QByteArray> &secrets);

    /// The same draft gives the same placeholders as long as this lives.
    [[nodiscard]] SealedDraft seal(const RequestDraft &draft);

private:
    Redactor m_redactor;
};

/// The draft as it was. A place that no longer holds its placeholder is left alone: it was changed since.
[[nodiscard]] RequestDraft unsealed(const RequestDraft &draft, const QByteArray &sealed);

} // namespace errata
