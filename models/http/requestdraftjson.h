// Drafts and environments as JSON: what is saved between two starts.
#pragma once

#include "models/base/result.h"
#include "models/http/requestdraft.h"

#include <QByteArray>

namespace errata {

/// Every field comes back as it was. Bytes that are UTF-8 are written as text, "value"; others in a member of their
/// own as base64, "valueBase64". What is empty is left out. Secrets are written as they stand: who saves takes them
/// out first.
[[nodiscard]] QByteArray requestDraftJson(const RequestDraft &draft);
/// Members it does not know are left out. The error's place is a JSON Pointer ("/headers/3/value") or a line and
/// column.
[[nodiscard]] Result<RequestDraft> readRequestDraft(const QByteArray &json);

/// How a request is to be sent, on one line; the same members as within a draft.
[[nodiscard]] QByteArray sendSettingsJson(const SendSettings &settings);
[[nodiscard]] Result<SendSettings> readSendSettings(const QByteArray &json);

/// The values of secret variables are not written.
[[nodiscard]] QByteArray environmentJson(const Environment &environment);
[[nodiscard]] Result<Environment> readEnvironment(const QByteArray &json);

} // namespace errata
