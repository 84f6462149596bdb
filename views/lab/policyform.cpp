#include "views/lab/policyform.h"

#include "models/retry/policywriter.h"
#include "views/lab/numberfield.h"
#include "views/lab/policywords.h"
#include "views/lab/presetbox.h"
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
#include <QSlider>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>

namespace errata {

namespace {

constexpr double NoLimit = -1;
/// Further back, nobody remembers what stood there.
constexpr std::size_t MostUndo = 200;

/// A combo box that leaves the wheel to the page.
class CalmCombo : public QComboBox
{
public:
    using QComboBox::QComboBox;

protected:
    void wheelEvent(QWheelEvent *event) override { event->ignore(); }
};

std::optional<Millis> optionalMillis(double value, double unit)
{
    return value <= 0 ? std::nullopt : std::optional(Millis(value * unit));
}

double shown(const std::optional<Millis> &time, double unit)
{
    return time ? time->count() / unit : 0;
}

enum Reading { RfcReading, IntegerReading, JsReading, OwnReading };

/// How the form's choices read Retry-After.
std::vector<WaitHeader> headersFor(int reading)
{
    WaitHeader header;
    header.number = reading == IntegerReading ? NumberForm::Integer
                    : reading == JsReading    ? NumberForm::JsNumber
                                              : NumberForm::Digits;
    header.date = reading == RfcReading ? DateForm::Rfc : DateForm::None;
    return {header};
}

int readingOf(const RetryAfterRule &rule)
{
    if (rule.headers.size() != 1 || rule.headers.front().name.compare("retry-after", Qt::CaseInsensitive) != 0)
        return OwnReading;
    const WaitHeader &header = rule.headers.front();
    for (const int reading : {RfcReading, IntegerReading, JsReading}) {
        const WaitHeader other = headersFor(reading).front();
        if (header.number == other.number && header.date == other.date && header.unit == other.unit &&
            !header.epochFrom && !header.wrapsInt64)
            return reading;
    }
    return OwnReading;
}

RetryAfterRule &ruleOf(RetryPolicy &policy)
{
    if (!policy.retryAfter)
        policy.retryAfter.emplace();
    return *policy.retryAfter;
}

RetryAfterRule shownRule(const RetryPolicy &policy)
{
    return policy.retryAfter.value_or(RetryAfterRule{});
}

QString exact(double value)
{
    return QString::number(value, 'g', 12);
}

QString exact(const std::optional<Millis> &time)
{
    return time ? exact(time->count()) + QStringLiteral(" ms") : PolicyForm::tr("none");
}

QString yesNo(bool yes)
{
    return yes ? PolicyForm::tr("yes") : PolicyForm::tr("no");
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
    connectBackoff();
    buildLimits(column);
    buildRetryAfter(column);
    connectRetryAfter();
    buildRetriesOn(column);
    buildAfterLast(column);
    column->addSpacing(Step);
    m_also = mutedText({}, this);
    column->addWidget(m_also);
    setState({m_presets.front(), m_presets.front().id});
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

void PolicyForm::addField(QGridLayout *grid, const QString &label, QWidget *field, Text text)
{
    auto *name = new QLabel(label, this);
    name->setBuddy(field);
    if (auto *numbers = qobject_cast<NumberField *>(field))
        numbers->setName(label);
    else
        field->setAccessibleName(label);
    const int row = grid->rowCount();
    grid->addWidget(name, row, 0);
    grid->addWidget(field, row, 1);
    m_fields.push_back({name, field, std::move(text)});
}

NumberField *PolicyForm::number(const NumberShape &shape)
{
    auto *field = new NumberField(shape, this);
    connect(field, &NumberField::editingFinished, this, [this] { m_lastEdited = nullptr; });
    return field;
}

void PolicyForm::bind(NumberField *field, const std::function<void(RetryPolicy &, double)> &take)
{
    connect(field, &NumberField::valueChanged, this,
            [this, field, take](double value) { edit(field, [&](RetryPolicy &policy) { take(policy, value); }); });
}

QComboBox *PolicyForm::combo(const QStringList &items)
{
    auto *box = new CalmCombo(this);
    box->addItems(items);
    box->setMinimumContentsLength(8);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

QCheckBox *PolicyForm::check(QVBoxLayout *column, const QString &text, Text stands)
{
    auto *box = new QCheckBox(text, this);
    column->addWidget(box);
    m_fields.push_back({nullptr, box, std::move(stands)});
    return box;
}

void PolicyForm::buildPreset(QVBoxLayout *column)
{
    column->addWidget(sectionTitle(tr("Policy"), this));
    m_presetBox = new PresetBox(tr("Policy to start from"), this);
    m_presetBox->setPolicies(m_presets);
    column->addWidget(m_presetBox);
    auto *line = new QHBoxLayout;
    m_state = mutedText({}, this);
    m_reset = linkButton(tr("Reset"), this);
    line->addWidget(m_state, 1);
    line->addWidget(m_reset);
    column->addLayout(line);
    connect(m_presetBox, &PresetBox::presetChosen, this, &PolicyForm::usePreset);
    connect(m_reset, &QPushButton::clicked, this, [this] { usePreset(m_preset); });
}

void PolicyForm::buildBackoff(QVBoxLayout *column)
{
    QGridLayout *grid = section(column, tr("Backoff"));
    const QString ms = tr(" ms");
    const QString percent = tr(" %");
    m_shape = combo(
        {tr("constant"), tr("linear"), tr("exponential"), tr("Fibonacci"), tr("table"), tr("power"), tr("Polly V2")});
    m_base = number({0, 1e9, 1, 600'000, 3, ms});
    m_factor = number({0, 1000, 1, 5, 3});
    m_table = new QLineEdit(this);
    m_tableNote = new NoteLine(this);
    m_cap = number({0, 1e9, 10, 3'600'000, 3, ms, tr("none")});
    m_jitter =
        combo({tr("none"), tr("full"), tr("equal"), tr("additive"), tr("symmetric"), tr("decorrelated"), tr("range")});
    m_ratio = number({0, 1000, 0, 200, 2, percent});
    m_from = number({0, 1000, 0, 200, 2, percent});
    m_to = number({0, 1000, 0, 200, 2, percent});
    addField(grid, tr("Shape"), m_shape,
             [this](const RetryPolicy &p) { return m_shape->itemText(static_cast<int>(p.backoff.shape)); });
    addField(grid, tr("Base"), m_base, [](const RetryPolicy &p) { return exact(p.backoff.base); });
    addField(grid, tr("Factor"), m_factor, [](const RetryPolicy &p) { return exact(p.backoff.factor); });
    addField(grid, tr("Waits"), m_table, [](const RetryPolicy &p) { return waitsText(p.backoff.table); });
    grid->addWidget(m_tableNote, grid->rowCount(), 0, 1, 2);
    addField(grid, tr("Cap"), m_cap, [](const RetryPolicy &p) { return exact(p.backoff.cap); });
    addField(grid, tr("Jitter"), m_jitter,
             [this](const RetryPolicy &p) { return m_jitter->itemText(static_cast<int>(p.backoff.jitter)); });
    addField(grid, tr("Ratio"), m_ratio, [](const RetryPolicy &p) { return exact(p.backoff.ratio * 100); });
    addField(grid, tr("From"), m_from, [](const RetryPolicy &p) { return exact(p.backoff.from * 100); });
    addField(grid, tr("To"), m_to, [](const RetryPolicy &p) { return exact(p.backoff.to * 100); });
    m_ratio->setToolTip(tr("How far jitter may move a wait, in percent of it"));
    m_table->setToolTip(tr("The waits in milliseconds, one after the other; the last is repeated"));
}

void PolicyForm::connectBackoff()
{
    connect(m_shape, &QComboBox::currentIndexChanged, this, [this](int index) {
        edit(m_shape, [index](RetryPolicy &p) {
            p.backoff.shape = static_cast<BackoffShape>(index);
            if (p.backoff.shape == BackoffShape::Table && p.backoff.table.empty())
                p.backoff.table = {p.backoff.base};
        });
    });
    connect(m_jitter, &QComboBox::currentIndexChanged, this, [this](int index) {
        edit(m_jitter, [index](RetryPolicy &p) { p.backoff.jitter = static_cast<Jitter>(index); });
    });
    connect(m_table, &QLineEdit::textEdited, this, &PolicyForm::editTable);
    bind(m_base, [](RetryPolicy &p, double ms) { p.backoff.base = Millis(ms); });
    bind(m_factor, [](RetryPolicy &p, double factor) { p.backoff.factor = factor; });
    bind(m_cap, [](RetryPolicy &p, double ms) { p.backoff.cap = optionalMillis(ms, 1); });
    bind(m_ratio, [](RetryPolicy &p, double percent) { p.backoff.ratio = percent / 100; });
    bind(m_from, [](RetryPolicy &p, double percent) { p.backoff.from = percent / 100; });
    bind(m_to, [](RetryPolicy &p, double percent) { p.backoff.to = percent / 100; });
}

void PolicyForm::buildLimits(QVBoxLayout *column)
{
    QGridLayout *grid = section(column, tr("Limits"));
    const QString seconds = tr(" s");
    m_retries = number({NoLimit, 999, 0, 20, 0, {}, tr("for ever")});
    m_deadline = number({0, 1e6, 0.1, 3600, 3, seconds, tr("none")});
    m_timeout = number({0, 1e6, 0.1, 600, 3, seconds, tr("none")});
    addField(grid, tr("Retries"), m_retries, [](const RetryPolicy &p) { return exact(p.maxAttempts); });
    addField(grid, tr("Deadline"), m_deadline, [](const RetryPolicy &p) { return exact(p.deadline); });
    addField(grid, tr("Time-out"), m_timeout, [](const RetryPolicy &p) { return exact(p.attemptTimeout); });
    m_deadline->setToolTip(tr("For the whole run: a wait that would pass it is not begun"));
    m_timeout->setToolTip(tr("For one attempt"));
    bind(m_retries, [](RetryPolicy &p, double retries) {
        p.maxAttempts = retries < 0 ? std::numeric_limits<double>::infinity() : retries + 1;
    });
    bind(m_deadline, [](RetryPolicy &p, double s) { p.deadline = optionalMillis(s, 1000); });
    bind(m_timeout, [](RetryPolicy &p, double s) { p.attemptTimeout = optionalMillis(s, 1000); });
}

void PolicyForm::buildRetryAfter(QVBoxLayout *column)
{
    QGridLayout *grid = section(column, tr("Retry-After"));
    const QString seconds = tr(" s");
    m_headerOn = new QLineEdit(this);
    m_headerOn->setPlaceholderText(tr("never read"));
    m_headerNote = new NoteLine(this);
    m_reading = combo({tr("as RFC 9110 says"), tr("whole seconds"), tr("JS Number()"), tr("as this client does")});
    m_absent = number({0, 1e6, 0, 0, 3, seconds, tr("backoff")});
    m_headerCap = number({0, 1e6, 0, 0, 3, seconds, tr("none")});
    m_beyond = combo({tr("waits that long"), tr("gives up"), tr("backoff instead")});
    addField(grid, tr("On"), m_headerOn, [](const RetryPolicy &p) { return shownRule(p).statuses.text(); });
    grid->addWidget(m_headerNote, grid->rowCount(), 0, 1, 2);
    addField(grid, tr("Read"), m_reading,
             [this](const RetryPolicy &p) { return m_reading->itemText(readingOf(shownRule(p))); });
    addField(grid, tr("Absent"), m_absent, [](const RetryPolicy &p) { return exact(shownRule(p).whenAbsent); });
    addField(grid, tr("At most"), m_headerCap, [](const RetryPolicy &p) { return exact(shownRule(p).cap); });
    addField(grid, tr("Beyond"), m_beyond,
             [this](const RetryPolicy &p) { return m_beyond->itemText(static_cast<int>(shownRule(p).beyondCap)); });
    m_absent->setToolTip(tr("How long to wait on such a status without the header"));
    m_beyond->setToolTip(tr("When the server asks for more than that"));
}

void PolicyForm::connectRetryAfter()
{
    connect(m_headerOn, &QLineEdit::textEdited, this, [this] {
        editStatuses(m_headerOn, m_headerNote, [](RetryPolicy &p, StatusSet set) {
            if (set.ranges.empty())
                p.retryAfter.reset();
            else
                ruleOf(p).statuses = std::move(set);
        });
    });
    connect(m_reading, &QComboBox::currentIndexChanged, this, [this](int index) {
        edit(m_reading, [this, index](RetryPolicy &p) {
            ruleOf(p).headers = index == OwnReading ? shownRule(preset()).headers : headersFor(index);
        });
    });
    connect(m_beyond, &QComboBox::currentIndexChanged, this, [this](int index) {
        edit(m_beyond,
             [index](RetryPolicy &p) { ruleOf(p).beyondCap = static_cast<RetryAfterRule::BeyondCap>(index); });
    });
    bind(m_absent, [](RetryPolicy &p, double s) { ruleOf(p).whenAbsent = optionalMillis(s, 1000); });
    bind(m_headerCap, [](RetryPolicy &p, double s) { ruleOf(p).cap = optionalMillis(s, 1000); });
}

void PolicyForm::buildRetriesOn(QVBoxLayout *column)
{
    QGridLayout *grid = section(column, tr("Retries on"));
    m_statuses = new QLineEdit(this);
    m_statuses->setPlaceholderText(tr("no status"));
    m_statusNote = new NoteLine(this);
    addField(grid, tr("Status"), m_statuses, [](const RetryPolicy &p) { return p.statuses.text(); });
    grid->addWidget(m_statusNote, grid->rowCount(), 0, 1, 2);
    m_network = check(column, tr("network error"), [](const RetryPolicy &p) { return yesNo(!p.failures.isEmpty()); });
    m_unreadable = check(column, tr("unreadable body"), [](const RetryPolicy &p) { return yesNo(p.unreadableBody); });
    connect(m_statuses, &QLineEdit::textEdited, this, [this] {
        editStatuses(m_statuses, m_statusNote, [](RetryPolicy &p, StatusSet set) { p.statuses = std::move(set); });
    });
    connect(m_network, &QCheckBox::toggled, this, [this](bool on) {
        edit(m_network, [this, on](RetryPolicy &p) {
            const FailureSet own = preset().failures.isEmpty() ? FailureSet::all() : preset().failures;
            p.failures = on ? own : FailureSet();
        });
    });
    connect(m_unreadable, &QCheckBox::toggled, this,
            [this](bool on) { edit(m_unreadable, [on](RetryPolicy &p) { p.unreadableBody = on; }); });
}

void PolicyForm::buildAfterLast(QVBoxLayout *column)
{
    QGridLayout *grid = section(column, tr("At the end"));
    m_timer = combo({tr("exact"), tr("Node.js"), tr("browser")});
    m_timer->setToolTip(tr("What the client's timer makes of a wait that is negative, no number, or too long"));
    addField(grid, tr("Timer"), m_timer,
             [this](const RetryPolicy &p) { return m_timer->itemText(static_cast<int>(p.timer)); });
    m_returns =
        check(column, tr("returns the last error"), [](const RetryPolicy &p) { return yesNo(p.returnsLastResponse); });
    m_sleepsAfter = check(column, tr("waits once more, then fails"),
                          [](const RetryPolicy &p) { return yesNo(p.sleepsAfterLastRetryAfter); });
    m_sleepsAfter->setToolTip(
        tr("A status with a Retry-After rule is waited for even after the last attempt, then the client gives up"));
    connect(m_timer, &QComboBox::currentIndexChanged, this,
            [this](int index) { edit(m_timer, [index](RetryPolicy &p) { p.timer = static_cast<TimerKind>(index); }); });
    connect(m_returns, &QCheckBox::toggled, this,
            [this](bool on) { edit(m_returns, [on](RetryPolicy &p) { p.returnsLastResponse = on; }); });
    connect(m_sleepsAfter, &QCheckBox::toggled, this,
            [this](bool on) { edit(m_sleepsAfter, [on](RetryPolicy &p) { p.sleepsAfterLastRetryAfter = on; }); });
}

const RetryPolicy &PolicyForm::preset() const
{
    const auto found =
        std::find_if(m_presets.begin(), m_presets.end(), [this](const RetryPolicy &p) { return p.id == m_preset; });
    return found == m_presets.end() ? m_presets.front() : *found;
}

bool PolicyForm::choose(const QString &id)
{
    const bool isKnown =
        std::any_of(m_presets.begin(), m_presets.end(), [&id](const RetryPolicy &p) { return p.id == id; });
    if (isKnown)
        usePreset(id);
    return isKnown;
}

void PolicyForm::addPreset(const RetryPolicy &policy)
{
    const auto same =
        std::find_if(m_presets.begin(), m_presets.end(), [&policy](const RetryPolicy &p) { return p.id == policy.id; });
    if (same == m_presets.end())
        m_presets.push_back(policy);
    else
        *same = policy;
    m_presetBox->setPolicies(m_presets);
    m_presetBox->setCurrentId(m_preset);
    markChanges();
}

void PolicyForm::setPolicy(const RetryPolicy &policy)
{
    const bool isKnown =
        std::any_of(m_presets.begin(), m_presets.end(), [&policy](const RetryPolicy &p) { return p.id == policy.id; });
    if (!isKnown)
        addPreset(policy);
    remember();
    setState({policy, policy.id});
}

void PolicyForm::usePreset(const QString &id)
{
    remember();
    m_preset = id;
    setState({preset(), id});
}

void PolicyForm::setState(State state)
{
    m_policy = std::move(state.policy);
    m_preset = std::move(state.preset);
    m_lastEdited = nullptr;
    m_presetBox->setCurrentId(m_preset);
    showPolicy();
    afterChange();
}

void PolicyForm::remember()
{
    m_done.push_back({m_policy, m_preset});
    if (m_done.size() > MostUndo)
        m_done.erase(m_done.begin());
    m_undone.clear();
}

void PolicyForm::step(std::vector<State> &from, std::vector<State> &to)
{
    if (from.empty())
        return;
    to.push_back({m_policy, m_preset});
    State state = std::move(from.back());
    from.pop_back();
    setState(std::move(state));
}

void PolicyForm::showPolicy()
{
    m_showing = true;
    m_shape->setCurrentIndex(static_cast<int>(m_policy.backoff.shape));
    m_base->setValue(m_policy.backoff.base.count());
    m_factor->setValue(m_policy.backoff.factor);
    m_table->setText(waitsText(m_policy.backoff.table));
    m_tableNote->clearNote();
    m_cap->setValue(shown(m_policy.backoff.cap, 1));
    m_jitter->setCurrentIndex(static_cast<int>(m_policy.backoff.jitter));
    m_ratio->setValue(m_policy.backoff.ratio * 100);
    m_from->setValue(m_policy.backoff.from * 100);
    m_to->setValue(m_policy.backoff.to * 100);
    m_retries->setValue(std::isinf(m_policy.maxAttempts) ? NoLimit : std::max(0.0, m_policy.maxAttempts - 1));
    m_deadline->setValue(shown(m_policy.deadline, 1000));
    m_timeout->setValue(shown(m_policy.attemptTimeout, 1000));
    showRule();
    m_statuses->setText(m_policy.statuses.text());
    m_statusNote->clearNote();
    m_network->setChecked(!m_policy.failures.isEmpty());
    m_unreadable->setChecked(m_policy.unreadableBody);
    m_returns->setChecked(m_policy.returnsLastResponse);
    m_sleepsAfter->setChecked(m_policy.sleepsAfterLastRetryAfter);
    m_timer->setCurrentIndex(static_cast<int>(m_policy.timer));
    m_showing = false;
}

void PolicyForm::showRule()
{
    const RetryAfterRule rule = shownRule(m_policy);
    m_headerOn->setText(rule.statuses.text());
    m_headerNote->clearNote();
    m_reading->setCurrentIndex(readingOf(rule));
    m_absent->setValue(shown(rule.whenAbsent, 1000));
    m_headerCap->setValue(shown(rule.cap, 1000));
    m_beyond->setCurrentIndex(static_cast<int>(rule.beyondCap));
}

void PolicyForm::edit(QWidget *source, const Change &change)
{
    if (m_showing)
        return;
    if (m_lastEdited != source)
        remember();
    m_lastEdited = source;
    change(m_policy);
    afterChange();
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
    edit(field, [&](RetryPolicy &p) { take(p, *statuses); });
}

void PolicyForm::editTable()
{
    const Result<std::vector<Millis>> waits = readWaits(m_table->text());
    if (!waits) {
        m_tableNote->showProblem(waits.error().message);
        return;
    }
    m_tableNote->clearNote();
    edit(m_table, [&](RetryPolicy &p) { p.backoff.table = *waits; });
}

void PolicyForm::afterChange()
{
    enableFields();
    markChanges();
    const QStringList others = otherTerms(m_policy);
    m_also->setText(others.isEmpty() ? QString() : tr("also: %1").arg(others.join(QStringLiteral("; "))));
    m_also->setVisible(!others.isEmpty());
    Q_EMIT policyChanged();
}

void PolicyForm::markChanges()
{
    const RetryPolicy &from = preset();
    m_changed = !isSamePolicy(from, m_policy); // an opened one may differ in what no field shows
    for (const Field &field : m_fields) {
        const QString before = field.text(from);
        const bool isChanged = before != field.text(m_policy);
        QWidget *marked = field.label ? field.label : field.widget;
        QFont font = marked->font();
        font.setBold(isChanged);
        marked->setFont(font);
        if (field.label) {
            field.label->setForegroundRole(isChanged ? QPalette::Link : QPalette::WindowText);
            field.label->setToolTip(isChanged ? tr("changed; the preset has %1").arg(before) : QString());
        }
        field.widget->setAccessibleDescription(isChanged ? tr("changed; the preset has %1").arg(before) : QString());
    }
    m_state->setText(m_changed ? tr("changed, from %1").arg(from.version) : from.version);
    m_state->setToolTip(from.source);
    m_reset->setVisible(m_changed);
}

void PolicyForm::enableFields()
{
    const Backoff &backoff = m_policy.backoff;
    const bool decorrelated = backoff.jitter == Jitter::Decorrelated;
    const bool isTable = backoff.shape == BackoffShape::Table && !decorrelated;
    const bool isPolly = backoff.shape == BackoffShape::PollyV2;
    m_shape->setEnabled(!decorrelated);
    m_base->setEnabled(!isTable);
    m_factor->setEnabled(!decorrelated &&
                         (backoff.shape == BackoffShape::Exponential || backoff.shape == BackoffShape::Power));
    m_jitter->setEnabled(!isPolly);
    m_ratio->setEnabled(backoff.jitter == Jitter::Additive || backoff.jitter == Jitter::Symmetric);
    const auto setShown = [this](QWidget *field, bool on) {
        field->setVisible(on);
        const auto line = std::find_if(m_fields.begin(), m_fields.end(),
                                       [field](const Field &other) { return other.widget == field; });
        line->label->setVisible(on);
    };
    setShown(m_table, isTable);
    setShown(m_ratio, backoff.jitter != Jitter::Range);
    setShown(m_from, backoff.jitter == Jitter::Range);
    setShown(m_to, backoff.jitter == Jitter::Range);
    const bool reads = m_policy.retryAfter.has_value();
    m_reading->setEnabled(reads);
    m_absent->setEnabled(reads);
    m_headerCap->setEnabled(reads);
    m_beyond->setEnabled(reads && m_policy.retryAfter->cap);
    m_sleepsAfter->setEnabled(reads);
}

} // namespace errata
