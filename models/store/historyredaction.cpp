#include "models/store/historyredaction.h"

#include <QStringList>

#include <algorithm>
#include <memory>

namespace errata {

namespace {

constexpr qsizetype leastSecret = 4;

/// Each character as it is or percent-encoded: in a path the redactor reads what stands there and no more.
QString expressionFor(const QString &secret)
{
    QString expression;
    for (const char32_t character : secret.toStdU32String()) {
        const QString one = QString::fromUcs4(&character, 1);
        QString coded;
        const QByteArray bytes = one.toUtf8();
        for (const char byte : bytes)
            coded +=
                QLatin1Char('%') + QString::number(static_cast<uchar>(byte), 16).rightJustified(2, QLatin1Char('0'));
        const QString blank = character == U' ' ? QStringLiteral("|\\+") : QString();
        expression += QStringLiteral("(?:") + QRegularExpression::escape(one) + QStringLiteral("|(?i:") + coded +
                      QLatin1Char(')') + blank + QLatin1Char(')');
    }
    return expression;
}

QString redactedText(Redactor &redactor, const QString &text)
{
    return QString::fromUtf8(redactor.redact(text.toUtf8()).text);
}

HistoryRecord redacted(const HistoryRecord &record, Redactor &redactor)
{
    HistoryRecord made = record;
    made.request = redactor.redact(record.request).value;
    SendResult &result = made.result;
    if (result.response)
        result.response = redactor.redact(*record.result.response).value;
    result.sentHeaders = redactor.redact(record.result.sentHeaders).value;
    for (Redirect &redirect : result.redirects) {
        redirect.from = redactor.redact(redirect.from).text;
        redirect.to = redactor.redact(redirect.to).text;
    }
    result.failure.detail = redactedText(redactor, result.failure.detail);
    made.diagnosis.message = redactedText(redactor, made.diagnosis.message);
    made.diagnosis.code = redactedText(redactor, made.diagnosis.code);
    return made;
}

} // namespace

RedactionRules withSecrets(RedactionRules rules, const std::vector<QByteArray> &secrets)
{
    QStringList known;
    for (const QByteArray &secret : secrets) {
        for (const QByteArray &line : secret.split('\n')) {
            const QByteArray words = line.trimmed();
            if (words.size() >= leastSecret)
                known << expressionFor(QString::fromUtf8(words));
        }
    }
    // The longest first: a secret may begin like another.
    std::sort(known.begin(), known.end(), [](const QString &a, const QString &b) { return a.size() > b.size(); });
    if (!known.isEmpty())
        rules.patterns.push_back({"secret", QRegularExpression(known.join(QLatin1Char('|')))});
    return rules;
}

HistoryRedaction historyRedaction(const RedactionRules &rules, const std::vector<QByteArray> &secrets)
{
    // A std::function can be copied, a redactor cannot.
    const auto redactor = std::make_shared<Redactor>(withSecrets(rules, secrets));
    return [redactor](const HistoryRecord &record) { return redacted(record, *redactor); };
}

} // namespace errata
