// The probe: open requests in tabs, each with its answer below, the APIs' probes at the left. Nothing is sent before
// Send.
#pragma once

#include "models/redact/redaction.h"
#include "models/retry/retrypolicy.h"
#include "views/probe/answerview.h"
#include "views/probe/environmenteditor.h"
#include "views/probe/requesteditor.h"
#include "views/probe/requesttabs.h"

#include <QWidget>

class QComboBox;
class QShortcut;
class QSplitter;
class QTabBar;
class QTabWidget;
class QTimer;

namespace errata {

class CollectionList;
class HistoryList;
class ProbeList;

class ProbePage : public QWidget
{
    Q_OBJECT

public:
    explicit ProbePage(QWidget *parent = nullptr);

    void setCatalogs(const CatalogSet &catalogs);
    void setPolicies(std::vector<RetryPolicy> policies) { m_editor->setPolicies(std::move(policies)); }
    /// What is masked in copies, beside what always is.
    void setRedactionRules(RedactionRules rules) { m_redaction = std::move(rules); }
    /// Opens it in a tab: the one shown where nothing was done to it, else a new one.
    void openDraft(const RequestDraft &draft);
    void setRequest(const HttpRequest &request) { openDraft(draftOf(request)); }
    /// The tabs of last time by their ids; none: one empty request.
    void setOpenDrafts(const std::vector<std::pair<QString, RequestDraft>> &drafts, const QString &current);
    [[nodiscard]] std::vector<std::pair<QString, RequestDraft>> openDrafts() const;
    /// One of the history, with what came back then.
    void openKept(const RequestDraft &draft, ShownAnswer answer);
    /// One of a collection, in a tab that knows where it is kept. \a own: variables of the collection's files.
    void openSaved(const SavedRequest &saved, const Variables &own);
    /// The request shown, and where it is kept.
    [[nodiscard]] RequestTab current() const;
    /// The request shown has been written there.
    void setSaved(const SavedRequest &saved, const Variables &own);
    /// Tabs of last time whose request one of these is, by name and folder, belong to it again.
    void rejoinSaved(const std::vector<SavedCollection> &collections);
    /// The files have been read again: tabs know where their requests stand by now.
    void followSaved(const std::vector<SavedCollection> &collections);
    /// Those of other names beside what is there; another name where one has it.
    void addEnvironments(const std::vector<Environment> &environments);
    [[nodiscard]] int currentTab() const { return m_current; }
    void newTab() { addTab({}); }
    void closeTab(int index);
    void reopenTab();
    /// \a current: the name of the one to send by, empty for none. \a secretsNote says where secrets are kept.
    void setEnvironments(std::vector<Environment> environments, SecretValues secrets, const QString &current,
                         const QString &secretsNote);
    void setFileReader(const FileReader &reader) { m_editor->setFileReader(reader); }
    /// What "Probe it" asks for: the finding's own request where there is one, and its API's probes.
    void probeFinding(const Finding &finding);
    /// The same with the whole request: headers and body, too.
    void probeFinding(const Finding &finding, const HttpRequest &request);

    /// The send begins; \a planned is what its policy would do if nothing got better (empty: no policy).
    void setSending(std::vector<Attempt> planned = {});
    /// The answer begins; see AnswerView.
    void setHead(const HttpResponse &head) { m_answer->setHead(head); }
    void setProgress(qint64 received, qint64 total) { m_answer->setProgress(received, total); }
    void setAttempts(std::vector<Attempt> attempts);
    /// A wait of this length begins, or has ended.
    void setWaiting(std::optional<Millis> duration) { m_answer->setWaiting(duration); }
    /// The send is over.
    void setResult(const SendResult &result, const Diagnosis &diagnosis);
    void showProblem(const QString &text) { m_editor->showProblem(text); }

    /// The request shown, filled in and checked as send() does; the error says what is missing, or asks once before
    /// something is changed in a live environment.
    [[nodiscard]] Result<HttpRequest> checkedRequest();
    /// The answer shown beside another one, which stands at the left.
    void compareWith(const ShownAnswer &other);

