#include "models/redact/coding.h"

#include "models/base/gunzip.h"
#include "models/redact/secretvalues.h"

#include <algorithm>
#include <string_view>

namespace errata {

namespace {

struct Unit
{
    qsizetype raw = 1;
    qsizetype text = 1;
};

qsizetype appendUtf8(char32_t code, QByteArray *out)
{
    const QByteArray bytes = QString::fromUcs4(&code, 1).toUtf8();
    if (out)
        out->append(bytes);
    return bytes.size();
}

int hexQuad(QByteArrayView raw, qsizetype at)
{
    if (at + 4 > raw.size())
        return -1;
    int code = 0;
    for (qsizetype i = at; i < at + 4; ++i) {
        if (hexDigit(raw[i]) < 0)
            return -1;
        code = code * 16 + hexDigit(raw[i]);
    }
    return code;
}

Unit plainUnit(char c, QByteArray *out)
{
    if (out)
        out->append(c);
    return {};
}

Unit jsonUnicode(QByteArrayView raw, qsizetype at, QByteArray *out)
{
    const int high = hexQuad(raw, at + 2);
    if (high < 0)
        return plainUnit(raw[at], out);
    if (high >= 0xd800 && high < 0xdc00 && at + 12 <= raw.size() && raw[at + 6] == '\\' && raw[at + 7] == 'u') {
        const int low = hexQuad(raw, at + 8);
        if (low >= 0xdc00 && low < 0xe000)
            return {12, appendUtf8(QChar::surrogateToUcs4(char16_t(high), char16_t(low)), out)};
    }
    const bool lone = high >= 0xd800 && high < 0xe000;
    return {6, appendUtf8(lone ? 0xfffd : char32_t(high), out)};
}

Unit jsonUnit(QByteArrayView raw, qsizetype at, QByteArray *out)
{
    static constexpr std::string_view escapes = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (raw[at] != '\\' || at + 1 >= raw.size())
        return plainUnit(raw[at], out);
    if (raw[at + 1] == 'u')
        return jsonUnicode(raw, at, out);
    const std::size_t which = escapes.find(raw[at + 1]);
    if (which == std::string_view::npos)
        return plainUnit(raw[at], out);
    if (out)
        out->append(meanings[which]);
    return {2, 1};
}

Unit percentUnit(QByteArrayView raw, qsizetype at, QByteArray *out)
{
    if (raw[at] != '%' || at + 2 >= raw.size() || hexDigit(raw[at + 1]) < 0 || hexDigit(raw[at + 2]) < 0)
        return plainUnit(raw[at], out);
    if (out)
        out->append(static_cast<char>(hexDigit(raw[at + 1]) * 16 + hexDigit(raw[at + 2])));
    return {3, 1};
}

Unit entityUnit(QByteArrayView raw, qsizetype at, QByteArray *out)
{
    static constexpr struct
    {
        const char *name;
        char meaning;
    } entities[] = {{"&quot;", '"'}, {"&amp;", '&'},  {"&lt;", '<'},   {"&gt;", '>'},   {"&apos;", '\''},
                    {"&#34;", '"'},  {"&#39;", '\''}, {"&#x22;", '"'}, {"&#x27;", '\''}};
    if (raw[at] == '&') {
        for (const auto &entity : entities) {
            if (!raw.sliced(at).startsWith(entity.name))
                continue;
            if (out)
                out->append(entity.meaning);
            return {qsizetype(qstrlen(entity.name)), 1};
        }
    }
    return plainUnit(raw[at], out);
}

Unit unitAt(QByteArrayView raw, qsizetype at, Coding coding, QByteArray *out)
{
    switch (coding) {
    case Coding::Json:
        return jsonUnit(raw, at, out);
    case Coding::Percent:
        return percentUnit(raw, at, out);
    case Coding::Entities:
        return entityUnit(raw, at, out);
    }
    return {};
}

bool isStandard(char c)
{
    return isAlnum(c) || c == '+' || c == '/';
}

bool isUrlSafe(char c)
{
    return isAlnum(c) || c == '-' || c == '_';
}

qsizetype lineLengthAt(QByteArrayView text, qsizetype at, bool urlAlphabet)
{
    qsizetype end = at;
    while (end < text.size() && (urlAlphabet ? isUrlSafe(text[end]) : isStandard(text[end])))
        ++end;
    return end - at;
}

/// Decoding the first dozen characters tells nearly all that is no text.
bool startsLikeText(QByteArrayView text)
{
    const QByteArray start = QByteArray::fromBase64(text.first(12).toByteArray(), QByteArray::Base64UrlEncoding);
    return std::all_of(start.begin(), start.end(), [](char c) {
        const auto b = static_cast<unsigned char>(c);
        return b >= 0x20 ? b != 0x7f : c == '\n' || c == '\r' || c == '\t';
    });
}

qsizetype lineEndLength(QByteArrayView text, qsizetype at)
{
    if (at < text.size() && text[at] == '\n')
        return 1;
    return at + 1 < text.size() && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 0;
}

/// Base64 as it stands in a text, line ends left out.
struct Base64Text
{
    QByteArray characters;
    Base64Run form; ///< all but the bytes

