// The request as it is written: method and URL, headers, body, retry policy, options.
#pragma once

#include "models/base/result.h"
#include "models/http/transport.h"
#include "models/items/headersmodel.h"
#include "models/retry/retrypolicy.h"
#include "views/probe/placeholders.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableView;
class QTabWidget;
class QVBoxLayout;

namespace errata {

class NoteLine;
class PlaceholderBar;
class WellEdit;

class RequestEditor : public QWidget
{
    Q_OBJECT

public:
    explicit RequestEditor(QWidget *parent = nullptr);

    void setPolicies(std::vector<RetryPolicy> policies);
    void setRequest(const RequestTemplate &request);
    /// As typed, placeholders not filled in.
    [[nodiscard]] RequestTemplate requestTemplate() const;
    /// Ready to be sent, or why it is not; then the field to mend has the focus.
    [[nodiscard]] Result<HttpRequest> request();
    [[nodiscard]] SendOptions options() const;
    [[nodiscard]] std::optional<QString> policyId() const;
    /// The policy chosen, null for none.
    [[nodiscard]] const RetryPolicy *policy() const;
    void focusUrl();

    void setSending(bool sending);
    void showProblem(const QString &text);
    void showHint(const QString &text);

Q_SIGNALS:
    void sendClicked();
    void stopClicked();
    void curlClicked();

private:
    [[nodiscard]] QWidget *buildUrlRow();
    [[nodiscard]] QWidget *buildHeaders();
    [[nodiscard]] QWidget *buildBody();
    [[nodiscard]] QWidget *buildRetry();
    [[nodiscard]] QWidget *buildOptions();
    void requestEdited();
    void checkBody();
    void checkHeaders();
    void describeRetry();

    HeadersModel m_headers{HeadersModel::Access::Editable};
    std::vector<RetryPolicy> m_policies;
    QByteArray m_body; ///< as it came in, while the editor shows just that
    QString m_bodyShown;
    QStringList m_bodyNames;

    QComboBox *m_method = nullptr;
    QLineEdit *m_url = nullptr;
    QPushButton *m_send = nullptr;
    QPushButton *m_stop = nullptr;
    NoteLine *m_note = nullptr;
    PlaceholderBar *m_placeholders = nullptr;
    QTabWidget *m_tabs = nullptr;
    QTableView *m_headerTable = nullptr;
    NoteLine *m_headerNote = nullptr;
    WellEdit *m_bodyEdit = nullptr;
    NoteLine *m_bodyNote = nullptr;
    QComboBox *m_policy = nullptr;
    QLabel *m_policyNote = nullptr;
    QDoubleSpinBox *m_deadline = nullptr;
    QCheckBox *m_follow = nullptr;
    QSpinBox *m_redirects = nullptr;
};

} // namespace errata
