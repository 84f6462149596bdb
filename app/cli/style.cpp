#include "app/cli/style.h"

#include "models/catalog/names.h"

#include <QStringList>

namespace errata {

QString Style::wrap(const QString &text, const char *code) const
{
    return m_colour ? QStringLiteral("\x1b[%1m%2\x1b[0m").arg(QLatin1String(code), text) : text;
}

QString Style::verdict(RetryVerdict verdict) const
{
    const QString words = retryVerdictId(verdict).replace(QLatin1Char('-'), QLatin1Char(' '));
    switch (verdict) {
    case RetryVerdict::Yes:
        return green(words);
    case RetryVerdict::AfterWait:
        return yellow(words);
    case RetryVerdict::No:
    case RetryVerdict::AfterFix:
        return red(words);
    case RetryVerdict::Unstated:
        break;
    }
    return words;
}

QString visible(QString text)
{
    for (QChar &c : text) {
        const char16_t unit = c.unicode();
        if (unit < 0x20 && unit != u'\n' && unit != u'\t')
            c = QChar(static_cast<char16_t>(0x2400 + unit));
        else if (unit >= 0x7F && unit < 0xA0)
            c = QChar(u'\u2421');
    }
    return text;
}

QString wrapped(const QString &text, int width, int indent)
{
    const qsizetype room = std::max(20, width - indent);
    const QString margin(indent, QLatin1Char(' '));
    QStringList lines;
    QString line;
    for (const QString &word : text.simplified().split(QLatin1Char(' '))) {
        if (!line.isEmpty() && line.size() + 1 + word.size() > room) {
            lines << line;
            line.clear();
        }
        line += line.isEmpty() ? word : QLatin1Char(' ') + word;
    }
    lines << line;
    return lines.join(QLatin1Char('\n') + margin);
}

} // namespace errata
