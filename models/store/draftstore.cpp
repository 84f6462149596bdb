#include "models/store/draftstore.h"

#include "models/http/requestdraftjson.h"

namespace errata {

namespace {

SchemaSteps draftSteps()
{
    return {{QStringLiteral("CREATE TABLE drafts (id TEXT PRIMARY KEY, position INTEGER NOT NULL, "
                            "sealed INTEGER NOT NULL, json BLOB NOT NULL)"),
             QStringLiteral("CREATE TABLE environments (position INTEGER PRIMARY KEY, json BLOB NOT NULL)"),
             QStringLiteral("CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL)")}};
}

void note(QStringList *faults, const QString &what, const Error &error)
{
    if (faults)
        *faults << what + QStringLiteral(": ") + error.text();
}

} // namespace

DraftStore::DraftStore(std::unique_ptr<Database> database, DraftSealer sealer)
    : m_database(std::move(database)), m_sealer(std::move(sealer))
{
}

DraftStore::~DraftStore() = default;

Result<std::unique_ptr<DraftStore>> DraftStore::open(const QString &file, const RedactionRules &rules,
                                                     const std::vector<QByteArray> &secrets, QString *warning)
{
    auto database =
        Database::open(file, {QStringLiteral("open drafts"), draftSteps(), Database::Durability::Process}, warning);
    if (!database)
        return database.error();
    return std::unique_ptr<DraftStore>(new DraftStore(std::move(database).value(), DraftSealer(rules, secrets)));
}

void DraftStore::setSecrets(const RedactionRules &rules, const std::vector<QByteArray> &secrets)
{
    m_sealer = DraftSealer(rules, secrets);
}

Result<QByteArray> DraftStore::save(const QString &id, const RequestDraft &draft)
{
    const SealedDraft made = m_sealer.seal(draft);
    if (auto error = m_database->run(
            QStringLiteral("INSERT INTO drafts (id, position, sealed, json) VALUES "
                           "(?, (SELECT ifnull(max(position), 0) + 1 FROM drafts), ?, ?) "
                           "ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, json = excluded.json"),
            {id, !made.sealed.isEmpty(), requestDraftJson(made.draft)}))
        return *error;
    return made.sealed;
}

std::optional<Error> DraftStore::remove(const QString &id)
{
    return m_database->run(QStringLiteral("DELETE FROM drafts WHERE id = ?"), {id});
}

std::optional<Error> DraftStore::setOrder(const QStringList &ids)
{
    Transaction transaction(*m_database);
    if (transaction.error())
        return transaction.error();
    if (auto error = m_database->run(QStringLiteral("UPDATE drafts SET position = position + ?"), {ids.size()}))
        return error;
    for (qsizetype i = 0; i < ids.size(); ++i) {
        if (auto error =
                m_database->run(QStringLiteral("UPDATE drafts SET position = ? WHERE id = ?"), {i + 1, ids[i]}))
            return error;
    }
    return transaction.commit();
}

std::vector<OpenDraft> DraftStore::drafts(QStringList *faults) const
{
    std::vector<OpenDraft> drafts;
    auto found = m_database->query(QStringLiteral("SELECT id, sealed, json FROM drafts ORDER BY position, id"));
    while (found && found.value().next()) {
        const QString id = found.value().value(0).toString();
        auto draft = readRequestDraft(found.value().value(2).toByteArray());
        if (draft)
            drafts.push_back({id, std::move(draft).value(), found.value().value(1).toBool()});
        else
            note(faults, QStringLiteral("draft ") + id, draft.error());
    }
    if (!found)
        note(faults, QStringLiteral("drafts"), found.error());
    return drafts;
}

std::optional<Error> DraftStore::setEnvironments(const std::vector<Environment> &environments)
{
    Transaction transaction(*m_database);
    if (transaction.error())
        return transaction.error();
    if (auto error = m_database->run(QStringLiteral("DELETE FROM environments")))
        return error;
    for (const Environment &environment : environments) {
        if (auto error = m_database->run(QStringLiteral("INSERT INTO environments (json) VALUES (?)"),
                                         {environmentJson(environment)}))
            return error;
    }
    return transaction.commit();
}

std::vector<Environment> DraftStore::environments(QStringList *faults) const
{
    std::vector<Environment> environments;
    auto found = m_database->query(QStringLiteral("SELECT json FROM environments ORDER BY position"));
    while (found && found.value().next()) {
        auto environment = readEnvironment(found.value().value(0).toByteArray());
        if (environment)
            environments.push_back(std::move(environment).value());
        else
            note(faults, QStringLiteral("environment"), environment.error());
    }
    if (!found)
        note(faults, QStringLiteral("environments"), found.error());
    return environments;
}

std::optional<Error> DraftStore::setState(const QString &name, const QString &value)
{
    return m_database->run(QStringLiteral("INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)"),
                           {name, value.isNull() ? QStringLiteral("") : value});
}

QString DraftStore::state(const QString &name) const
{
    return m_database->value(QStringLiteral("SELECT value FROM state WHERE name = ?"), {name}).toString();
}

} // namespace errata
