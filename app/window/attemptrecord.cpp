#include "app/window/attemptrecord.h"

#include "models/decode/decoder.h"

#include <QDateTime>

namespace errata {

HistoryRecord attemptRecord(const QString &run, const HttpRequest &request, const Attempt &attempt,
                            const CatalogSet &catalogs)
{
    HistoryRecord made;
    made.run = run;
    made.attempt = attempt.n;
    made.request = request;
    made.result = *attempt.live;
    made.startedMs = QDateTime::currentMSecsSinceEpoch() - qRound64(made.result.timings.totalMs);
    if (!made.result.response)
        return made;
    const Diagnosis diagnosis = decodeExchange(Exchange::of(request, *made.result.response), catalogs);
    if (!diagnosis.findings.empty()) {
        const Finding &first = diagnosis.findings.front();
        made.diagnosis = {first.api.value_or(QString()),     first.code.value_or(QString()),
                          first.entryId.value_or(QString()), confidenceId(first.confidence),
                          first.message.value_or(QString()), first.isError};
    }
    return made;
}

} // namespace errata
