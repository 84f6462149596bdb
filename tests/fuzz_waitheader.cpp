// Whatever a server writes into a header, each reading of it takes it or leaves it; RateLimit fields too.
#include "models/http/ratelimitfields.h"
#include "models/retry/waitheader.h"
#include "tests/support/require.h"

#include <cmath>

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    const QDateTime now(QDate(2026, 1, 1), QTime(0, 0), Qt::OffsetFromUTC, -18000);
    for (int number = 0; number <= static_cast<int>(NumberForm::RateLimit); ++number) {
        for (int date = 0; date <= static_cast<int>(DateForm::Js); ++date) {
            WaitHeader header;
            header.number = static_cast<NumberForm>(number);
            header.date = static_cast<DateForm>(date);
            header.wrapsInt64 = number == static_cast<int>(NumberForm::Digits) && date == 0;
            if (number == static_cast<int>(NumberForm::Digits) && date == 1)
                header.epochFrom = 1e9;
            const auto wait = readWaitHeader(header, text, now);
            require(!wait || !wait->date || wait->date->isValid());
            // Only JavaScript hands on what is no number.
            require(!wait || wait->date || !std::isnan(wait->delay) || header.number == NumberForm::JsNumber);
        }
    }
    if (const auto limits = parseRateLimit(text)) {
        for (const RateLimitItem &item : *limits)
            require(item.remaining >= 0 && item.resetAfter.value_or(0) >= 0);
    }
    if (const auto policies = parseRateLimitPolicy(text)) {
        for (const RateLimitPolicyItem &item : *policies)
            require(item.quota >= 0 && item.window.value_or(1) > 0);
    }
    return 0;
}
