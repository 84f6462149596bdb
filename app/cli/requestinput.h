// Requests in whatever form a file or folder has them.
#pragma once

#include "app/cli/command.h"
#include "models/http/collection.h"

namespace errata {

struct RequestInput
{
    QString kind; ///< "postman", "har", ...
    Collection collection;
    /// Where the input says what went over the wire: one for each of the collection's, byte for byte.
    std::vector<HttpRequest> requests;
    QByteArray description; ///< OpenAPI, as JSON
};

/// The kinds that \a from may name.
[[nodiscard]] QStringList requestInputKinds();

/// Reads a file, a folder of .http or .bru files, or standard input; recognises what it is unless \a from says so.
/// \a readFile: what a curl command names ("-d @body.json"); without it that is not carried over.
[[nodiscard]] Result<RequestInput> readRequests(CliContext &context, const QString &file, const QString &from,
                                                const FileReader &readFile = {});

/// Files that requests name, sought beside \a file and below; what lies elsewhere is refused: a collection from
/// outside must not carry away /etc/passwd.
[[nodiscard]] FileReader filesBeside(const QString &file);

/// Sees to it that \a collection has the environment \a name: one of its own, or that of the file of this name, as
/// Postman and Bruno have them.
[[nodiscard]] std::optional<Error> findEnvironment(CliContext &context, const QString &name, Collection &collection);

/// Leaves the request of that name alone.
[[nodiscard]] std::optional<Error> keepOnly(const QString &name, RequestInput &input);

} // namespace errata
