// A request as a program that sends it.
#pragma once

#include "models/http/message.h"
#include "models/http/sendsettings.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace errata {

/// For HTTPie 3, a line for a POSIX shell. Bodies that are no text a shell can hold are piped in.
[[nodiscard]] QByteArray httpieCommand(const HttpRequest &request);

/// Python 3, its standard library alone. http.client, because requests and urllib.request change names of fields and
/// URLs on the way.
[[nodiscard]] QByteArray pythonProgram(const HttpRequest &request);

/// JavaScript with fetch, for browsers and Node 18 and later. fetch sends a body with neither GET nor HEAD, writes
/// names of fields in lower case, and joins those of one name.
[[nodiscard]] QByteArray fetchProgram(const HttpRequest &request);

/// Go with net/http. Names of fields stay as they are written.
[[nodiscard]] QByteArray goProgram(const HttpRequest &request);

/// A command or program that sends one request.
struct ProgramFormat
{
    const char *name;   ///< "curl", "httpie", "python", "fetch", "go"
    const char *title;  ///< "JavaScript (fetch)"
    const char *ending; ///< of its file
    const char *comment;
    /// Only curl has words for how it connects; the others leave \a settings out.
    QByteArray (*write)(const HttpRequest &request, const SendSettings &settings);
    bool carriesSettings;
    bool holdsSeveral; ///< one behind the other is valid too
};

/// curl first.
[[nodiscard]] const std::vector<ProgramFormat> &programFormats();
/// Null when there is none of that name.
[[nodiscard]] const ProgramFormat *programFormat(const QString &name);

/// What sending \a request by fetch would change or refuse, empty for most: "fetch sends no body with GET".
[[nodiscard]] QByteArray fetchProblem(const HttpRequest &request);

} // namespace errata
