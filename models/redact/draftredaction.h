// Secrets taken out of requests as they are written down.
#pragma once

#include "models/http/collection.h"
#include "models/redact/redactor.h"

namespace errata {

/// \a collection with its secrets masked; uses of variables stay, for they say nothing. The secret of an
/// authentication is masked whatever it looks like.
[[nodiscard]] Redacted<Collection> redactedCollection(Redactor &redactor, const Collection &collection);

/// The same for a request that may still have variables in it.
[[nodiscard]] Redacted<HttpRequest> redactedRequest(Redactor &redactor, const HttpRequest &request);

/// The same for how it is sent.
[[nodiscard]] Redacted<SendSettings> redactedSettings(Redactor &redactor, const SendSettings &settings);

} // namespace errata
