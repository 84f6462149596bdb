#include "views/lab/scenarioform.h"

#include "views/lab/numberfield.h"
#include "views/theme/theme.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>

namespace errata {

namespace {

using Arrivals = HerdScenario::Arrivals;

constexpr int MostClients = 100'000;

struct Scenario
{
    const char *title;
    LoadSetup load;
};

LoadSetup steady(int clients, double perSecond, double capacity)
{
    LoadSetup load;
    load.clients = clients;
    load.arrivals = Arrivals::Poisson;
    load.window = Millis(clients / perSecond * 1000);
    load.capacity = capacity;
    load.latency = Millis(50);
    load.followsScript = false;
    return load;
}

LoadSetup outage(LoadSetup load, double fromSeconds, double seconds)
{
    load.outageFrom = Millis(fromSeconds * 1000);
    load.outageLength = Millis(seconds * 1000);
    return load;
}

LoadSetup queueing(LoadSetup load, int queue)
{
    load.queue = queue;
    return load;
}

LoadSetup contention()
{
    LoadSetup load;
    load.kind = LoadSetup::Kind::Contention;
    load.clients = 100;
    return load;
}

std::vector<Scenario> scenarios()
{
    return {{QT_TRANSLATE_NOOP("errata::ScenarioForm", "All at once, answered by the script"), LoadSetup()},
            {QT_TRANSLATE_NOOP("errata::ScenarioForm", "Steady clients, an outage of 10 s"),
             outage(steady(6000, 100, 200), 10, 10)},
            {QT_TRANSLATE_NOOP("errata::ScenarioForm", "An outage with a long queue behind it"),
             outage(queueing(steady(9000, 150, 200), 2000), 10, 10)},
            {QT_TRANSLATE_NOOP("errata::ScenarioForm", "More new clients than the server can take"),
             queueing(steady(9000, 300, 200), 100)},
            {QT_TRANSLATE_NOOP("errata::ScenarioForm", "Writes that get in each other's way (AWS)"), contention()}};
}

} // namespace

ScenarioForm::ScenarioForm(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Step);
    auto *row = new QHBoxLayout;
    m_scenario = new QComboBox(this);
    m_scenario->setAccessibleName(tr("Scenario"));
    m_scenario->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_scenario->setMinimumContentsLength(14);
    for (const Scenario &scenario : scenarios())
        m_scenario->addItem(tr(scenario.title));
    m_scenario->addItem(tr("Your own"));
    m_toggle = new QPushButton(tr("Numbers"), this);
    m_toggle->setCheckable(true);
    m_toggle->setToolTip(tr("Clients, arrivals, capacity, outage"));
    row->addWidget(m_scenario, 1);
    row->addWidget(m_toggle);
    column->addLayout(row);
    buildNumbers();
    column->addWidget(m_numbers);
    m_numbers->hide();
    connect(m_toggle, &QPushButton::toggled, m_numbers, &QWidget::setVisible);
    connect(m_scenario, &QComboBox::activated, this, &ScenarioForm::chooseScenario);
    showLoad(m_load);
}

