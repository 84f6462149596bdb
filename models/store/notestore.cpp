#include "models/store/notestore.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

namespace errata {

namespace {

constexpr int schemaVersion = 1;

std::optional<QString> execute(const QSqlDatabase &database, const QString &statement)
{
    QSqlQuery query(database);
    if (query.exec(statement))
        return std::nullopt;
    return query.lastError().text();
}

QString firstValue(const QSqlDatabase &database, const QString &statement)
{
    QSqlQuery query(database);
    return query.exec(statement) && query.next() ? query.value(0).toString() : QString();
}

/// A connection of its own name: several stores may be open in one process.
QSqlDatabase connectTo(const QString &file)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QUuid::createUuid().toString());
    database.setDatabaseName(file);
    database.open();
    return database;
}

void disconnectFrom(QSqlDatabase &database)
{
    const QString name = database.connectionName();
    database.close();
    database = {};
    QSqlDatabase::removeDatabase(name);
}

bool isSound(const QSqlDatabase &database)
{
    return database.isOpen() && firstValue(database, QStringLiteral("PRAGMA quick_check")) == QLatin1String("ok");
}

std::optional<QString> prepare(const QSqlDatabase &database)
{
    if (firstValue(database, QStringLiteral("PRAGMA user_version")).toInt() > schemaVersion)
        return QStringLiteral("was written by a newer Errata");
    for (const QString &statement :
         {QStringLiteral("PRAGMA journal_mode = WAL"), QStringLiteral("PRAGMA synchronous = FULL"),
          QStringLiteral("CREATE TABLE IF NOT EXISTS notes (entry TEXT PRIMARY KEY, text TEXT NOT NULL, "
                         "pinned INTEGER NOT NULL, changed TEXT NOT NULL) WITHOUT ROWID"),
          QStringLiteral("PRAGMA user_version = %1").arg(schemaVersion)}) {
        if (auto fault = execute(database, statement))
            return fault;
    }
    return std::nullopt;
}

} // namespace

Result<std::unique_ptr<NoteStore>> NoteStore::open(const QString &file, QString *warning)
{
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QSQLITE")))
        return Error{QStringLiteral("Qt's SQLite driver is not installed (package libqt6sql6-sqlite)"), file};
    if (!QDir().mkpath(QFileInfo(file).absolutePath()))
        return Error{QStringLiteral("the folder cannot be made"), file};
    QSqlDatabase database = connectTo(file);
    if (QFileInfo(file).size() > 0 && !isSound(database)) {
        disconnectFrom(database);
        const QString aside = file + QStringLiteral(".damaged-") +
                              QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-hhmmsszzz"));
        if (!QFile::rename(file, aside))
            return Error{QStringLiteral("is damaged and cannot be set aside"), file};
        if (warning)
            *warning =
                QStringLiteral("The notes could not be read; the file was kept as %1, and a new one begun.").arg(aside);
        database = connectTo(file);
    }
    const std::optional<QString> fault =
        database.isOpen() ? prepare(database) : std::optional(database.lastError().text());
    if (fault) {
        disconnectFrom(database);
        return Error{*fault, file};
    }
    return std::unique_ptr<NoteStore>(new NoteStore(database));
}

NoteStore::~NoteStore()
{
    disconnectFrom(m_database);
}

QHash<QString, OwnNote> NoteStore::all() const
{
    QHash<QString, OwnNote> notes;
    QSqlQuery query(m_database);
    if (query.exec(QStringLiteral("SELECT entry, text, pinned FROM notes"))) {
        while (query.next())
            notes.insert(query.value(0).toString(), {query.value(1).toString(), query.value(2).toBool()});
    }
    return notes;
}

OwnNote NoteStore::note(const QString &entryId) const
{
    QSqlQuery query(m_database);
    query.prepare(QStringLiteral("SELECT text, pinned FROM notes WHERE entry = ?"));
    query.addBindValue(entryId);
    if (!query.exec() || !query.next())
        return {};
    return {query.value(0).toString(), query.value(1).toBool()};
}

std::optional<Error> NoteStore::setText(const QString &entryId, const QString &text)
{
    return write(entryId, {text, note(entryId).pinned});
}

std::optional<Error> NoteStore::setPinned(const QString &entryId, bool pinned)
{
    return write(entryId, {note(entryId).text, pinned});
}

std::optional<Error> NoteStore::write(const QString &entryId, const OwnNote &note)
{
    QSqlQuery query(m_database);
    if (note == OwnNote()) {
        query.prepare(QStringLiteral("DELETE FROM notes WHERE entry = ?"));
        query.addBindValue(entryId);
    } else {
        query.prepare(QStringLiteral("INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)"));
        query.addBindValue(entryId);
        // A null QString would bind NULL.
        query.addBindValue(note.text.isNull() ? QStringLiteral("") : note.text);
        query.addBindValue(note.pinned);
        query.addBindValue(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
    }
    if (query.exec())
        return std::nullopt;
    return Error{query.lastError().text(), m_database.databaseName()};
}

} // namespace errata
