// What the decoder found out, as values: one Diagnosis per input, one Finding per error in it.
#pragma once

#include "models/base/span.h"
#include "models/catalog/catalog.h"
#include "models/http/message.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace errata {

/// What a pasted text is.
enum class InputKind {
    Empty,
    Json,
    HttpResponse,
    HttpRequest,
    CurlVerbose,
    CurlCommand,
    Har,
    Log,
    Code,
    ExitCode,
    Url,
    Xml,
    Html,
    Unknown,
};

/// By whose rules the error was read.
enum class Convention {
    Catalog,
    ProblemJson,
    GoogleRpc,
    JsonApi,
    OAuth2,
    GraphQl,
    Aws,
    Azure,
    StatusOnly,
    None,
};

enum class Confidence { Certain, Likely, Guess };

/// One reason for the verdict, and where in the input it stands.
struct Evidence
{
    QString what;
    Span where; ///< bytes in the input; null when it concerns no single place
    int points = 0;
};

/// Another reading that was considered.
struct Alternative
{
    QString api;
    QString code;
    QString why;
    QString entryId; ///< empty when the code is in no catalog
};

/// Something the reply says against itself or against its document.
struct Contradiction
{
    QString text;
    Span where;
};

/// What decided the retry advice.
enum class RetrySource { None, Entry, BodyFlag, BodyDelay, RetryAfterHeader, RateLimitHeader, StatusRule, StatusCode };

struct RetryAdvice
{
    RetryVerdict verdict = RetryVerdict::Unstated;
    std::optional<qint64> afterMs;
    RetrySource source = RetrySource::None;
    QString reason; ///< one sentence: which fact decided, and how to wait
};

/// An id, time or endpoint pulled out of the reply.
struct FoundId
{
    QString name;  ///< "request_id"
    QString title; ///< "Request id"
    QString value;
    Span where;
};

/// A fact a ticket to this vendor needs and the input lacks.
struct MissingFact
{
    QString id;
    QString title;
    QString ask;        ///< the sentence that asks for it
    bool never = false; ///< this API never sends it: nothing to ask
};

struct Finding
{
    std::optional<QString> api;
    std::optional<QString> code; ///< as it stands in the reply
    bool known = false;          ///< the code is in that API's catalog
    bool isError = true;
    QString surface;
    Convention convention = Convention::None;
    QString envelope; ///< title of the envelope recognised
    std::optional<int> httpStatus;
    std::optional<QString> message;
    std::optional<QString> entryId; ///< into the CatalogSet
    Confidence confidence = Confidence::Guess;
    RetryAdvice retry;
    std::vector<FoundId> ids;
    std::vector<Evidence> evidence;
    std::vector<Alternative> alternatives;
    std::vector<Contradiction> contradictions;
    std::vector<MissingFact> missing;
    int exchange = 0;
    QString file; ///< the file it is from, where several are read as one input
    std::optional<QString> method;
    std::optional<QString> url;
};

/// One exchange of a recording or record of a log, whether it failed or not.
struct ExchangeLine
{
    int index = 0;
    QByteArray method;
    QByteArray url;
    std::optional<int> status;
    std::optional<qint64> startedMs; ///< since 1970 UTC
    std::optional<double> durationMs;
    Span where;
    int finding = -1; ///< place among the findings
    QString file;     ///< as Finding::file
};

struct Diagnosis
{
    InputKind kind = InputKind::Empty;
    qsizetype bytes = 0;
    int exchanges = 0;
    std::vector<Finding> findings; ///< failures first
    int further = 0;               ///< findings beyond limits::findings, counted only
    /// Of recordings and logs, in their order, at most limits::exchangeLines.
    std::vector<ExchangeLine> lines;
    /// Those that failed, the first limits::keptExchanges of them: for the bundle and for sending again.
    std::vector<Exchange> kept;
    QStringList problems; ///< what could not be read, with the place
    bool cancelled = false;
};

} // namespace errata
