// One attempt as the history keeps it, and how kept attempts are asked for. Values, and the source that gives them.
#pragma once

#include "models/http/transport.h"

#include <QString>

#include <optional>
#include <vector>

namespace errata {

/// What the decoder said, in short.
struct DiagnosisSummary
{
    QString api; ///< empty where none was recognised
    QString code;
    QString entryId;    ///< into the catalogs
    QString confidence; ///< "certain", "likely", "guess"
    QString message;
    bool isError = false;
    friend bool operator==(const DiagnosisSummary &, const DiagnosisSummary &) = default;
};

/// Everything to be kept of one attempt.
struct HistoryRecord
{
    QString run; ///< the same for all attempts of one run
    int attempt = 1;
    qint64 startedMs = 0; ///< since 1970 UTC
    QString environment;  ///< by name, empty for none
    HttpRequest request;
    SendResult result;
    DiagnosisSummary diagnosis;
    std::vector<double> eventTimesMs =
        {}; ///< when the events of a stream came, in their order, since the attempt began

    /// No whole answer, a status from 400 on, or an error the decoder found behind a good one.
    [[nodiscard]] bool isError() const
    {
        constexpr int firstErrorStatus = 400;
        return result.failure.kind != NetworkError::None || diagnosis.isError ||
               (result.response && result.response->status >= firstErrorStatus);
    }
};

/// A kept attempt as a list shows it.
struct HistoryRow
{
    qint64 id = 0; ///< ascends with time, never given twice
    QString run;
    int attempt = 1;
    qint64 startedMs = 0;
    QString environment;
    QByteArray method;
    QByteArray url;
    std::optional<int> status;
    NetworkError failure = NetworkError::None;
    DiagnosisSummary diagnosis;
    bool isError = false;
    bool isPinned = false;
    double totalMs = 0;
    int sends = 0;
    qint64 requestBytes = 0; ///< of the body, as it was kept
    qint64 responseBytes = 0;
    friend bool operator==(const HistoryRow &, const HistoryRow &) = default;
};

/// What a row must fit, all of it at once.
struct HistoryFilter
{
    QString text; ///< words, or "words in a row" in quotes, of URL, code, message or bodies; the last may be begun
    std::optional<QString> api;
    std::optional<int> statusClass; ///< 2 for 200 to 299; 0 for those without an answer
    std::optional<QByteArray> method;
    std::optional<QString> host; ///< in lower case
    std::optional<QString> run;
    std::optional<qint64> fromMs; ///< since 1970 UTC, included
    std::optional<qint64> toMs;   ///< not included
    bool errorsOnly = false;
    bool pinnedOnly = false;
    friend bool operator==(const HistoryFilter &, const HistoryFilter &) = default;
};

/// A part of the list, newest first.
struct HistoryPage
{
    std::optional<qint64> before; ///< ids below this one
    std::optional<qint64> after;  ///< ids above this one
    int count = 200;
};

/// Gives rows when asked: the store for the window, a list in a test.
class HistorySource
{
public:
    HistorySource() = default;
    virtual ~HistorySource() = default;
    HistorySource(const HistorySource &) = delete;
    HistorySource &operator=(const HistorySource &) = delete;

    /// Newest first, at most page.count of them.
    [[nodiscard]] virtual std::vector<HistoryRow> rows(const HistoryFilter &filter, const HistoryPage &page) const = 0;
    [[nodiscard]] virtual std::optional<HistoryRow> row(qint64 id) const = 0;
    [[nodiscard]] virtual qint64 count(const HistoryFilter &filter) const = 0;
};

} // namespace errata
