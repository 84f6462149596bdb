// A number that is typed or dragged.
#pragma once

#include <QWidget>

class QDoubleSpinBox;
class QSlider;

namespace errata {

/// How a number is told and how far its slider reaches; what is typed may be up to `most`.
struct NumberShape
{
    double least = 0; ///< below is nothing but `none`
    double most = 1e9;
    double sliderFrom = 0; ///< above 0: the slider is logarithmic
    double sliderTo = 0;   ///< not above sliderFrom: there is no slider
    int decimals = 0;
    QString suffix = {};
    QString none = {}; ///< what the least number is called; empty: it is a number
};

class NumberField : public QWidget
{
    Q_OBJECT

public:
    explicit NumberField(const NumberShape &form, QWidget *parent = nullptr);

    [[nodiscard]] double value() const;
    /// Without a signal.
    void setValue(double value);
    /// Names both for screen readers.
    void setName(const QString &name);
    [[nodiscard]] QDoubleSpinBox *spin() const { return m_spin; }
    [[nodiscard]] QSlider *slider() const { return m_slider; }

Q_SIGNALS:
    void valueChanged(double value);
    /// What is changed next is another change.
    void editingFinished();

private:
    [[nodiscard]] double valueAt(int position) const;
    [[nodiscard]] int positionOf(double value) const;

    NumberShape m_form;
    QDoubleSpinBox *m_spin;
    QSlider *m_slider = nullptr; ///< null: there is none
    bool m_following = false;
};

} // namespace errata
