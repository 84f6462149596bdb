// .http files, as JetBrains' HTTP client and VS Code's REST Client read them: Errata's own form of a collection too.
#pragma once

#include "models/base/result.h"
#include "models/http/collection.h"

#include <QByteArrayView>

namespace errata {

/// Whether a line begins a request of such a file: "###", "# @name x", "@var = x", or a request line.
[[nodiscard]] bool looksLikeHttpFile(QByteArrayView text);

/// Requests between lines of "###"; "@name = value" becomes a variable of the environment without a name. What the
/// form has no word for stands in comments, "# @errata header-off X-Trace 1", so that a collection comes back as it
/// was. Scripts, options and redirections of answers are named in notCarried. The error's place is "line N".
[[nodiscard]] Result<Collection> readHttpFile(const QByteArray &text);

/// readHttpFile() gives the same collection back. What other programs can send stands as they expect it; only a
/// request they could not hold (a name of a field that is none, a body with "###") is kept in comments altogether.
/// notCarried is not written.
[[nodiscard]] QByteArray writeHttpFile(const Collection &collection);

/// The same as files: one for each folder of requests, whose path names it, and the environments in the form both
/// programs share (http-client.env.json). Values of secrets are in none of them.
[[nodiscard]] std::vector<CollectionFile> writeHttpFolder(const Collection &collection);
/// The file of a folder of requests within the collection: "requests.http", "auth/tokens.http".
[[nodiscard]] QString httpFileOf(const QStringList &folder);
/// Requests come in the order of their files' paths. The error's place is the file.
[[nodiscard]] Result<Collection> readHttpFolder(std::vector<CollectionFile> files);

} // namespace errata
