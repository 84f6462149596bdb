// Who the request says it is: bearer token, user and password, or a key in the head or the URL.
#pragma once

#include "models/catalog/catalog.h"
#include "models/http/requestdraft.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace errata {

class AuthPane : public QWidget
{
    Q_OBJECT

public:
    explicit AuthPane(QWidget *parent = nullptr);

    /// The forms the APIs document stand in the list beside the general ones.
    void setCatalogs(const CatalogSet &catalogs);
    /// Emits nothing.
    void setAuth(const AuthDraft &auth);
    [[nodiscard]] AuthDraft auth() const;

Q_SIGNALS:
    void edited();

private:
    void chosen(int index);
    void showFields();

    struct Form
    {
        QString title;
        QString note;
        AuthDraft auth;
    };

    std::vector<Form> m_forms;
    QComboBox *m_kind;
    QFormLayout *m_rows;
    QLineEdit *m_name;
    QLineEdit *m_user;
    QLineEdit *m_secret;
    QCheckBox *m_shown;
    QCheckBox *m_inQuery;
    QLabel *m_note;
};

/// What a catalog's form of authentication is as a draft: "Bearer {api_key}" in Authorization becomes a bearer token
/// {{api_key}}.
[[nodiscard]] AuthDraft authOf(const AuthForm &form);

/// "{name}" of the catalogs as "{{name}}".
[[nodiscard]] QByteArray withVariables(const QString &text);

} // namespace errata
