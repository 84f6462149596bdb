// How many exchanges failed when: a bar a step of time, failed over total. A bar is pointed at, clicked, or gone to
// with the arrow keys and taken with Return.
#pragma once

#include "models/decode/recording.h"

#include <QWidget>

namespace errata {

class FailureHistogram : public QWidget
{
    Q_OBJECT

public:
    explicit FailureHistogram(QWidget *parent = nullptr);

    void setHistogram(const std::optional<Histogram> &histogram);
    /// The bar that is filtered by.
    void setChosen(std::optional<int> bin);
    /// "10:00:00.000 to 10:05:00.000: 3 of 12 failed".
    [[nodiscard]] QString binText(int bin) const;
    /// All bars with something in them, a line each: the twin in words.
    [[nodiscard]] QString text() const;
    [[nodiscard]] QRect binRect(int bin) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

Q_SIGNALS:
    void binChosen(int bin);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    [[nodiscard]] int bins() const { return static_cast<int>(m_histogram.total.size()); }
    [[nodiscard]] int total(int bin) const { return m_histogram.total[static_cast<std::size_t>(bin)]; }
    [[nodiscard]] int failed(int bin) const { return m_histogram.failed[static_cast<std::size_t>(bin)]; }
    [[nodiscard]] QRect plot() const;
    [[nodiscard]] int binAt(int x) const;
    [[nodiscard]] QString time(qint64 ms) const;
    void goTo(int bin);
    void step(int direction);
    void choose(int bin);
    void paintBar(QPainter &painter, int bin, double scale) const;

    Histogram m_histogram;
    int m_current = -1; ///< under the pointer or gone to by keyboard
    std::optional<int> m_chosen;
};

} // namespace errata
