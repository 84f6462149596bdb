// The shipped catalogs: every documented code, its facts, and the hard cases.
#include "models/catalog/catalogreader.h"
#include "models/catalog/names.h"
#include "models/json/jsondocument.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>

using namespace errata;

namespace {

const LoadedCatalogs &shipped()
{
    static const LoadedCatalogs loaded = loadCatalogs();
    return loaded;
}

const Entry &only(const QString &api, const QString &code)
{
    const auto found = shipped().set.exact(code, api);
    if (found.size() != 1)
        qFatal("%s %s: %d entries, expected one", qPrintable(api), qPrintable(code), int(found.size()));
    return *found.front();
}

bool knows(const std::vector<Related> &list, const QString &code)
{
    return std::any_of(list.begin(), list.end(), [&](const Related &related) { return related.code == code; });
}

std::vector<QStringList> documentedCodes()
{
    QFile file(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/documented-codes.tsv"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("documented-codes.tsv is missing");
    std::vector<QStringList> rows;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines.mid(1))
        rows.push_back(line.split(QLatin1Char('\t')));
    return rows;
}

} // namespace

class CatalogsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shippedFiles_haveNoFault_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *folder : {":/errata/catalogs", ":/errata/conventions"}) {
            for (const QFileInfo &file : QDir(QLatin1String(folder)).entryInfoList({QStringLiteral("*.json")})) {
                if (!file.fileName().endsWith(QLatin1String(".schema.json")))
                    QTest::newRow(qPrintable(file.fileName())) << file.filePath();
            }
        }
    }

    /// The entries of a shipped file are read when they are wanted, and nobody hears of a fault then.
    void shippedFiles_haveNoFault()
    {
        QFETCH(QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        const CatalogReading whole = readCatalog(bytes, path);
        for (const CatalogFault &fault : whole.faults)
            qWarning("%s", qPrintable(fault.text()));
        QVERIFY(whole.faults.empty());
        QCOMPARE(JsonDocument::parse(bytes).value().root().children().back().key(), QStringLiteral("entries"));
        // Read in two goes it is the same.
        const LoadedCatalogs loaded = readCatalogs({path});
        QVERIFY(loaded.faults.empty());
        const Entries &later = loaded.set.catalogs().front().entries;
        QCOMPARE(later.size(), whole.catalog->entries.size());
        for (std::size_t i = 0; i < later.size(); ++i) {
            QCOMPARE(later[i].id, whole.catalog->entries[i].id);
            QCOMPARE(later[i].meaning.provenance, whole.catalog->entries[i].meaning.provenance);
            QCOMPARE(later[i].example, whole.catalog->entries[i].example);
        }
    }

    void shippedCatalogs_areLinked()
    {
        const auto links = checkLinks(shipped().set);
        for (const CatalogFault &fault : links)
            qWarning("%s", qPrintable(fault.text()));
        QVERIFY(links.empty());
        QCOMPARE(shipped().set.catalogs().size(), std::size_t(4));
    }

    void everyDocumentedCode_isThereWithItsSectionAndStatus_data()
    {
        QTest::addColumn<QStringList>("row");
        for (const QStringList &row : documentedCodes())
            QTest::addRow("%s %s %s", qPrintable(row[0]), qPrintable(row[1]), qPrintable(row[4])) << row;
    }

    void everyDocumentedCode_isThereWithItsSectionAndStatus()
    {
        QFETCH(QStringList, row);
        bool found = false;
        for (const Entry *entry : shipped().set.exact(row[1], row[0])) {
            if (entry->provenance != Provenance::Stated)
                continue;
            found = true;
            QCOMPARE(entry->section, row[4]);
            if (row[2].isEmpty()) {
                for (const Fact<int> &status : entry->statuses)
                    QVERIFY(status.provenance != Provenance::Stated);
            } else {
                QCOMPARE(entry->statuses.front().value, row[2].toInt());
                QCOMPARE(entry->statuses.front().provenance, Provenance::Stated);
            }
        }
        QVERIFY(found);
    }

    void documentedCodes_areCountedOnce()
    {
        QHash<QString, QSet<QString>> codes;
        for (const Entry *entry : shipped().set.entries()) {
            if (entry->provenance == Provenance::Stated)
                codes[entry->api].insert(entry->code);
        }
        QCOMPARE(codes[QStringLiteral("intuned")].size(), 27);
        QCOMPARE(codes[QStringLiteral("nullspace")].size(), 65);
        QCOMPARE(codes[QStringLiteral("authpi")].size(), 11);
        QCOMPARE(codes[QStringLiteral("intended")].size(), 8);
    }

    void companionCodes_standOnTheirSurface_data()
    {
        QTest::addColumn<QString>("api");
        QTest::addColumn<QString>("surface");
        QTest::addColumn<QString>("codes");
        QTest::newRow("Intuned errors")
            << "intuned"
            << "run-result"
            << "unexpected all-attempts-failed onepassword-integration-error job-run-terminated";
        QTest::newRow("Intuned reasons")
            << "intuned"
            << "reason"
            << "auth-session-validate-dependency-failed terminated job-run-terminated failed-to-initialize-job-run "
               "api-access-disabled "
               "cancelled-user-action user-request auth-session-not-found auth-session-invalid-mid-job "
               "auth-session-locked "
               "another-job-run-active job-run-paused s3-sink-error insufficient-resource-credits";
        QTest::newRow("Nullspace command line")
            << "nullspace"
            << "command-line"
            << "not_found template_resource_not_found missing_api_key unauthenticated forbidden permission_denied "
               "file_upload_limit_exceeded quota_exceeded conflict upload_conflict timeout invalid_fields "
               "invalid_response "
               "unknown cli_error";
        QTest::newRow("Nullspace edge")
            << "nullspace"
            << "edge"
            << "preview_grant_disabled preview_proxy_token_disabled preview_sandbox_disabled edge_token_missing "
               "edge_token_expired "
               "edge_token_invalid sandbox_paused_auto_resume_disabled preview_service_not_ready";
        QTest::newRow("Nullspace API") << "nullspace"
                                       << "http-api"
                                       << "warm_pool_unavailable";
        QTest::newRow("Nullspace exit codes") << "nullspace"
                                              << "exit-code"
                                              << "SUCCESS GENERIC_FAILURE USAGE_ERROR NOT_FOUND UNAUTHENTICATED "
                                                 "PERMISSION_DENIED QUOTA_OR_RATE_LIMITED CONFLICT "
                                                 "SANDBOX_RUNTIME_ERROR";
        QTest::newRow("AuthPI") << "authpi"
                                << "http-api"
                                << "invalid_scope";
        QTest::newRow("Intended") << "intended"
                                  << "http-api"
                                  << "VERIFY_KEY_NOT_FOUND VERIFY_PUBLIC_KEY_MISMATCH";
    }

    void companionCodes_standOnTheirSurface()
    {
        QFETCH(QString, api);
        QFETCH(QString, surface);
        QFETCH(QString, codes);
        for (const QString &code : codes.split(QLatin1Char(' '))) {
            const auto entries = shipped().set.exact(code, api);
            const bool there = std::any_of(entries.begin(), entries.end(), [&](const Entry *entry) {
                return entry->surface == surface || entry->alsoOn.contains(surface);
            });
            QVERIFY2(there, qPrintable(code));
        }
    }

    void everyPattern_isAValidRegularExpression()
    {
        for (const Catalog &catalog : shipped().set.catalogs()) {
            QVERIFY(catalog.codeStyle.isValid());
            for (const Envelope &envelope : catalog.envelopes) {
                for (const auto *conditions : {&envelope.require, &envelope.hints}) {
                    for (const Condition &condition : *conditions)
                        QVERIFY2(condition.matches.isValid(), qPrintable(envelope.id + condition.matches.pattern()));
                }
            }
        }
    }

    void everyEntry_saysSomethingOfItsOwn()
    {
        for (const Entry *entry : shipped().set.entries()) {
            QVERIFY2(entry->title.size() > 5, qPrintable(entry->id));
            QVERIFY2(entry->meaning.value.size() > 15, qPrintable(entry->id));
            QVERIFY2(!entry->remedies.empty() || !entry->isError, qPrintable(entry->id));
            QVERIFY2(!entry->reply.isEmpty(), qPrintable(entry->id));
            QVERIFY2(!entry->example.isEmpty() || entry->surface == QLatin1String("exit-code"), qPrintable(entry->id));
        }
    }

    void everyFactWithASource_namesADocumentOfItsCatalog()
    {
        for (const Catalog &catalog : shipped().set.catalogs()) {
            for (const Entry &entry : catalog.entries) {
                QStringList sources{entry.meaning.source, entry.retry.source};
                for (const auto *facts : {&entry.remedies, &entry.pitfalls, &entry.conflicts}) {
                    for (const auto &fact : *facts)
                        sources << fact.source;
                }
                for (const auto &status : entry.statuses)
                    sources << status.source;
                for (const QString &source : sources)
                    QVERIFY2(source.isEmpty() || catalog.document(source),
                             qPrintable(entry.id + QLatin1Char(' ') + source));
            }
        }
    }

    void everyApi_saysHowToReachRecogniseAndEscalate()
    {
        for (const Catalog &catalog : shipped().set.catalogs()) {
            QVERIFY2(!catalog.envelopes.empty() && !catalog.baseUrls.empty() && !catalog.auth.empty() &&
                         !catalog.probes.empty() && !catalog.secrets.empty() && !catalog.needs.empty() &&
                         !catalog.statusRules.empty() && !catalog.escalationAdvice.empty(),
                     qPrintable(catalog.id));
        }
    }

    void insufficientResourceCredits_isOneEntryWithBothNotes()
    {
        const Entry &entry = only(QStringLiteral("intuned"), QStringLiteral("insufficient-resource-credits"));
        QVERIFY(entry.meaning.value.contains(QStringLiteral("job run")));
        QVERIFY(entry.meaning.value.contains(QStringLiteral("operation")));
    }

    void accessDeniedAndInsufficientScope_knowEachOther()
    {
        const Entry &denied = only(QStringLiteral("authpi"), QStringLiteral("access_denied"));
        const Entry &scope = only(QStringLiteral("authpi"), QStringLiteral("insufficient_scope"));
        QVERIFY(knows(denied.related, scope.code));
        QVERIFY(knows(scope.related, denied.code));
        QVERIFY(denied.meaning.value != scope.meaning.value);
    }

    void categoryHeadings_areNoCodes()
    {
        for (const char *heading : {"infrastructure", "execution", "auth", "user", "billing"}) {
            const QString name = QLatin1String(heading);
            QVERIFY(shipped().set.exact(name).empty());
            QVERIFY(shipped().set.catalog(u"intuned")->category(name));
        }
    }

    void quotaExceeded_keepsItsCaseAndKnowsItsTwin()
    {
        const Entry &upper = only(QStringLiteral("nullspace"), QStringLiteral("QUOTA_EXCEEDED"));
        const Entry &lower = only(QStringLiteral("nullspace"), QStringLiteral("quota_exceeded"));
        QCOMPARE(upper.surface, QStringLiteral("http-api"));
        QCOMPARE(lower.surface, QStringLiteral("command-line"));
        QVERIFY(knows(upper.related, lower.code));
    }

    void noMatchingPolicy_isNoError()
    {
        const Entry &entry = only(QStringLiteral("intended"), QStringLiteral("NO_MATCHING_POLICY"));
        QVERIFY(!entry.isError);
        QCOMPARE(entry.surface, QStringLiteral("decision"));
        QCOMPARE(entry.statuses.front().value, 200);
        QVERIFY(!entry.conflicts.empty());
    }

    void invalidRequest_hasBothStatuses()
    {
        const Entry &entry = only(QStringLiteral("authpi"), QStringLiteral("invalid_request"));
        QCOMPARE(entry.statuses.size(), std::size_t(2));
        QCOMPARE(entry.statuses[0].value, 400);
        QCOMPARE(entry.statuses[1].value, 422);
        QCOMPARE(entry.statuses[1].provenance, Provenance::Companion);
    }

    void threeCodes_share401()
    {
        int shared = 0;
        for (const Entry &entry : shipped().set.catalog(u"intended")->entries)
            shared += std::any_of(entry.statuses.begin(), entry.statuses.end(), [](const Fact<int> &s) {
                return s.value == 401 && s.provenance == Provenance::Stated;
            });
        QCOMPARE(shared, 3);
    }

    void nullspaceStatuses_areNeverStated()
    {
        for (const Entry &entry : shipped().set.catalog(u"nullspace")->entries) {
            for (const Fact<int> &status : entry.statuses)
                QVERIFY2(status.provenance != Provenance::Stated, qPrintable(entry.code));
        }
    }

    void exitRules_giveTheDocumentedStatus_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("exit");
        QTest::newRow("exact") << "volume_busy" << 7;
        QTest::newRow("suffix") << "agent_run_not_found" << 3;
        QTest::newRow("contains") << "signup_rate_limited" << 6;
        QTest::newRow("conflict suffix") << "transition_conflict" << 7;
        QTest::newRow("exact before suffix") << "template_resource_not_found" << 3;
        QTest::newRow("else") << "database_error" << 1;
        QTest::newRow("case counts") << "QUOTA_EXCEEDED" << 1;
    }

    void exitRules_giveTheDocumentedStatus()
    {
        QFETCH(QString, code);
        QFETCH(int, exit);
        const ExitRule *rule = shipped().set.catalog(u"nullspace")->exitRule(code);
        QVERIFY(rule);
        QCOMPARE(rule->exit, exit);
    }

    void exitStatuses_ofTheDocumentedCodes_addUp()
    {
        QHash<int, int> counts;
        const Catalog &catalog = *shipped().set.catalog(u"nullspace");
        for (const Entry &entry : catalog.entries) {
            if (entry.provenance == Provenance::Stated)
                ++counts[catalog.exitRule(entry.code)->exit];
        }
        const QHash<int, int> expected{{1, 36}, {2, 1}, {3, 10}, {4, 1}, {5, 1}, {6, 7}, {7, 7}, {8, 2}};
        QCOMPARE(counts, expected);
    }

    void equalNames_areFoundInEveryApi_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QStringList>("owners");
        QTest::newRow("unauthorized") << "unauthorized"
                                      << QStringList{QStringLiteral("intuned"), QStringLiteral("nullspace")};
        QTest::newRow("invalid_request") << "invalid_request"
                                         << QStringList{QStringLiteral("nullspace"), QStringLiteral("authpi")};
        QTest::newRow("conflict") << "conflict"
                                  << QStringList{QStringLiteral("intuned"), QStringLiteral("nullspace"),
                                                 QStringLiteral("authpi")};
    }

    void equalNames_areFoundInEveryApi()
    {
        QFETCH(QString, code);
        QFETCH(QStringList, owners);
        QStringList found;
        for (const Entry *entry : shipped().set.exact(code))
            found << entry->api;
        QCOMPARE(found, owners);
    }

    void foldedNames_areFound()
    {
        QStringList found;
        for (const Entry *entry : shipped().set.folded(QStringLiteral("Rate-Limit-Exceeded")))
            found << entry->id;
        QCOMPARE(found, (QStringList{QStringLiteral("nullspace:rate_limit_exceeded"),
                                     QStringLiteral("intended:RATE_LIMIT_EXCEEDED")}));
    }

    void nearNames_areFoundNearestFirst()
    {
        const auto found = shipped().set.near(QStringLiteral("TOKEN_EXPIRD"));
        QVERIFY(!found.empty());
        QCOMPARE(found.front()->code, QStringLiteral("TOKEN_EXPIRED"));
        QVERIFY(shipped().set.near(QStringLiteral("zzzzzzzzzzzzzzzz")).empty());
    }
};

QTEST_APPLESS_MAIN(CatalogsTest)
#include "tst_catalogs.moc"
