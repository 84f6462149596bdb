// An SQLite file: opened, checked, brought to the newest schema. What the stores have in common.
#pragma once

#include "models/base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStringList>
#include <QVariant>

#include <memory>
#include <optional>
#include <vector>

namespace errata {

/// What makes the schema of version n out of that of version n - 1; the first makes it out of an empty file. A
/// step that has been in people's hands never changes.
using SchemaSteps = std::vector<QStringList>;

/// A connection of its own name: several may be open in one process. To be used in the thread that opened it.
class Database
{
public:
    /// Full: what is committed survives a loss of power, for the price of waiting for the disk. Process: it
    /// survives the end of the program, however that comes.
    enum class Durability { Full, Process };
    enum class Check { Quick, None };
    struct Options
    {
        QString contents; ///< for the warning: "history", "notes"
        SchemaSteps steps;
        Durability durability = Durability::Full;
        Check check = Check::Quick;
        int patienceMs = 5000; ///< how long to wait for another program that writes
    };

    /// Opens or makes the file; folders are made. A damaged file is set aside under another name with what
    /// belongs to it, never deleted, and \a warning says so. A file that is only locked or not to be read is an
    /// error, and so is one by a newer Errata.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString &file, const Options &options,
                                                                QString *warning = nullptr);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// The statement, run with its values in place of "?".
    [[nodiscard]] Result<QSqlQuery> query(const QString &statement, const QVariantList &values = {}) const;
    /// The same where no rows are wanted.
    [[nodiscard]] std::optional<Error> run(const QString &statement, const QVariantList &values = {}) const;
    /// The first column of the first row; invalid when there is none.
    [[nodiscard]] QVariant value(const QString &statement, const QVariantList &values = {}) const;
    [[nodiscard]] QString file() const { return m_connection.databaseName(); }

private:
    Database(const QString &file, int patienceMs);
    [[nodiscard]] std::optional<Error> failure() const;
    [[nodiscard]] bool isDamaged() const;
    [[nodiscard]] std::optional<Error> prepare(const Options &options) const;
    [[nodiscard]] std::optional<Error> migrate(const SchemaSteps &steps) const;

    QSqlDatabase m_connection;
};

/// All or nothing: rolled back unless committed. It asks for the right to write at once, so that two writers wait
/// for each other instead of failing halfway.
class Transaction
{
public:
    explicit Transaction(const Database &database);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    /// Why it could not begin.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] std::optional<Error> commit();

private:
    const Database &m_database;
    std::optional<Error> m_error;
    bool m_open = false;
};

} // namespace errata
