// Several policies' runs on one time axis: a lane each, in its own colour and with its name.
#pragma once

#include "models/retry/attempt.h"
#include "views/theme/theme.h"
#include "views/timeline/timescale.h"
#include "views/widgets/picture.h"

#include <QWidget>

#include <vector>

namespace errata {

struct CompareLane
{
    QString name;
    std::vector<Attempt> attempts;
};

/// The colour of the n-th policy compared; its name stands beside it.
[[nodiscard]] QColor laneColour(const Theme &theme, int lane);

class CompareLanes : public QWidget
{
    Q_OBJECT

public:
    explicit CompareLanes(QWidget *parent = nullptr);

    void setLanes(std::vector<CompareLane> lanes);
    [[nodiscard]] const std::vector<CompareLane> &lanes() const { return m_lanes; }
    void setLogarithmic(bool isLogarithmic);
    /// Where an attempt is drawn.
    [[nodiscard]] QRectF blockOf(int lane, int attempt) const;
    [[nodiscard]] QByteArray picture(PictureKind kind) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, sizeHint().height()}; }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double laneHeight() const;
    [[nodiscard]] double x(Millis time) const;
    [[nodiscard]] TimeScale scale() const;
    void paintAll(QPainter &painter) const;
    void paintLane(QPainter &painter, int lane) const;

    std::vector<CompareLane> m_lanes;
    bool m_isLogarithmic = false;
};

} // namespace errata
