// One API's catalog: its codes and what is needed to recognise its replies. Values only.
#pragma once

#include "models/catalog/entries.h"
#include "models/http/message.h"

#include <QRegularExpression>

#include <memory>
#include <vector>

namespace errata {

/// A page the facts are taken from.
struct SourceDocument
{
    QString id;
    QString title;
    QString url;
    Provenance provenance = Provenance::Stated;
};

struct Surface
{
    QString id;
    QString title;
    QString about;
};

struct Category
{
    QString id;
    QString title;
    Fact<QString> meaning;
    RetryVerdict retry = RetryVerdict::Unstated;
};

/// A test on a reply: the value at a JSON pointer of the body, a response header, or the status.
struct Condition
{
    enum class Test { Present, Absent, String, Number, Integer, Boolean, True, False, Null, Object, Array };
    QString pointer; ///< with isBody
    bool isBody = false;
    QByteArray header;
    QString statuses; ///< "4xx", "200-299,404"
    std::optional<Test> is;
    QStringList in;             ///< one of these, case ignored
    QRegularExpression matches; ///< empty pattern: no test
    int points = 0;             ///< what it adds to the score when it holds
    QString says;               ///< the evidence in words
};

/// A code that stands in a response header: the first group of \c pattern.
struct CodeHeader
{
    QByteArray name;
    QRegularExpression pattern;
};

/// A message that stands in a response header.
struct MessageHeader
{
    QByteArray name;
    bool percentEncoded = false;
};

/// A shape of reply: how to tell it, and where its parts stand. Pointers that begin with "@/" point into the
/// element of \c each.
struct Envelope
{
    QString id;
    QString title;
    QString surface;
    Provenance provenance = Provenance::Inferred;
    bool isError = true;
    int points = 0;
    std::vector<Condition> require;
    std::vector<Condition> hints;
    QStringList code, message, category, retryFlag, docUrl, details, status, suggestedAction;
    std::vector<std::pair<QString, QStringList>> ids; ///< name, pointers
    std::vector<CodeHeader> codeHeaders;              ///< asked before \c code
    std::vector<MessageHeader> messageHeaders;        ///< asked where \c message finds nothing
    QString carrierStatus;                            ///< statuses that only carry the reply, "200": they say nothing
    QRegularExpression codePattern;                   ///< its first group is the code within the value found
    QString each;                                     ///< pointer to an array of errors: each is a finding
    bool proof = false;                               ///< the shape alone is certain, whatever the code
};

struct Host
{
    QString pattern; ///< exact, or "*.example.com"
    Provenance provenance = Provenance::Inferred;
    [[nodiscard]] bool matches(QStringView host) const;
};

struct BaseUrl
{
    Fact<QString> url;
    QString title;
};

struct AuthForm
{
    QString title;
    QString header;
    QString value; ///< with {placeholders}
    Provenance provenance = Provenance::Inferred;
    QString note;
};

struct IdField
{
    QString name;
    QString title;
    QString prefix;
    Provenance provenance = Provenance::Inferred;
    QString note;
};

struct IdPrefix
{
    QString prefix;
    QString means;
};

struct HeaderOfInterest
{
    QString name;
    bool isRequest = false;
    Fact<QString> meaning;
};

struct StatusRule
{
    QString statuses;
    QString meaning;
    RetryFact retry;
};

struct ExitRule
{
    QString code, suffix, contains;
    int exit = 0;
    Provenance provenance = Provenance::Inferred;
};

struct Probe
{
    QString id;
    QString title;
    QByteArray method;
    QString path; ///< with {placeholders}
    QString base; ///< base URL if not the first
    std::vector<std::pair<QString, QString>> headers;
    QByteArray body;
    std::vector<std::pair<QString, QString>> form;
    bool readOnly = true;
    QString checks;
    QString cost;
    Provenance provenance = Provenance::Inferred;
};

struct Secret
{
    enum class Kind { Header, Field, Query, Prefix };
    Kind kind = Kind::Header;
    QString name;
};

/// What a ticket to this vendor needs.
struct EscalationNeed
{
    QString id; ///< "request_id", "time", "endpoint", "payload", ...
    QString title;
    QString ask;    ///< the sentence that asks the customer for it
    QString absent; ///< said instead where this API never sends it
};

struct Catalog
{
    QString id;
    QString name;
    QString about;
    QString homepage;
    QString version;
    QString file;    ///< where it was read from
    int order = 100; ///< place among the catalogs shown
    QRegularExpression codeStyle;
    std::vector<SourceDocument> documents;
    std::vector<Surface> surfaces;
    std::vector<Category> categories;
    std::vector<Host> hosts;
    std::vector<BaseUrl> baseUrls;
    std::vector<AuthForm> auth;
    std::vector<IdField> ids;
    std::vector<IdPrefix> idPrefixes;
    std::vector<HeaderOfInterest> headers;
    std::vector<StatusRule> statusRules;
    std::vector<Envelope> envelopes;
    std::vector<ExitRule> exitRules;
    std::vector<Probe> probes;
    std::vector<Secret> secrets;
    std::vector<EscalationNeed> needs;
    std::vector<Fact<QString>> escalationAdvice;
    Entries entries;

    [[nodiscard]] const SourceDocument *document(QStringView wanted) const;
    [[nodiscard]] const Surface *surface(QStringView wanted) const;
    [[nodiscard]] const Category *category(QStringView wanted) const;
    /// The first rule for that status.
    [[nodiscard]] const StatusRule *statusRule(int status) const;
    /// The exit status the API's command line gives for a code, by its rules.
    [[nodiscard]] const ExitRule *exitRule(const QString &code) const;
    /// The link to where an entry is documented.
    [[nodiscard]] QString url(const Entry &entry) const;
};

/// "429", "5xx", "500-504", comma lists of them.
[[nodiscard]] bool statusIn(int status, QStringView list);

/// Every catalog loaded; copies share. Looks codes up exactly and folded; asked for those of one API, only its entries
/// are read.
class CatalogSet
{
public:
    CatalogSet() = default;
    explicit CatalogSet(std::vector<Catalog> catalogs);

    [[nodiscard]] const std::vector<Catalog> &catalogs() const;
    [[nodiscard]] const Catalog *catalog(QStringView api) const;
    /// All entries of all catalogs in file order.
    [[nodiscard]] const std::vector<const Entry *> &entries() const;
    [[nodiscard]] const Entry *entry(const QString &id) const;
    /// Entries of that code, spelled exactly so.
    [[nodiscard]] std::vector<const Entry *> exact(const QString &code, QStringView api = {}) const;
    /// Entries equal after folding (or one of whose aliases is), the exact ones not among them.
    [[nodiscard]] std::vector<const Entry *> folded(const QString &code, QStringView api = {}) const;
    /// Entries whose folded code is within a small edit distance, nearest first, none of the above.
    [[nodiscard]] std::vector<const Entry *> near(const QString &code, QStringView api = {}, int most = 5) const;

private:
    struct Data;
    std::shared_ptr<const Data> m_data;
};

} // namespace errata
