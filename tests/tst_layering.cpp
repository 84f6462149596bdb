// The rooms of the house and which may know of which.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace {

/// What a folder may include of ours, and of Qt beyond QtCore. Longest prefix counts.
struct Room
{
    const char *folder;
    QStringList ours;
    QStringList qtModules;
};

QStringList rooms(std::initializer_list<const char *> names)
{
    QStringList list;
    for (const char *name : names)
        list << QStringLiteral("models/") + QLatin1String(name);
    return list;
}

/// Everything that needs QtCore alone.
QStringList coreRooms()
{
    return rooms({"base", "json", "http", "catalog", "redact", "retry", "decode", "items"});
}

const std::vector<Room> &house()
{
    static const std::vector<Room> list{
        {"models/base", rooms({"base"}), {}},
        {"models/json", rooms({"json", "base"}), {}},
        {"models/http", rooms({"http", "json", "base"}), {}},
        {"models/catalog", rooms({"catalog", "json", "http", "base"}), {}},
        {"models/redact", rooms({"redact", "http", "json", "base"}), {}},
        {"models/retry", rooms({"retry", "http", "json", "base"}), {}},
        {"models/decode", rooms({"decode", "catalog", "http", "json", "retry", "base"}), {}},
        {"models/items", coreRooms(), {}},
        {"models/store", rooms({"store", "http", "redact", "base"}), {QStringLiteral("QtSql")}},
        {"models/net", rooms({"net", "http", "retry", "base"}), {QStringLiteral("QtNetwork")}},
        {"views",
         coreRooms() + QStringList(QStringLiteral("views")),
         {QStringLiteral("QtGui"), QStringLiteral("QtWidgets"), QStringLiteral("QtSvg"), QStringLiteral("QtCharts")}},
    };
    return list;
}

/// The Qt module a header belongs to, found where Qt is installed.
QString qtModuleOf(const QString &header)
{
    static const QStringList modules{
        QStringLiteral("QtCore"),    QStringLiteral("QtGui"),          QStringLiteral("QtWidgets"),
        QStringLiteral("QtNetwork"), QStringLiteral("QtSql"),          QStringLiteral("QtSvg"),
        QStringLiteral("QtTest"),    QStringLiteral("QtCharts"),       QStringLiteral("QtXml"),
        QStringLiteral("QtDBus"),    QStringLiteral("QtPrintSupport"), QStringLiteral("QtConcurrent")};
    if (header.contains(QLatin1Char('/')))
        return header.section(QLatin1Char('/'), 0, 0);
    for (const QString &module : modules) {
        if (QFile::exists(QStringLiteral(QT_INCLUDE_DIR "/%1/%2").arg(module, header)))
            return module;
    }
    return {};
}

struct Include
{
    QString file;
    int line = 0;
    QString target;
    bool angled = false;
};

std::vector<Include> includesUnder(const QString &folder)
{
    static const QRegularExpression directive(QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"));
    std::vector<Include> list;
    QDirIterator files(QStringLiteral(ERRATA_SOURCE_DIR "/") + folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                       QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        const QString name = file.fileName().mid(int(qstrlen(ERRATA_SOURCE_DIR "/")));
        int number = 0;
        for (const QByteArray &line : file.readAll().split('\n')) {
            ++number;
            const QRegularExpressionMatch match = directive.match(QString::fromUtf8(line));
            if (match.hasMatch())
                list.push_back({name, number, match.captured(2), match.captured(1) == QLatin1String("<")});
        }
    }
    return list;
}

/// Why this include breaks the rule; empty when it does not.
QString fault(const Include &include, const Room &room)
{
    if (!include.angled) {
        if (include.target.endsWith(QLatin1String(".moc")))
            return {};
        const bool allowed = std::any_of(room.ours.begin(), room.ours.end(), [&](const QString &folder) {
            return include.target.startsWith(folder + QLatin1Char('/'));
        });
        return allowed ? QString() : QStringLiteral("may not know of it");
    }
    if (include.target == QLatin1String("zlib.h"))
        return QStringList{QStringLiteral("models/base/gunzip.cpp"), QStringLiteral("models/base/zip.cpp")}.contains(
                   include.file)
                   ? QString()
                   : QStringLiteral("zlib belongs to gunzip and zip");
    if (include.target.contains(QLatin1String("keychain")))
        return include.file.startsWith(QLatin1String("models/store"))
                   ? QString()
                   : QStringLiteral("QtKeychain belongs to models/store");
    if (!include.target.startsWith(QLatin1Char('Q')))
        return include.target.contains(QLatin1String("curl/")) &&
                       !include.file.startsWith(QLatin1String("models/net/curl"))
                   ? QStringLiteral("libcurl belongs to models/net/curl*")
                   : QString();
    const QString module = qtModuleOf(include.target);
    if (module == QLatin1String("QtCore")) {
        const bool file = include.target == QLatin1String("QFile") || include.target == QLatin1String("QSettings") ||
                          include.target == QLatin1String("QSaveFile");
        return include.file.startsWith(QLatin1String("views")) && file
                   ? QStringLiteral("files and settings belong to app")
                   : QString();
    }
    return room.qtModules.contains(module)
               ? QString()
               : QStringLiteral("%1 is not for this room")
                     .arg(module.isEmpty() ? QStringLiteral("an unknown Qt module") : module);
}

} // namespace

class LayeringTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyInclude_pointsDown_data()
    {
        QTest::addColumn<int>("room");
        for (std::size_t i = 0; i < house().size(); ++i)
            QTest::newRow(house()[i].folder) << int(i);
    }

    void everyInclude_pointsDown()
    {
        QFETCH(int, room);
        QStringList faults;
        for (const Include &include : includesUnder(QLatin1String(house()[std::size_t(room)].folder))) {
            const QString reason = fault(include, house()[std::size_t(room)]);
            if (!reason.isEmpty())
                faults << QStringLiteral("%1:%2 includes %3: %4")
                              .arg(include.file)
                              .arg(include.line)
                              .arg(include.target, reason);
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void everyFolderUnderModels_isARoom()
    {
        for (const QString &name :
             QDir(QStringLiteral(ERRATA_SOURCE_DIR "/models")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const QString folder = QStringLiteral("models/") + name;
            const bool known = std::any_of(house().begin(), house().end(),
                                           [&](const Room &room) { return folder == QLatin1String(room.folder); });
            QVERIFY2(known, qPrintable(folder + QStringLiteral(" is in no rule")));
        }
    }

    void aWidgetInAModel_isFound()
    {
        const Room &core = house().front();
        QVERIFY(
            !fault({QStringLiteral("models/base/x.h"), 1, QStringLiteral("QtWidgets/QWidget"), true}, core).isEmpty());
        QVERIFY(!fault({QStringLiteral("models/base/x.h"), 1, QStringLiteral("QWidget"), true}, core).isEmpty());
        QVERIFY(
            !fault({QStringLiteral("models/base/x.h"), 1, QStringLiteral("models/json/jsondocument.h"), false}, core)
                 .isEmpty());
        QVERIFY(!fault({QStringLiteral("views/x.h"), 1, QStringLiteral("QSettings"), true}, house().back()).isEmpty());
        QVERIFY(fault({QStringLiteral("models/base/x.h"), 1, QStringLiteral("QString"), true}, core).isEmpty());
        QVERIFY(!fault({QStringLiteral("models/base/x.h"), 1, QStringLiteral("zlib.h"), true}, core).isEmpty());
        const QString curl = QStringLiteral("curl/curl.h");
        QVERIFY(!fault({QStringLiteral("models/http/curlreader.h"), 1, curl, true}, core).isEmpty());
        QVERIFY(!fault({QStringLiteral("models/net/hop.h"), 1, curl, true}, core).isEmpty());
        QVERIFY(fault({QStringLiteral("models/net/curlhop.h"), 1, curl, true}, core).isEmpty());
    }

    void onlyTheseFolders_areAtTheTop()
    {
        const QStringList expected{QStringLiteral("app"),       QStringLiteral("models"), QStringLiteral("packaging"),
                                   QStringLiteral("resources"), QStringLiteral("tests"),  QStringLiteral("views")};
        QStringList found =
            QDir(QStringLiteral(ERRATA_SOURCE_DIR)).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        found.removeAll(QStringLiteral("build"));
        QCOMPARE(found, expected);
    }
};

QTEST_APPLESS_MAIN(LayeringTest)
#include "tst_layering.moc"
