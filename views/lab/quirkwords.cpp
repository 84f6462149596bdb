#include "views/lab/quirkwords.h"

#include "views/lab/labpage.h"

namespace errata {

namespace {

QString tries(const std::vector<int> &attempts)
{
    QStringList numbers;
    for (const int n : attempts)
        numbers << QString::number(n);
    return (attempts.size() == 1 ? LabPage::tr("try %1") : LabPage::tr("tries %1"))
        .arg(numbers.join(QStringLiteral(", ")));
}

} // namespace

QString quirkSentence(Quirk quirk)
{
    switch (quirk) {
    case Quirk::UselessLastWait:
        return LabPage::tr(
            "It waits after the last attempt though nothing is sent any more, then drops status and body.");
    case Quirk::ErrorLooksReturned:
        return LabPage::tr("The last error is handed back like a result: the caller has to look at it to notice.");
    case Quirk::TimerChangesWait:
        return LabPage::tr("The timer cannot take the wait that was computed and makes another of it.");
    case Quirk::RetryAfterIgnored:
        return LabPage::tr("The server says how long to wait, and this client does not look.");
    case Quirk::RetryAfterNotUnderstood:
        return LabPage::tr("It looks at the header and takes what stands there for nothing.");
    case Quirk::ComesBackEarly:
        return LabPage::tr("It comes back earlier than the server asks for.");
    case Quirk::FlagIgnored:
        return LabPage::tr("The server says that a retry will not help, and this client does not look.");
    case Quirk::SuccessRepeated:
        return LabPage::tr("The server did what it was asked for, and is asked again.");
    case Quirk::ReturnsInOneSpike:
        return LabPage::tr("A wait without jitter: clients that were told the same come back together.");
    case Quirk::RetriesAtOnce:
        return LabPage::tr("It retries at once: the server gets no time to recover.");
    case Quirk::UnboundedWait:
        return LabPage::tr("Nothing limits this wait: there is neither a cap nor a deadline.");
    case Quirk::DeadlineBeforeFirstRetry:
        return LabPage::tr("The deadline comes before the first retry: nothing is ever retried here.");
    case Quirk::StatusNotDocumented:
        return LabPage::tr("The API does not name this status as one to retry.");
    case Quirk::BeyondDocumentedAttempts:
        return LabPage::tr("These are more attempts than the API documents.");
    case Quirk::NeverEnds:
        return LabPage::tr("Nothing in this policy ends it: the run was cut off here.");
    case Quirk::JitterExceedsCap:
        return LabPage::tr("Jitter comes after the cap: a wait may be longer than the cap.");
    case Quirk::NotIdempotentRepeated:
        return LabPage::tr(
            "The method is not idempotent: without an idempotency key a repeated request may take effect twice.");
    case Quirk::NothingSent:
        return LabPage::tr("Not one request is sent.");
    }
    return {};
}

QStringList quirkSentences(const std::vector<QuirkHit> &hits)
{
    QStringList sentences;
    for (const QuirkHit &hit : hits) {
        QString sentence = quirkSentence(hit.quirk);
        if (!hit.attempts.empty())
            sentence.insert(sentence.size() - 1, QStringLiteral(" (%1)").arg(tries(hit.attempts)));
        sentences << sentence;
    }
    return sentences;
}

} // namespace errata
