#include "views/lab/numberfield.h"

#include "views/theme/theme.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QSlider>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

constexpr int SliderSteps = 400;

/// A spin box that leaves the wheel to the page, so that scrolling past it changes nothing, and undo to the form,
/// which takes back changes of the policy and not of single letters.
class CalmSpin : public QDoubleSpinBox
{
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    /// Every number in its shortest form: "2", not "2.00".
    [[nodiscard]] QString textFromValue(double value) const override { return QString::number(value, 'g', 12); }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::ShortcutOverride) {
            const auto *key = static_cast<QKeyEvent *>(event);
            if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
                event->ignore();
                return false;
            }
        }
        return QDoubleSpinBox::event(event);
    }
    void wheelEvent(QWheelEvent *event) override
    {
        if (hasFocus())
            QDoubleSpinBox::wheelEvent(event);
        else
            event->ignore();
    }
};

class CalmSlider : public QSlider
{
public:
    using QSlider::QSlider;

protected:
    void wheelEvent(QWheelEvent *event) override { event->ignore(); }
};

/// To two figures: what a hand can mean by a place on a slider.
double roundTo2(double value)
{
    if (value <= 0)
        return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
    return std::round(value / unit) * unit;
}

} // namespace

NumberField::NumberField(const NumberShape &form, QWidget *parent)
    : QWidget(parent), m_form(form), m_spin(new CalmSpin(this))
{
    m_spin->setDecimals(form.decimals);
    m_spin->setRange(form.least, form.most);
    m_spin->setSuffix(form.suffix);
    m_spin->setSpecialValueText(form.none);
    m_spin->setStepType(form.decimals == 0 && form.suffix.isEmpty() ? QAbstractSpinBox::DefaultStepType
                                                                    : QAbstractSpinBox::AdaptiveDecimalStepType);
    m_spin->setAlignment(Qt::AlignRight);
    m_spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_spin->setMinimumWidth(m_spin->fontMetrics().horizontalAdvance(QStringLiteral("3600000 ms")) + 5 * Step);
    m_spin->setFocusPolicy(Qt::StrongFocus);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * Step);
    if (form.sliderTo > form.sliderFrom) {
        m_slider = new CalmSlider(Qt::Horizontal, this);
        m_slider->setRange(0, SliderSteps);
        m_slider->setMinimumWidth(48);
        row->addWidget(m_slider, 1);
        connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
            if (!m_following)
                m_spin->setValue(valueAt(position));
        });
        connect(m_slider, &QSlider::sliderReleased, this, &NumberField::editingFinished);
    }
    if (m_slider)
        m_spin->setFixedWidth(m_spin->minimumWidth()); // sliders under each other are as long as each other
    row->addWidget(m_spin, m_slider ? 0 : 1);
    setFocusProxy(m_spin);
    connect(m_spin, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (m_slider && !m_slider->isSliderDown()) {
            m_following = true;
            m_slider->setValue(positionOf(value));
            m_following = false;
        }
        Q_EMIT valueChanged(value);
    });
    connect(m_spin, &QDoubleSpinBox::editingFinished, this, &NumberField::editingFinished);
}

double NumberField::value() const
{
    return m_spin->value();
}

void NumberField::setValue(double value)
{
    const QSignalBlocker quiet(this);
    m_spin->setValue(value);
}

void NumberField::setName(const QString &name)
{
    m_spin->setAccessibleName(name);
    if (m_slider)
        m_slider->setAccessibleName(tr("%1, slider").arg(name));
}

double NumberField::valueAt(int position) const
{
    // The left end is what is called none, where there is such a thing.
    if (position == 0 && !m_form.none.isEmpty())
        return m_form.least;
    const double share = static_cast<double>(position) / SliderSteps;
    if (m_form.sliderFrom > 0)
        return roundTo2(m_form.sliderFrom * std::pow(m_form.sliderTo / m_form.sliderFrom, share));
    const double value = m_form.sliderFrom + share * (m_form.sliderTo - m_form.sliderFrom);
    return m_form.decimals == 0 ? std::round(value) : std::round(value * 20) / 20;
}

int NumberField::positionOf(double value) const
{
    const bool isNone = !m_form.none.isEmpty() && value <= m_form.least;
    const int first = m_form.none.isEmpty() || isNone ? 0 : 1; // the left end is none's alone
    if (value <= m_form.sliderFrom || isNone)
        return first;
    const double share = m_form.sliderFrom > 0
                             ? std::log(value / m_form.sliderFrom) / std::log(m_form.sliderTo / m_form.sliderFrom)
                             : (value - m_form.sliderFrom) / (m_form.sliderTo - m_form.sliderFrom);
    return std::max(first, static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * SliderSteps)));
}

} // namespace errata
