#include "models/decode/exitcode.h"

#include <QRegularExpression>

namespace errata {

std::optional<int> exitStatusIn(QByteArrayView text)
{
    static const QRegularExpression shape(
        QStringLiteral("^(?:exit(?:ed)?(?:[ _-]?(?:with|code|status))*|\\$\\?)\\s*[:= ]?\\s*(\\d{1,3})$"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = shape.match(QString::fromUtf8(text.trimmed()));
    if (!match.hasMatch() || match.captured(1).toInt() > 255)
        return std::nullopt;
    return match.captured(1).toInt();
}

} // namespace errata
