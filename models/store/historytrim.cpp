// How the history becomes smaller: what was removed, and what is given up to save space.
#include "models/store/historystore.h"

#include <cmath>

namespace errata {

namespace {

/// A body below a page of the file shares it with others: dropping it would free nothing, and lose what an error said.
constexpr int smallestDropped = 4096;

/// Gives free pages back to the file system. Each run of the statement frees one page: the driver reads on only
/// where there are columns, and this one has none.
std::optional<Error> shrink(const Database &database)
{
    Transaction transaction(database);
    if (transaction.error())
        return transaction.error();
    qint64 pages = database.value(QStringLiteral("PRAGMA freelist_count")).toLongLong();
    for (; pages > 0; --pages) {
        if (auto error = database.run(QStringLiteral("PRAGMA incremental_vacuum(1)")))
            return error;
    }
    return transaction.commit();
}

/// Deleted words stay in the search index, and deleted pages in the file, until told otherwise.
std::optional<Error> giveBack(const Database &database)
{
    if (auto error = database.run(QStringLiteral("INSERT INTO search (search) VALUES ('optimize')")))
        return error;
    if (auto error = shrink(database))
        return error;
    return database.run(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
}

Result<int> deleteRows(const Database &database, const QString &which, const QVariantList &values = {})
{
    Transaction transaction(database);
    if (transaction.error())
        return *transaction.error();
    auto done = database.query(QStringLiteral("DELETE FROM attempts WHERE ") + which, values);
    if (!done)
        return done.error();
    const int count = done.value().numRowsAffected();
    done.value().finish();
    if (auto error = transaction.commit())
        return *error;
    return count;
}

struct OldBody
{
    qint64 id = 0;
    qint64 bytes = 0;
};

/// The bodies to drop for \a wanted bytes: of no pinned row, those whose last use is longest ago.
std::vector<OldBody> oldBodies(const Database &database, qint64 wanted)
{
    auto found = database.query(
        QStringLiteral(
            "WITH used (body, attempt, pinned) AS (SELECT request_body, id, pinned FROM attempts WHERE request_body > "
            "0 "
            "UNION ALL SELECT response_body, id, pinned FROM attempts WHERE response_body > 0) "
            "SELECT b.id, length(b.packed) FROM used JOIN bodies b ON b.id = used.body WHERE length(b.packed) >= ? "
            "GROUP BY b.id HAVING max(used.pinned) = 0 ORDER BY max(used.attempt)"),
        {smallestDropped});
    std::vector<OldBody> bodies;
    qint64 bytes = 0;
    while (bytes < wanted && found && found.value().next()) {
        bodies.push_back({found.value().value(0).toLongLong(), found.value().value(1).toLongLong()});
        bytes += bodies.back().bytes;
    }
    return bodies;
}

std::optional<Error> dropBodies(const Database &database, const std::vector<OldBody> &bodies)
{
    Transaction transaction(database);
    if (transaction.error())
        return transaction.error();
    for (const OldBody &body : bodies) {
        if (auto error = database.run(QStringLiteral("UPDATE bodies SET packed = NULL WHERE id = ?"), {body.id}))
            return error;
    }
    return transaction.commit();
}

/// One trim under way.
class Trimming
{
public:
    Trimming(HistoryStore &store, const Database &database, qint64 target)
        : m_store(store), m_database(database), m_target(target)
    {
    }

    [[nodiscard]] std::optional<Error> run(TrimReport &report)
    {
        if (auto error = purge(report))
            return error;
        if (auto error = trimBodies(report))
            return error;
        return trimRows(report);
    }

private:
    [[nodiscard]] qint64 excess() const { return m_store.usedBytes() - m_target; }

    [[nodiscard]] std::optional<Error> purge(TrimReport &report)
    {
        const auto purged = m_store.purge();
        if (!purged)
            return purged.error();
        report.removedRows = *purged;
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Error> trimBodies(TrimReport &report)
    {
        for (qint64 wanted = excess(); wanted > 0; wanted = excess()) {
            const std::vector<OldBody> bodies = oldBodies(m_database, wanted);
            if (bodies.empty())
                return std::nullopt;
            if (auto error = dropBodies(m_database, bodies))
                return error;
            report.bodies += static_cast<int>(bodies.size());
            for (const OldBody &body : bodies)
                report.bodyBytes += body.bytes;
        }
        return std::nullopt;
    }

    /// As large a part of the rows as is too much of the bytes, until it fits.
    [[nodiscard]] std::optional<Error> trimRows(TrimReport &report)
    {
        for (qint64 wanted = excess(); wanted > 0; wanted = excess()) {
            const double rows = m_database.value(QStringLiteral("SELECT count(*) FROM attempts")).toDouble();
            const double part = double(wanted) / double(m_store.usedBytes());
            const auto deleted = deleteRows(
                m_database, QStringLiteral("id IN (SELECT id FROM attempts WHERE pinned = 0 ORDER BY id LIMIT ?)"),
                {static_cast<qint64>(std::ceil(rows * part))});
            if (!deleted)
                return deleted.error();
            if (*deleted == 0)
                return std::nullopt;
            report.rows += *deleted;
            if (auto error = giveBack(m_database))
                return error;
        }
        return std::nullopt;
    }

    HistoryStore &m_store;
    const Database &m_database;
    qint64 m_target;
};

} // namespace

Result<int> HistoryStore::purge()
{
    if (newestRemoval() == 0)
        return 0;
    auto count = deleteRows(*m_database, QStringLiteral("removed > 0"));
    if (!count)
        return count;
    if (auto error = giveBack(*m_database))
        return *error;
    return count;
}

qint64 HistoryStore::usedBytes() const
{
    const auto pragma = [this](const QString &name) {
        return m_database->value(QStringLiteral("PRAGMA ") + name).toLongLong();
    };
    return (pragma(QStringLiteral("page_count")) - pragma(QStringLiteral("freelist_count"))) *
           pragma(QStringLiteral("page_size"));
}

Result<TrimReport> HistoryStore::trim(qint64 cap)
{
    TrimReport report;
    report.bytesBefore = report.bytesAfter = usedBytes();
    if (report.bytesBefore <= cap)
        return report;
    // Some room below the cap: else every new row would trim again.
    Trimming trimming(*this, *m_database, cap / 10 * 9);
    if (auto error = trimming.run(report))
        return *error;
    if (auto error = giveBack(*m_database))
        return *error;
    report.bytesAfter = usedBytes();
    return report;
}

} // namespace errata
