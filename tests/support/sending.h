// Sending through either engine and waiting for its end.
#pragma once

#include "models/http/transport.h"

#include <QByteArrayList>

#include <memory>

namespace errata {

enum class Engine { Curl, Qt };
/// "curl", "qt"
[[nodiscard]] const char *nameOf(Engine engine);
[[nodiscard]] std::unique_ptr<Transport> transportOf(Engine engine);
/// A column "engine" and a row for each: for tests that say the same of both.
void addEngineRows();

[[nodiscard]] HttpRequest get(const QByteArray &url);
[[nodiscard]] SendOptions within(Millis deadline);
/// An empty result when finished comes not at all, or more than once.
[[nodiscard]] SendResult resultOf(PendingSend &pending);
[[nodiscard]] SendResult sent(Engine engine, const HttpRequest &request, const SendOptions &options = {});
/// "Name: value" lines, in order.
[[nodiscard]] QByteArrayList lines(const Headers &headers);
/// The header lines of a request as the server read them.
[[nodiscard]] QByteArrayList headLines(const QByteArray &request);
/// A 200 with a Content-Length.
[[nodiscard]] QByteArray ok(const QByteArray &body);

} // namespace errata

Q_DECLARE_METATYPE(errata::Engine)
