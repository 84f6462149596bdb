#include "tests/support/smallcatalogs.h"

namespace errata::test {

namespace {

Fact<QString> stated(const QString &text)
{
    return {text, Provenance::Stated, QStringLiteral("errors"), {}};
}

Entry entry(const QString &api, const QString &code, const QString &title, RetryVerdict verdict,
            std::optional<int> status = {}, Provenance statusProvenance = Provenance::Stated)
{
    Entry e;
    e.id = api + QLatin1Char(':') + code;
    e.api = api;
    e.code = code;
    e.surface = QStringLiteral("http-api");
    e.section = QStringLiteral("Errors");
    e.title = title;
    e.meaning = stated(title + QStringLiteral(", as documented."));
    e.document = QStringLiteral("errors");
    e.retry.verdict = verdict;
    e.retry.provenance = Provenance::Stated;
    if (status)
        e.statuses.push_back({*status, statusProvenance, QStringLiteral("errors"), {}});
    return e;
}

Catalog catalog(const QString &id, const QString &name)
{
    Catalog c;
    c.id = id;
    c.name = name;
    c.documents.push_back({QStringLiteral("errors"), QStringLiteral("Errors"),
                           QStringLiteral("https://example.com/%1/errors").arg(id), Provenance::Stated});
    c.surfaces.push_back({QStringLiteral("http-api"), QStringLiteral("HTTP API"), {}});
    c.surfaces.push_back({QStringLiteral("cli"), QStringLiteral("Command line"), {}});
    return c;
}

Catalog alpha()
{
    Catalog c = catalog(QStringLiteral("alpha"), QStringLiteral("Alpha"));
    Entry limit =
        entry(c.id, QStringLiteral("RATE_LIMIT"), QStringLiteral("Too many requests"), RetryVerdict::AfterWait, 429);
    limit.retry.waitHeader = QStringLiteral("Retry-After");
    limit.retry.waitMs = 1000;
    limit.remedies = {stated(QStringLiteral("Wait, then repeat."))};
    limit.pitfalls = {stated(QStringLiteral("The wait is in seconds."))};
    limit.conflicts = {stated(QStringLiteral("One page says 429, another 503."))};
    limit.equivalents = {{QStringLiteral("beta"), QStringLiteral("rate-limit"), {}}};
    limit.reply = QStringLiteral("Please wait {wait} and try again.");
    limit.example = R"({"error":{"code":"RATE_LIMIT","limit":1.00}})";
    limit.exampleStatus = 429;
    Entry conflict = entry(c.id, QStringLiteral("CONFLICT"), QStringLiteral("Somebody else was faster"),
                           RetryVerdict::AfterFix, 409, Provenance::Inferred);
    conflict.inference = QStringLiteral("Read it again before you change it.");
    Entry denied = entry(c.id, QStringLiteral("NO_POLICY"), QStringLiteral("Decision: denied"), RetryVerdict::No, 200);
    denied.isError = false;
    const Entry gone = entry(c.id, QStringLiteral("GONE"), QStringLiteral("No longer there"), RetryVerdict::No, 410);
    c.entries = {{limit, conflict, denied, gone}};
    return c;
}

Catalog beta()
{
    Catalog c = catalog(QStringLiteral("beta"), QStringLiteral("Beta"));
    const Entry limit =
        entry(c.id, QStringLiteral("rate-limit"), QStringLiteral("Slow down"), RetryVerdict::AfterWait, 429);
    Entry cli = entry(c.id, QStringLiteral("usage"), QStringLiteral("Wrong flag"), RetryVerdict::AfterFix);
    cli.surface = QStringLiteral("cli");
    const Entry weird =
        entry(c.id, QStringLiteral("weird"), QStringLiteral("Only its name is documented"), RetryVerdict::Unstated);
    c.entries = {{limit, cli, weird}};
    return c;
}

} // namespace

CatalogSet smallCatalogs()
{
    return CatalogSet({alpha(), beta()});
}

} // namespace errata::test
