#include "models/store/historystore.h"

#include "models/store/bodytable.h"
#include "models/store/historyquery.h"
#include "models/store/historyrows.h"
#include "models/store/historyschema.h"

#include <QStringList>

namespace errata {

namespace {

Database::Options optionsFor(Database::Check check)
{
    return {QStringLiteral("history"), historySteps(), Database::Durability::Full, check};
}

/// "(1, 2, 3)" of a part of \a ids: numbers need no quoting, and a statement has a limit of values.
QString listed(const std::vector<qint64> &ids, std::size_t from, std::size_t to)
{
    QStringList texts;
    for (std::size_t i = from; i < to; ++i)
        texts << QString::number(ids[i]);
    return QLatin1Char('(') + texts.join(QLatin1Char(',')) + QLatin1Char(')');
}

QStringList column(Result<QSqlQuery> found)
{
    QStringList texts;
    while (found && found.value().next())
        texts << found.value().value(0).toString();
    return texts;
}

std::vector<qint64> idColumn(Result<QSqlQuery> found)
{
    std::vector<qint64> ids;
    while (found && found.value().next())
        ids.push_back(found.value().value(0).toLongLong());
    return ids;
}

Exchange exchangeOf(const HistoryRecord &record)
{
    Exchange exchange = Exchange::of(record.request, record.result.response.value_or(HttpResponse()));
    if (!record.result.response)
        exchange.status.reset();
    exchange.startedMs = record.startedMs;
    exchange.durationMs = record.result.timings.totalMs;
    return exchange;
}

} // namespace

HistoryStore::HistoryStore(std::unique_ptr<Database> database, HistoryRedaction redaction)
    : m_database(std::move(database)), m_redaction(std::move(redaction))
{
}

HistoryStore::~HistoryStore() = default;

Result<std::unique_ptr<HistoryStore>> HistoryStore::open(const QString &file, HistoryRedaction redaction,
                                                         QString *warning)
{
    Q_ASSERT(redaction);
    auto database = Database::open(file, optionsFor(Database::Check::Quick), warning);
    if (!database)
        return database.error();
    std::unique_ptr<HistoryStore> store(new HistoryStore(std::move(database).value(), std::move(redaction)));
    if (const auto purged = store->purge(); !purged)
        return purged.error();
    return store;
}

Result<std::unique_ptr<HistoryStore>> HistoryStore::openReader(const QString &file)
{
    auto database = Database::open(file, optionsFor(Database::Check::None));
    if (!database)
        return database.error();
    return std::unique_ptr<HistoryStore>(new HistoryStore(std::move(database).value(), {}));
}

Result<qint64> HistoryStore::add(const HistoryRecord &record)
{
    if (!m_redaction)
        return Error{QStringLiteral("was opened for reading"), m_database->file()};
    // Before the transaction: other writers need not wait for it.
    const HistoryRecord clean = m_redaction(record);
    Transaction transaction(*m_database);
    if (transaction.error())
        return *transaction.error();
    auto id = insert(clean);
    if (!id)
        return id;
    if (auto error = transaction.commit())
        return *error;
    return id;
}

Result<qint64> HistoryStore::insert(const HistoryRecord &record)
{
    const auto requestBody = putBody(*m_database, record.request.body);
    if (!requestBody)
        return requestBody.error();
    const std::optional<HttpResponse> &response = record.result.response;
    const auto responseBody = putBody(*m_database, response ? response->body : QByteArray());
    if (!responseBody)
        return responseBody.error();
    const RowInsert attempt = attemptInsert(record, *requestBody, *responseBody);
    const auto added = m_database->query(attempt.statement, attempt.values);
    if (!added)
        return added.error();
    const qint64 id = added->lastInsertId().toLongLong();
    const RowInsert details = detailsInsert(id, record);
    if (auto error = m_database->run(details.statement, details.values))
        return *error;
    return id;
}

std::vector<HistoryRow> HistoryStore::rows(const HistoryFilter &filter, const HistoryPage &page) const
{
    HistoryQuery query = historyQuery(filter);
    const bool isSearch = query.from != QLatin1String("attempts a");
    const QString id = isSearch ? QStringLiteral("search.rowid") : QStringLiteral("a.id");
    if (page.before) {
        query.where += QStringLiteral(" AND %1 < ?").arg(id);
        query.values << *page.before;
    }
    if (page.after) {
        query.where += QStringLiteral(" AND %1 > ?").arg(id);
        query.values << *page.after;
    }
    auto found = m_database->query(QStringLiteral("SELECT %1 FROM %2 WHERE %3 ORDER BY %4 DESC LIMIT %5")
                                       .arg(rowColumns(), query.from, query.where, id)
                                       .arg(page.count),
                                   query.values);
    std::vector<HistoryRow> rows;
    while (found && found.value().next())
        rows.push_back(rowOf(found.value()));
    return rows;
}

std::optional<HistoryRow> HistoryStore::row(qint64 id) const
{
    auto found = m_database->query(
        QStringLiteral("SELECT %1 FROM attempts a WHERE a.id = ? AND a.removed = 0").arg(rowColumns()), {id});
    return found && found.value().next() ? std::optional(rowOf(found.value())) : std::nullopt;
}

qint64 HistoryStore::count(const HistoryFilter &filter) const
{
    const HistoryQuery query = historyQuery(filter);
    return m_database
        ->value(QStringLiteral("SELECT count(*) FROM %1 WHERE %2").arg(query.from, query.where), query.values)
        .toLongLong();
}

Result<KeptRecord> HistoryStore::record(qint64 id) const
{
    auto found = m_database->query(QStringLiteral("SELECT %1, %2, a.request_body, a.response_body FROM attempts a "
                                                  "JOIN details d ON d.id = a.id WHERE a.id = ? AND a.removed = 0")
                                       .arg(rowColumns(), detailColumns()),
                                   {id});
    if (!found)
        return found.error();
    QSqlQuery &query = found.value();
    if (!query.next())
        return Error{QStringLiteral("the history has no attempt %1").arg(id), m_database->file()};
    KeptRecord kept;
    kept.id = id;
    kept.record = recordOf(rowOf(query), query);
    constexpr int requestBodyColumn = 34; // behind rowColumns() and detailColumns()
    auto requestBody = body(*m_database, query.value(requestBodyColumn));
    if (!requestBody)
        return requestBody.error();
    auto responseBody = body(*m_database, query.value(requestBodyColumn + 1));
    if (!responseBody)
        return responseBody.error();
    kept.record.request.body = requestBody->bytes;
    kept.requestBodyGone = requestBody->isGone;
    if (kept.record.result.response)
        kept.record.result.response->body = responseBody->bytes;
    kept.responseBodyGone = responseBody->isGone;
    return kept;
}

Result<std::vector<Exchange>> HistoryStore::exchanges(const std::vector<qint64> &ids) const
{
    std::vector<Exchange> exchanges;
    exchanges.reserve(ids.size());
    for (const qint64 id : ids) {
        if (!row(id))
            continue;
        const auto kept = record(id);
        if (!kept)
            return kept.error();
        exchanges.push_back(exchangeOf(kept->record));
        exchanges.back().index = static_cast<int>(exchanges.size()) - 1;
    }
    return exchanges;
}

std::vector<qint64> HistoryStore::ids(const HistoryFilter &filter, int count) const
{
    const HistoryQuery query = historyQuery(filter);
    return idColumn(m_database->query(QStringLiteral("SELECT a.id FROM %1 WHERE %2 ORDER BY a.id DESC LIMIT %3")
                                          .arg(query.from, query.where)
                                          .arg(count),
                                      query.values));
}

QStringList HistoryStore::distinct(const QString &name) const
{
    return column(m_database->query(
        QStringLiteral("SELECT DISTINCT %1 FROM attempts WHERE removed = 0 AND %1 <> '' ORDER BY %1").arg(name)));
}

QStringList HistoryStore::apis() const
{
    return distinct(QStringLiteral("api"));
}

QStringList HistoryStore::hosts() const
{
    return distinct(QStringLiteral("host"));
}

std::optional<Error> HistoryStore::setPinned(qint64 id, bool pinned)
{
    return m_database->run(QStringLiteral("UPDATE attempts SET pinned = ? WHERE id = ?"), {pinned, id});
}

qint64 HistoryStore::newestRemoval() const
{
    return m_database->value(QStringLiteral("SELECT max(removed) FROM attempts WHERE removed > 0")).toLongLong();
}

std::optional<Error> HistoryStore::remove(const std::vector<qint64> &ids)
{
    Transaction transaction(*m_database);
    if (transaction.error())
        return transaction.error();
    const qint64 removal = newestRemoval() + 1;
    constexpr std::size_t atOnce = 1000;
    for (std::size_t from = 0; from < ids.size(); from += atOnce) {
        const QString list = listed(ids, from, std::min(from + atOnce, ids.size()));
        if (auto error = m_database->run(
                QStringLiteral("UPDATE attempts SET removed = ? WHERE removed = 0 AND id IN %1").arg(list), {removal}))
            return error;
    }
    return transaction.commit();
}

std::optional<Error> HistoryStore::removeAll(bool pinnedToo)
{
    return m_database->run(
        QStringLiteral("UPDATE attempts SET removed = 1 + (SELECT ifnull(max(removed), 0) FROM attempts) "
                       "WHERE removed = 0 AND pinned <= ?"),
        {pinnedToo ? 1 : 0});
}

Result<std::vector<qint64>> HistoryStore::undoRemove()
{
    Transaction transaction(*m_database);
    if (transaction.error())
        return *transaction.error();
    const qint64 removal = newestRemoval();
    auto back = idColumn(m_database->query(
        QStringLiteral("SELECT id FROM attempts WHERE removed = ? AND removed > 0 ORDER BY id"), {removal}));
    if (auto error = m_database->run(QStringLiteral("UPDATE attempts SET removed = 0 WHERE removed = ?"), {removal}))
        return *error;
    if (auto error = transaction.commit())
        return *error;
    return back;
}

} // namespace errata
