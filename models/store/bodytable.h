// Bodies, compressed, each once however many messages carry it.
#pragma once

#include "models/store/database.h"

#include <QByteArray>

namespace errata {

struct KeptBody
{
    QByteArray bytes;
    bool isGone = false; ///< dropped to save space; its message is still there
};

/// The id to refer to it by; a null value for an empty body. Bodies are told apart by their SHA-256. One that was
/// dropped before is there again.
[[nodiscard]] Result<QVariant> putBody(const Database &database, const QByteArray &body);
/// What putBody was given; an error where the bytes do not give that body any more.
[[nodiscard]] Result<KeptBody> body(const Database &database, const QVariant &id);

} // namespace errata
