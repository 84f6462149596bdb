// HAR 1.2 (HTTP Archive), as browsers and proxies save it.
#pragma once

#include "models/base/progress.h"
#include "models/http/message.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

#include <functional>
#include <vector>

namespace errata {

/// Whether the text begins like {"log": {... "entries": or {"har": {"log": ...; a byte order mark may come first.
/// The first 64 kB are enough.
[[nodiscard]] bool looksLikeHar(QByteArrayView text);

struct HarEntry
{
    /// index, span, request, response and times. No status where the browser got none (0): then reason holds its
    /// own error ("net::ERR_CONNECTION_REFUSED"). Spans of headers are the insides of JSON strings, escapes and
    /// all. bodyOffset is set when the body stands literally, without any escape.
    Exchange exchange;
    Span bodySpan; ///< inside of the string the body was read from; null when there is none
};

struct HarReading
{
    int entries = 0;      ///< handed over
    QStringList problems; ///< "entry 3, line 12, column 5: ..."; entries count from 1, the first 100 are kept
    bool cancelled = false;
};

/// Hands over one entry after the other; \a each returns false to stop. Members come in any order. A broken entry
/// is named and left out, and reading goes on behind it where that can be found; of the one the text was cut off
/// in, what was read of it is handed over if it has a status. base64 and gzip of bodies are undone. Spans are
/// into \a bytes. \a progress is asked within long entries, too.
HarReading readHar(const QByteArray &bytes, const std::function<bool(HarEntry &&, qsizetype bytesRead)> &each,
                   const Progress &progress = {});

/// HAR 1.2 with one entry for each exchange. A body that is not UTF-8 is written as base64, a request's one with
/// "_encoding", as HAR has no word for it. A time that is not known is 1970, a duration 0.
[[nodiscard]] QByteArray writeHar(const std::vector<Exchange> &exchanges, const QString &creatorVersion);

} // namespace errata
