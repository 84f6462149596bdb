// Who comes to the server, and what it can take.
#pragma once

#include "models/retry/labsetup.h"

#include <QWidget>

#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QPushButton;

namespace errata {

class NumberField;
struct NumberShape;

class ScenarioForm : public QWidget
{
    Q_OBJECT

public:
    explicit ScenarioForm(QWidget *parent = nullptr);

    [[nodiscard]] const LoadSetup &load() const { return m_load; }
    void setLoad(const LoadSetup &load);

Q_SIGNALS:
    void loadChanged();

private:
    void buildNumbers();
    [[nodiscard]] NumberField *number(const QString &label, const NumberShape &shape,
                                      const std::function<void(LoadSetup &, double)> &take);
    void add(const QString &label, QWidget *field);
    void chooseScenario(int index);
    void showLoad(const LoadSetup &load);
    void edited();

    LoadSetup m_load;
    bool m_showing = false;
    QComboBox *m_scenario = nullptr;
    QPushButton *m_toggle = nullptr;
    QWidget *m_numbers = nullptr;
    NumberField *m_clients = nullptr;
    QComboBox *m_arrivals = nullptr;
    NumberField *m_window = nullptr;
    NumberField *m_capacity = nullptr;
    NumberField *m_queue = nullptr;
    NumberField *m_latency = nullptr;
    NumberField *m_outageFrom = nullptr;
    NumberField *m_outageLength = nullptr;
    QCheckBox *m_script = nullptr;
    std::vector<QWidget *> m_herdOnly;
};

} // namespace errata
