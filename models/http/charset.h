// The character encoding of a body: what its header says, what its bytes say, and text made of it.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace errata {

enum class Charset { Utf8, Latin1, Windows1252, Utf16Le, Utf16Be };

/// How a charset was found: the difference is shown.
enum class CharsetSource { Header, ByteOrderMark, Assumed, Guessed };

struct CharsetChoice
{
    Charset charset = Charset::Utf8;
    CharsetSource source = CharsetSource::Assumed;

    friend bool operator==(const CharsetChoice &, const CharsetChoice &) = default;
};

/// "UTF-8", "ISO-8859-1": the name registered with IANA.
[[nodiscard]] QString charsetName(Charset charset);
/// The charset parameter of a Content-Type ("text/html; charset=\"utf-16\""); nothing where there is none or it is
/// unknown here. US-ASCII is read as UTF-8, whose part it is.
[[nodiscard]] std::optional<Charset> charsetOfContentType(QByteArrayView contentType);
/// A byte order mark, which outranks the header (WHATWG Encoding, section 6: decode), then the header, then UTF-8
/// where the first megabyte is that; Latin-1, where every byte has a meaning, otherwise.
[[nodiscard]] CharsetChoice chooseCharset(QByteArrayView contentType, QByteArrayView bytes);
/// The same text in UTF-8 without a byte order mark. UTF-8 without one comes back as it is
/// and shares its bytes.
[[nodiscard]] QByteArray toUtf8(const QByteArray &bytes, Charset charset);
/// Whether these are no characters for people: a NUL outside UTF-16, or a tenth of control characters.
[[nodiscard]] bool looksBinary(QByteArrayView bytes, Charset charset);

} // namespace errata