    [[nodiscard]] QByteArray bytes() const
    {
        return QByteArray::fromBase64(characters,
                                      form.urlAlphabet ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding);
    }
};

/// What \a text begins with; nothing where it is shorter than \a least or no base64 is as long.
Base64Text base64Text(QByteArrayView text, qsizetype least)
{
    Base64Text found;
    Base64Run &form = found.form;
    qsizetype end = lineLengthAt(text, 0, false);
    const qsizetype urlEnd = lineLengthAt(text, 0, true);
    form.urlAlphabet = urlEnd > end;
    end = std::max(end, urlEnd);
    if (end < least)
        return {};
    const qsizetype first = end;
    QByteArray characters = text.first(end).toByteArray();
    while (const qsizetype gap = lineEndLength(text, end)) {
        const qsizetype line = lineLengthAt(text, end + gap, form.urlAlphabet);
        if (first % 4 != 0 || first < 60 || line == 0 || line > first)
            break;
        form.lineLength = first;
        form.lineEnd = text.sliced(end, gap).toByteArray();
        characters += text.sliced(end + gap, line);
        end += gap + line;
        if (line < first)
            break;
    }
    for (int i = 0; i < 2 && end < text.size() && text[end] == '=' && (characters.size() + i) % 4 != 0; ++i, ++end)
        form.padded = true;
    form.padded = form.padded || characters.size() % 4 == 0;
    if (characters.size() % 4 == 1)
        return {};
    form.length = end;
    found.characters = std::move(characters);
    return found;
}

} // namespace

Decoded::Decoded(QByteArrayView raw, Coding coding) : m_raw(raw), m_coding(coding)
{
    m_text.reserve(raw.size());
    for (qsizetype at = 0; at < raw.size();)
        at += unitAt(raw, at, coding, &m_text).raw;
}

void Decoded::moveTo(qsizetype at)
{
    if (at < m_textAt)
        m_rawAt = m_textAt = 0;
    while (m_rawAt < m_raw.size()) {
        const Unit unit = unitAt(m_raw, m_rawAt, m_coding, nullptr);
        if (m_textAt + unit.text > at)
            return;
        m_rawAt += unit.raw;
        m_textAt += unit.text;
    }
}

Span Decoded::toRaw(const Span &span)
{
    moveTo(span.start);
    const qsizetype start = m_rawAt;
    if (span.length == 0)
        return {start, 0};
    moveTo(span.end() - 1);
    const qsizetype end = m_rawAt < m_raw.size() ? m_rawAt + unitAt(m_raw, m_rawAt, m_coding, nullptr).raw : m_rawAt;
    return {start, end - start};
}

QByteArray Base64Run::encoded(const QByteArray &content) const
{
    QByteArray::Base64Options options = urlAlphabet ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding;
    if (!padded)
        options |= QByteArray::OmitTrailingEquals;
    const QByteArray text = content.toBase64(options);
    if (lineLength == 0)
        return text;
    QByteArray lines;
    lines.reserve(text.size() + text.size() / lineLength * lineEnd.size());
    for (qsizetype at = 0; at < text.size(); at += lineLength)
        lines += (at > 0 ? lineEnd : QByteArray()) + text.mid(at, lineLength);
    return lines;
}

std::optional<Base64Run> base64Run(QByteArrayView text)
{
    constexpr qsizetype least = 20;
    // Nearly every word ends here, before anything is copied.
    if (text.size() < least)
        return {};
    const QByteArrayView head = text.first(least);
    if ((lineLengthAt(head, 0, false) < least && lineLengthAt(head, 0, true) < least) || !startsLikeText(head))
        return {};
    const Base64Text found = base64Text(text, least);
    if (found.characters.isEmpty())
        return {};
    Base64Run run = found.form;
    run.bytes = found.bytes();
    if (!isPlainText(run.bytes))
        return {};
    return run;
}

std::optional<CompressedRun> compressedRun(QByteArrayView text, qint64 limit)
{
    constexpr qsizetype least = 27; // nothing but an empty gzip member
    const bool gzip = text.startsWith("H4sI");
    const bool zlib = !gzip && text.size() > 1 && text[0] == 'e' && QByteArrayView("AFJN").contains(text[1]);
    if (!gzip && !zlib)
        return {};
    const Base64Text found = base64Text(text, least);
    const QByteArray bytes = found.bytes();
    if (bytes.isEmpty() || (zlib && !looksLikeZlib(bytes)))
        return {};
    const auto unpacked = gzip ? gunzip(bytes, limit) : unzlib(bytes, limit);
    CompressedRun run{found.form.length, {}};
    if (unpacked && isPlainText(unpacked.value()))
        run.text = unpacked.value();
    return run;
}

} // namespace errata
