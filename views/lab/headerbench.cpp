#include "views/lab/headerbench.h"

#include "models/http/retryafter.h"
#include "views/timeline/attempttexts.h"
#include "views/timeline/timeaxis.h"
#include "views/widgets/figuretable.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

QString dateText(const QDateTime &date)
{
    return QLocale(QLocale::English).toString(date.toUTC(), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
}

QString delayText(double ms)
{
    if (std::isnan(ms))
        return QStringLiteral("NaN");
    return std::isinf(ms) ? HeaderBench::tr("without end") : exactTime(Millis(ms));
}

QString readText(const HeaderReading &reading)
{
    switch (reading.read) {
    case HeaderReading::Read::NotLookedAt:
        return HeaderBench::tr("not looked at");
    case HeaderReading::Read::Unreadable:
        return HeaderBench::tr("cannot read it");
    case HeaderReading::Read::Delay:
        return delayText(reading.delay);
    case HeaderReading::Read::Date:
        return dateText(reading.date);
    }
    return {};
}

QString standardWords(const StandardReading &reading)
{
    using Source = StandardReading::Source;
    QString source;
    switch (reading.source) {
    case Source::Unknown:
        return HeaderBench::tr("No specification is known for a header of that name.");
    case Source::Rfc9110:
        source = HeaderBench::tr("RFC 9110");
        break;
    case Source::RateLimit:
        source = HeaderBench::tr("the RateLimit draft");
        break;
    case Source::Usage:
        source = HeaderBench::tr("its name (there is no standard)");
        break;
    }
    if (!reading.delay)
        return HeaderBench::tr("By %1: not valid, %2.").arg(source, reading.problem);
    if (reading.date.isValid())
        return HeaderBench::tr("By %1: %2, so %3 from now.")
            .arg(source, dateText(reading.date), exactTime(*reading.delay));
    return HeaderBench::tr("By %1: wait %2.").arg(source, exactTime(*reading.delay));
}

} // namespace

HeaderBench::HeaderBench(const std::vector<RetryPolicy> &policies, QWidget *parent)
    : Card(parent), m_model(new HeaderBenchModel(this))
{
    auto *title = new QLabel(tr("Header bench"), this);
    title->setFont(scaled(title->font(), 1.0, QFont::Bold));
    body()->addWidget(title);
    body()->addWidget(mutedText(
        tr("Type what a server sends. Each row is a client after its first attempt brought this answer."), this));
    buildFields();
    buildTable();
    setPolicies(policies);
    read();
}

void HeaderBench::buildFields()
{
    auto *fields = new QWidget(this);
    auto *flow = new FlowLayout(fields, 2 * Step);
    const auto add = [&](const QString &label, QWidget *field, int width) {
        auto *pair = new QWidget(fields);
        auto *row = new QHBoxLayout(pair);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(Step);
        auto *name = mutedLabel(label, pair);
        name->setBuddy(field);
        field->setMinimumWidth(width);
        row->addWidget(name);
        row->addWidget(field);
        flow->addWidget(pair);
    };
    m_name = new QComboBox(fields);
    m_name->setEditable(true);
    m_name->setInsertPolicy(QComboBox::NoInsert);
    m_name->setAccessibleName(tr("Header"));
    m_name->lineEdit()->setAccessibleName(tr("Header"));
    m_value = new QLineEdit(QStringLiteral("120"), fields);
    m_value->setFont(fixedFont(font()));
    m_value->setAccessibleName(tr("Value of the header"));
    m_value->setPlaceholderText(tr("120, a date, 1.5, -1 …"));
    m_value->setMaxLength(1024);
    m_status = new QSpinBox(fields);
    m_status->setRange(100, 599);
    m_status->setValue(429);
    m_status->setAccessibleName(tr("Status of the answer"));
    m_status->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_now = new QLineEdit(fields);
    m_now->setFont(fixedFont(font()));
    m_now->setAccessibleName(tr("The date now"));
    m_now->setPlaceholderText(tr("the clock's"));
    m_now->setToolTip(tr("What dates are measured against, as in Wed, 21 Oct 2026 07:28:00 GMT; empty: the clock"));
    add(tr("On"), m_status, 56);
    add(tr("header"), m_name, 150);
    add(tr("value"), m_value, 250);
    add(tr("now"), m_now, 250);
    body()->addWidget(fields);
    m_note = new NoteLine(this);
    body()->addWidget(m_note);
    m_standard = bodyText({}, this);
    body()->addWidget(m_standard);
    connect(m_name, &QComboBox::editTextChanged, this, &HeaderBench::read);
    connect(m_value, &QLineEdit::textChanged, this, &HeaderBench::read);
    connect(m_status, &QSpinBox::valueChanged, this, &HeaderBench::read);
    connect(m_now, &QLineEdit::textChanged, this, &HeaderBench::read);
}

