// Open drafts and environments, saved while they are written.
#pragma once

#include "models/http/requestdraft.h"
#include "models/store/database.h"
#include "models/store/draftsealing.h"

#include <memory>
#include <optional>
#include <vector>

namespace errata {

struct OpenDraft
{
    QString id; ///< of the caller's choice, stays with the tab
    RequestDraft draft;
    bool hasSealed = false; ///< of a saved one: secrets are in the key store, see unsealed()
};

/// One file, written through at each save: it survives the end of the program, however that comes. It waits for no
/// disk, so it may be used in the window's thread at each pause of typing; what a loss of power takes are the last
/// seconds.
class DraftStore
{
public:
    /// Opens or makes the file (see Database::open). Drafts are sealed by \a rules and \a secrets before they are
    /// written.
    [[nodiscard]] static Result<std::unique_ptr<DraftStore>> open(const QString &file, const RedactionRules &rules,
                                                                  const std::vector<QByteArray> &secrets,
                                                                  QString *warning = nullptr);
    ~DraftStore();
    DraftStore(const DraftStore &) = delete;
    DraftStore &operator=(const DraftStore &) = delete;

    /// For what is saved from here on.
    void setSecrets(const RedactionRules &rules, const std::vector<QByteArray> &secrets);

    /// Adds it behind the others, or replaces the one of its id. Gives what is to be kept in the key store under
    /// draftSecretName(id), or to be removed there when it is empty.
    [[nodiscard]] Result<QByteArray> save(const QString &id, const RequestDraft &draft);
    [[nodiscard]] std::optional<Error> remove(const QString &id);
    /// The tabs from left to right; others keep their place behind them.
    [[nodiscard]] std::optional<Error> setOrder(const QStringList &ids);
    /// In their order. One that cannot be read is left out and named in \a faults.
    [[nodiscard]] std::vector<OpenDraft> drafts(QStringList *faults = nullptr) const;

    /// All of them, in their order. The values of secret variables are not written: see environmentSecretName().
    [[nodiscard]] std::optional<Error> setEnvironments(const std::vector<Environment> &environments);
    [[nodiscard]] std::vector<Environment> environments(QStringList *faults = nullptr) const;

    /// "current-draft", "current-environment": small things of the page; empty where never set.
    [[nodiscard]] std::optional<Error> setState(const QString &name, const QString &value);
    [[nodiscard]] QString state(const QString &name) const;

private:
    DraftStore(std::unique_ptr<Database> database, DraftSealer sealer);

    std::unique_ptr<Database> m_database;
    DraftSealer m_sealer;
};

} // namespace errata
