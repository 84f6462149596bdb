#include "app/window/keeping.h"

#include "models/decode/decoder.h"
#include "views/probe/historylist.h"
#include "views/probe/probepage.h"

namespace errata {

namespace {

/// Half a gigabyte of answers is weeks of work; then the oldest bodies go first.
constexpr qint64 historyCap = qint64(512) * 1024 * 1024;
constexpr char environmentState[] = "current-environment";
constexpr char draftState[] = "current-draft";

std::vector<QByteArray> valuesOf(const SecretValues &secrets)
{
    std::vector<QByteArray> values;
    for (const Variables &variables : secrets) {
        for (const QString &value : variables)
            values.push_back(value.toUtf8());
    }
    return values;
}

} // namespace

Keeping::Keeping(ProbePage *page, const QString &dataDir, RedactionRules rules)
    : QObject(page), m_page(page), m_rules(std::move(rules))
{
    connect(&m_keys, &KeyStore::placeChanged, this, &Keeping::tellSecretsPlace);
    openDrafts(dataDir);
    openHistory(dataDir);
    connectPage();
}

// The reader goes before the writer, which waits for what is still to be written.
Keeping::~Keeping()
{
    m_history.setSource(nullptr);
    m_reader.reset();
}

void Keeping::tell(const std::optional<Error> &error)
{
    if (error)
        Q_EMIT messageRequested(error->text());
}

void Keeping::openDrafts(const QString &dataDir)
{
    QString warning;
    auto store = DraftStore::open(dataDir + QStringLiteral("/drafts.sqlite"), m_rules, {}, &warning);
    if (!store) {
        tell(store.error());
        return tellSecretsPlace();
    }
    if (!warning.isEmpty())
        Q_EMIT messageRequested(warning);
    m_drafts = std::move(store).value();
    QStringList faults;
    m_environments = m_drafts->environments(&faults);
    m_environment = m_drafts->state(QLatin1String(environmentState));
    m_restored = m_drafts->drafts(&faults);
    for (const QString &fault : std::as_const(faults))
        Q_EMIT messageRequested(fault);
    restoreEnvironments();
    restoreTabs();
}

void Keeping::restoreEnvironments()
{
    // Shown at once; secrets come from the key store a moment later.
    tellSecretsPlace();
    for (const Environment &environment : m_environments) {
        for (const EnvironmentVariable &variable : environment.variables) {
            if (!variable.isSecret)
                continue;
            ++m_secretsAwaited;
            const QString name = environmentSecretName(environment.name, variable.name);
            const auto take = [this, where = environment.name,
                               what = variable.name](const std::optional<QByteArray> &secret) {
                if (secret)
                    m_secrets[where].insert(what, QString::fromUtf8(*secret));
                if (--m_secretsAwaited == 0) {
                    useSecrets();
                    tellSecretsPlace();
                }
            };
            m_keys.read(name, this, take);
        }
    }
}

void Keeping::restoreTabs()
{
    const auto show = [this] {
        std::vector<std::pair<QString, RequestDraft>> tabs;
        for (const OpenDraft &one : m_restored) {
            tabs.emplace_back(one.id, one.draft);
            m_saved.insert(one.id, one.draft);
        }
        m_page->setOpenDrafts(tabs, m_drafts->state(QLatin1String(draftState)));
    };
    for (OpenDraft &one : m_restored) {
        if (!one.hasSealed)
            continue;
        ++m_draftsAwaited;
        m_keys.read(draftSecretName(one.id), this, [this, &one, show](const std::optional<QByteArray> &sealed) {
            if (sealed)
                one.draft = unsealed(one.draft, *sealed);
            else
                Q_EMIT messageRequested(
                    tr("The secrets of the open requests are gone: the key store does not have them."));
            if (--m_draftsAwaited == 0)
                show();
        });
    }
    if (m_draftsAwaited == 0 && !m_restored.empty())
        show();
}

void Keeping::openHistory(const QString &dataDir)
{
    m_historyFile = dataDir + QStringLiteral("/history.sqlite");
    m_writer = std::make_unique<HistoryWriter>(m_historyFile, historyRedaction(m_rules, {}));
    m_writer->setCap(historyCap);
    connectWriter();
}

void Keeping::connectWriter()
{
    HistoryList *list = m_page->history();
    connect(m_writer.get(), &HistoryWriter::ready, this, [this, list](const QString &warning) {
        if (!warning.isEmpty())
            Q_EMIT messageRequested(warning);
        auto reader = HistoryStore::openReader(m_historyFile);
        if (!reader)
            return list->setModel(nullptr, reader.error().text());
        m_reader = std::move(reader).value();
        m_history.setSource(m_reader.get());
        list->setModel(&m_history);
    });
    connect(m_writer.get(), &HistoryWriter::added, this, [this] { m_history.fetchNewer(); });
    connect(m_writer.get(), &HistoryWriter::pinnedChanged, this, [this](qint64 id) { m_history.refresh(id); });
    connect(m_writer.get(), &HistoryWriter::removed, this, [this, list] {
        m_history.reload();
        list->showNews(tr("Removed. Ctrl+Z brings it back."));
    });
    connect(m_writer.get(), &HistoryWriter::broughtBack, this, [this, list](const std::vector<qint64> &ids) {
        m_history.reload();
        list->showNews(ids.empty() ? tr("Nothing to bring back.") : tr("Back again."));
    });
    connect(m_writer.get(), &HistoryWriter::trimmed, this, [this](const TrimReport &report) {
        if (report.isEmpty())
            return;
        m_history.reload();
        Q_EMIT messageRequested(
            tr("The history was full: %1 bodies and %2 rows went, oldest first.").arg(report.bodies).arg(report.rows));
    });
    connect(m_writer.get(), &HistoryWriter::failed, this, [this, list](const Error &error) {
        if (!m_reader)
            list->setModel(nullptr, error.text());
        else
            list->showProblem(error.text());
    });
}

void Keeping::connectPage()
{
    connect(m_page, &ProbePage::draftsChanged, this, &Keeping::saveDrafts);
    connect(m_page, &ProbePage::environmentsChanged, this, &Keeping::saveEnvironments);
    HistoryList *list = m_page->history();
    connect(list, &HistoryList::openRequested, this, &Keeping::openAgain);
    connect(list, &HistoryList::compareRequested, this, &Keeping::compareWith);
    connect(list, &HistoryList::removeRequested, this,
            [this](const std::vector<qint64> &ids) { m_writer->remove(ids); });
    connect(list, &HistoryList::undoRequested, this, [this] { m_writer->undoRemove(); });
    connect(list, &HistoryList::pinToggled, this, [this](qint64 id, bool pinned) { m_writer->setPinned(id, pinned); });
}

void Keeping::setRedactionRules(RedactionRules rules)
{
    m_rules = std::move(rules);
    useSecrets();
}

void Keeping::useSecrets()
{
    const std::vector<QByteArray> values = valuesOf(m_secrets);
    if (m_drafts)
        m_drafts->setSecrets(m_rules, values);
    m_writer->setRedaction(historyRedaction(m_rules, values));
}

void Keeping::tellSecretsPlace()
{
    const bool inService = m_keys.place() == KeyStore::Place::Service;
    const QString note =
        inService ? tr("in the key store of the desktop")
                  : tr("in memory only, until Errata ends: %1")
                        .arg(m_keys.reason().isEmpty() ? tr("the key store was not asked yet") : m_keys.reason());
    m_page->setEnvironments(m_environments, m_secrets, m_environment, note);
}

void Keeping::add(HistoryRecord record)
{
    record.environment = m_environment;
    m_writer->add(record);
}

void Keeping::saveDrafts()
{
    // What is still being read back must not be taken for closed.
    if (!m_drafts || m_draftsAwaited > 0)
        return;
    const std::vector<std::pair<QString, RequestDraft>> open = m_page->openDrafts();
    QStringList order;
    QHash<QString, RequestDraft> kept;
    for (const auto &[id, draft] : open) {
        order << id;
        kept.insert(id, draft);
        const auto before = m_saved.constFind(id);
        if (before != m_saved.constEnd() && *before == draft)
            continue;
        const auto sealed = m_drafts->save(id, draft);
        if (!sealed)
            tell(sealed.error());
        else if (sealed->isEmpty())
            m_keys.remove(draftSecretName(id), this, [] {});
        else
            m_keys.write(draftSecretName(id), *sealed, this, [] {});
    }
    for (auto it = m_saved.constBegin(); it != m_saved.constEnd(); ++it) {
        if (kept.contains(it.key()))
            continue;
        tell(m_drafts->remove(it.key()));
        m_keys.remove(draftSecretName(it.key()), this, [] {});
    }
    m_saved = std::move(kept);
    tell(m_drafts->setOrder(order));
    tell(m_drafts->setState(QLatin1String(draftState), order.value(m_page->currentTab())));
}

void Keeping::saveEnvironments(const std::vector<Environment> &environments, const SecretValues &secrets,
                               const QString &current)
{
    for (auto where = m_secrets.constBegin(); where != m_secrets.constEnd(); ++where) {
        for (auto what = where->constBegin(); what != where->constEnd(); ++what) {
            if (!secrets.value(where.key()).contains(what.key()))
                m_keys.remove(environmentSecretName(where.key(), what.key()), this, [] {});
        }
    }
    for (auto where = secrets.constBegin(); where != secrets.constEnd(); ++where) {
        for (auto what = where->constBegin(); what != where->constEnd(); ++what) {
            if (m_secrets.value(where.key()).value(what.key()) != what.value())
                m_keys.write(environmentSecretName(where.key(), what.key()), what.value().toUtf8(), this, [] {});
        }
    }
    m_environments = environments;
    m_secrets = secrets;
    m_environment = current;
    useSecrets();
    if (!m_drafts)
        return;
    tell(m_drafts->setEnvironments(environments));
    tell(m_drafts->setState(QLatin1String(environmentState), current));
}

std::optional<KeptRecord> Keeping::kept(qint64 id)
{
    auto found = m_reader ? m_reader->record(id) : Result<KeptRecord>(Error{tr("the history is not open"), {}});
    if (found)
        return std::move(found).value();
    tell(found.error());
    return std::nullopt;
}

void Keeping::compareWith(qint64 id)
{
    const std::optional<KeptRecord> found = kept(id);
    if (!found)
        return;
    if (found->responseBodyGone)
        Q_EMIT messageRequested(tr("Its bodies were given up to save space."));
    m_page->compareWith({found->record.request, found->record.result, {}, {}});
}

void Keeping::openAgain(qint64 id)
{
    const std::optional<KeptRecord> kept = this->kept(id);
    if (!kept)
        return;
    const HistoryRecord &record = kept->record;
    Diagnosis diagnosis;
    if (record.result.response)
        diagnosis = decodeExchange(Exchange::of(record.request, *record.result.response), m_page->catalogs());
    std::vector<EventStreamModel::Row> events;
    if (record.result.response && !record.eventTimesMs.empty())
        events = EventStreamModel::rowsAt(readEventStream(record.result.response->body), record.eventTimesMs);
    m_page->openKept(draftOf(record.request), {record.request, record.result, diagnosis, {}, std::move(events)});
    if (kept->requestBodyGone || kept->responseBodyGone)
        Q_EMIT messageRequested(tr("Its bodies were given up to save space."));
}

} // namespace errata
