#include "views/probe/requesteditor.h"

#include "models/json/jsondocument.h"
#include "views/probe/placeholderbar.h"
#include "views/theme/theme.h"
#include "views/timeline/timeaxis.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"
#include "views/widgets/welledit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

namespace errata {

namespace {

enum Tab { HeadersTab, BodyTab, RetryTab, OptionsTab };

/// Larger bodies are sent, but not checked at every key.
constexpr qsizetype CheckedBody = 1'000'000;

QString headerProblem(HeadersModel::Problem problem)
{
    switch (problem) {
    case HeadersModel::Problem::EmptyName:
        return RequestEditor::tr("a value without a name cannot be sent");
    case HeadersModel::Problem::InvalidName:
        return RequestEditor::tr("a name holds letters, digits and !#$%&'*+-.^_`|~, no blanks");
    case HeadersModel::Problem::InvalidValue:
        return RequestEditor::tr("a value holds no line break");
    case HeadersModel::Problem::None:
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

} // namespace

RequestEditor::RequestEditor(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * Step, 3 * Step, 3 * Step, 2 * Step);
    column->setSpacing(2 * Step);
    column->addWidget(buildUrlRow());
    m_note = new NoteLine(this);
    column->addWidget(m_note);
    m_placeholders = new PlaceholderBar(this);
    column->addWidget(m_placeholders);
    m_tabs = new QTabWidget(this);
    m_tabs->addTab(buildHeaders(), {});
    m_tabs->addTab(buildBody(), tr("Body"));
    m_tabs->addTab(buildRetry(), {});
    m_tabs->addTab(buildOptions(), tr("Options"));
    column->addWidget(m_tabs, 1);

    connect(m_url, &QLineEdit::textChanged, this, &RequestEditor::requestEdited);
    connect(m_url, &QLineEdit::returnPressed, this, &RequestEditor::sendClicked);
    connect(m_method, &QComboBox::currentTextChanged, this, &RequestEditor::describeRetry);
    connect(m_bodyEdit, &QPlainTextEdit::textChanged, this, &RequestEditor::requestEdited);
    connect(&m_headers, &QAbstractItemModel::rowsInserted, this, &RequestEditor::requestEdited);
    connect(&m_headers, &QAbstractItemModel::rowsRemoved, this, &RequestEditor::requestEdited);
    connect(&m_headers, &QAbstractItemModel::dataChanged, this, &RequestEditor::requestEdited);
    connect(&m_headers, &QAbstractItemModel::modelReset, this, &RequestEditor::requestEdited);
    connect(m_placeholders, &PlaceholderBar::valuesChanged, m_note, &NoteLine::clearNote);
    connect(m_placeholders, &PlaceholderBar::sendRequested, this, &RequestEditor::sendClicked);
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
    auto *curl = new QPushButton(tr("Copy as curl"), row);
    line->addWidget(m_method);
    line->addWidget(m_url, 1);
    line->addWidget(m_send);
    line->addWidget(m_stop);
    line->addWidget(curl);
    connect(m_send, &QPushButton::clicked, this, &RequestEditor::sendClicked);
    connect(m_stop, &QPushButton::clicked, this, &RequestEditor::stopClicked);
    connect(curl, &QPushButton::clicked, this, &RequestEditor::curlClicked);
    return row;
}

QWidget *RequestEditor::buildHeaders()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 2 * Step, 0, 0);
    column->setSpacing(Step);
    m_headerTable = new QTableView(page);
    m_headerTable->setModel(&m_headers);
    m_headerTable->setAccessibleName(tr("Request headers"));
    m_headerTable->setTabKeyNavigation(false);
    m_headerTable->setShowGrid(false);
    m_headerTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_headerTable->verticalHeader()->hide();
    m_headerTable->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_headerTable->horizontalHeader()->setStretchLastSection(true);
    m_headerTable->horizontalHeader()->setDefaultSectionSize(190);
    m_headerTable->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_headerNote = new NoteLine(page);
    auto *add = new QPushButton(tr("Add header"), page);
    auto *remove = new QPushButton(tr("Remove"), page);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addWidget(m_headerNote, 1);
    buttons->addStretch();
    column->addWidget(m_headerTable, 1);
    column->addLayout(buttons);
    connect(add, &QPushButton::clicked, this, [this] {
        const QModelIndex index = m_headers.index(m_headers.addRow(), HeadersModel::NameColumn);
        m_headerTable->setCurrentIndex(index);
        m_headerTable->edit(index);
    });
    connect(remove, &QPushButton::clicked, this, [this] {
        const QModelIndex current = m_headerTable->currentIndex();
        if (current.isValid())
            m_headers.removeRow(current.row());
    });
    return page;
}

QWidget *RequestEditor::buildBody()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 2 * Step, 0, 0);
    column->setSpacing(Step);
    m_bodyEdit = new WellEdit(tr("Request body"), page);
    m_bodyEdit->setPlaceholderText(tr("No body. What is typed here is sent as it stands."));
    m_bodyNote = new NoteLine(page);
    column->addWidget(m_bodyEdit, 1);
    column->addWidget(m_bodyNote);
    return page;
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

