// Requests written as curl commands.
#pragma once

#include "models/base/result.h"
#include "models/http/requestdraft.h"
#include "models/http/sendsettings.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

namespace errata {

/// Whether the text begins with a curl command that has an option or a URL; a prompt, variables, sudo or a fence of
/// Markdown may come first.
[[nodiscard]] bool looksLikeCurlCommand(QByteArrayView text);

struct CurlReading
{
    HttpRequest request;
    SendSettings settings;  ///< proxy, TLS, redirects: curl follows none unless told to
    QStringList connection; ///< the options that say so: "-k", "--proxy"
    /// Options that change how the request is sent and have no place in it, files that are not here, and what curl
    /// does not know: "--proxy", "-d @body.json". What only shows or stores the answer is not named.
    QStringList notCarried;
};

/// The request of the first curl command in \a text, as a browser copies it for bash, cmd or PowerShell, or as a
/// person writes it. Headers that curl would send by itself are not added, but those its options say, in its order. A
/// URL without a scheme is http, {a,b} and dot segments are read as curl does. A multipart body has a fixed boundary.
/// Files are read by \a readFile; without it they are named in notCarried. The error's place is "line N" or an option.
[[nodiscard]] Result<CurlReading> readCurlCommand(const QByteArray &text, const FileReader &readFile = {});

} // namespace errata
