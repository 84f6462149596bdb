#include "views/probe/authpane.h"

#include "views/theme/theme.h"
#include "views/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>

namespace errata {

QByteArray withVariables(const QString &text)
{
    static const QRegularExpression placeholder(QStringLiteral("(?<!\\{)\\{([A-Za-z_][A-Za-z0-9_]*)\\}"));
    return QString(text).replace(placeholder, QStringLiteral("{{\\1}}")).toUtf8();
}

AuthDraft authOf(const AuthForm &form)
{
    static const QRegularExpression basic(
        QStringLiteral("^Basic \\{basic:([A-Za-z_][A-Za-z0-9_]*):([A-Za-z_][A-Za-z0-9_]*)\\}$"));
    AuthDraft auth;
    const bool isAuthorization = form.header.compare(QLatin1String("Authorization"), Qt::CaseInsensitive) == 0;
    const QRegularExpressionMatch match = basic.match(form.value);
    if (isAuthorization && form.value.startsWith(QLatin1String("Bearer "))) {
        auth.kind = AuthDraft::Kind::Bearer;
        auth.secret = withVariables(form.value.mid(7));
    } else if (isAuthorization && match.hasMatch()) {
        auth.kind = AuthDraft::Kind::Basic;
        auth.user = "{{" + match.captured(1).toUtf8() + "}}";
        auth.secret = "{{" + match.captured(2).toUtf8() + "}}";
    } else {
        auth.kind = AuthDraft::Kind::ApiKey;
        auth.name = form.header.toUtf8();
        auth.secret = withVariables(form.value);
    }
    return auth;
}

AuthPane::AuthPane(QWidget *parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_rows(new QFormLayout(this))
    , m_name(new QLineEdit(this))
    , m_user(new QLineEdit(this))
    , m_secret(new QLineEdit(this))
    , m_shown(new QCheckBox(tr("Show"), this))
    , m_inQuery(new QCheckBox(tr("as a parameter of the URL"), this))
    , m_note(mutedText({}, this))
{
    m_rows->setContentsMargins(0, 2 * Step, 0, 0);
    m_kind->setAccessibleName(tr("Authentication"));
    m_name->setAccessibleName(tr("Name of the key's field"));
    m_user->setAccessibleName(tr("User"));
    m_secret->setAccessibleName(tr("Secret"));
    for (QLineEdit *field : {m_name, m_user, m_secret}) {
        field->setFont(fixedFont(font()));
        connect(field, &QLineEdit::textEdited, this, &AuthPane::edited);
    }
    m_secret->setEchoMode(QLineEdit::Password);
    connect(m_shown, &QCheckBox::toggled, this,
            [this](bool shown) { m_secret->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password); });
    connect(m_inQuery, &QCheckBox::clicked, this, &AuthPane::edited);
    m_rows->addRow(tr("Kind"), m_kind);
    m_rows->addRow(tr("Name"), m_name);
    m_rows->addRow(tr("User"), m_user);
    m_rows->addRow(tr("Secret"), m_secret);
    m_rows->addRow({}, m_shown);
    m_rows->addRow({}, m_inQuery);
    m_rows->addRow(m_note);
    setCatalogs({});
    connect(m_kind, &QComboBox::activated, this, &AuthPane::chosen);
}

void AuthPane::setCatalogs(const CatalogSet &catalogs)
{
    const AuthDraft before = m_forms.empty() ? AuthDraft() : auth();
    AuthDraft bearer, basic, key;
    bearer.kind = AuthDraft::Kind::Bearer;
    basic.kind = AuthDraft::Kind::Basic;
    key.kind = AuthDraft::Kind::ApiKey;
    key.name = "X-Api-Key";
    m_forms = {{tr("None"), tr("Nothing is added."), {}},
               {tr("Bearer token"), tr("Sent as “Authorization: Bearer …”."), bearer},
               {tr("User and password"), tr("Sent as “Authorization: Basic …” (RFC 7617)."), basic},
               {tr("Key"), tr("Sent as a header field, or in the URL."), key}};
    for (const Catalog &catalog : catalogs.catalogs()) {
        for (const AuthForm &form : catalog.auth)
            m_forms.push_back({QStringLiteral("%1: %2").arg(catalog.name, form.title), form.note, authOf(form)});
    }
    m_kind->clear();
    for (const Form &form : m_forms)
        m_kind->addItem(form.title);
    setAuth(before);
}

void AuthPane::setAuth(const AuthDraft &auth)
{
    // A form of an API where it fits to the letter, else the general one.
    std::size_t index = static_cast<std::size_t>(auth.kind);
    for (std::size_t i = 4; i < m_forms.size(); ++i) {
        if (m_forms[i].auth == auth) {
            index = i;
            break;
        }
    }
    m_kind->setCurrentIndex(static_cast<int>(index));
    m_name->setText(QString::fromUtf8(auth.name));
    m_user->setText(QString::fromUtf8(auth.user));
    m_secret->setText(QString::fromUtf8(auth.secret));
    m_inQuery->setChecked(auth.inQuery);
    showFields();
}

AuthDraft AuthPane::auth() const
{
    AuthDraft auth;
    auth.kind = m_forms.at(static_cast<std::size_t>(m_kind->currentIndex())).auth.kind;
    if (auth.kind == AuthDraft::Kind::None)
        return auth;
    auth.secret = m_secret->text().toUtf8();
    if (auth.kind == AuthDraft::Kind::Basic)
        auth.user = m_user->text().toUtf8();
    if (auth.kind == AuthDraft::Kind::ApiKey) {
        auth.name = m_name->text().trimmed().toUtf8();
        auth.inQuery = m_inQuery->isChecked();
    }
    return auth;
}

void AuthPane::chosen(int index)
{
    const Form &form = m_forms.at(static_cast<std::size_t>(index));
    // A general form keeps what was typed; an API's brings its own.
    if (index >= 4) {
        setAuth(form.auth);
    } else if (form.auth.kind == AuthDraft::Kind::ApiKey && m_name->text().isEmpty()) {
        m_name->setText(QString::fromUtf8(form.auth.name));
    }
    m_kind->setCurrentIndex(index);
    showFields();
    Q_EMIT edited();
}

void AuthPane::showFields()
{
    const Form &form = m_forms.at(static_cast<std::size_t>(m_kind->currentIndex()));
    const AuthDraft::Kind kind = form.auth.kind;
    const auto show = [this](QWidget *field, bool visible) {
        field->setVisible(visible);
        if (QWidget *label = m_rows->labelForField(field))
            label->setVisible(visible);
    };
    show(m_name, kind == AuthDraft::Kind::ApiKey);
    show(m_user, kind == AuthDraft::Kind::Basic);
    show(m_secret, kind != AuthDraft::Kind::None);
    show(m_shown, kind != AuthDraft::Kind::None);
    show(m_inQuery, kind == AuthDraft::Kind::ApiKey);
    // A variable is no secret: reading its name helps.
    m_shown->setChecked(m_secret->text().startsWith(QLatin1String("{{")));
    m_note->setText(form.note);
    m_note->setVisible(!form.note.isEmpty());
}

} // namespace errata
