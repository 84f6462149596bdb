// A request as a curl command line.
#pragma once

#include "models/http/message.h"
#include "models/http/sendsettings.h"

#include <QByteArray>

namespace errata {

/// The command that sends \a request with its bytes unchanged: one line for a POSIX shell, valid UTF-8, no NUL.
///   curl -X DELETE -H 'X-Tenant: a b' https://api.example.com/v1/items/1
/// A body that is no text a shell can hold is piped in as base64. Nothing is masked: what is copied or saved goes
/// through a Redactor (models/redact) first. \a settings as curlOptions() writes them.
[[nodiscard]] QByteArray curlCommand(const HttpRequest &request, const SendSettings &settings = {});

/// One word for a POSIX shell: as it is where that is safe, else in single quotes.
[[nodiscard]] QByteArray shellQuoted(const QByteArray &word);

} // namespace errata
