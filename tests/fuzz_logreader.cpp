// Whatever bytes come, the records lie in them one behind the other, and so do their bodies.
#include "models/http/logreader.h"
#include "tests/support/require.h"

using namespace errata;

namespace {

/// Reads every byte, so that a view of what is gone is found.
qsizetype weight(const QByteArray &text)
{
    qsizetype sum = 0;
    for (const char c : text)
        sum += c;
    return sum;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text(data, static_cast<qsizetype>(size));
    static_cast<void>(looksLikeLog(text));
    qsizetype end = 0;
    qsizetype line = 0;
    qsizetype count = 0;
    qsizetype sum = 0;
    const LogReading reading = readLog(text, [&](LogRecord &&record, qsizetype bytesRead) {
        require(record.span.start >= end && record.span.length > 0 && record.span.end() <= bytesRead);
        require(record.body.isNull() || (record.body.start >= record.span.start && record.body.length > 0 &&
                                         record.body.end() <= record.span.end()));
        require(record.line > line && bytesRead <= text.size());
        require(!record.status || (*record.status >= 100 && *record.status <= 999));
        sum += weight(record.message) + weight(record.url) + weight(record.method) + weight(record.level);
        for (const auto &[key, value] : record.fields)
            sum += weight(key) + weight(value);
        end = record.span.end();
        line = record.line;
        ++count;
        return true;
    });
    require(reading.records == count && !reading.cancelled && sum < (qsizetype(1) << 60));
    return 0;
}
