#include "app/cli/networkoutput.h"

#include "models/catalog/names.h"
#include "models/catalog/networkcatalog.h"
#include "models/http/networkerrors.h"

#include <algorithm>

namespace errata {

QString networkErrorText(const NetworkFailure &failure)
{
    const NetworkEntry *entry = networkCatalog().entryOf(failure);
    const QString sentence = entry ? entry->title : QString();
    return failure.detail.isEmpty() ? sentence : QStringLiteral("%1 (%2)").arg(sentence, failure.detail);
}

void writeNetworkError(JsonWriter &json, const SendResult &result, const QByteArray &method)
{
    const std::optional<NetworkVerdict> verdict = networkVerdict(result, method);
    if (!verdict) {
        json.null();
        return;
    }
    const NetworkEntry &entry = verdict->entry;
    json.beginObject()
        .member(u"kind", networkErrorId(result.failure.kind))
        .member(u"message", networkErrorText(result.failure))
        .member(u"id", entry.id)
        .member(u"meaning", entry.meaning)
        .member(u"provenance", provenanceId(entry.provenance))
        .member(u"source", entry.source);
    json.key(u"remedies").beginArray();
    for (const QString &remedy : entry.remedies)
        json.string(remedy);
    json.endArray().key(u"retry").beginObject();
    json.member(u"verdict", retryVerdictId(entry.retry)).member(u"note", entry.retryNote).endObject();
    json.member(u"processed", processedId(verdict->processed)).member(u"resend", resendId(verdict->resend));
    json.endObject();
}

QString networkAdvice(const SendResult &result, const QByteArray &method, const Style &style, int columns)
{
    const std::optional<NetworkVerdict> verdict = networkVerdict(result, method);
    if (!verdict)
        return {};
    const int width = std::clamp(columns, 40, 100);
    const auto line = [width](const QString &text) {
        return QStringLiteral("  ") + wrapped(visible(text), width, 2) + QLatin1Char('\n');
    };
    const NetworkEntry &entry = verdict->entry;
    QString text = line(entry.meaning);
    text += QStringLiteral("  Retry: %1. %2\n").arg(style.verdict(entry.retry), wrapped(entry.retryNote, width, 2));
    text += line(verdict->processedText);
    text += line(verdict->resendText);
    text += style.bold(QStringLiteral("Do")) + QLatin1Char('\n');
    for (const QString &remedy : entry.remedies)
        text += QStringLiteral("  - ") + wrapped(remedy, width, 4) + QLatin1Char('\n');
    return text;
}

} // namespace errata
