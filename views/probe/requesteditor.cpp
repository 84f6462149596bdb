#include "views/probe/requesteditor.h"

#include "models/http/urlquery.h"
#include "views/probe/authpane.h"
#include "views/probe/bodypane.h"
#include "views/probe/connectionpane.h"
#include "views/probe/copybutton.h"
#include "views/probe/fieldtable.h"
#include "views/probe/variablebar.h"
#include "views/theme/theme.h"
#include "views/timeline/timeaxis.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

enum Tab { ParametersTab, HeadersTab, AuthTab, BodyTab, RetryTab, OptionsTab };

/// Fields people type, for completion.
QStringList headerNames()
{
    QStringList names;
    for (const char *name : {"Accept",
                             "Accept-Encoding",
                             "Accept-Language",
                             "Authorization",
                             "Cache-Control",
                             "Content-Encoding",
                             "Content-Language",
                             "Content-Type",
                             "Cookie",
                             "Date",
                             "Forwarded",
                             "Host",
                             "Idempotency-Key",
                             "If-Match",
                             "If-Modified-Since",
                             "If-None-Match",
                             "If-Unmodified-Since",
                             "Origin",
                             "Prefer",
                             "Range",
                             "Referer",
                             "Traceparent",
                             "User-Agent",
                             "X-Api-Key",
                             "X-Correlation-Id",
                             "X-Forwarded-For",
                             "X-Request-Id"})
        names << QLatin1String(name);
    return names;
}

QString headerProblem(FieldsModel::Problem problem)
{
    switch (problem) {
    case FieldsModel::Problem::EmptyName:
        return RequestEditor::tr("a value without a name cannot be sent");
    case FieldsModel::Problem::InvalidName:
        return RequestEditor::tr("a name holds letters, digits and !#$%&'*+-.^_`|~, no blanks");
    case FieldsModel::Problem::InvalidValue:
        return RequestEditor::tr("a value holds no line break");
    case FieldsModel::Problem::None:
        break;
    }
    return {};
}

/// RFC 9110 section 9.2.2.
bool isIdempotent(const QString &method)
{
    static const QStringList methods{QStringLiteral("GET"),    QStringLiteral("HEAD"),    QStringLiteral("PUT"),
                                     QStringLiteral("DELETE"), QStringLiteral("OPTIONS"), QStringLiteral("TRACE")};
    return methods.contains(method);
}

/// A page that scrolls where there is little room, so that it takes none from the answer.
QScrollArea *scrolled(QWidget *page)
{
    auto *area = new QScrollArea;
    area->setWidget(page);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    return area;
}

} // namespace

RequestEditor::RequestEditor(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * Step, 3 * Step, 3 * Step, 2 * Step);
    column->setSpacing(2 * Step);
    column->addWidget(buildUrlRow());
    m_note = new NoteLine(this);
    column->addWidget(m_note);
    m_asked = new VariableBar(this);
    column->addWidget(m_asked);
    m_tabs = new QTabWidget(this);
    buildTabs();
    column->addWidget(m_tabs, 1);

    connect(m_url, &QLineEdit::textChanged, this, &RequestEditor::urlEdited);
    connect(m_url, &QLineEdit::returnPressed, this, &RequestEditor::sendClicked);
    connect(m_method, &QComboBox::currentTextChanged, this, &RequestEditor::describeRetry);
    connect(m_method, &QComboBox::currentTextChanged, this, &RequestEditor::requestEdited);
    connect(m_parameters, &FieldTable::edited, this, &RequestEditor::parametersEdited);
    connect(m_headers, &FieldTable::edited, this, &RequestEditor::requestEdited);
    connect(m_auth, &AuthPane::edited, this, &RequestEditor::requestEdited);
    connect(m_body, &BodyPane::edited, this, &RequestEditor::requestEdited);
    connect(m_connection, &ConnectionPane::edited, this, &RequestEditor::requestEdited);
    connect(m_body, &BodyPane::fileWanted, this, &RequestEditor::bodyFileWanted);
    connect(m_connection, &ConnectionPane::fileWanted, this, &RequestEditor::connectionFileWanted);
    connect(m_asked, &VariableBar::valuesChanged, this, &RequestEditor::requestEdited);
    connect(m_asked, &VariableBar::sendRequested, this, &RequestEditor::sendClicked);
    setPolicies({});
    setFocusProxy(m_url);
    requestEdited();
}

