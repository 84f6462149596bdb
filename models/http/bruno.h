// Bruno: a request or an environment a .bru file.
#pragma once

#include "models/base/result.h"
#include "models/http/collection.h"

#include <QByteArrayView>

namespace errata {

/// Whether a line begins a block that only Bruno has: "meta {", "vars {", "vars:secret [".
[[nodiscard]] bool looksLikeBruno(QByteArrayView text);

/// A request, or an environment (which has no name in its file). Scripts, tests and forms of authentication Errata
/// has not are named. The error's place is "line N".
[[nodiscard]] Result<Collection> readBruno(const QByteArray &text);

/// A folder with bruno.json and environments/. The error's place begins with the file.
[[nodiscard]] Result<Collection> readBrunoFolder(std::vector<CollectionFile> files);

/// bruno.json, a file a request in its folder, environments/NAME.bru. Values of secrets are not written.
[[nodiscard]] WrittenCollection writeBruno(const Collection &collection);

} // namespace errata
