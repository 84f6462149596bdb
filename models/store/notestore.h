// A person's own notes and pins on catalog entries, in SQLite.
#pragma once

#include "models/store/database.h"

#include <QHash>
#include <QString>

#include <memory>
#include <optional>

namespace errata {

struct OwnNote
{
    QString text;
    bool pinned = false;
    friend bool operator==(const OwnNote &, const OwnNote &) = default;
};

/// One file, written through at each change. Entries are named by their id ("intended:TOKEN_EXPIRED"),
/// so a note survives a new edition of the catalog.
class NoteStore
{
public:
    /// Opens or makes the file; folders are made. A damaged file is set aside under another name, never
    /// deleted, and \a warning says so.
    [[nodiscard]] static Result<std::unique_ptr<NoteStore>> open(const QString &file, QString *warning = nullptr);

    [[nodiscard]] QHash<QString, OwnNote> all() const;
    [[nodiscard]] OwnNote note(const QString &entryId) const;
    /// An empty text without a pin removes the row. The error tells what the database said.
    [[nodiscard]] std::optional<Error> setText(const QString &entryId, const QString &text);
    [[nodiscard]] std::optional<Error> setPinned(const QString &entryId, bool pinned);

private:
    explicit NoteStore(std::unique_ptr<Database> database) : m_database(std::move(database)) {}
    [[nodiscard]] std::optional<Error> write(const QString &entryId, const OwnNote &note);

    std::unique_ptr<Database> m_database;
};

} // namespace errata
