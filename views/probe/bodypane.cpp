#include "views/probe/bodypane.h"

#include "models/json/jsondocument.h"
#include "views/probe/fieldtable.h"
#include "views/theme/theme.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"
#include "views/widgets/welledit.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <QXmlStreamReader>

namespace errata {

namespace {

/// Larger bodies are sent, but not checked at every key.
constexpr qsizetype CheckedBody = 1'000'000;

/// A file as a part is written "@path", as curl's -F does; "@@" begins a text with '@'.
DraftField rowOf(const FormField &field, bool mayBeFile)
{
    QByteArray value = field.value;
    if (field.isFile || (mayBeFile && value.startsWith('@')))
        value.prepend('@');
    return {field.name, value, field.enabled};
}

FormField partOf(const DraftField &row)
{
    FormField field{row.name, row.value, row.enabled, false, {}};
    if (row.value.startsWith('@')) {
        field.isFile = !row.value.startsWith("@@");
        field.value = row.value.mid(1);
    }
    return field;
}

QString xmlProblem(const QByteArray &text)
{
    QXmlStreamReader reader(text);
    while (!reader.atEnd())
        reader.readNext();
    return reader.hasError() ? BodyPane::tr("line %1, column %2: %3")
                                   .arg(reader.lineNumber())
                                   .arg(reader.columnNumber())
                                   .arg(reader.errorString())
                             : QString();
}

} // namespace

BodyPane::BodyPane(QWidget *parent)
    : QWidget(parent), m_kind(new QComboBox(this)), m_stack(new QStackedWidget(this)), m_note(new NoteLine(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2 * Step, 0, 0);
    column->setSpacing(Step);
    m_kind->setAccessibleName(tr("Kind of body"));
    m_kind->addItems({tr("No body"), tr("Text"), tr("Form"), tr("Parts"), tr("File")});
    auto *head = new QHBoxLayout;
    head->setSpacing(2 * Step);
    head->addWidget(m_kind);
    m_type = new QComboBox(this);
    m_type->setEditable(true);
    m_type->setAccessibleName(tr("Content-Type of the body"));
    m_type->addItems({{},
                      QStringLiteral("application/json"),
                      QStringLiteral("application/xml"),
                      QStringLiteral("text/plain"),
                      QStringLiteral("application/octet-stream")});
    m_type->lineEdit()->setPlaceholderText(tr("no Content-Type added"));
    m_type->setMinimumWidth(fontMetrics().averageCharWidth() * 34);
    m_type->setToolTip(tr("Added where no header says one"));
    head->addWidget(m_type);
    head->addStretch();
    column->addLayout(head);
    auto *none = mutedText(tr("Nothing is sent behind the headers."), m_stack);
    none->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_stack->addWidget(none);
    m_stack->addWidget(buildText());
    m_form = new FieldTable(FieldsModel::Rules::Pair, tr("Form fields"), tr("Add field"), {}, m_stack);
    m_parts = new FieldTable(FieldsModel::Rules::Pair, tr("Parts of the body"), tr("Add part"), {}, m_stack);
    m_parts->note()->showHint(tr("A value beginning with @ is a file: @/path/to/file."));
    m_stack->addWidget(m_form);
    m_stack->addWidget(m_parts);
    m_stack->addWidget(buildFile());
    column->addWidget(m_stack, 1);
    column->addWidget(m_note);
    connect(m_kind, &QComboBox::activated, this, [this](int index) {
        // What was typed for another kind stays there.
        showKind(static_cast<BodyDraft::Kind>(index));
        Q_EMIT edited();
    });
    connect(m_type, &QComboBox::currentTextChanged, this, &BodyPane::edited);
    connect(m_form, &FieldTable::edited, this, &BodyPane::edited);
    connect(m_parts, &FieldTable::edited, this, &BodyPane::edited);
    setBody({});
}

QWidget *BodyPane::buildText()
{
    m_text = new WellEdit(tr("Request body"), m_stack);
    m_text->setPlaceholderText(tr("What is typed here is sent as it stands."));
    m_text->setMinimumHeight(3 * m_text->fontMetrics().height());
    connect(m_text, &QPlainTextEdit::textChanged, this, &BodyPane::edited);
    return m_text;
}

QWidget *BodyPane::buildFile()
{
    auto *page = new QWidget(m_stack);
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setAlignment(Qt::AlignTop);
    m_file = new QLineEdit(page);
    m_file->setAccessibleName(tr("File to send"));
    m_file->setPlaceholderText(tr("/path/to/file, read when Send is pressed"));
    m_file->setFont(fixedFont(font()));
    auto *choose = new QPushButton(tr("Choose…"), page);
    row->addWidget(m_file, 1);
    row->addWidget(choose);
    connect(m_file, &QLineEdit::textEdited, this, &BodyPane::edited);
    connect(choose, &QPushButton::clicked, this, &BodyPane::fileWanted);
    return page;
}

void BodyPane::showKind(BodyDraft::Kind kind)
{
    m_stack->setCurrentIndex(static_cast<int>(kind));
    m_type->setVisible(kind == BodyDraft::Kind::Text || kind == BodyDraft::Kind::File);
}

void BodyPane::setBody(const BodyDraft &body)
{
    const QSignalBlocker block(this);
    m_given = body;
    m_kind->setCurrentIndex(static_cast<int>(body.kind));
    showKind(body.kind);
    m_type->setCurrentText(QString::fromUtf8(body.contentType));
    const QString shown = QString::fromUtf8(body.text);
    m_text->wrapFor(shown);
    if (m_text->toPlainText() != shown)
        m_text->setPlainText(shown);
    m_givenShown = m_text->toPlainText();
    std::vector<DraftField> form, parts;
    for (const FormField &field : body.fields) {
        form.push_back(rowOf(field, false));
        parts.push_back(rowOf(field, true));
    }
    m_form->setFields(std::move(form));
    m_parts->setFields(std::move(parts));
    m_file->setText(body.file);
}

std::vector<FormField> BodyPane::formFields() const
{
    const bool areParts = m_stack->currentWidget() == m_parts;
    std::vector<FormField> fields;
    for (const DraftField &row : (areParts ? m_parts : m_form)->fields()) {
        FormField field = areParts ? partOf(row) : FormField{row.name, row.value, row.enabled, false, {}};
        // The table shows no types: they stay with what they were given for.
        for (const FormField &given : m_given.fields) {
            if (given.name == field.name && given.isFile == field.isFile)
                field.contentType = given.contentType;
        }
        fields.push_back(std::move(field));
    }
    return fields;
}

BodyDraft BodyPane::body() const
{
    BodyDraft body;
    body.kind = static_cast<BodyDraft::Kind>(m_kind->currentIndex());
    switch (body.kind) {
    case BodyDraft::Kind::None:
        break;
    case BodyDraft::Kind::Text: {
        const QString shown = m_text->toPlainText();
        body.text = shown == m_givenShown ? m_given.text : shown.toUtf8();
        body.contentType = m_type->currentText().trimmed().toUtf8();
        break;
    }
    case BodyDraft::Kind::Form:
    case BodyDraft::Kind::Multipart:
        body.fields = formFields();
        break;
    case BodyDraft::Kind::File:
        body.file = m_file->text();
        body.contentType = m_type->currentText().trimmed().toUtf8();
        break;
    }
    return body;
}

void BodyPane::setFile(const QString &path)
{
    m_file->setText(path);
    Q_EMIT edited();
}

void BodyPane::check(const QByteArray &type, const Variables &variables)
{
    m_note->clearNote();
    const BodyDraft draft = body();
    if (draft.kind != BodyDraft::Kind::Text || draft.text.isEmpty() || draft.text.size() > CheckedBody)
        return;
    const QByteArray said = (type.isEmpty() ? draft.contentType : type).toLower();
    // With what is filled in, so that {{port}} where a number stands is no fault.
    const Substitution filled = substituted(draft.text, variables);
    const bool looksLikeJson = draft.text.startsWith('{') || draft.text.startsWith('[');
    if (said.contains("xml")) {
        const QString problem = xmlProblem(filled.text);
        if (problem.isEmpty())
            m_note->showHint(tr("Well-formed XML."));
        else
            m_note->showProblem(tr("Not well-formed XML: %1. It is sent as it stands.").arg(problem));
    } else if (said.contains("json") || looksLikeJson) {
        const auto document = JsonDocument::parse(filled.text);
        if (!document && !filled.unresolved.isEmpty())
            m_note->showHint(tr("Not checked before the variables have values."));
        else if (!document)
            m_note->showProblem(tr("Not valid JSON: %1. It is sent as it stands.").arg(document.error().text()));
        else if (said.isEmpty())
            m_note->showHint(tr("Valid JSON; no Content-Type header says so."));
        else
            m_note->showHint(tr("Valid JSON."));
    }
}

} // namespace errata
