// Bytes that somebody else keeps, where a QByteArray is asked for.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace errata {

/// A view of \a text, no copy: whoever keeps it beyond the text's life must copy it.
[[nodiscard]] inline QByteArray rawView(QByteArrayView text)
{
    return QByteArray::fromRawData(text.data(), text.size());
}

} // namespace errata
