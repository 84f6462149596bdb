// What the Probe page leaves behind: open drafts and environments, their secrets in the key store, the history.
#pragma once

#include "models/items/historymodel.h"
#include "models/store/draftstore.h"
#include "models/store/historywriter.h"
#include "models/store/keystore.h"
#include "views/probe/environmenteditor.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace errata {

class ProbePage;

class Keeping : public QObject
{
    Q_OBJECT

public:
    /// \a page is its parent. Files are made in \a dataDir; secrets never stand in them.
    Keeping(ProbePage *page, const QString &dataDir, RedactionRules rules);
    ~Keeping() override;

    void setRedactionRules(RedactionRules rules);
    void add(HistoryRecord record);

Q_SIGNALS:
    void messageRequested(const QString &text);

private:
    void openDrafts(const QString &dataDir);
    void openHistory(const QString &dataDir);
    void restoreTabs();
    void restoreEnvironments();
    void connectPage();
    void connectWriter();
    void saveDrafts();
    void saveEnvironments(const std::vector<Environment> &environments, const SecretValues &secrets,
                          const QString &current);
    void openAgain(qint64 id);
    void compareWith(qint64 id);
    [[nodiscard]] std::optional<KeptRecord> kept(qint64 id);
    void tellSecretsPlace();
    void useSecrets();
    void tell(const std::optional<Error> &error);

    ProbePage *m_page;
    RedactionRules m_rules;
    KeyStore m_keys;
    std::unique_ptr<DraftStore> m_drafts;
    QHash<QString, RequestDraft> m_saved; ///< by id, as they were last written
    std::vector<Environment> m_environments;
    SecretValues m_secrets;
    QString m_environment;
    int m_secretsAwaited = 0;
    int m_draftsAwaited = 0;
    std::vector<OpenDraft> m_restored;
    QString m_historyFile;
    std::unique_ptr<HistoryWriter> m_writer;
    std::unique_ptr<HistoryStore> m_reader;
    HistoryModel m_history;
};

} // namespace errata
