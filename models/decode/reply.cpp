#include "models/decode/reply.h"

#include <QRegularExpression>

#include <algorithm>

namespace errata {

namespace {

QString folded(QString name)
{
    return name.remove(QLatin1Char('_')).remove(QLatin1Char('-')).toLower();
}

std::optional<QString> valueOf(const QString &name, const Finding &finding, const QString &wait)
{
    const QString key = folded(name);
    const auto id = std::find_if(finding.ids.begin(), finding.ids.end(),
                                 [&key](const FoundId &found) { return folded(found.name) == key; });
    if (id != finding.ids.end())
        return id->value;
    if (key == QLatin1String("wait") && !wait.isEmpty())
        return wait;
    if (key == QLatin1String("code"))
        return finding.code;
    if (key == QLatin1String("status") && finding.httpStatus)
        return QString::number(*finding.httpStatus);
    if (key == QLatin1String("message") || key == QLatin1String("detail"))
        return finding.message;
    return std::nullopt;
}

} // namespace

FilledReply filledReply(const QString &text, const Finding &finding, const QString &wait)
{
    static const QRegularExpression placeholder(QStringLiteral("\\{([A-Za-z][A-Za-z0-9_-]*)\\}"));
    FilledReply reply;
    qsizetype done = 0;
    for (auto it = placeholder.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString name = match.captured(1);
        reply.text += QStringView(text).mid(done, match.capturedStart() - done);
        done = match.capturedEnd();
        if (const auto value = valueOf(name, finding, wait)) {
            reply.text += *value;
            continue;
        }
        reply.text += QLatin1Char('<') + name + QLatin1Char('>');
        if (!reply.unfilled.contains(name))
            reply.unfilled << name;
    }
    reply.text += QStringView(text).mid(done);
    return reply;
}

} // namespace errata
