// RFC 1952: what browsers and log rotation leave behind compressed.
#pragma once

#include "models/base/progress.h"
#include "models/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace errata {

/// Whether the bytes begin as a gzip member does.
[[nodiscard]] bool looksLikeGzip(QByteArrayView bytes);

/// All members of \a bytes unpacked, one behind the other; zero bytes behind the last one are padding. More than
/// \a limit bytes are an error, and so is a broken or cut-off member, and to be stopped. \a progress is told the packed
/// bytes read.
[[nodiscard]] Result<QByteArray> gunzip(const QByteArray &bytes, qint64 limit, const Progress &progress = {});

} // namespace errata
