#include "models/http/httpdirectives.h"

#include <QByteArrayView>

namespace errata {

namespace {

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

void appendEncoded(QByteArray &out, char c)
{
    constexpr char digits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
}

QByteArray encoded(const QByteArray &bytes, bool keepInnerBlanks)
{
    if (bytes.isEmpty())
        return "-";
    if (bytes == "-")
        return "%2D";
    const bool isText = bytes.isValidUtf8();
    QByteArray out;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        const bool isInner = keepInnerBlanks && i > 0 && i + 1 < bytes.size();
        const bool isHigh = (static_cast<unsigned char>(c) & 0x80) != 0;
        if (isControl(c) || c == '%' || (c == ' ' && !isInner) || (isHigh && !isText))
            appendEncoded(out, c);
        else
            out += c;
    }
    return out;
}

QByteArray decoded(const QByteArray &word)
{
    return word == "-" ? QByteArray() : QByteArray::fromPercentEncoding(word);
}

} // namespace

QByteArray directiveWord(const QByteArray &bytes)
{
    return encoded(bytes, false);
}

QByteArray directiveWord(const QString &text)
{
    return encoded(text.toUtf8(), false);
}

QByteArray directiveRest(const QByteArray &bytes)
{
    return encoded(bytes, true);
}

QByteArray directiveLine(const QByteArray &name, const QList<QByteArray> &words)
{
    QByteArray line = "# @errata " + name;
    for (const QByteArray &word : words)
        line += ' ' + word;
    return line + '\n';
}

Directive::Directive(const QByteArray &line) : m_words(line.split(' '))
{
    m_name = m_words.takeFirst();
}

QByteArray Directive::word(int index) const
{
    return decoded(m_words.value(index));
}

QByteArray Directive::rest(int words) const
{
    return decoded(m_words.mid(words).join(' '));
}

} // namespace errata
