// Postman: collections of the format 2.1 (2.0 is read too) and environments.
#pragma once

#include "models/base/result.h"
#include "models/http/collection.h"

#include <QByteArrayView>

namespace errata {

/// Whether the text begins like a collection or an environment as Postman exports them.
[[nodiscard]] bool looksLikePostman(QByteArrayView text);

/// Requests with their folders; authentication of a folder is that of its requests. Variables of the collection are
/// the environment without a name. An environment's file gives no request. Scripts, saved answers and forms of
/// authentication Errata has not are named. The error's place is "line N, column M".
[[nodiscard]] Result<Collection> readPostman(const QByteArray &text);

/// collection.json, and a file for each environment that has a name. Values of secrets are not written.
[[nodiscard]] WrittenCollection writePostman(const Collection &collection);

} // namespace errata
