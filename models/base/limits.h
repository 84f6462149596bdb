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
/// A reply body kept in memory.
inline constexpr qint64 responseBody = 64 * Megabyte;
/// A request body read from a file.
inline constexpr qint64 requestBody = 256 * Megabyte;
/// A file of requests as another tool saved it.
inline constexpr qint64 collectionFile = 64 * Megabyte;
/// All headers of one message together.
inline constexpr qint64 headerBlock = 256 * Kilobyte;
/// Nesting of a JSON document.
inline constexpr int jsonDepth = 512;

} // namespace errata::limits