QWidget *RequestEditor::buildUrlRow()
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2 * Step);
    m_method = new QComboBox(row);
    m_method->setEditable(true);
    m_method->setInsertPolicy(QComboBox::NoInsert);
    m_method->addItems({QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                        QStringLiteral("DELETE"), QStringLiteral("HEAD"), QStringLiteral("OPTIONS")});
    m_method->setAccessibleName(tr("Method"));
    m_method->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("OPTIONS")) + 52);
    m_url = new QLineEdit(row);
    m_url->setFont(fixedFont(font()));
    m_url->setAccessibleName(tr("URL"));
    m_url->setPlaceholderText(QStringLiteral("https://api.example.com/v1/…"));
    m_send = primaryButton(tr("Send"), row);
    m_send->setToolTip(tr("Ctrl+Enter"));
    m_stop = new QPushButton(tr("Stop"), row);
    m_stop->setToolTip(tr("Esc"));
    m_stop->hide();
    auto *copy = new CopyButton(row);
    line->addWidget(m_method);
    line->addWidget(m_url, 1);
    line->addWidget(m_send);
    line->addWidget(m_stop);
    line->addWidget(copy);
    connect(m_send, &QPushButton::clicked, this, &RequestEditor::sendClicked);
    connect(m_stop, &QPushButton::clicked, this, &RequestEditor::stopClicked);
    connect(copy, &CopyButton::copyRequested, this, &RequestEditor::copyRequested);
    return row;
}

void RequestEditor::buildTabs()
{
    m_parameters = new FieldTable(FieldsModel::Rules::Pair, tr("Parameters of the URL"), tr("Add parameter"), {});
    m_headers = new FieldTable(FieldsModel::Rules::Header, tr("Request headers"), tr("Add header"), headerNames());
    m_auth = new AuthPane;
    m_body = new BodyPane;
    m_tabs->addTab(scrolled(m_parameters), {});
    m_tabs->addTab(scrolled(m_headers), {});
    m_tabs->addTab(scrolled(m_auth), tr("Auth"));
    m_tabs->addTab(scrolled(m_body), tr("Body"));
    m_tabs->addTab(scrolled(buildRetry()), {});
    m_connection = new ConnectionPane;
    m_tabs->addTab(scrolled(m_connection), tr("Options"));
}

QWidget *RequestEditor::buildRetry()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 2 * Step, 0, 0);
    column->setSpacing(2 * Step);
    m_policy = new QComboBox(page);
    m_policy->setAccessibleName(tr("Retry policy"));
    m_policyNote = mutedText({}, page);
    column->addWidget(m_policy, 0, Qt::AlignLeft);
    column->addWidget(m_policyNote);
    column->addStretch();
    connect(m_policy, &QComboBox::currentIndexChanged, this, &RequestEditor::describeRetry);
    return page;
}

void RequestEditor::setPolicies(std::vector<RetryPolicy> policies)
{
    m_policies = std::move(policies);
    m_policy->clear();
    m_policy->addItem(tr("No retries: one send"));
    for (const RetryPolicy &policy : m_policies)
        m_policy->addItem(policy.name, policy.id);
    describeRetry();
}

void RequestEditor::setCatalogs(const CatalogSet &catalogs)
{
    m_auth->setCatalogs(catalogs);
}

void RequestEditor::setDraft(const RequestDraft &draft)
{
    m_setting = true;
    m_given = draft;
    m_method->setCurrentText(QString::fromUtf8(draft.method));
    m_headers->setFields(draft.headers);
    m_auth->setAuth(draft.auth);
    m_body->setBody(draft.body);
    m_connection->setSettings(draft.settings);
    m_url->setText(QString::fromUtf8(draft.url));
    m_url->setCursorPosition(0);
    std::vector<DraftField> rows = parameterRows(draft.url, {});
    for (DraftField parked : draft.parkedParameters) {
        parked.enabled = false;
        rows.push_back(std::move(parked));
    }
    m_parameters->setFields(std::move(rows));
    if (draft.policy)
        m_policy->setCurrentIndex(std::max(0, m_policy->findData(*draft.policy)));
    m_setting = false;
    m_note->clearNote();
    m_tabs->setCurrentIndex(draft.body.kind == BodyDraft::Kind::None ? HeadersTab : BodyTab);
    requestEdited();
}

