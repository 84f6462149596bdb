// A retry policy as a form: presets first, every main number can be typed or dragged; what it does beyond that is
// named. Changes are marked and can be taken back.
#pragma once

#include "models/retry/retrypolicy.h"

#include <QWidget>

#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace errata {

class NoteLine;
class NumberField;
class PresetBox;
struct NumberShape;

class PolicyForm : public QWidget
{
    Q_OBJECT

public:
    /// \a presets is not empty.
    explicit PolicyForm(std::vector<RetryPolicy> presets, QWidget *parent = nullptr);

    /// The policy as it stands in the form; a field with a fault keeps the value it had.
    [[nodiscard]] const RetryPolicy &policy() const { return m_policy; }
    [[nodiscard]] const std::vector<RetryPolicy> &presets() const { return m_presets; }
    /// Something differs from the preset chosen.
    [[nodiscard]] bool isChanged() const { return m_changed; }
    /// Chooses a preset; false when there is none of that id.
    bool choose(const QString &id);
    /// Another one's policy, as a change of the preset of its id; an unknown one is added as a preset.
    void setPolicy(const RetryPolicy &policy);
    /// The user's own, beside those that are there; one of the same id replaces it.
    void addPreset(const RetryPolicy &policy);

    [[nodiscard]] bool canUndo() const { return !m_done.empty(); }
    [[nodiscard]] bool canRedo() const { return !m_undone.empty(); }
    void undo() { step(m_done, m_undone); }
    void redo() { step(m_undone, m_done); }

Q_SIGNALS:
    void policyChanged();

private:
    using Change = std::function<void(RetryPolicy &)>;
    using Text = std::function<QString(const RetryPolicy &)>;

    /// A line of the form, and what it says of a policy: two that say the same are equal there.
    struct Field
    {
        QLabel *label = nullptr; ///< null: the widget carries its own words
        QWidget *widget = nullptr;
        Text text;
    };
    struct State
    {
        RetryPolicy policy;
        QString preset; ///< its id
    };

    void buildPreset(QVBoxLayout *column);
    void buildBackoff(QVBoxLayout *column);
    void connectBackoff();
    void buildLimits(QVBoxLayout *column);
    void buildRetryAfter(QVBoxLayout *column);
    void connectRetryAfter();
    void buildRetriesOn(QVBoxLayout *column);
    void buildAfterLast(QVBoxLayout *column);
    [[nodiscard]] QGridLayout *section(QVBoxLayout *column, const QString &title);
    void addField(QGridLayout *grid, const QString &label, QWidget *field, Text text);
    [[nodiscard]] NumberField *number(const NumberShape &shape);
    [[nodiscard]] QComboBox *combo(const QStringList &items);
    [[nodiscard]] QCheckBox *check(QVBoxLayout *column, const QString &text, Text stands);
    void bind(NumberField *field, const std::function<void(RetryPolicy &, double)> &take);

    void usePreset(const QString &id);
    void showPolicy();
    void showRule();
    /// Takes one change from the user into the policy; changes of one field after another are one.
    void edit(QWidget *source, const Change &change);
    void editStatuses(QLineEdit *field, NoteLine *note, const std::function<void(RetryPolicy &, StatusSet)> &take);
    void editTable();
    void remember();
    void step(std::vector<State> &from, std::vector<State> &to);
    void setState(State state);
    void afterChange();
    void markChanges();
    void enableFields();
    [[nodiscard]] const RetryPolicy &preset() const;

    std::vector<RetryPolicy> m_presets;
    RetryPolicy m_policy;
    QString m_preset; ///< its id
    bool m_changed = false;
    bool m_showing = false;
    std::vector<Field> m_fields;
    std::vector<State> m_done;
    std::vector<State> m_undone;
    QWidget *m_lastEdited = nullptr;

    PresetBox *m_presetBox = nullptr;
    QPushButton *m_reset = nullptr;
    QLabel *m_state = nullptr;
    QComboBox *m_shape = nullptr;
    NumberField *m_base = nullptr;
    NumberField *m_factor = nullptr;
    QLineEdit *m_table = nullptr;
    NoteLine *m_tableNote = nullptr;
    NumberField *m_cap = nullptr;
    QComboBox *m_jitter = nullptr;
    NumberField *m_ratio = nullptr;
    NumberField *m_from = nullptr;
    NumberField *m_to = nullptr;
    NumberField *m_retries = nullptr;
    NumberField *m_deadline = nullptr;
    NumberField *m_timeout = nullptr;
    QLineEdit *m_headerOn = nullptr;
    NoteLine *m_headerNote = nullptr;
    NumberField *m_absent = nullptr;
    NumberField *m_headerCap = nullptr;
    QComboBox *m_beyond = nullptr;
    QComboBox *m_reading = nullptr;
    QLineEdit *m_statuses = nullptr;
    NoteLine *m_statusNote = nullptr;
    QCheckBox *m_network = nullptr;
    QCheckBox *m_unreadable = nullptr;
    QCheckBox *m_returns = nullptr;
    QCheckBox *m_sleepsAfter = nullptr;
    QComboBox *m_timer = nullptr;
    QLabel *m_also = nullptr;
};

} // namespace errata
