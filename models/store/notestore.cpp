#include "models/store/notestore.h"

#include <QDateTime>

namespace errata {

namespace {

Database::Options options()
{
    return {QStringLiteral("notes"),
            {{QStringLiteral("CREATE TABLE IF NOT EXISTS notes (entry TEXT PRIMARY KEY, text TEXT NOT NULL, "
                             "pinned INTEGER NOT NULL, changed TEXT NOT NULL) WITHOUT ROWID")}}};
}

} // namespace

Result<std::unique_ptr<NoteStore>> NoteStore::open(const QString &file, QString *warning)
{
    auto database = Database::open(file, options(), warning);
    if (!database)
        return database.error();
    return std::unique_ptr<NoteStore>(new NoteStore(std::move(database).value()));
}

QHash<QString, OwnNote> NoteStore::all() const
{
    QHash<QString, OwnNote> notes;
    auto found = m_database->query(QStringLiteral("SELECT entry, text, pinned FROM notes"));
    while (found && found.value().next()) {
        const QSqlQuery &row = found.value();
        notes.insert(row.value(0).toString(), {row.value(1).toString(), row.value(2).toBool()});
    }
    return notes;
}

OwnNote NoteStore::note(const QString &entryId) const
{
    auto found = m_database->query(QStringLiteral("SELECT text, pinned FROM notes WHERE entry = ?"), {entryId});
    if (!found || !found.value().next())
        return {};
    return {found.value().value(0).toString(), found.value().value(1).toBool()};
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
    if (note == OwnNote())
        return m_database->run(QStringLiteral("DELETE FROM notes WHERE entry = ?"), {entryId});
    // A null QString would bind NULL.
    return m_database->run(QStringLiteral("INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)"),
                           {entryId, note.text.isNull() ? QStringLiteral("") : note.text, note.pinned,
                            QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)});
}

} // namespace errata
