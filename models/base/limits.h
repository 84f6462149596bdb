// Sizes that outside text is held to before anything parses it.
#pragma once

#include <QtGlobal>

namespace errata::limits {

inline constexpr qint64 Kilobyte = 1024;
inline constexpr qint64 Megabyte = 1024 * Kilobyte;

/// A catalog or policy file; the shipped ones are below 300 kB.
inline constexpr qint64 catalogFile = 16 * Megabyte;
/// Text given to the decoder: a larger paste or file is refused with its size.
inline constexpr qint64 decoderInput = 256 * Megabyte;
/// Findings kept whole: of more, in a long log, only the number.
inline constexpr int findings = 5000;
/// Failed exchanges of an input that are kept whole.
inline constexpr int keptExchanges = 20;
/// Lines of a recording or log that are listed.
inline constexpr int exchangeLines = 200'000;
/// A body read as XML: error replies are small, and building a tree of a large one is not.
inline constexpr qint64 xmlBody = 4 * Megabyte;
/// A reply body that is read and shown.
inline constexpr qint64 responseBody = 64 * Megabyte;
/// Of that, as much as stays in memory; a larger one goes to a temporary file.
inline constexpr qint64 memoryBody = 16 * Megabyte;
/// A reply body that goes into a file without being looked at.
inline constexpr qint64 downloadedBody = qint64(16) * 1024 * Megabyte;
/// A request body read from a file.
inline constexpr qint64 requestBody = 256 * Megabyte;
/// A file of requests as another tool saved it.
inline constexpr qint64 collectionFile = 64 * Megabyte;
/// All headers of one message together.
inline constexpr qint64 headerBlock = 256 * Kilobyte;
/// Data of one server-sent event.
inline constexpr qint64 eventData = 4 * Megabyte;
/// Server-sent events that are listed.
inline constexpr int listedEvents = 100'000;
/// Nesting of a JSON document.
inline constexpr int jsonDepth = 512;

} // namespace errata::limits
