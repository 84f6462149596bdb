#include "views/timeline/attempttexts.h"

#include "views/timeline/timeaxis.h"

#include <QStringList>

#include <cmath>

namespace errata {

namespace {

QString failureLabel(NetworkError failure)
{
    switch (failure) {
    case NetworkError::InvalidRequest:
        return QStringLiteral("not valid");
    case NetworkError::Dns:
        return QStringLiteral("no such host");
    case NetworkError::Refused:
        return QStringLiteral("refused");
    case NetworkError::Unreachable:
        return QStringLiteral("unreachable");
    case NetworkError::Tls:
        return QStringLiteral("TLS failed");
    case NetworkError::TlsExpired:
        return QStringLiteral("certificate expired");
    case NetworkError::TlsHost:
        return QStringLiteral("wrong certificate");
    case NetworkError::TlsUntrusted:
        return QStringLiteral("not trusted");
    case NetworkError::TlsClientCertificate:
        return QStringLiteral("client certificate");
    case NetworkError::Proxy:
        return QStringLiteral("proxy");
    case NetworkError::Timeout:
        return QStringLiteral("time-out");
    case NetworkError::Closed:
        return QStringLiteral("closed");
    case NetworkError::Cancelled:
        return QStringLiteral("cancelled");
    case NetworkError::TooManyRedirects:
        return QStringLiteral("redirects");
    case NetworkError::TooLarge:
        return QStringLiteral("too large");
    case NetworkError::TooManyHeaders:
        return QStringLiteral("too many headers");
    case NetworkError::Protocol:
        return QStringLiteral("not HTTP");
    case NetworkError::ContentCoding:
        return QStringLiteral("cannot be unpacked");
    case NetworkError::None:
    case NetworkError::Other:
        break;
    }
    return QStringLiteral("network error");
}

bool differs(const Bounds &asked, const Bounds &taken)
{
    // NaN differs from everything, which is what is wanted.
    return !(std::abs(asked.actual.count() - taken.actual.count()) < 0.5);
}

} // namespace

QString outcomeLabel(const Outcome &outcome)
{
    switch (outcome.kind) {
    case Outcome::Kind::NotSent:
        return QStringLiteral("not sent");
    case Outcome::Kind::Failure:
        return failureLabel(outcome.failure);
    case Outcome::Kind::Response:
        break;
    }
    if (!outcome.grpcCode.isEmpty())
        return QString::fromLatin1(outcome.grpcCode);
    const QString status = QString::number(outcome.status);
    return outcome.bodyReadable ? status : QStringLiteral("%1, unreadable").arg(status);
}

bool isLost(const Attempt &attempt)
{
    return attempt.reason == Reason::Hedged || attempt.reason == Reason::HedgeLost;
}

QString attemptLabel(const Attempt &attempt)
{
    return isLost(attempt) ? QStringLiteral("lost") : outcomeLabel(attempt.outcome);
}

QString endLabel()
{
    return QStringLiteral("gives up");
}

QString sendsText(int sends)
{
    return sends == 1 ? QStringLiteral("1 send") : QStringLiteral("%1 sends").arg(sends);
}

QString reasonText(Reason reason)
{
    switch (reason) {
    case Reason::FirstAttempt:
        return QStringLiteral("the first attempt");
    case Reason::Waited:
        return QStringLiteral("the wait is over");
    case Reason::StatusRetried:
        return QStringLiteral("the policy retries this status");
    case Reason::CodeRetried:
        return QStringLiteral("the policy retries this code");
    case Reason::HintRetried:
        return QStringLiteral("the server says that it may be retried");
    case Reason::FailureRetried:
        return QStringLiteral("no answer came, the policy retries that");
    case Reason::UnreadableBodyRetried:
        return QStringLiteral("the body cannot be read, the policy takes that for a failure");
    case Reason::NotSentRetried:
        return QStringLiteral("the request could not be made, the policy tries again");
    case Reason::RetryAfterObeyed:
        return QStringLiteral("as long as Retry-After says");
    case Reason::RetryAfterCapped:
        return QStringLiteral("Retry-After asks for more than the policy accepts");
    case Reason::RetryAfterBeyondCap:
        return QStringLiteral("the server asks for more than the policy accepts: the backoff instead");
    case Reason::RetryAfterShorter:
        return QStringLiteral("the server asks for less than the backoff");
    case Reason::ClampedToDeadline:
        return QStringLiteral("the wait is cut short at the deadline");
    case Reason::RetryAfterAbsent:
        return QStringLiteral("no Retry-After to go by: the rule's default");
    case Reason::Success:
        return QStringLiteral("answered");
    case Reason::StatusNotRetried:
        return QStringLiteral("the policy does not retry this status");
    case Reason::CodeNotRetried:
        return QStringLiteral("the policy does not retry this code");
    case Reason::MethodNotRetried:
        return QStringLiteral("the policy does not repeat this method");
    case Reason::HintForbids:
        return QStringLiteral("the server says not to retry");
    case Reason::RetryAfterMissing:
        return QStringLiteral("retried only where the server says how long to wait, and it does not");
    case Reason::RetryAfterUnreadable:
        return QStringLiteral("the header cannot be read, and the client fails on it");
    case Reason::RetryAfterTooLong:
        return QStringLiteral("the server asks for more than the policy accepts: it gives up");
    case Reason::BudgetEmpty:
        return QStringLiteral("the client's budget for retries is used up");
    case Reason::Hedged:
        return QStringLiteral("no answer yet: another attempt goes out beside it");
    case Reason::HedgeLost:
        return QStringLiteral("another attempt was answered first");
    case Reason::FailureNotRetried:
        return QStringLiteral("no answer came, the policy does not retry that");
    case Reason::AttemptsUsedUp:
        return QStringLiteral("that was the last attempt");
    case Reason::WaitsThenGivesUp:
        return QStringLiteral("that was the last attempt, yet the client waits once more");
    case Reason::NoAttemptAllowed:
        return QStringLiteral("the policy allows no attempt");
    case Reason::DeadlineReached:
        return QStringLiteral("the deadline has passed");
    case Reason::DeadlineBeforeNextSend:
        return QStringLiteral("the next send would be past the deadline");
    case Reason::CancelledByUser:
        return QStringLiteral("stopped by you");
    case Reason::SimulationLimit:
        return QStringLiteral("a run without end, cut off here");
    }
    return {};
}

QString verdictText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Succeeded:
        return QStringLiteral("succeeded");
    case Verdict::ReturnedError:
        return QStringLiteral("returned the error");
    case Verdict::GaveUp:
        return QStringLiteral("gave up with an exception");
    case Verdict::Deadline:
        return QStringLiteral("ran into the deadline");
    case Verdict::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

QString attemptText(const Attempt &attempt)
{
    QString outcome = QStringLiteral("Try %1: %2").arg(attempt.n).arg(attemptLabel(attempt));
    if (attempt.outcome.latency.count() > 0)
        outcome += QStringLiteral(" after %1").arg(exactTime(attempt.outcome.latency));
    QStringList lines{outcome, QStringLiteral("starts at %1").arg(exactBounds(attempt.starts))};
    if (attempt.wait) {
        QString wait = QStringLiteral("then waits %1").arg(exactBounds(*attempt.wait));
        if (attempt.asked && differs(*attempt.asked, *attempt.wait))
            wait += QStringLiteral(", asked for %1").arg(exactTime(attempt.asked->actual));
        lines << wait + QStringLiteral(": ") + reasonText(attempt.reason);
    } else {
        lines << QStringLiteral("stops: %1").arg(reasonText(attempt.reason));
    }
    if (attempt.verdict)
        lines << QStringLiteral("the run %1").arg(verdictText(*attempt.verdict));
    return lines.join(QLatin1Char('\n'));
}

} // namespace errata
