#include "views/lab/policyform.h"

#include "views/lab/statustext.h"
#include "views/theme/theme.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>

namespace errata {

namespace {

constexpr double NoLimit = -1;

/// A spin box that leaves the wheel to the page, so that scrolling past it changes nothing.
class CalmSpin : public QDoubleSpinBox
{
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    /// Every number in its shortest form: "2", not "2.00".
    [[nodiscard]] QString textFromValue(double value) const override { return QString::number(value, 'g', 12); }

protected:
    void wheelEvent(QWheelEvent *event) override
    {
        if (hasFocus())
            QDoubleSpinBox::wheelEvent(event);
        else
            event->ignore();
    }
};

std::optional<Millis> optionalMillis(double value, double unit)
{
    return value <= 0 ? std::nullopt : std::optional(Millis(value * unit));
}

/// How the form's choices read Retry-After.
WaitHeader reading(int index)
{
    WaitHeader header;
    header.number = index == 1 ? NumberForm::Integer : index == 2 ? NumberForm::JsNumber : NumberForm::Digits;
    header.date = index == 0 ? DateForm::Rfc : DateForm::None;
    return header;
}

int indexOfReading(const RetryAfterRule &rule)
{
    const NumberForm number = rule.headers.empty() ? NumberForm::Digits : rule.headers.back().number;
    return number == NumberForm::Integer ? 1 : number == NumberForm::JsNumber ? 2 : 0;
}

double shown(const std::optional<Millis> &time, double unit)
{
    return time ? time->count() / unit : 0;
}

} // namespace

PolicyForm::PolicyForm(std::vector<RetryPolicy> presets, QWidget *parent)
    : QWidget(parent), m_presets(std::move(presets))
{
    Q_ASSERT(!m_presets.empty());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Step);
    buildPreset(column);
    buildBackoff(column);
    buildLimits(column);
    buildRetryAfter(column);
    buildRetriesOn(column);
    buildAfterLast(column);
    usePreset(0);
}

QGridLayout *PolicyForm::section(QVBoxLayout *column, const QString &title)
{
    column->addSpacing(2 * Step);
    column->addWidget(sectionTitle(title, this));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(2 * Step);
    grid->setVerticalSpacing(Step);
    grid->setColumnMinimumWidth(0, 60);
    grid->setColumnStretch(1, 1);
    column->addLayout(grid);
    return grid;
}

void PolicyForm::addField(QGridLayout *grid, const QString &label, QWidget *field)
{
    auto *name = new QLabel(label, this);
    name->setBuddy(field);
    field->setAccessibleName(label);
    const int row = grid->rowCount();
    grid->addWidget(name, row, 0);
    grid->addWidget(field, row, 1);
}

PolicyForm::Spin *PolicyForm::spin(double most, int decimals, const QString &suffix, const QString &none)
{
    auto *box = new CalmSpin(this);
    box->setDecimals(decimals);
    box->setRange(0, most);
    box->setSuffix(suffix);
    box->setSpecialValueText(none);
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    box->setAlignment(Qt::AlignRight);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setMinimumWidth(90);
    box->setFocusPolicy(Qt::StrongFocus);
    return box;
}