void ScenarioForm::buildNumbers()
{
    m_numbers = new QWidget(this);
    new FlowLayout(m_numbers, 2 * Step);
    const QString seconds = tr(" s");
    m_clients = number(tr("Clients"), {1, MostClients},
                       [](LoadSetup &load, double clients) { load.clients = static_cast<int>(clients); });
    m_arrivals = new QComboBox(m_numbers);
    m_arrivals->addItems({tr("at once"), tr("evenly by chance"), tr("Poisson")});
    add(tr("Arrive"), m_arrivals);
    m_herdOnly.push_back(m_arrivals->parentWidget());
    m_window = number(tr("Within"), {0, 86'400, 0, 0, 3, seconds},
                      [](LoadSetup &load, double s) { load.window = Millis(s * 1000); });
    m_capacity = number(tr("Capacity"), {0, 1e6, 0, 0, 1, tr(" /s"), tr("any")}, [](LoadSetup &load, double perSecond) {
        load.capacity = perSecond > 0 ? std::optional(perSecond) : std::nullopt;
    });
    m_queue = number(tr("Queue"), {0, 1e6, 0, 0, 0, {}, tr("sheds")},
                     [](LoadSetup &load, double places) { load.queue = static_cast<int>(places); });
    m_latency = number(tr("Takes"), {0, 1e6, 0, 0, 3, tr(" ms")},
                       [](LoadSetup &load, double ms) { load.latency = Millis(ms); });
    m_outageFrom = number(tr("Outage from"), {0, 86'400, 0, 0, 3, seconds},
                          [](LoadSetup &load, double s) { load.outageFrom = Millis(s * 1000); });
    m_outageLength = number(tr("for"), {0, 86'400, 0, 0, 3, seconds, tr("none")},
                            [](LoadSetup &load, double s) { load.outageLength = Millis(s * 1000); });
    m_script = new QCheckBox(tr("answers as the script"), m_numbers);
    m_script->setToolTip(tr("A server that is well answers each client's attempts as the script says; else with 200"));
    m_numbers->layout()->addWidget(m_script);
    m_herdOnly.push_back(m_script);
    connect(m_arrivals, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_load.arrivals = static_cast<Arrivals>(index);
        edited();
    });
    connect(m_script, &QCheckBox::toggled, this, [this](bool on) {
        m_load.followsScript = on;
        edited();
    });
}

void ScenarioForm::add(const QString &label, QWidget *field)
{
    auto *pair = new QWidget(m_numbers);
    auto *row = new QHBoxLayout(pair);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Step);
    auto *name = mutedLabel(label, pair);
    name->setBuddy(field);
    field->setAccessibleName(label);
    row->addWidget(name);
    row->addWidget(field);
    m_numbers->layout()->addWidget(pair);
}

NumberField *ScenarioForm::number(const QString &label, const NumberShape &shape,
                                  const std::function<void(LoadSetup &, double)> &take)
{
    auto *field = new NumberField(shape, m_numbers);
    field->setName(label);
    add(label, field);
    if (m_clients) // all but the first have no meaning for writes
        m_herdOnly.push_back(field->parentWidget());
    connect(field, &NumberField::valueChanged, this, [this, take](double value) {
        take(m_load, value);
        edited();
    });
    return field;
}

void ScenarioForm::edited()
{
    if (m_showing)
        return;
    showLoad(m_load);
    Q_EMIT loadChanged();
}

void ScenarioForm::chooseScenario(int index)
{
    const std::vector<Scenario> all = scenarios();
    if (static_cast<std::size_t>(index) >= all.size()) {
        m_toggle->setChecked(true);
        return;
    }
    setLoad(all[static_cast<std::size_t>(index)].load);
    Q_EMIT loadChanged();
}

void ScenarioForm::setLoad(const LoadSetup &load)
{
    showLoad(load);
}

void ScenarioForm::showLoad(const LoadSetup &load)
{
    m_load = load;
    m_showing = true;
    m_clients->setValue(load.clients);
    m_arrivals->setCurrentIndex(static_cast<int>(load.arrivals));
    m_window->setValue(load.window.count() / 1000);
    m_capacity->setValue(load.capacity.value_or(0));
    m_queue->setValue(load.queue);
    m_latency->setValue(load.latency.count());
    m_outageFrom->setValue(load.outageFrom.count() / 1000);
    m_outageLength->setValue(load.outageLength.count() / 1000);
    m_script->setChecked(load.followsScript);
    m_showing = false;
    for (QWidget *field : m_herdOnly)
        field->setVisible(load.kind == LoadSetup::Kind::Herd);
    m_window->setEnabled(load.arrivals != Arrivals::AtOnce);
    const std::vector<Scenario> all = scenarios();
    int index = 0;
    while (static_cast<std::size_t>(index) < all.size() && !(all[static_cast<std::size_t>(index)].load == load))
        ++index;
    m_scenario->setCurrentIndex(index);
}

} // namespace errata
