#include "views/decode/replytext.h"

#include "views/texts/texts.h"

namespace errata {

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

QString questionsText(const Finding &finding)
{
    QStringList questions;
    for (const MissingFact &fact : finding.missing) {
        if (!fact.never && !fact.ask.isEmpty())
            questions << fact.ask;
    }
    if (questions.isEmpty())
        return {};
    if (questions.size() == 1)
        return questions.first() + QLatin1Char('\n');
    return QStringLiteral("To find out what went wrong, we need a few more facts from you:\n\n- ") +
           questions.join(QStringLiteral("\n- ")) + QLatin1Char('\n');
}

QString waitText(const Finding &finding)
{
    return finding.retry.afterMs ? texts::duration(*finding.retry.afterMs) : QString();
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
