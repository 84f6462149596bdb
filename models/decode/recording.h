// Many exchanges in one text: HAR recordings and logs, decoded as they are read.
#pragma once

#include "models/decode/decoder.h"

namespace errata {

void decodeHar(Diagnosis &diagnosis, const QByteArray &text, const CatalogSet &catalogs, const DecodeOptions &options);
void decodeLog(Diagnosis &diagnosis, const QByteArray &text, const CatalogSet &catalogs, const DecodeOptions &options);

/// Keeps \a exchange where a finding from \a first on is an error.
void keep(Diagnosis &diagnosis, const Exchange &exchange, std::size_t first);

/// Stable: what is no error goes behind, and the lines keep pointing at their findings.
void putFailuresFirst(Diagnosis &diagnosis);

/// How often something went wrong, the most frequent first.
struct Tally
{
    QString api;  ///< empty for a convention or a status alone
    QString code; ///< or "429" where there is only a status
    QString host;
    int count = 0;
    int first = 0; ///< the first finding of it
    std::optional<qint64> firstMs, lastMs;
};
[[nodiscard]] std::vector<Tally> tallyByCode(const Diagnosis &diagnosis);
[[nodiscard]] std::vector<Tally> tallyByHost(const Diagnosis &diagnosis);

/// Exchanges over time in equal steps.
struct Histogram
{
    qint64 startMs = 0;
    qint64 stepMs = 0;
    std::vector<int> total;
    std::vector<int> failed;
};
/// Nothing where fewer than two lines have a time.
[[nodiscard]] std::optional<Histogram> histogramOf(const Diagnosis &diagnosis, int bins);

} // namespace errata
