// Whatever stands in Retry-After, the delay is from 0 to 100 years or the value is refused with a reason.
#include "models/http/retryafter.h"
#include "tests/support/require.h"

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QDateTime now(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    const RetryAfter result = parseRetryAfter(text, now);
    require(result.delayMs >= 0 && result.delayMs <= qint64(36525) * 86'400'000);
    require((result.form == RetryAfter::Form::Invalid) == !result.problem.isEmpty());
    require((result.form == RetryAfter::Form::HttpDate) == result.date.isValid());
    if (const auto date = parseHttpDate(text, now))
        require(date->isValid() && result.date == *date);
    return 0;
}