void RequestEditor::setNames(const RequestDraft &draft)
{
    m_given.name = draft.name;
    m_given.folder = draft.folder;
    m_given.about = draft.about;
}

RequestDraft RequestEditor::draft() const
{
    RequestDraft draft = m_given;
    draft.method = m_method->currentText().trimmed().toUtf8();
    draft.url = m_url->text().trimmed().toUtf8();
    draft.headers = m_headers->fields();
    draft.auth = m_auth->auth();
    draft.body = m_body->body();
    draft.policy = policyId();
    draft.settings = m_connection->settings();
    draft.parkedParameters.clear();
    for (const DraftField &row : m_parameters->fields()) {
        if (!row.enabled)
            draft.parkedParameters.push_back(row);
    }
    return draft;
}

void RequestEditor::setVariables(const Variables &variables)
{
    m_variables = variables;
    requestEdited();
}

Variables RequestEditor::variables() const
{
    Variables all = m_variables;
    const Variables &typed = m_asked->values();
    for (auto it = typed.begin(); it != typed.end(); ++it) {
        if (!it.value().isEmpty() && !all.contains(it.key()))
            all.insert(it.key(), it.value());
    }
    return all;
}

Result<HttpRequest> RequestEditor::request()
{
    const int row = m_headers->model().firstProblemRow();
    if (row >= 0) {
        m_tabs->setCurrentIndex(HeadersTab);
        m_headers->showRow(row);
        return Error{
            tr("Nothing was sent. Header %1: %2.").arg(row + 1).arg(headerProblem(m_headers->model().problem(row))),
            {}};
    }
    const QStringList missing = m_asked->missing();
    if (!missing.isEmpty()) {
        m_asked->focusMissing();
        return Error{tr("Nothing was sent. Fill in {{%1}} first.").arg(missing.join(QStringLiteral("}}, {{"))), {}};
    }
    Result<HttpRequest> resolved = resolvedRequest(draft(), variables(), m_readFile);
    const Result<SendSettings> settings = resolvedSettings(m_connection->settings(), variables());
    if (!resolved || !settings)
        return Error{tr("Nothing was sent: %1.").arg(resolved ? settings.error().text() : resolved.error().text()), {}};
    if (const auto problem = requestProblem(*resolved)) {
        m_url->setFocus();
        return Error{tr("Nothing was sent. %1").arg(*problem), {}};
    }
    return resolved;
}

void RequestEditor::setBodyFile(const QString &path)
{
    m_body->setFile(path);
}

void RequestEditor::setConnectionFile(ConnectionFile which, const QString &path)
{
    m_connection->setFile(which, path);
}

SendSettings RequestEditor::settings() const
{
    const Result<SendSettings> filled = resolvedSettings(m_connection->settings(), variables());
    return filled ? filled.value() : m_connection->settings();
}

SendOptions RequestEditor::options() const
{
    SendOptions options;
    options.cookies = m_jar;
    return applied(settings(), options);
}

void RequestEditor::setJar(std::shared_ptr<CookieJar> jar)
{
    m_jar = jar;
    m_connection->setJar(std::move(jar));
}

std::optional<QString> RequestEditor::policyId() const
{
    const RetryPolicy *chosen = policy();
    return chosen ? std::optional(chosen->id) : std::nullopt;
}

const RetryPolicy *RequestEditor::policy() const
{
    const int index = m_policy->currentIndex() - 1;
    return index >= 0 && index < int(m_policies.size()) ? &m_policies[static_cast<std::size_t>(index)] : nullptr;
}

void RequestEditor::focusUrl()
{
    m_url->setFocus();
    m_url->selectAll();
}

