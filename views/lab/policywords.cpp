#include "views/lab/policywords.h"

#include "views/timeline/timeaxis.h"

#include <QCoreApplication>

#include <cmath>

namespace errata {

namespace {

/// More would not be read, and a file holds no more.
constexpr std::size_t LongestTable = 64;

QString tr(const char *text)
{
    return QCoreApplication::translate("errata::PolicyForm", text);
}

QString number(double value)
{
    return QString::number(value, 'g', 6);
}

QString joined(const QByteArrayList &words)
{
    return QString::fromUtf8(words.join(", "));
}

QString budgetWords(const RetryBudget &budget)
{
    switch (budget.kind) {
    case RetryBudget::Kind::Tokens:
        return tr("token bucket %1, a retry takes %2").arg(number(budget.capacity), number(budget.cost));
    case RetryBudget::Kind::Throttle:
        return tr("throttle: %1 tokens, retries while more than half is left").arg(number(budget.capacity));
    case RetryBudget::Kind::Ratio:
        return tr("budget: %1 % of the requests of %2, and %3 a second")
            .arg(number(budget.ratio * 100), shortTime(budget.window), number(budget.perSecond));
    case RetryBudget::Kind::Concurrent:
        return tr("at most %1 % of the requests under way are retries, or %2")
            .arg(number(budget.ratio * 100), number(budget.least));
    }
    return {};
}

void addBackoffTerms(const Backoff &backoff, QStringList &terms)
{
    if (backoff.first)
        terms << tr("the first wait is %1").arg(shortTime(*backoff.first));
    if (backoff.throttledBase)
        terms << tr("base %1 when throttled").arg(shortTime(*backoff.throttledBase));
    if (backoff.capAfterJitter && backoff.cap)
        terms << tr("the cap comes after jitter");
    if (backoff.plus.count() > 0)
        terms << tr("up to %1 more by chance").arg(shortTime(backoff.plus));
    if (backoff.least.count() > 0)
        terms << tr("never less than %1").arg(shortTime(backoff.least));
    if (backoff.steps > 0)
        terms << tr("chance in %1 steps").arg(backoff.steps);
    if (backoff.grain.count() > 0)
        terms << tr("chance in grains of %1").arg(shortTime(backoff.grain));
    if (backoff.rounding != Rounding::None)
        terms << (backoff.rounding == Rounding::Down ? tr("rounded down to whole ms") : tr("rounded to whole ms"));
    if (backoff.jitter == Jitter::Decorrelated && backoff.decorrelatedLow == DecorrelatedLow::Previous)
        terms << tr("never shorter than the wait before");
}

void addRetriedTerms(const RetryPolicy &policy, QStringList &terms)
{
    if (!policy.codes.isEmpty())
        terms << tr("codes %1").arg(joined(policy.codes));
    if (!policy.finalCodes.isEmpty())
        terms << tr("never codes %1").arg(joined(policy.finalCodes));
    if (!policy.failures.isEmpty() && policy.failures != FailureSet::all())
        terms << tr("not every network error");
    if (!policy.methods.isEmpty())
        terms << tr("only %1").arg(joined(policy.methods));
    if (policy.sendsIdempotencyKey)
        terms << tr("sends an Idempotency-Key");
    if (policy.keyAllowsMethod)
        terms << tr("any method with an Idempotency-Key");
    if (!policy.anyMethodStatuses.isEmpty())
        terms << tr("any method on %1").arg(policy.anyMethodStatuses.text());
    if (!policy.shouldRetryHeaders.isEmpty())
        terms << tr("%1 decides").arg(joined(policy.shouldRetryHeaders));
    if (policy.bodyFlag)
        terms << tr("a retry flag in the body decides");
    if (policy.notSent)
        terms << tr("also what could not be sent");
}

void addHeaderTerms(const RetryAfterRule &rule, QStringList &terms)
{
    QByteArrayList others;
    for (const WaitHeader &header : rule.headers) {
        if (header.name.compare("retry-after", Qt::CaseInsensitive) != 0)
            others << header.name;
    }
    if (!others.isEmpty())
        terms << tr("reads %1").arg(joined(others));
    if (rule.retryInfo)
        terms << tr("RetryInfo in the body");
    if (!rule.neededOn.isEmpty())
        terms << tr("on %1 only with a header").arg(rule.neededOn.text());
    if (!rule.retriedWith.isEmpty())
        terms << tr("with a header also %1").arg(rule.retriedWith.text());
    if (rule.jitter > 0)
        terms << tr("a told wait grows by up to %1 %").arg(number(rule.jitter * 100));
    if (rule.against == RetryAfterRule::AgainstBackoff::Added)
        terms << tr("a told wait is added to the backoff");
    else if (rule.against != RetryAfterRule::AgainstBackoff::Wins)
        terms << tr("the longer of backoff and told wait");
}

} // namespace

QStringList otherTerms(const RetryPolicy &policy)
{
    QStringList terms;
    if (policy.budget)
        terms << budgetWords(*policy.budget);
    if (policy.hedging)
        terms << tr("hedged: another attempt every %1").arg(shortTime(policy.hedging->delay));
    addBackoffTerms(policy.backoff, terms);
    if (policy.deadline && policy.deadlineWait != DeadlineWait::GivesUp)
        terms << (policy.deadlineWait == DeadlineWait::Clamped ? tr("the last wait ends at the deadline")
                                                               : tr("the deadline is looked at between attempts only"));
    addRetriedTerms(policy, terms);
    if (policy.retryAfter)
        addHeaderTerms(*policy.retryAfter, terms);
    return terms;
}

QString waitsText(const std::vector<Millis> &waits)
{
    QStringList parts;
    for (const Millis wait : waits)
        parts << QString::number(wait.count(), 'g', 12);
    return parts.join(QStringLiteral(", "));
}

Result<std::vector<Millis>> readWaits(QStringView text)
{
    std::vector<Millis> waits;
    for (const QStringView part : text.tokenize(u',')) {
        const QStringView word = part.trimmed();
        if (word.isEmpty())
            continue;
        bool ok = false;
        const double ms = word.toDouble(&ok);
        if (!ok || !std::isfinite(ms) || ms < 0)
            return Error{tr("“%1” is no time: write milliseconds, as in 100, 500, 2000").arg(word), {}};
        waits.emplace_back(ms);
    }
    if (waits.empty() || waits.size() > LongestTable)
        return Error{tr("write one to %1 waits in milliseconds").arg(LongestTable), {}};
    return waits;
}

} // namespace errata
