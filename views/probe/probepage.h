// The probe: a request above, its answer below, the APIs' probes at the left. Nothing is sent before Send.
#pragma once

#include "models/redact/redaction.h"
#include "models/retry/retrypolicy.h"
#include "views/probe/answerview.h"
#include "views/probe/requesteditor.h"

#include <QWidget>

class QShortcut;
class QSplitter;

namespace errata {

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
    void setRequest(const HttpRequest &request);
    /// What "Probe it" asks for: the finding's own request where there is one, and its API's probes.
    void probeFinding(const Finding &finding);
    /// The same with the whole request: headers and body, too.
    void probeFinding(const Finding &finding, const HttpRequest &request);

    /// The send begins; \a planned is what its policy would do if nothing got better (empty: no policy).
    void setSending(std::vector<Attempt> planned = {});
    void setProgress(qint64 received, qint64 total) { m_answer->setProgress(received, total); }
    void setAttempts(std::vector<Attempt> attempts) { m_answer->setAttempts(std::move(attempts)); }
    /// A wait of this length begins, or has ended.
    void setWaiting(std::optional<Millis> duration) { m_answer->setWaiting(duration); }
    /// The send is over.
    void setResult(const SendResult &result, const Diagnosis &diagnosis);
    void showProblem(const QString &text) { m_editor->showProblem(text); }

    [[nodiscard]] bool isSending() const { return m_sending; }
    [[nodiscard]] RequestEditor *editor() const { return m_editor; }
    [[nodiscard]] AnswerView *answer() const { return m_answer; }
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
    /// The answer's body, as it came; the receiver asks where to.
    void saveRequested(const QByteArray &bytes, const QString &suggestedName);
    void entryRequested(const QString &entryId);

private:
    void chooseProbe(const QString &api, const QString &probeId);
    void copyCurl();

    CatalogSet m_catalogs;
    RedactionRules m_redaction;
    HttpRequest m_sent; ///< the request the answer belongs to
    bool m_sending = false;
    QSplitter *m_splitter;
    QSplitter *m_inner;
    ProbeList *m_probes;
    RequestEditor *m_editor;
    AnswerView *m_answer;
    QShortcut *m_escape;
};

} // namespace errata
