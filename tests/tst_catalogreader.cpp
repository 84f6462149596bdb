// Reading catalog files: faults are named with entry, field and reason, and the rest still loads.
#include "models/base/limits.h"
#include "models/catalog/catalogreader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace errata;

namespace {

constexpr char head[] = R"({"format":"errata-catalog/1","id":"acme","name":"Acme","version":"1",
 "documents":[{"id":"errors","title":"Errors","url":"https://acme.example/errors","provenance":"stated"}],
 "surfaces":[{"id":"http-api","title":"HTTP API"}],
)";

QByteArray withEntries(const QByteArray &entries)
{
    return QByteArray(head) + " \"entries\":[" + entries + "]}";
}

QByteArray goodEntry(const QByteArray &code, const QByteArray &more = {})
{
    return R"({"code":")" + code + R"(","surface":"http-api","title":"A thing failed","document":"errors",
        "meaning":"The thing failed.","retry":{"verdict":"no","provenance":"stated"})" +
           more + "}";
}

QString faults(const CatalogReading &reading)
{
    QStringList lines;
    for (const CatalogFault &fault : reading.faults)
        lines << fault.text();
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class CatalogReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodFile_isReadWhole()
    {
        const CatalogReading reading =
            readCatalog(withEntries(goodEntry("a_b", R"(,"statuses":[{"value":429,"provenance":"inferred"}],
            "remedies":["Wait.",{"text":"Ask.","provenance":"companion","source":"errors"}],"example":{"status":429,"body":{"n":1.00,"b":2,"a":1}})")),
                        QStringLiteral("acme.json"));
        QCOMPARE(faults(reading), QString());
        const Entry &entry = reading.catalog->entries.front();
        QCOMPARE(entry.id, QStringLiteral("acme:a_b"));
        QCOMPARE(entry.statuses.front().provenance, Provenance::Inferred);
        QCOMPARE(entry.remedies[0].provenance, Provenance::Stated);
        QCOMPARE(entry.remedies[1].provenance, Provenance::Companion);
        QCOMPARE(entry.example, QByteArray(R"({"n":1.00,"b":2,"a":1})"));
        QCOMPARE(reading.catalog->url(entry), QStringLiteral("https://acme.example/errors"));
    }

    void aFaultyEntry_isNamedAndTheOthersLoad_data()
    {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QString>("named");
        QTest::newRow("verdict") << QByteArray(goodEntry("x_y")).replace("\"no\"", "\"maybe\"")
                                 << "entries[1] (x_y): entries[1].retry.verdict: 'maybe' is none of";
        QTest::newRow("no provenance") << QByteArray(goodEntry("x_y")).replace(",\"provenance\":\"stated\"", "")
                                       << "entries[1].retry.provenance: is missing";
        QTest::newRow("no title") << QByteArray(goodEntry("x_y")).replace("\"title\":\"A thing failed\",", "")
                                  << "entries[1].title: is missing or empty";
        QTest::newRow("no code") << goodEntry("") << "entries[1] (no code): entries[1].code: is missing or empty";
        QTest::newRow("unknown field") << goodEntry("x_y", R"(,"statusses":[])")
                                       << "entries[1].statusses: unknown field";
        QTest::newRow("unknown document")
            << QByteArray(goodEntry("x_y")).replace("\"document\":\"errors\"", "\"document\":\"nowhere\"")
            << "no document 'nowhere'";
        QTest::newRow("unknown surface") << QByteArray(goodEntry("x_y")).replace("http-api", "moon")
                                         << "no surface 'moon'";
        QTest::newRow("status out of range")
            << goodEntry("x_y", R"(,"statuses":[{"value":4290,"provenance":"stated"}])")
            << "statuses[0].value: 4290 is no HTTP status";
        QTest::newRow("wrong type") << goodEntry("x_y", R"(,"remedies":"Wait.")")
                                    << "entries[1].remedies: expected a list";
        QTest::newRow("no object") << QByteArray("7") << "entries[1]: expected an object";
        QTest::newRow("twice") << goodEntry("first")
                               << "entries[1] (first): entries[1].code: stands twice on surface http-api";
        QTest::newRow("key twice") << goodEntry("x_y", R"(,"title":"again")") << "entries[1].title: stands twice";
    }

    void aFaultyEntry_isNamedAndTheOthersLoad()
    {
        QFETCH(QByteArray, entry);
        QFETCH(QString, named);
        const CatalogReading reading = readCatalog(
            withEntries(goodEntry("first") + ",\n" + entry + ",\n" + goodEntry("last")), QStringLiteral("acme.json"));
        QVERIFY2(faults(reading).contains(named), qPrintable(faults(reading)));
        QVERIFY(faults(reading).startsWith(QLatin1String("acme.json:")));
        QVERIFY(reading.catalog);
        QCOMPARE(reading.catalog->entries.front().code, QStringLiteral("first"));
        QCOMPARE(reading.catalog->entries.back().code, QStringLiteral("last"));
    }

    void aFaultNamesItsLine()
    {
        const CatalogReading reading = readCatalog(
            withEntries("\n" + goodEntry("a") + ",\n" + QByteArray(goodEntry("b")).replace("\"no\"", "\"nope\"")),
            QStringLiteral("f"));
        QCOMPARE(reading.faults.size(), std::size_t(1));
        QCOMPARE(reading.faults.front().line, qsizetype(8));
    }

    void anUnusableFile_isRefusedWithTheReason_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        QTest::newRow("empty") << QByteArray() << "line 1";
        QTest::newRow("cut") << QByteArray("{\"format\":") << "line 1, column 11";
        QTest::newRow("binary") << QByteArray("\0\1\2", 3) << "line 1, column 1";
        QTest::newRow("other format") << QByteArray("{}") << "format";
        QTest::newRow("list") << QByteArray("[]") << "format";
        QTest::newRow("too large") << QByteArray(17 * limits::Megabyte, ' ') << "larger than 16 MB";
    }

    void anUnusableFile_isRefusedWithTheReason()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        const CatalogReading reading = readCatalog(bytes, QStringLiteral("x.json"));
        QVERIFY(!reading.catalog);
        QVERIFY2(faults(reading).contains(reason), qPrintable(faults(reading)));
    }

    void ownFiles_loadBesideTheShipped()
    {
        const QTemporaryDir folder;
        QFile good(folder.filePath(QStringLiteral("acme.json")));
        QVERIFY(good.open(QIODevice::WriteOnly));
        good.write(withEntries(goodEntry("own_code")));
        good.close();
        QFile bad(folder.filePath(QStringLiteral("bad.json")));
        QVERIFY(bad.open(QIODevice::WriteOnly));
        bad.write("{");
        bad.close();
        const LoadedCatalogs loaded = loadCatalogs({folder.path()});
        QCOMPARE(loaded.set.catalogs().size(), std::size_t(5));
        QCOMPARE(loaded.set.catalogs().back().id, QStringLiteral("acme"));
        QCOMPARE(loaded.faults.size(), std::size_t(1));
        QVERIFY(loaded.faults.front().file.endsWith(QLatin1String("bad.json")));
    }

    void anOwnFileWithAShippedId_replacesIt()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("mine.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(withEntries(goodEntry("own_code")).replace("\"acme\"", "\"authpi\""));
        file.close();
        const LoadedCatalogs loaded = loadCatalogs({}, {file.fileName()});
        QCOMPARE(loaded.set.catalogs().size(), std::size_t(4));
        QCOMPARE(loaded.set.catalog(u"authpi")->entries.size(), std::size_t(1));
    }

    void aBrokenPattern_isNamed()
    {
        const CatalogReading reading =
            readCatalog(withEntries(goodEntry("a")).replace("\"version\":\"1\"", "\"code_style\":\"[a\""),
                        QStringLiteral("acme.json"));
        QVERIFY2(faults(reading).contains(QStringLiteral("code_style: no valid regular expression")),
                 qPrintable(faults(reading)));
    }

    void brokenLinks_areNamed()
    {
        const CatalogReading reading =
            readCatalog(withEntries(goodEntry("a", R"(,"equivalents":[{"api":"acme","code":"ghost"}])")),
                        QStringLiteral("acme.json"));
        QCOMPARE(faults(reading), QString());
        const auto broken = checkLinks(CatalogSet({*reading.catalog}));
        QCOMPARE(broken.size(), std::size_t(1));
        QVERIFY(broken.front().text().contains(QStringLiteral("no code 'ghost' in acme")));
    }
};

QTEST_APPLESS_MAIN(CatalogReaderTest)
#include "tst_catalogreader.moc"
