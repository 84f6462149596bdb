#include "models/http/charset.h"

#include <QList>
#include <QStringDecoder>

#include <algorithm>
#include <array>

namespace errata {

namespace {

constexpr qsizetype Sample = 1'048'576;

/// 0x80 to 0x9F of windows-1252; the five unassigned ones stand for themselves (WHATWG Encoding, index windows-1252).
constexpr std::array<char16_t, 32> windows1252{0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                               0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                               0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                               0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

QString fromWindows1252(const QByteArray &bytes)
{
    QString text = QString::fromLatin1(bytes);
    for (QChar &c : text) {
        if (c >= QChar(0x80) && c < QChar(0xA0))
            c = QChar(windows1252[c.unicode() - 0x80U]);
    }
    return text;
}

std::optional<CharsetChoice> charsetOfMark(QByteArrayView bytes)
{
    if (bytes.startsWith("\xEF\xBB\xBF"))
        return CharsetChoice{Charset::Utf8, CharsetSource::ByteOrderMark};
    if (bytes.startsWith("\xFF\xFE"))
        return CharsetChoice{Charset::Utf16Le, CharsetSource::ByteOrderMark};
    if (bytes.startsWith("\xFE\xFF"))
        return CharsetChoice{Charset::Utf16Be, CharsetSource::ByteOrderMark};
    return {};
}

/// A sequence cut in two by the end of the sample is no fault of the text.
QByteArrayView wholeCharacters(QByteArrayView bytes)
{
    qsizetype end = std::min(bytes.size(), Sample);
    while (end < bytes.size() && end > 0 && (static_cast<unsigned char>(bytes[end]) & 0xC0U) == 0x80)
        --end;
    return bytes.first(end);
}

} // namespace

QString charsetName(Charset charset)
{
    switch (charset) {
    case Charset::Utf8:
        break;
    case Charset::Latin1:
        return QStringLiteral("ISO-8859-1");
    case Charset::Windows1252:
        return QStringLiteral("windows-1252");
    case Charset::Utf16Le:
        return QStringLiteral("UTF-16LE");
    case Charset::Utf16Be:
        return QStringLiteral("UTF-16BE");
    }
    return QStringLiteral("UTF-8");
}

std::optional<Charset> charsetOfContentType(QByteArrayView contentType)
{
    const QByteArray lower = contentType.toByteArray().toLower();
    for (const QByteArray &part : lower.split(';')) {
        const QByteArray parameter = part.trimmed();
        if (!parameter.startsWith("charset="))
            continue;
        QByteArray name = parameter.mid(8).trimmed();
        if (name.size() >= 2 && name.startsWith('"') && name.endsWith('"'))
            name = name.mid(1, name.size() - 2);
        if (name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii")
            return Charset::Utf8;
        if (name == "iso-8859-1" || name == "latin1")
            return Charset::Latin1;
        if (name == "windows-1252" || name == "cp1252")
            return Charset::Windows1252;
        if (name == "utf-16" || name == "utf-16le")
            return Charset::Utf16Le; // without a mark: WHATWG Encoding, section 4.2
        if (name == "utf-16be")
            return Charset::Utf16Be;
    }
    return {};
}

CharsetChoice chooseCharset(QByteArrayView contentType, QByteArrayView bytes)
{
    if (const auto marked = charsetOfMark(bytes))
        return *marked;
    if (const auto named = charsetOfContentType(contentType))
        return {*named, CharsetSource::Header};
    if (wholeCharacters(bytes).isValidUtf8())
        return {Charset::Utf8, CharsetSource::Assumed};
    return {Charset::Latin1, CharsetSource::Guessed};
}

QByteArray toUtf8(const QByteArray &bytes, Charset charset)
{
    switch (charset) {
    case Charset::Utf8:
        break;
    case Charset::Latin1:
        return QString::fromLatin1(bytes).toUtf8();
    case Charset::Windows1252:
        return fromWindows1252(bytes).toUtf8();
    case Charset::Utf16Le:
    case Charset::Utf16Be: {
        QStringDecoder decoder(charset == Charset::Utf16Le ? QStringDecoder::Utf16LE : QStringDecoder::Utf16BE);
        const QString text = decoder(bytes);
        return text.toUtf8();
    }
    }
    return bytes.startsWith("\xEF\xBB\xBF") ? bytes.mid(3) : bytes;
}

bool looksBinary(QByteArrayView bytes, Charset charset)
{
    if (charset == Charset::Utf16Le || charset == Charset::Utf16Be)
        return false;
    constexpr qsizetype Looked = 8192;
    const QByteArrayView head = bytes.first(std::min(bytes.size(), Looked));
    if (head.contains('\0'))
        return true;
    const auto controls = std::count_if(head.begin(), head.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1b';
    });
    return controls * 10 > head.size();
}

} // namespace errata