void RequestEditor::showOptionsTab()
{
    m_tabs->setCurrentIndex(OptionsTab);
}

void RequestEditor::setSending(bool sending)
{
    m_connection->countCookies();
    m_send->setVisible(!sending);
    m_stop->setVisible(sending);
    m_note->clearNote();
}

void RequestEditor::showProblem(const QString &text)
{
    m_note->showProblem(text);
}

void RequestEditor::showHint(const QString &text)
{
    m_note->showHint(text);
}

void RequestEditor::urlEdited()
{
    if (m_setting)
        return;
    m_setting = true;
    m_parameters->setFields(parameterRows(m_url->text().trimmed().toUtf8(), m_parameters->fields()));
    m_setting = false;
    requestEdited();
}

void RequestEditor::parametersEdited()
{
    if (m_setting)
        return;
    m_setting = true;
    m_url->setText(QString::fromUtf8(withParameters(m_url->text().trimmed().toUtf8(), m_parameters->fields())));
    m_setting = false;
    requestEdited();
}

void RequestEditor::requestEdited()
{
    if (m_setting)
        return;
    QStringList asked = variablesOf(draft());
    const auto isKnown = [this](const QString &name) {
        return name.startsWith(QLatin1Char('$')) || m_variables.contains(name);
    };
    asked.removeIf(isKnown);
    m_asked->setNames(asked);
    countRows();
    if (m_note->isProblem())
        m_note->clearNote();
    checkHeaders();
    m_body->check(contentType(), variables());
    Q_EMIT edited();
}

void RequestEditor::countRows()
{
    const auto count = [](const FieldTable &table) {
        const std::vector<DraftField> rows = table.fields();
        return std::count_if(rows.begin(), rows.end(), [](const DraftField &row) { return row.enabled; });
    };
    m_tabs->setTabText(ParametersTab, tr("Params %1").arg(count(*m_parameters)));
    m_tabs->setTabText(HeadersTab, tr("Headers %1").arg(count(*m_headers)));
    m_tabs->setTabText(OptionsTab, m_connection->verifies() ? tr("Options") : tr("Options: not verified"));
}

QByteArray RequestEditor::contentType() const
{
    for (const DraftField &field : m_headers->fields()) {
        if (field.enabled && field.name.compare("Content-Type", Qt::CaseInsensitive) == 0)
            return field.value;
    }
    return {};
}

void RequestEditor::checkHeaders()
{
    const FieldsModel &model = m_headers->model();
    const int row = model.firstProblemRow();
    if (row < 0 && model.rowCount() == 0)
        m_headers->note()->showHint(tr("None of your own. “As sent” shows what is added."));
    else if (row < 0)
        m_headers->note()->clearNote();
    else
        m_headers->note()->showProblem(tr("Row %1: %2.").arg(row + 1).arg(headerProblem(model.problem(row))));
}

void RequestEditor::describeRetry()
{
    const RetryPolicy *chosen = policy();
    m_tabs->setTabText(RetryTab, chosen ? tr("Retry: %1").arg(chosen->id) : tr("Retry: none"));
    if (!chosen) {
        m_policyNote->setText(tr("The request goes out once; the answer says whether a retry may help."));
        return;
    }
    const QString method = m_method->currentText().trimmed();
    QString text = std::isinf(chosen->maxAttempts) ? tr("Sends again until something else ends it.")
                                                   : tr("Sends up to %1 times.").arg(std::floor(chosen->maxAttempts));
    text += tr(" Retried: %1%2.")
                .arg(chosen->statuses.text(), !chosen->failures.isEmpty() ? tr(", network errors") : QString());
    if (chosen->hedging)
        text += QLatin1Char('\n') + tr("Not hedged: this policy sends attempts beside one that is slow. Here the next "
                                       "one goes out when one has failed.");
    if (!isIdempotent(method))
        text += QLatin1Char('\n') +
                tr("%1 is not idempotent: each send may take effect. Without an idempotency key a retry can do "
                   "the same thing twice.")
                    .arg(method);
    m_policyNote->setText(text);
}

} // namespace errata
