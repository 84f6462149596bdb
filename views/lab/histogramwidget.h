// How long many runs take: bars with the 50th, 95th and 99th percentile.
#pragma once

#include "models/retry/montecarlo.h"

#include <QWidget>

#include <optional>

namespace errata {

class HistogramWidget : public QWidget
{
    Q_OBJECT

public:
    explicit HistogramWidget(QWidget *parent = nullptr);

    void setDistribution(std::optional<Distribution> distribution);
    /// "mean 7.35 s · p50 7.35 s · p95 7.57 s · p99 7.62 s": also what a screen reader is told.
    [[nodiscard]] static QString summary(const Distribution &distribution);

    [[nodiscard]] QSize sizeHint() const override { return {420, 130}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 110}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Distribution> m_distribution;
};

} // namespace errata
