// RFC 1952 and RFC 1950: what browsers, log rotation and programs leave behind compressed.
#pragma once

#include "models/base/progress.h"
#include "models/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace errata {

/// Whether the bytes begin as a gzip member does.
[[nodiscard]] bool looksLikeGzip(QByteArrayView bytes);
/// Whether the bytes begin with a zlib header of deflate data without a preset dictionary.
[[nodiscard]] bool looksLikeZlib(QByteArrayView bytes);

/// All members of \a bytes unpacked, one behind the other; zero bytes behind the last one are padding. More than
/// \a limit bytes are an error, and so is a broken or cut-off member, and to be stopped. \a progress is told the packed
/// bytes read.
[[nodiscard]] Result<QByteArray> gunzip(const QByteArray &bytes, qint64 limit, const Progress &progress = {});

/// The same for a zlib stream (RFC 1950), of which there is one.
[[nodiscard]] Result<QByteArray> unzlib(const QByteArray &bytes, qint64 limit);

} // namespace errata
