#include "app/window/samplehistory.h"

#include <algorithm>

namespace errata {

namespace {

struct SampleExchange
{
    int status;
    const char *method;
    const char *url;
    const char *api;
    const char *code;
};

constexpr SampleExchange samples[] = {
    {429, "POST", "https://api.intended.so/intent", "intended", "RATE_LIMIT_EXCEEDED"},
    {200, "POST", "https://api.intended.so/intent", "", ""},
    {401, "GET", "https://api.nullspace.dev/v1/sandboxes", "nullspace", "unauthorized"},
    {404, "GET", "https://api.nullspace.dev/v1/sandboxes/sb_1", "nullspace", "sandbox_not_found"},
    {412, "PATCH", "https://api.authpi.com/v1/accounts/acc_1/issuers/iss_1/users/usr_abc", "authpi",
     "precondition_failed"},
    {0, "GET", "https://api.authpi.com/v1/me", "", ""},
};

} // namespace

SampleHistory::SampleHistory()
{
    constexpr qint64 start = 1'792'567'680'000; // 2026-10-21 07:28 UTC
    qint64 id = std::ssize(samples);
    for (const SampleExchange &sample : samples) {
        HistoryRow row;
        row.id = id--;
        row.startedMs = start + row.id * 60'000;
        row.method = sample.method;
        row.url = sample.url;
        if (sample.status != 0)
            row.status = sample.status;
        else
            row.failure = NetworkError::Timeout;
        row.diagnosis.api = QLatin1String(sample.api);
        row.diagnosis.code = QLatin1String(sample.code);
        row.diagnosis.isError = !row.diagnosis.code.isEmpty();
        row.isError = sample.status == 0 || sample.status >= 400;
        m_rows.push_back(std::move(row));
    }
}

std::vector<HistoryRow> SampleHistory::rows(const HistoryFilter &filter, const HistoryPage &page) const
{
    std::vector<HistoryRow> found;
    std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(found), [&](const HistoryRow &row) {
        return (!page.before || row.id < *page.before) && (!page.after || row.id > *page.after) &&
               (!filter.errorsOnly || row.isError);
    });
    return found;
}

std::optional<HistoryRow> SampleHistory::row(qint64 id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [id](const HistoryRow &row) { return row.id == id; });
    return found == m_rows.end() ? std::nullopt : std::optional(*found);
}

qint64 SampleHistory::count(const HistoryFilter &filter) const
{
    return std::ssize(rows(filter, {}));
}

} // namespace errata
