#include "views/decode/replytext.h"

#include "views/texts/texts.h"

#include <QRegularExpression>

#include <algorithm>

namespace errata {

namespace {

QString folded(QString name)
{
    return name.remove(QLatin1Char('_')).remove(QLatin1Char('-')).toLower();
}

std::optional<QString> valueOf(const QString &name, const Finding &finding)
{
    const QString key = folded(name);
    const auto id = std::find_if(finding.ids.begin(), finding.ids.end(),
                                 [&key](const FoundId &found) { return folded(found.name) == key; });
    if (id != finding.ids.end())
        return id->value;
    if (key == QLatin1String("wait") && finding.retry.afterMs)
        return texts::duration(*finding.retry.afterMs);
    if (key == QLatin1String("code"))
        return finding.code;
    if (key == QLatin1String("status") && finding.httpStatus)
        return QString::number(*finding.httpStatus);
    if (key == QLatin1String("message") || key == QLatin1String("detail"))
        return finding.message;
    return std::nullopt;
}

} // namespace

FilledReply filledReply(const QString &text, const Finding &finding)
{
    static const QRegularExpression placeholder(QStringLiteral("\\{([A-Za-z][A-Za-z0-9_-]*)\\}"));
    FilledReply reply;
    qsizetype done = 0;
    for (auto it = placeholder.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString name = match.captured(1);
        reply.text += QStringView(text).mid(done, match.capturedStart() - done);
        done = match.capturedEnd();
        if (const auto value = valueOf(name, finding)) {
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

QString ticketText(const Finding &finding, const CatalogSet &catalogs)
{
    QStringList lines;
    const auto add = [&lines](const QString &title, const QString &value) {
        if (!value.isEmpty())
            lines << title + QStringLiteral(": ") + value;
    };
    const Catalog *catalog = finding.api ? catalogs.catalog(*finding.api) : nullptr;
    add(QStringLiteral("API"), catalog ? catalog->name : finding.api.value_or(QString()));
    add(QStringLiteral("Code"), finding.code.value_or(QString()));
    add(QStringLiteral("HTTP status"), finding.httpStatus ? QString::number(*finding.httpStatus) : QString());
    add(QStringLiteral("Message"), finding.message.value_or(QString()));
    if (finding.url)
        add(QStringLiteral("Endpoint"), finding.method.value_or(QString()) + QLatin1Char(' ') + *finding.url);
    for (const FoundId &id : finding.ids)
        add(id.title, id.value);
    add(QStringLiteral("Retry"), texts::verdict(finding.retry.verdict, finding.isError));
    for (const MissingFact &fact : finding.missing)
        add(fact.title, fact.never ? fact.ask : QStringLiteral("missing. ") + fact.ask);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString retryWord(const Finding &finding)
{
    if (finding.isError && finding.retry.afterMs)
        return QStringLiteral("retry in %1").arg(texts::duration(*finding.retry.afterMs));
    const QString word = texts::verdict(finding.retry.verdict, finding.isError);
    return finding.isError ? QStringLiteral("retry: %1").arg(word) : word;
}

QString scriptFor(const Finding &finding)
{
    QString outcome = QString::number(finding.httpStatus.value_or(503));
    if (finding.retry.afterMs)
        outcome += QLatin1Char(':') + QString::number((*finding.retry.afterMs + 999) / 1000);
    return outcome + QStringLiteral(", 200");
}

} // namespace errata
