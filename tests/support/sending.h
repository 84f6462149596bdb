// Sending through the Qt engine and waiting for its end.
#pragma once

#include "models/http/transport.h"

#include <QByteArrayList>

namespace errata {

[[nodiscard]] HttpRequest get(const QByteArray &url);
[[nodiscard]] SendOptions within(Millis deadline);
/// An empty result when finished comes not at all, or more than once.
[[nodiscard]] SendResult resultOf(PendingSend &pending);
[[nodiscard]] SendResult sent(const HttpRequest &request, const SendOptions &options = {});
/// "Name: value" lines, in order.
[[nodiscard]] QByteArrayList lines(const Headers &headers);
/// The header lines of a request as the server read them.
[[nodiscard]] QByteArrayList headLines(const QByteArray &request);
/// A 200 with a Content-Length.
[[nodiscard]] QByteArray ok(const QByteArray &body);

} // namespace errata
