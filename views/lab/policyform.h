// A retry policy as a form: presets first, every number can be changed.
#pragma once

#include "models/retry/retrypolicy.h"

#include <QWidget>

#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace errata {

class NoteLine;

class PolicyForm : public QWidget
{
    Q_OBJECT

public:
    /// \a presets is not empty.
    explicit PolicyForm(std::vector<RetryPolicy> presets, QWidget *parent = nullptr);

    /// The policy as it stands in the form; a field with a fault keeps the value it had.
    [[nodiscard]] const RetryPolicy &policy() const { return m_policy; }
    /// Something differs from the preset chosen.
    [[nodiscard]] bool isChanged() const { return m_changed; }
    /// Chooses a preset; false when there is none of that id.
    bool choose(const QString &id);

Q_SIGNALS:
    void policyChanged();

private:
    using Spin = QDoubleSpinBox;

    void buildPreset(QVBoxLayout *column);
    void buildBackoff(QVBoxLayout *column);
    void buildLimits(QVBoxLayout *column);
    void buildRetryAfter(QVBoxLayout *column);
    void buildRetriesOn(QVBoxLayout *column);
    void buildAfterLast(QVBoxLayout *column);
    [[nodiscard]] QGridLayout *section(QVBoxLayout *column, const QString &title);
    void addField(QGridLayout *grid, const QString &label, QWidget *field);
    [[nodiscard]] Spin *spin(double most, int decimals, const QString &suffix, const QString &none = {});
    [[nodiscard]] QComboBox *combo(const QStringList &items);
    [[nodiscard]] QCheckBox *check(QVBoxLayout *column, const QString &text);

    void usePreset(int index);
    void show(const RetryPolicy &policy);
    /// Takes one change from the user into the policy.
    void edit(const std::function<void(RetryPolicy &)> &change);
    void editStatuses(QLineEdit *field, NoteLine *note, const std::function<void(RetryPolicy &, StatusSet)> &take);
    void enableFields();

    std::vector<RetryPolicy> m_presets;
    RetryPolicy m_policy;
    bool m_changed = false;
    bool m_showing = false;

    QComboBox *m_preset = nullptr;
    QPushButton *m_reset = nullptr;
    QLabel *m_state = nullptr;
    QComboBox *m_shape = nullptr;
    Spin *m_base = nullptr;
    Spin *m_factor = nullptr;
    Spin *m_cap = nullptr;
    QComboBox *m_jitter = nullptr;
    Spin *m_ratio = nullptr;
    Spin *m_retries = nullptr;
    Spin *m_deadline = nullptr;
    Spin *m_timeout = nullptr;
    QLineEdit *m_headerOn = nullptr;
    NoteLine *m_headerNote = nullptr;
    Spin *m_absent = nullptr;
    Spin *m_headerCap = nullptr;
    QComboBox *m_reading = nullptr;
    QLineEdit *m_statuses = nullptr;
    NoteLine *m_statusNote = nullptr;
    QCheckBox *m_network = nullptr;
    QCheckBox *m_unreadable = nullptr;
    QCheckBox *m_returns = nullptr;
    QCheckBox *m_sleepsAfter = nullptr;
    QComboBox *m_timer = nullptr;
};

} // namespace errata
