#include "models/redact/redaction.h"
#include "models/redact/secretvalues.h"

namespace errata {

namespace {

/// What a placeholder can hold: "Staff No." becomes "staff-no".
QByteArray typeOf(const QByteArray &name)
{
    constexpr qsizetype longest = 20;
    QByteArray type;
    const QByteArray low = name.toLower().left(longest);
    for (const char c : low) {
        if (isAlnum(c))
            type += c;
        else if (!type.isEmpty() && !type.endsWith('-'))
            type += '-';
    }
    while (type.endsWith('-'))
        type.chop(1);
    return type;
}

} // namespace

Result<std::vector<UserPattern>> parseUserPatterns(const QByteArray &text)
{
    std::vector<UserPattern> patterns;
    int number = 0;
    const auto fault = [&number](const QString &message) {
        return Error{message, QStringLiteral("line %1").arg(number)};
    };
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &written : lines) {
        ++number;
        const QByteArray line = written.trimmed();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        if (!line.isValidUtf8())
            return fault(QStringLiteral("not UTF-8"));
        const qsizetype colon = line.indexOf(':');
        const QByteArray type = typeOf(line.left(std::max<qsizetype>(colon, 0)));
        if (type.isEmpty())
            return fault(QStringLiteral("expected 'name: expression'"));
        const QString source = QString::fromUtf8(line.mid(colon + 1).trimmed());
        if (source.isEmpty())
            return fault(QStringLiteral("there is no expression after the name"));
        const QRegularExpression expression(source, QRegularExpression::UseUnicodePropertiesOption);
        if (!expression.isValid())
            return fault(QStringLiteral("%1 (at character %2 of the expression)")
                             .arg(expression.errorString())
                             .arg(expression.patternErrorOffset() + 1));
        if (expression.match(QString()).hasMatch())
            return fault(QStringLiteral("the expression matches an empty text, so it would match everywhere"));
        patterns.push_back({type, expression});
    }
    return patterns;
}

} // namespace errata
