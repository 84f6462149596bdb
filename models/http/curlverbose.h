// What `curl -v` leaves in a terminal.
#pragma once

#include "models/http/message.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace errata {

/// Whether lines marked "> " and "< " hold a request line or a status line, or the text begins with what curl says
/// about its connection ("*   Trying ..."). The first 64 kB are enough.
[[nodiscard]] bool looksLikeCurlVerbose(QByteArrayView text);

/// All requests in the order they were sent, each with its answer, if one came; of interim answers (100 Continue)
/// only the one that followed, of a proxy's CONNECT nothing unless it failed. The body is what stands without a
/// mark behind the head of the answer; curl's own words at the end of its last line are not of it. bodyOffset is
/// set where the body stands in one piece. Without an answer, reason holds curl's error ("curl: (28) ...").
/// Times in front of the marks (--trace-time) and bold header names are left out. Spans are into \a text.
[[nodiscard]] std::vector<Exchange> readCurlVerbose(const QByteArray &text);

} // namespace errata