    [[nodiscard]] bool isSending() const { return m_sending; }
    [[nodiscard]] RequestEditor *editor() const { return m_editor; }
    [[nodiscard]] AnswerView *answer() const { return m_answer; }
    [[nodiscard]] HistoryList *history() const { return m_history; }
    [[nodiscard]] CollectionList *collections() const { return m_collections; }
    /// Brings saved requests to the front of what is kept.
    void showCollections();
    void showHistory();
    [[nodiscard]] const CatalogSet &catalogs() const { return m_catalogs; }
    [[nodiscard]] QSplitter *sideSplitter() const { return m_side; }
    [[nodiscard]] QSplitter *splitter() const { return m_splitter; }
    [[nodiscard]] QSplitter *innerSplitter() const { return m_inner; }

public Q_SLOTS:
    /// Checks the request and asks for it to be sent; says what is wrong otherwise.
    void send();
    void cancel();

Q_SIGNALS:
    void sendRequested(const errata::HttpRequest &request, const errata::SendOptions &options,
                       const std::optional<QString> &policyId);
    void cancelRequested();
    void sendNowRequested();
    /// \a said is what to tell the user once it is on the clipboard: "Copied as curl, 1 secret masked."
    void copyRequested(const QString &text, const QString &said);
    /// Nothing is masked: the user has asked for that.
    void copyWithSecretsRequested(const QString &text, const QString &said);
    /// The answer's body, as it came; the receiver asks where to, and keeps \a storage as long as the bytes.
    void saveRequested(const QByteArray &bytes, const QString &suggestedName,
                       const std::shared_ptr<const void> &storage);
    void entryRequested(const QString &entryId);
    /// Some time after something was typed, opened or closed.
    void draftsChanged();
    void environmentsChanged(const std::vector<errata::Environment> &environments, const errata::SecretValues &secrets,
                             const QString &current);
    void bodyFileWanted();
    void connectionFileWanted(errata::ConnectionFile which);
    /// setOpenDrafts() has brought the tabs of last time.
    void draftsOpened();
    /// Ctrl+S; Ctrl+Shift+S asks where in any case.
    void saveToCollectionRequested(bool elsewhere);

private:
    [[nodiscard]] QWidget *buildTabRow();
    void addShortcuts();
    void chooseProbe(const QString &api, const QString &probeId);
    void copyAs(const CopyOrder &order);
    void addTab(const RequestDraft &draft);
    void showTab(int index);
    void keepCurrent();
    void requestEdited();
    void rememberClosed(const RequestTab &tab);
    void fillCompareMenu();
    void chooseEnvironment(int index);
    void editEnvironments();
    void listEnvironments();
    void fillIn();
    [[nodiscard]] const Environment *environment() const;
    [[nodiscard]] QString liveWriteQuestion(const HttpRequest &request);

    CatalogSet m_catalogs;
    RedactionRules m_redaction;
    std::vector<RequestTab> m_tabs;   ///< at least one
    std::vector<RequestTab> m_closed; ///< without answers; the last one closed is the last
    int m_current = 0;
    std::vector<Attempt> m_attempts;
    HttpRequest m_sent; ///< the request the answer belongs to
    bool m_sending = false;
    bool m_showing = false;
    std::vector<Environment> m_environments;
    SecretValues m_secrets;
    QString m_environment;                             ///< empty: none
    QHash<QString, std::shared_ptr<CookieJar>> m_jars; ///< by environment; in memory alone
    QString m_secretsNote;
    std::optional<ShownAnswer> m_pinned; ///< to compare others with
    QString m_writeAgreed;               ///< the live environment in which writing was agreed to
    QSplitter *m_splitter;
    QSplitter *m_inner;
    QSplitter *m_side;
    HistoryList *m_history;
    CollectionList *m_collections;
    QTabWidget *m_kept;
    ProbeList *m_probes;
    QTabBar *m_bar = nullptr;
    QComboBox *m_environmentBox = nullptr;
    RequestEditor *m_editor;
    AnswerView *m_answer;
    QTimer *m_pause;
    QShortcut *m_escape;
};

} // namespace errata