void HeaderBench::buildTable()
{
    const auto word = [this](const QModelIndex &index) -> QVariant {
        const HeaderReading &reading = m_model->reading(index.row());
        switch (index.column()) {
        case HeaderBenchModel::ClientColumn:
            return index.data();
        case HeaderBenchModel::ReadsColumn:
            return readText(reading);
        case HeaderBenchModel::WaitsColumn:
            return reading.wait ? shortBounds(*reading.wait) : tr("stops");
        default:
            return reasonText(reading.reason);
        }
    };
    m_table = new FigureTable(new WordsModel(m_model, word, HeaderBenchModel::ColumnCount, this),
                              tr("What each client makes of the header"), this);
    m_table->setMostRows(14);
    m_table->setColumnLetters({34, 30, 24});
    body()->addWidget(m_table);
    auto *row = new QHBoxLayout;
    auto *copy = new QPushButton(tr("Copy as table"), this);
    copy->setAccessibleName(tr("Copy the header bench as a table"));
    auto *save = new QPushButton(tr("Save as CSV"), this);
    save->setAccessibleName(tr("Save the header bench as CSV"));
    connect(copy, &QPushButton::clicked, this, [this] {
        const QString said = tr("Copied: what %1 clients make of the header.").arg(m_model->rowCount());
        Q_EMIT copyRequested(tabbedText(*m_table->model()), said);
        m_note->showHint(said);
    });
    connect(save, &QPushButton::clicked, this,
            [this] { Q_EMIT saveRequested(csv(*m_table->model()), QStringLiteral("header-bench.csv")); });
    row->addWidget(copy);
    row->addWidget(save);
    row->addStretch();
    body()->addLayout(row);
}

void HeaderBench::setPolicies(const std::vector<RetryPolicy> &policies)
{
    const QString name = m_name->currentText();
    m_name->clear();
    for (const QByteArray &known : waitHeaderNames(policies))
        m_name->addItem(QString::fromLatin1(known));
    if (m_name->findText(QStringLiteral("RateLimit"), Qt::MatchFixedString) < 0)
        m_name->addItem(QStringLiteral("RateLimit"));
    if (!name.isEmpty())
        m_name->setEditText(name);
    m_model->setPolicies(policies);
}

void HeaderBench::setHeader(const QString &name, const QString &value)
{
    m_name->setEditText(name);
    m_value->setText(value);
}

void HeaderBench::setStatus(int status)
{
    m_status->setValue(status);
}

void HeaderBench::setNow(const QDateTime &now)
{
    m_now->setText(now.isValid() ? dateText(now) : QString());
}

QString HeaderBench::standardText() const
{
    return m_standard->text();
}

void HeaderBench::focusValue()
{
    m_value->setFocus(Qt::ShortcutFocusReason);
    m_value->selectAll();
}

QDateTime HeaderBench::now()
{
    const QDateTime clock = QDateTime::currentDateTimeUtc();
    const QString text = m_now->text().trimmed();
    if (text.isEmpty())
        return clock;
    const auto date = parseHttpDate(text.toLatin1(), clock);
    if (date)
        return *date;
    const QDateTime iso = QDateTime::fromString(text, Qt::ISODate);
    return iso.isValid() ? iso.toUTC() : QDateTime();
}

void HeaderBench::read()
{
    if (!m_table)
        return; // while it is built
    const QByteArray name = m_name->currentText().trimmed().toLatin1();
    const QByteArray value = m_value->text().toUtf8();
    const QDateTime date = now();
    if (!Headers::isValidName(name) || !Headers::isValidValue(value))
        return m_note->showProblem(tr("A header's name is letters, digits and hyphens; its value is one line."));
    if (!date.isValid())
        return m_note->showProblem(tr("“%1” is no date: write Wed, 21 Oct 2026 07:28:00 GMT or 2026-10-21T07:28:00Z")
                                       .arg(m_now->text().trimmed()));
    m_note->clearNote();
    Outcome outcome;
    outcome.status = m_status->value();
    outcome.headers.add(name, value);
    m_model->setAnswer(outcome, date);
    m_standard->setText(standardWords(standardReading(name, value, date)));
}

} // namespace errata
