// The search field: grammar, ranking, highlights, facets.
#include "models/catalog/editdistance.h"
#include "models/items/catalogsearchmodel.h"
#include "tests/support/shippedcatalogs.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace errata;
using namespace errata::test;

namespace {

QStringList apis()
{
    return {QStringLiteral("intuned"), QStringLiteral("nullspace"), QStringLiteral("authpi"),
            QStringLiteral("intended")};
}

SearchAnswer search(const QString &text, const Facets &facets = {}, const OwnMarks &marks = {})
{
    static const SearchIndex index(shippedCatalogs());
    return index.search(SearchQuery::parse(text, apis()), facets, marks);
}

QStringList ids(const SearchAnswer &answer)
{
    QStringList list;
    for (const SearchHit &hit : answer.hits)
        list << shippedCatalogs().entries()[hit.entry]->id;
    return list;
}

/// "term|term -negated \"phrase\" key:value !key:value" of a parsed query, to compare in a table.
QString shape(const SearchQuery &query)
{
    QStringList parts;
    for (const SearchTerm &term : query.terms)
        parts << (term.negated ? QStringLiteral("-") : QString()) +
                     (term.phrase ? QStringLiteral("\"%1\"").arg(term.text) : term.text);
    for (const SearchFilter &filter : query.filters)
        parts << (filter.negated ? QStringLiteral("!") : QString()) + filter.key + QLatin1Char(':') + filter.value;
    return parts.join(QLatin1Char('|'));
}

} // namespace

class SearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void query_isParsed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("blank") << "   "
                               << "";
        QTest::newRow("status") << "429"
                                << "429";
        QTest::newRow("code") << "RATE_LIMIT_EXCEEDED"
                              << "rate limit exceeded";
        QTest::newRow("kebab") << "not-found"
                               << "not found";
        QTest::newRow("words") << "rate limit"
                               << "rate|limit";
        QTest::newRow("phrase") << "\"too many\""
                                << "\"too many\"";
        QTest::newRow("api glued") << "nullspace:volume"
                                   << "volume|api:nullspace";
        QTest::newRow("api apart") << "nullspace: volume"
                                   << "volume|api:nullspace";
        QTest::newRow("api key") << "api:authpi conflict"
                                 << "conflict|api:authpi";
        QTest::newRow("case") << "Nullspace: Volume"
                              << "volume|api:nullspace";
        QTest::newRow("retry") << "retry:after-wait"
                               << "retry:after-wait";
        QTest::newRow("status class") << "status:4xx"
                                      << "status:4xx";
        QTest::newRow("status range") << "status:500-504"
                                      << "status:500-504";
        QTest::newRow("none") << "status:none"
                              << "status:none";
        QTest::newRow("negated word") << "volume -busy"
                                      << "volume|-busy";
        QTest::newRow("negated filter") << "-is:inferred"
                                        << "!is:inferred";
        QTest::newRow("unfinished filter") << "retry:"
                                           << "";
        QTest::newRow("lone dash") << "a - b"
                                   << "a|b";
        QTest::newRow("url is a word") << "https://x"
                                       << "https://x";
        QTest::newRow("open quote") << "\"rate limit"
                                    << "\"rate limit\"";
    }

    void query_isParsed()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(shape(SearchQuery::parse(text, apis())), expected);
    }

    void aWrongFilter_isNamedAndNarrowsNothing_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem");
        QTest::newRow("retry") << "retry:maybe"
                               << "retry:maybe - expected one of yes, no, after-wait, after-fix, unstated";
        QTest::newRow("status") << "status:99"
                                << "status:99 - expected 429, 4xx, 500-504 or none";
        QTest::newRow("is") << "is:nice"
                            << "is:nice - expected one of";
        QTest::newRow("api") << "api:acme"
                             << "api:acme - expected one of intuned, nullspace, authpi, intended";
    }

    void aWrongFilter_isNamedAndNarrowsNothing()
    {
        QFETCH(QString, text);
        QFETCH(QString, problem);
        const SearchQuery query = SearchQuery::parse(text, apis());
        QCOMPARE(query.problems.size(), 1);
        QVERIFY2(query.problems.first().startsWith(problem), qPrintable(query.problems.first()));
        QVERIFY(query.isEmpty());
    }

    void theBestHit_comesFirst_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("first");
        QTest::newRow("exact upper") << "RATE_LIMIT_EXCEEDED"
                                     << "intended:RATE_LIMIT_EXCEEDED";
        QTest::newRow("exact lower") << "rate_limit_exceeded"
                                     << "nullspace:rate_limit_exceeded";
        QTest::newRow("exact before folded") << "not_found"
                                             << "nullspace:not_found";
        QTest::newRow("kebab") << "not-found"
                               << "intuned:not-found";
        QTest::newRow("folded") << "token-expired"
                                << "intended:TOKEN_EXPIRED";
        QTest::newRow("words of a code") << "token expired"
                                         << "intended:TOKEN_EXPIRED";
        QTest::newRow("glued") << "tokenexpired"
                               << "intended:TOKEN_EXPIRED";
        QTest::newRow("prefix") << "captcha_f"
                                << "nullspace:captcha_failed";
        QTest::newRow("beginning of words") << "volume bu"
                                            << "nullspace:volume_busy";
        QTest::newRow("api and word") << "authpi: conflict"
                                      << "authpi:conflict";
        QTest::newRow("status in an api") << "intended: 504"
                                          << "intended:POLICY_EVALUATION_TIMEOUT";
        QTest::newRow("exit code name") << "QUOTA_OR_RATE_LIMITED"
                                        << "nullspace:QUOTA_OR_RATE_LIMITED";
        QTest::newRow("typo") << "captchq"
                              << "nullspace:captcha_required";
        QTest::newRow("swapped letters") << "sandbxo_not_found"
                                         << "nullspace:sandbox_not_found";
    }

    void theBestHit_comesFirst()
    {
        QFETCH(QString, text);
        QFETCH(QString, first);
        const QStringList found = ids(search(text));
        QVERIFY2(!found.isEmpty(), qPrintable(text));
        QCOMPARE(found.first(), first);
    }

    void a429_findsTheStatedOnesFirst()
    {
        const QStringList found = ids(search(QStringLiteral("429")));
        QVERIFY(found.contains(QStringLiteral("authpi:usage_limit_exceeded")));
        QVERIFY(found.contains(QStringLiteral("intended:RATE_LIMIT_EXCEEDED")));
        QVERIFY(found.contains(QStringLiteral("nullspace:rate_limit_exceeded")));
    }

    void everyWord_mustFit()
    {
        for (const QString &id : ids(search(QStringLiteral("volume quota"))))
            QVERIFY2(id.startsWith(QLatin1String("nullspace:")), qPrintable(id));
        QVERIFY(search(QStringLiteral("volume zzzzzz")).hits.empty());
    }

    void nearWords_areOnlyTakenWhenNothingFits()
    {
        QVERIFY(!search(QStringLiteral("captcha")).nearOnly);
        const SearchAnswer near = search(QStringLiteral("ratelmit"));
        QVERIFY(near.nearOnly);
        QVERIFY(ids(near).contains(QStringLiteral("intended:RATE_LIMIT_EXCEEDED")));
        QVERIFY(near.hits.front().match == MatchKind::Near);
    }

    void theKindOfMatch_isTold()
    {
        QVERIFY(search(QStringLiteral("TOKEN_EXPIRED")).hits.front().match == MatchKind::Exact);
        QVERIFY(search(QStringLiteral("token_expired")).hits.front().match == MatchKind::Folded);
        QVERIFY(search(QStringLiteral("token_ex")).hits.front().match == MatchKind::Prefix);
        QVERIFY(search(QStringLiteral("captcha")).hits.front().match == MatchKind::Prefix);
        QVERIFY(search(QString()).hits.front().match == MatchKind::All);
    }

    void nothingTyped_givesEverythingInOrder()
    {
        const SearchAnswer all = search(QString());
        QCOMPARE(all.hits.size(), shippedCatalogs().entries().size());
        for (std::size_t i = 0; i < all.hits.size(); ++i)
            QCOMPARE(all.hits[i].entry, std::uint32_t(i));
    }

    void negatedWords_areLeftOut()
    {
        const QStringList with = ids(search(QStringLiteral("volume")));
        const QStringList without = ids(search(QStringLiteral("volume -busy")));
        QVERIFY(with.contains(QStringLiteral("nullspace:volume_busy")));
        QVERIFY(!without.contains(QStringLiteral("nullspace:volume_busy")));
        QVERIFY(!without.isEmpty());
    }

    void filters_narrow()
    {
        for (const SearchHit &hit : search(QStringLiteral("retry:after-wait")).hits)
            QVERIFY(shippedCatalogs().entries()[hit.entry]->retry.verdict == RetryVerdict::AfterWait);
        for (const SearchHit &hit : search(QStringLiteral("status:none")).hits)
            QVERIFY(shippedCatalogs().entries()[hit.entry]->statuses.empty());
        const QStringList notes = ids(search(QStringLiteral("is:note")));
        QVERIFY(notes.contains(QStringLiteral("intended:NO_MATCHING_POLICY")));
        QVERIFY(!notes.contains(QStringLiteral("intended:TOKEN_EXPIRED")));
        QVERIFY(!search(QStringLiteral("surface:edge")).hits.empty());
        OwnMarks marks;
        marks.pinned << QStringLiteral("authpi:conflict");
        QCOMPARE(ids(search(QStringLiteral("is:pinned"), {}, marks)), QStringList{QStringLiteral("authpi:conflict")});
    }

    void facetCounts_applyTheOtherFacets()
    {
        Facets facets;
        const SearchAnswer all = search(QStringLiteral("rate limit"));
        facets.apis << QStringLiteral("intended");
        const SearchAnswer one = search(QStringLiteral("rate limit"), facets);
        QVERIFY(one.hits.size() < all.hits.size());
        // The API's own counts stay, so that one sees what another tick would bring.
        QCOMPARE(one.counts.apis, all.counts.apis);
        int sum = 0;
        for (const int count : one.counts.retry)
            sum += count;
        QCOMPARE(std::size_t(sum), one.hits.size());
    }

    void facetCounts_addUpToTheEntries()
    {
        const SearchAnswer all = search(QString());
        int sum = 0;
        for (const int count : all.counts.apis)
            sum += count;
        QCOMPARE(std::size_t(sum), shippedCatalogs().entries().size());
    }

    void spans_markWhatWasTyped_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("marked");
        QTest::newRow("two words") << "rate limit"
                                   << "RATE_LIMIT";
        QTest::newRow("folded") << "rate-limit"
                                << "RATE_LIMIT";
        QTest::newRow("second word") << "limit"
                                     << "LIMIT";
        QTest::newRow("apart") << "rate exceeded"
                               << "RATE|EXCEEDED";
        QTest::newRow("beginning") << "exce"
                                   << "EXCE";
        QTest::newRow("middle of a word is no match") << "imit"
                                                      << "";
        QTest::newRow("negated") << "-rate"
                                 << "";
    }

    void spans_markWhatWasTyped()
    {
        QFETCH(QString, text);
        QFETCH(QString, marked);
        const Entry &entry = *shippedCatalogs().exact(QStringLiteral("RATE_LIMIT_EXCEEDED")).front();
        QStringList parts;
        for (const MatchSpan &span : SearchIndex::spans(SearchQuery::parse(text, apis()), entry)) {
            if (span.field == MatchSpan::Field::Code)
                parts << entry.code.mid(span.start, span.length);
        }
        QCOMPARE(parts.join(QLatin1Char('|')), marked);
    }

    void editDistance_countsEdits_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<int>("distance");
        QTest::newRow("same") << "abc"
                              << "abc" << 0;
        QTest::newRow("empty") << ""
                               << "ab" << 2;
        QTest::newRow("insertion") << "abc"
                                   << "abdc" << 1;
        QTest::newRow("substitution") << "abc"
                                      << "axc" << 1;
        QTest::newRow("swap") << "abcd"
                              << "acbd" << 1;
        QTest::newRow("two") << "ratelmit"
                             << "rate_limit" << 2;
        QTest::newRow("beyond the limit") << "abcdef"
                                          << "uvwxyz" << 4;
    }

    void editDistance_countsEdits()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(int, distance);
        QCOMPARE(editDistance(a, b, 3), distance);
        QCOMPARE(editDistance(b, a, 3), distance);
    }

    void model_followsTheRulesOfModels()
    {
        CatalogSearchModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setCatalogs(shippedCatalogs());
        model.setQuery(QStringLiteral("rate limit"));
        Facets facets;
        facets.retry << RetryVerdict::AfterWait;
        model.setFacets(facets);
        QVERIFY(model.rowCount() > 0);
        QCOMPARE(model.total(), int(shippedCatalogs().entries().size()));
    }

    void model_answersOncePerKeyAndFindsRowsById()
    {
        CatalogSearchModel model;
        model.setCatalogs(shippedCatalogs());
        const QSignalSpy answered(&model, &CatalogSearchModel::answered);
        model.setQuery(QStringLiteral("token"));
        QCOMPARE(answered.size(), 1);
        const QString id = model.index(0).data(CatalogSearchModel::EntryIdRole).toString();
        QCOMPARE(model.rowOf(id), 0);
        QCOMPARE(model.rowOf(QStringLiteral("nullspace:volume_busy")), -1);
        QCOMPARE(model.rowOf(QStringLiteral("no:such")), -1);
        QVERIFY(!model.entry(-1));
        QVERIFY(!model.entry(10000));
    }
};

QTEST_APPLESS_MAIN(SearchTest)
#include "tst_search.moc"
