// The request as it is written: method and URL, parameters, headers, authentication, body, retry policy, options.
#pragma once

#include "models/base/result.h"
#include "models/catalog/catalog.h"
#include "models/http/requestdraft.h"
#include "models/http/transport.h"
#include "models/retry/retrypolicy.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;
class QVBoxLayout;

namespace errata {

struct CopyOrder;
enum class ConnectionFile;
class AuthPane;
class BodyPane;
class ConnectionPane;
class FieldTable;
class NoteLine;
class VariableBar;

class RequestEditor : public QWidget
{
    Q_OBJECT

public:
    explicit RequestEditor(QWidget *parent = nullptr);

    void setPolicies(std::vector<RetryPolicy> policies);
    void setCatalogs(const CatalogSet &catalogs);
    void setDraft(const RequestDraft &draft);
    /// Name, folder and what is said of the request, which have no fields here; what is typed stays.
    void setNames(const RequestDraft &draft);
    /// As typed, variables not filled in.
    [[nodiscard]] RequestDraft draft() const;
    /// What an environment gives; what it does not is asked for in a row of fields.
    void setVariables(const Variables &variables);
    /// Of the environment and those typed.
    [[nodiscard]] Variables variables() const;
    void setFileReader(const FileReader &reader) { m_readFile = reader; }
    /// Ready to be sent, or why it is not; then the field to mend has the focus.
    [[nodiscard]] Result<HttpRequest> request();
    void setBodyFile(const QString &path);
    /// How it is sent, with the variables that have values filled in.
    [[nodiscard]] SendSettings settings() const;
    void setConnectionFile(ConnectionFile which, const QString &path);
    [[nodiscard]] SendOptions options() const;
    /// The environment's cookies.
    void setJar(std::shared_ptr<CookieJar> jar);
    [[nodiscard]] std::optional<QString> policyId() const;
    /// The policy chosen, null for none.
    [[nodiscard]] const RetryPolicy *policy() const;
    void focusUrl();
    void showOptionsTab();

    void setSending(bool sending);
    void showProblem(const QString &text);
    void showHint(const QString &text);

Q_SIGNALS:
    void sendClicked();
    void stopClicked();
    void copyRequested(const errata::CopyOrder &order);
    /// Something was typed or chosen.
    void edited();
    void bodyFileWanted();
    void connectionFileWanted(errata::ConnectionFile which);

private:
    [[nodiscard]] QWidget *buildUrlRow();
    [[nodiscard]] QWidget *buildRetry();
    void buildTabs();
    void urlEdited();
    void parametersEdited();
    void requestEdited();
    void countRows();
    void checkHeaders();
    [[nodiscard]] QByteArray contentType() const;
    void describeRetry();

    std::vector<RetryPolicy> m_policies;
    RequestDraft m_given; ///< what the fields do not show: name, folder, about
    Variables m_variables;
    FileReader m_readFile;
    bool m_setting = false;

    QComboBox *m_method = nullptr;
    QLineEdit *m_url = nullptr;
    QPushButton *m_send = nullptr;
    QPushButton *m_stop = nullptr;
    NoteLine *m_note = nullptr;
    VariableBar *m_asked = nullptr;
    QTabWidget *m_tabs = nullptr;
    FieldTable *m_parameters = nullptr;
    FieldTable *m_headers = nullptr;
    AuthPane *m_auth = nullptr;
    BodyPane *m_body = nullptr;
    QComboBox *m_policy = nullptr;
    QLabel *m_policyNote = nullptr;
    ConnectionPane *m_connection = nullptr;
    std::shared_ptr<CookieJar> m_jar;
};

} // namespace errata
