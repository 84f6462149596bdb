#include "models/store/database.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QUuid>

namespace errata {

namespace {

// https://www.sqlite.org/rescode.html
const QLatin1String codeCorrupt("11");
const QLatin1String codeNotADatabase("26");

bool tellsDamage(const QSqlError &error)
{
    return error.nativeErrorCode() == codeCorrupt || error.nativeErrorCode() == codeNotADatabase;
}

/// The log and its index go along: without them the file may lack its last rows, and with a new file they would be
/// taken for its own.
std::optional<QString> setAside(const QString &file)
{
    const QString aside = file + QStringLiteral(".damaged-") +
                          QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-hhmmsszzz"));
    if (!QFile::rename(file, aside))
        return std::nullopt;
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        if (QFile::exists(file + suffix) && !QFile::rename(file + suffix, aside + suffix))
            return std::nullopt;
    }
    return aside;
}

} // namespace

Database::Database(const QString &file, int patienceMs)
    : m_connection(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QUuid::createUuid().toString()))
{
    m_connection.setDatabaseName(file);
    m_connection.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(patienceMs));
    m_connection.open();
}

Database::~Database()
{
    const QString name = m_connection.connectionName();
    m_connection.close();
    m_connection = {};
    QSqlDatabase::removeDatabase(name);
}

Result<std::unique_ptr<Database>> Database::open(const QString &file, const Options &options, QString *warning)
{
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QSQLITE")))
        return Error{QStringLiteral("Qt's SQLite driver is not installed (package libqt6sql6-sqlite)"), file};
    if (!QDir().mkpath(QFileInfo(file).absolutePath()))
        return Error{QStringLiteral("the folder cannot be made"), file};
    std::unique_ptr<Database> database(new Database(file, options.patienceMs));
    if (options.check == Check::Quick && QFileInfo(file).size() > 0 && database->isDamaged()) {
        database.reset();
        const std::optional<QString> aside = setAside(file);
        if (!aside)
            return Error{QStringLiteral("is damaged and cannot be set aside"), file};
        if (warning)
            *warning = QStringLiteral("The %1 could not be read; the file was kept as %2, and a new one begun.")
                           .arg(options.contents, *aside);
        database.reset(new Database(file, options.patienceMs));
    }
    if (auto error = database->prepare(options))
        return *error;
    return database;
}

std::optional<Error> Database::failure() const
{
    return Error{m_connection.lastError().text(), file()};
}

/// Only what SQLite itself calls so: a file that another program holds locked is sound.
bool Database::isDamaged() const
{
    if (!m_connection.isOpen())
        return false;
    QSqlQuery check(m_connection);
    if (!check.exec(QStringLiteral("PRAGMA quick_check(1)")) || !check.next())
        return tellsDamage(check.lastError());
    return check.value(0).toString() != QLatin1String("ok");
}

std::optional<Error> Database::prepare(const Options &options) const
{
    if (!m_connection.isOpen())
        return failure();
    const QString synchronous = options.durability == Durability::Full ? QStringLiteral("PRAGMA synchronous = FULL")
                                                                       : QStringLiteral("PRAGMA synchronous = NORMAL");
    // auto_vacuum counts only before the first table is made; what is deleted is overwritten.
    for (const QString &statement :
         {QStringLiteral("PRAGMA auto_vacuum = INCREMENTAL"), QStringLiteral("PRAGMA journal_mode = WAL"), synchronous,
          QStringLiteral("PRAGMA secure_delete = ON"), QStringLiteral("PRAGMA recursive_triggers = ON")}) {
        if (auto error = run(statement))
            return error;
    }
    return migrate(options.steps);
}

std::optional<Error> Database::migrate(const SchemaSteps &steps) const
{
    const auto version = [this] { return value(QStringLiteral("PRAGMA user_version")).toInt(); };
    const int newest = static_cast<int>(steps.size());
    if (version() > newest)
        return Error{QStringLiteral("was written by a newer Errata"), file()};
    while (version() < newest) {
        Transaction transaction(*this);
        if (transaction.error())
            return transaction.error();
        // Another Errata may have taken the step while this one waited.
        const int before = version();
        if (before >= newest)
            break;
        for (const QString &statement : steps[static_cast<std::size_t>(before)]) {
            if (auto error = run(statement))
                return error;
        }
        if (auto error = run(QStringLiteral("PRAGMA user_version = %1").arg(before + 1)))
            return error;
        if (auto error = transaction.commit())
            return error;
    }
    return std::nullopt;
}

Result<QSqlQuery> Database::query(const QString &statement, const QVariantList &values) const
{
    QSqlQuery query(m_connection);
    query.setForwardOnly(true);
    bool done = query.prepare(statement);
    for (const QVariant &value : values)
        query.addBindValue(value);
    done = done && query.exec();
    if (!done)
        return Error{query.lastError().text(), file()};
    return query;
}

std::optional<Error> Database::run(const QString &statement, const QVariantList &values) const
{
    const auto done = query(statement, values);
    return done ? std::nullopt : std::optional(done.error());
}

QVariant Database::value(const QString &statement, const QVariantList &values) const
{
    auto found = query(statement, values);
    return found && found.value().next() ? found.value().value(0) : QVariant();
}

Transaction::Transaction(const Database &database)
    : m_database(database), m_error(database.run(QStringLiteral("BEGIN IMMEDIATE"))), m_open(!m_error)
{
}

Transaction::~Transaction()
{
    if (m_open)
        static_cast<void>(m_database.run(QStringLiteral("ROLLBACK")));
}

std::optional<Error> Transaction::commit()
{
    auto error = m_database.run(QStringLiteral("COMMIT"));
    m_open = error.has_value();
    return error;
}

} // namespace errata
