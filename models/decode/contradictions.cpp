#include "models/decode/contradictions.h"

#include "models/http/retryafter.h"

#include <algorithm>

namespace errata {

namespace {

using Found = std::vector<Contradiction>;

void checkStatus(const ContradictionInput &in, Found &found)
{
    const auto status = in.reply->exchange->status;
    if (!status || !in.entry || statusIn(*status, in.envelope->carrierStatus))
        return;
    QStringList documented;
    bool agrees = false;
    for (const Fact<int> &fact : in.entry->statuses) {
        agrees = agrees || fact.value == *status;
        if (fact.provenance != Provenance::Inferred)
            documented << QString::number(fact.value);
    }
    if (!agrees && !documented.isEmpty())
        found.push_back({QStringLiteral("The status is %1; %2 is documented with %3.")
                             .arg(*status)
                             .arg(in.entry->code, documented.join(QStringLiteral(", "))),
                         in.reply->exchange->statusSpan});
    else if (*status < 300 && in.entry->isError && in.envelope->surface == QLatin1String("http-api"))
        found.push_back({QStringLiteral("The status is %1, a success, and the body is an error.").arg(*status),
                         in.reply->exchange->statusSpan});
}

void checkBodyStatus(const ContradictionInput &in, Found &found)
{
    const JsonValue value = in.reply->first(in.envelope->status);
    const auto inBody = value.integer();
    const auto status = in.reply->exchange->status;
    if (inBody && status && *inBody != *status)
        found.push_back({QStringLiteral("The body says status %1, the reply has %2.").arg(*inBody).arg(*status),
                         in.reply->spanOf(value)});
}

void checkSpelling(const ContradictionInput &in, Found &found)
{
    // A number is another name of a code, not another spelling.
    if (in.entry && in.entry->code != in.code && !isNumeral(in.code))
        found.push_back(
            {QStringLiteral("The reply spells it %1; the document spells it %2.").arg(in.code, in.entry->code),
             in.reply->spanOf(in.reply->first(in.envelope->code))});
}

void checkCategory(const ContradictionInput &in, Found &found)
{
    const JsonValue category = in.reply->first(in.envelope->category);
    if (!category.isString() || !in.entry || !in.entry->category || in.entry->category->value == category.string() ||
        in.entry->category->provenance == Provenance::Inferred)
        return;
    found.push_back({QStringLiteral("The reply's category is %1; %2 is documented as %3.")
                         .arg(category.string(), in.entry->code, in.entry->category->value),
                     in.reply->spanOf(category)});
}

void checkFlag(const ContradictionInput &in, Found &found)
{
    const auto flag = in.flag.boolean();
    if (!flag)
        return;
    const Span where = in.reply->keySpanOf(in.flag);
    const QString key = in.flag.key();
    const Header *header = in.reply->exchange->headers.find("Retry-After");
    if (!*flag && header)
        found.push_back(
            {QStringLiteral(
                 "%1 is false, yet Retry-After invites a retry after %2. The flag counts: it is about this request.")
                 .arg(key, QString::fromUtf8(header->value)),
             where});
    else if (!*flag && in.reply->exchange->status == 503)
        found.push_back(
            {QStringLiteral("%1 is false, yet status 503 is a passing state by RFC 9110. The flag counts.").arg(key),
             where});
    if (!in.entry || in.entry->retry.provenance == Provenance::Inferred)
        return;
    const RetryVerdict verdict = in.entry->retry.verdict;
    if (!*flag && (verdict == RetryVerdict::Yes || verdict == RetryVerdict::AfterWait))
        found.push_back(
            {QStringLiteral("%1 is false; the document says %2 may be retried.").arg(key, in.entry->code), where});
    else if (!*flag && verdict == RetryVerdict::AfterFix && !in.entry->conflicts.empty())
        found.push_back(
            {QStringLiteral(
                 "%1 is false; the document advises to try again after a change. Both hold: never the same request, "
                 "always a fresh one.")
                 .arg(key),
             where});
    else if (*flag && (verdict == RetryVerdict::No || verdict == RetryVerdict::AfterFix))
        found.push_back(
            {QStringLiteral("%1 is true; the document says %2 does not pass unchanged.").arg(key, in.entry->code),
             where});
}

void checkCategoryFlag(const ContradictionInput &in, Found &found)
{
    const JsonValue value = in.reply->first(in.envelope->category);
    const Category *category = value.isString() ? in.catalog->category(value.string()) : nullptr;
    const auto flag = in.flag.boolean();
    if (!category || !flag || category->retry == RetryVerdict::Unstated)
        return;
    const bool allows = category->retry == RetryVerdict::Yes || category->retry == RetryVerdict::AfterWait;
    if (allows != *flag)
        found.push_back(
            {QStringLiteral("%1 is %2, unlike what category %3 typically means.")
                 .arg(in.flag.key(), *flag ? QStringLiteral("true") : QStringLiteral("false"), category->id),
             in.reply->keySpanOf(in.flag)});
}

void checkRetryAfter(const ContradictionInput &in, Found &found)
{
    const Header *header = in.reply->exchange->headers.find("Retry-After");
    if (!header)
        return;
    const RetryAfter parsed = parseRetryAfter(header->value, QDateTime::currentDateTimeUtc());
    if (parsed.form == RetryAfter::Form::Invalid)
        found.push_back(
            {QStringLiteral("Retry-After is not valid (%1); it is ignored here, some clients read it differently.")
                 .arg(parsed.problem),
             header->span});
}

/// A key that stands twice with two values: which one counts depends on the reader.
void checkDuplicates(const ContradictionInput &in, Found &found)
{
    const JsonValue code = in.reply->first(in.envelope->code);
    const QString key = code.key();
    if (key.isEmpty())
        return;
    for (const QString &pointer : in.envelope->code) {
        const qsizetype slash = pointer.lastIndexOf(QLatin1Char('/'));
        const JsonValue parent = in.reply->at(QStringView(pointer).first(std::max<qsizetype>(slash, 0)));
        for (const JsonValue &child : parent.children()) {
            if (child.key() == key && pointer.endsWith(key) && child.isString() && child.string() != in.code) {
                found.push_back({QStringLiteral("%1 stands twice, with %2 and %3; the first one was taken.")
                                     .arg(key, in.code, child.string()),
                                 in.reply->spanOf(child)});
                return;
            }
        }
    }
}

} // namespace

std::vector<Contradiction> contradictionsOf(const ContradictionInput &input)
{
    Found found;
    checkRetryAfter(input, found);
    if (!input.envelope)
        return found;
    checkSpelling(input, found);
    checkStatus(input, found);
    checkBodyStatus(input, found);
    checkCategory(input, found);
    checkFlag(input, found);
    checkCategoryFlag(input, found);
    checkDuplicates(input, found);
    return found;
}

} // namespace errata