QComboBox *PolicyForm::combo(const QStringList &items)
{
    auto *box = new QComboBox(this);
    box->addItems(items);
    box->setMinimumContentsLength(8);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

QCheckBox *PolicyForm::check(QVBoxLayout *column, const QString &text)
{
    auto *box = new QCheckBox(text, this);
    column->addWidget(box);
    return box;
}

void PolicyForm::buildPreset(QVBoxLayout *column)
{
    column->addWidget(sectionTitle(tr("Policy"), this));
    QStringList names;
    for (const RetryPolicy &preset : m_presets)
        names << preset.name;
    m_preset = combo(names);
    m_preset->setAccessibleName(tr("Policy to start from"));
    column->addWidget(m_preset);
    auto *line = new QHBoxLayout;
    m_state = mutedText({}, this);
    m_reset = linkButton(tr("Reset"), this);
    line->addWidget(m_state, 1);
    line->addWidget(m_reset);
    column->addLayout(line);
    connect(m_preset, &QComboBox::activated, this, &PolicyForm::usePreset);
    connect(m_reset, &QPushButton::clicked, this, [this] { usePreset(m_preset->currentIndex()); });
}

void PolicyForm::buildBackoff(QVBoxLayout *column)
{
    QGridLayout *grid = section(column, tr("Backoff"));
    m_shape = combo({tr("constant"), tr("linear"), tr("exponential"), tr("Fibonacci"), tr("table"), tr("Polly V2")});
    m_base = spin(1e9, 3, tr(" ms"));
    m_factor = spin(1000, 3, {});
    m_cap = spin(1e9, 3, tr(" ms"), tr("none"));
    m_jitter =
        combo({tr("none"), tr("full"), tr("equal"), tr("additive"), tr("symmetric"), tr("decorrelated"), tr("range")});
    m_ratio = spin(1000, 2, tr(" %"));
    addField(grid, tr("Shape"), m_shape);
    addField(grid, tr("Base"), m_base);
    addField(grid, tr("Factor"), m_factor);
    addField(grid, tr("Cap"), m_cap);
    addField(grid, tr("Jitter"), m_jitter);
    addField(grid, tr("Ratio"), m_ratio);
    m_ratio->setToolTip(tr("How far jitter may move a wait, in percent of it"));

    connect(m_shape, &QComboBox::currentIndexChanged, this, [this](int index) {
        edit([index](RetryPolicy &p) {
            p.backoff.shape = static_cast<BackoffShape>(index);
            if (p.backoff.shape == BackoffShape::Table && p.backoff.table.empty())
                p.backoff.table = {p.backoff.base};
        });
    });
    connect(m_base, &Spin::valueChanged, this,
            [this](double ms) { edit([ms](RetryPolicy &p) { p.backoff.base = Millis(ms); }); });
    connect(m_factor, &Spin::valueChanged, this,
            [this](double factor) { edit([factor](RetryPolicy &p) { p.backoff.factor = factor; }); });
    connect(m_cap, &Spin::valueChanged, this,
            [this](double ms) { edit([ms](RetryPolicy &p) { p.backoff.cap = optionalMillis(ms, 1); }); });
    connect(m_jitter, &QComboBox::currentIndexChanged, this,
            [this](int index) { edit([index](RetryPolicy &p) { p.backoff.jitter = static_cast<Jitter>(index); }); });
    connect(m_ratio, &Spin::valueChanged, this,
            [this](double percent) { edit([percent](RetryPolicy &p) { p.backoff.ratio = percent / 100; }); });
}

void PolicyForm::buildLimits(QVBoxLayout *column)
{
    QGridLayout *grid = section(column, tr("Limits"));
    m_retries = spin(999, 0, {}, tr("for ever"));
    m_retries->setMinimum(NoLimit);
    m_retries->setStepType(QAbstractSpinBox::DefaultStepType);
    m_deadline = spin(1e6, 3, tr(" s"), tr("none"));
    m_timeout = spin(1e6, 3, tr(" s"), tr("none"));
    addField(grid, tr("Retries"), m_retries);
    addField(grid, tr("Deadline"), m_deadline);
    addField(grid, tr("Time-out"), m_timeout);
    m_deadline->setToolTip(tr("For the whole run: a wait that would pass it is not begun"));
    m_timeout->setToolTip(tr("For one attempt"));

    connect(m_retries, &Spin::valueChanged, this, [this](double retries) {
        edit([retries](RetryPolicy &p) {
            p.maxAttempts = retries < 0 ? std::numeric_limits<double>::infinity() : retries + 1;
        });
    });
    connect(m_deadline, &Spin::valueChanged, this,
            [this](double s) { edit([s](RetryPolicy &p) { p.deadline = optionalMillis(s, 1000); }); });
    connect(m_timeout, &Spin::valueChanged, this,
            [this](double s) { edit([s](RetryPolicy &p) { p.attemptTimeout = optionalMillis(s, 1000); }); });
}

void PolicyForm::buildRetryAfter(QVBoxLayout *column)
{
    QGridLayout *grid = section(column, tr("Retry-After"));
    m_headerOn = new QLineEdit(this);
    m_headerOn->setPlaceholderText(tr("never read"));
    m_headerNote = new NoteLine(this);
    m_reading = combo({tr("as RFC 9110 says"), tr("whole seconds"), tr("JS Number()")});
    m_absent = spin(1e6, 3, tr(" s"), tr("backoff"));
    m_headerCap = spin(1e6, 3, tr(" s"), tr("none"));
    addField(grid, tr("On"), m_headerOn);
    grid->addWidget(m_headerNote, grid->rowCount(), 0, 1, 2);
    addField(grid, tr("Read"), m_reading);
    addField(grid, tr("Absent"), m_absent);
    addField(grid, tr("At most"), m_headerCap);
    m_absent->setToolTip(tr("How long to wait on such a status without the header"));

    const auto rule = [](RetryPolicy &p) -> RetryAfterRule & {
        if (!p.retryAfter)
            p.retryAfter.emplace();
        return *p.retryAfter;
    };
    connect(m_headerOn, &QLineEdit::textEdited, this, [this, rule] {
        editStatuses(m_headerOn, m_headerNote, [rule](RetryPolicy &p, StatusSet set) {
            if (set.ranges.empty())
                p.retryAfter.reset();
            else
                rule(p).statuses = std::move(set);
        });
    });
    connect(m_reading, &QComboBox::currentIndexChanged, this,
            [this, rule](int index) { edit([=](RetryPolicy &p) { rule(p).headers = {reading(index)}; }); });
    connect(m_absent, &Spin::valueChanged, this,
            [this, rule](double s) { edit([=](RetryPolicy &p) { rule(p).whenAbsent = optionalMillis(s, 1000); }); });
    connect(m_headerCap, &Spin::valueChanged, this,
            [this, rule](double s) { edit([=](RetryPolicy &p) { rule(p).cap = optionalMillis(s, 1000); }); });
}

void PolicyForm::buildRetriesOn(QVBoxLayout *column)
{
    QGridLayout *grid = section(column, tr("Retries on"));
    m_statuses = new QLineEdit(this);
    m_statuses->setPlaceholderText(tr("no status"));
    m_statusNote = new NoteLine(this);
    addField(grid, tr("Status"), m_statuses);
    grid->addWidget(m_statusNote, grid->rowCount(), 0, 1, 2);
    m_network = check(column, tr("network error"));
    m_unreadable = check(column, tr("unreadable body"));
    connect(m_statuses, &QLineEdit::textEdited, this, [this] {
        editStatuses(m_statuses, m_statusNote, [](RetryPolicy &p, StatusSet set) { p.statuses = std::move(set); });
    });
    connect(m_network, &QCheckBox::toggled, this,
            [this](bool on) { edit([on](RetryPolicy &p) { p.failures = on ? FailureSet::all() : FailureSet(); }); });
    connect(m_unreadable, &QCheckBox::toggled, this,
            [this](bool on) { edit([on](RetryPolicy &p) { p.unreadableBody = on; }); });
}

void PolicyForm::buildAfterLast(QVBoxLayout *column)
{
    QGridLayout *grid = section(column, tr("At the end"));
    m_timer = combo({tr("exact"), tr("Node.js"), tr("browser")});
    m_timer->setToolTip(tr("What the client's timer makes of a wait that is negative, no number, or too long"));
    addField(grid, tr("Timer"), m_timer);
    m_returns = check(column, tr("returns the last error"));
    m_sleepsAfter = check(column, tr("waits once more, then fails"));
    m_sleepsAfter->setToolTip(
        tr("A status with a Retry-After rule is waited for even after the last attempt, then the client gives up"));
    connect(m_timer, &QComboBox::currentIndexChanged, this,
            [this](int index) { edit([index](RetryPolicy &p) { p.timer = static_cast<TimerKind>(index); }); });
    connect(m_returns, &QCheckBox::toggled, this,
            [this](bool on) { edit([on](RetryPolicy &p) { p.returnsLastResponse = on; }); });
    connect(m_sleepsAfter, &QCheckBox::toggled, this,
            [this](bool on) { edit([on](RetryPolicy &p) { p.sleepsAfterLastRetryAfter = on; }); });
}

bool PolicyForm::choose(const QString &id)
{
    const auto found =
        std::find_if(m_presets.begin(), m_presets.end(), [&id](const RetryPolicy &p) { return p.id == id; });
    if (found == m_presets.end())
        return false;
    usePreset(static_cast<int>(found - m_presets.begin()));
    return true;
}

void PolicyForm::usePreset(int index)
{
    m_policy = m_presets[static_cast<std::size_t>(index)];
    m_changed = false;
    m_preset->setCurrentIndex(index);
    m_preset->setToolTip(m_policy.name);
    show(m_policy);
    Q_EMIT policyChanged();
}

void PolicyForm::show(const RetryPolicy &policy)
{
    m_showing = true;
    m_shape->setCurrentIndex(static_cast<int>(policy.backoff.shape));
    m_base->setValue(policy.backoff.base.count());
    m_factor->setValue(policy.backoff.factor);
    m_cap->setValue(shown(policy.backoff.cap, 1));
    m_jitter->setCurrentIndex(static_cast<int>(policy.backoff.jitter));
    m_ratio->setValue(policy.backoff.ratio * 100);
    m_retries->setValue(std::isinf(policy.maxAttempts) ? NoLimit : std::max(0.0, policy.maxAttempts - 1));
    m_deadline->setValue(shown(policy.deadline, 1000));
    m_timeout->setValue(shown(policy.attemptTimeout, 1000));
    const RetryAfterRule rule = policy.retryAfter.value_or(RetryAfterRule{});
    m_headerOn->setText(rule.statuses.text());
    m_headerNote->clearNote();
    m_reading->setCurrentIndex(indexOfReading(rule));
    m_absent->setValue(shown(rule.whenAbsent, 1000));
    m_headerCap->setValue(shown(rule.cap, 1000));
    m_statuses->setText(policy.statuses.text());
    m_statusNote->clearNote();
    m_network->setChecked(!policy.failures.isEmpty());
    m_unreadable->setChecked(policy.unreadableBody);
    m_returns->setChecked(policy.returnsLastResponse);
    m_sleepsAfter->setChecked(policy.sleepsAfterLastRetryAfter);
    m_timer->setCurrentIndex(static_cast<int>(policy.timer));
    m_showing = false;
    enableFields();
}

void PolicyForm::edit(const std::function<void(RetryPolicy &)> &change)
{
    if (m_showing)
        return;
    change(m_policy);
    m_changed = true;
    enableFields();
    Q_EMIT policyChanged();
}

void PolicyForm::editStatuses(QLineEdit *field, NoteLine *note,
                              const std::function<void(RetryPolicy &, StatusSet)> &take)
{
    const Result<StatusSet> statuses = parseStatuses(field->text());
    if (!statuses) {
        note->showProblem(statuses.error().message);
        return;
    }
    note->clearNote();
    edit([&](RetryPolicy &p) { take(p, *statuses); });
}

void PolicyForm::enableFields()
{
    const Backoff &backoff = m_policy.backoff;
    const bool decorrelated = backoff.jitter == Jitter::Decorrelated;
    m_shape->setEnabled(!decorrelated);
    m_base->setEnabled(decorrelated || backoff.shape != BackoffShape::Table);
    m_factor->setEnabled(!decorrelated && backoff.shape == BackoffShape::Exponential);
    m_ratio->setEnabled(backoff.jitter == Jitter::Additive || backoff.jitter == Jitter::Symmetric);
    const bool reads = m_policy.retryAfter.has_value();
    m_reading->setEnabled(reads);
    m_absent->setEnabled(reads);
    m_headerCap->setEnabled(reads);
    m_sleepsAfter->setEnabled(reads);
    m_state->setText(m_changed ? tr("changed") : m_policy.version);
    m_reset->setVisible(m_changed);
}

} // namespace errata
