// A history for the pictures: rows as six sends would have left them.
#pragma once

#include "models/http/history.h"

namespace errata {

class SampleHistory final : public HistorySource
{
public:
    SampleHistory();

    [[nodiscard]] std::vector<HistoryRow> rows(const HistoryFilter &filter, const HistoryPage &page) const override;
    [[nodiscard]] std::optional<HistoryRow> row(qint64 id) const override;
    [[nodiscard]] qint64 count(const HistoryFilter &filter) const override;

private:
    std::vector<HistoryRow> m_rows; ///< newest first
};

} // namespace errata