QWidget *RequestEditor::buildOptions()
{
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setContentsMargins(0, 2 * Step, 0, 0);
    const SendOptions defaults;
    m_deadline = new QDoubleSpinBox(page);
    m_deadline->setRange(0, 86400);
    m_deadline->setDecimals(1);
    m_deadline->setSuffix(tr(" s"));
    m_deadline->setSpecialValueText(tr("none"));
    m_deadline->setValue(defaults.deadline.count() / 1000);
    m_deadline->setToolTip(tr("From Send to the last byte of one attempt"));
    m_follow = new QCheckBox(tr("Follow redirects"), page);
    m_follow->setChecked(defaults.followRedirects);
    m_redirects = new QSpinBox(page);
    m_redirects->setRange(0, 50);
    m_redirects->setSuffix(tr(" redirects"));
    m_redirects->setValue(defaults.maxRedirects);
    m_deadline->setAccessibleName(tr("Deadline"));
    m_redirects->setAccessibleName(tr("At most this many redirects"));
    for (QWidget *field : {static_cast<QWidget *>(m_deadline), static_cast<QWidget *>(m_redirects)})
        field->setFixedWidth(130);
    form->addRow(tr("Deadline"), m_deadline);
    form->addRow({}, m_follow);
    form->addRow(tr("At most"), m_redirects);
    connect(m_follow, &QCheckBox::toggled, m_redirects, &QWidget::setEnabled);
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

void RequestEditor::setRequest(const RequestTemplate &request)
{
    m_method->setCurrentText(QString::fromUtf8(request.request.method));
    m_bodyNames = request.bodyNames;
    m_headers.setHeaders(request.request.headers);
    m_body = request.request.body;
    const QString shown = QString::fromUtf8(m_body);
    m_bodyEdit->wrapFor(shown);
    m_bodyEdit->setPlainText(shown);
    m_bodyShown = m_bodyEdit->toPlainText();
    m_url->setText(QString::fromUtf8(request.request.url));
    m_url->setCursorPosition(0);
    m_note->clearNote();
    m_tabs->setCurrentIndex(m_body.isEmpty() ? HeadersTab : BodyTab);
    requestEdited();
}

RequestTemplate RequestEditor::requestTemplate() const
{
    RequestTemplate made;
    made.request.method = m_method->currentText().trimmed().toUtf8();
    made.request.url = m_url->text().trimmed().toUtf8();
    made.request.headers = m_headers.headers();
    const QString shown = m_bodyEdit->toPlainText();
    // An editor keeps neither line ends nor odd bytes: untouched text is sent as it came.
    made.request.body = shown == m_bodyShown ? m_body : shown.toUtf8();
    made.bodyNames = m_bodyNames;
    return made;
}

Result<HttpRequest> RequestEditor::request()
{
    const int row = m_headers.firstProblemRow();
    if (row >= 0) {
        m_tabs->setCurrentIndex(HeadersTab);
        m_headerTable->setCurrentIndex(m_headers.index(row, HeadersModel::NameColumn));
        m_headerTable->setFocus();
        return Error{tr("Nothing was sent. Header %1: %2.").arg(row + 1).arg(headerProblem(m_headers.problem(row))),
                     {}};
    }
    const QStringList missing = m_placeholders->missing();
    if (!missing.isEmpty()) {
        m_placeholders->focusMissing();
        return Error{tr("Nothing was sent. Fill in {%1} first.").arg(missing.join(QStringLiteral("}, {"))), {}};
    }
    HttpRequest request = filledRequest(requestTemplate(), m_placeholders->values());
    if (const auto problem = requestProblem(request)) {
        m_url->setFocus();
        return Error{tr("Nothing was sent. %1").arg(*problem), {}};
    }
    return request;
}

SendOptions RequestEditor::options() const
{
    SendOptions options;
    options.deadline = Millis(m_deadline->value() * 1000);
    options.followRedirects = m_follow->isChecked();
    options.maxRedirects = m_redirects->value();
    return options;
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

void RequestEditor::setSending(bool sending)
{
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

void RequestEditor::requestEdited()
{
    m_placeholders->setNames(placeholdersOf(requestTemplate()));
    m_tabs->setTabText(HeadersTab, tr("Headers %1").arg(m_headers.headers().size()));
    if (m_note->isProblem())
        m_note->clearNote();
    checkHeaders();
    checkBody();
}

void RequestEditor::checkHeaders()
{
    const int row = m_headers.firstProblemRow();
    if (row < 0 && m_headers.rowCount() == 0)
        m_headerNote->showHint(tr("None of your own. “As sent” shows what is added."));
    else if (row < 0)
        m_headerNote->clearNote();
    else
        m_headerNote->showProblem(tr("Row %1: %2.").arg(row + 1).arg(headerProblem(m_headers.problem(row))));
}

void RequestEditor::checkBody()
{
    const RequestTemplate made = requestTemplate();
    const QByteArray &body = made.request.body;
    const QByteArray type = made.request.headers.value("Content-Type").value_or(QByteArray()).toLower();
    const bool looksLikeJson = body.startsWith('{') || body.startsWith('[');
    const bool claimsJson = type.contains("json");
    if (body.isEmpty() || body.size() > CheckedBody || !(looksLikeJson || claimsJson)) {
        m_bodyNote->clearNote();
        return;
    }
    // With what is filled in, so that {port} where a number stands is no fault.
    const HttpRequest filled = filledRequest(made, m_placeholders->values());
    const auto document = JsonDocument::parse(filled.body);
    if (!document)
        m_bodyNote->showProblem(tr("Not valid JSON: %1. It is sent as it stands.").arg(document.error().text()));
    else if (type.isEmpty())
        m_bodyNote->showHint(tr("Valid JSON; no Content-Type header says so."));
    else
        m_bodyNote->showHint(tr("Valid JSON."));
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
                .arg(chosen->statuses.text(), chosen->networkFailures ? tr(", network errors") : QString());
    if (!isIdempotent(method))
        text += QLatin1Char('\n') +
                tr("%1 is not idempotent: each send may take effect. Without an idempotency key a retry can do "
                   "the same thing twice.")
                    .arg(method);
    m_policyNote->setText(text);
}

} // namespace errata
