// What the catalog says of one error code, and where each statement is from.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace errata {

/// Where a fact is from.
enum class Provenance {
    Stated,    ///< the API's own error document
    Companion, ///< another page of the same vendor
    Derived,   ///< follows from a stated rule
    Inferred,  ///< ours, from a standard or from the name alone
};

enum class RetryVerdict { Yes, No, AfterWait, AfterFix, Unstated };

/// A value with where it is from; \c note says more where more is to be said.
template <typename T>
struct Fact
{
    T value{};
    Provenance provenance = Provenance::Inferred;
    QString source; ///< id of a document of the catalog, empty for inferred facts
    QString note;
};

struct RetryFact
{
    RetryVerdict verdict = RetryVerdict::Unstated;
    Provenance provenance = Provenance::Inferred;
    QString source;
    QString note;                      ///< how to wait, or what to change first
    std::optional<QString> waitHeader; ///< the response header that names the wait
    std::optional<qint64> waitMs;      ///< the wait where no header says, in milliseconds
};

/// The same or a neighbouring meaning under another code.
struct Related
{
    QString api;
    QString code;
    QString note;
};

struct Entry
{
    QString id;  ///< unique: "api:code", or "api:code@surface" where a code stands on several
    QString api; ///< "nullspace"
    QString code;
    QString surface;                 ///< id of a surface of the API: "http-api", "reason", "exit-code", ...
    QStringList alsoOn;              ///< further surfaces of the same meaning
    QString anchor;                  ///< appended to the document's link as #anchor
    QString section;                 ///< heading in the document, empty where it has none
    QString title;                   ///< one line
    Fact<QString> meaning;           ///< what is documented
    QString inference;               ///< what we read into it; always inferred
    std::vector<Fact<int>> statuses; ///< the usual one first
    std::optional<Fact<QString>> category;
    std::optional<Fact<int>> exitCode;
    RetryFact retry;
    bool isError = true;
    std::vector<Fact<QString>> remedies; ///< in the order to try
    std::vector<Fact<QString>> pitfalls;
    std::vector<Fact<QString>> conflicts; ///< where documents contradict each other
    QStringList aliases;                  ///< other spellings of the same code
    std::vector<Related> equivalents;     ///< in other APIs
    std::vector<Related> related;         ///< in the same API
    QString reply;                        ///< for the customer, with {placeholders}
    QByteArray example;                   ///< a body as it would come, bytes as in the catalog file
    std::optional<int> exampleStatus;
    QString document;                           ///< id of the source document
    Provenance provenance = Provenance::Stated; ///< of the entry as a whole
};

} // namespace errata
