// Where the parts of a timeline stand: plain geometry, painted by TimelineWidget and asked by its tests.
#pragma once

#include "models/retry/attempt.h"
#include "views/timeline/timeaxis.h"
#include "views/timeline/timescale.h"

#include <QFontMetricsF>
#include <QRectF>

#include <optional>
#include <vector>

namespace errata {

enum class TimelineShape {
    Rows,  ///< one row an attempt, for reading a schedule
    Strip, ///< all attempts on one lane, the plan on a second below, for following a send
};

/// What is drawn: the real run, a plan behind it, and marks in time.
struct TimelineContent
{
    std::vector<Attempt> actual;
    std::vector<Attempt> planned;
    std::optional<Millis> deadline;
    std::optional<Millis> now;      ///< how far a live run has come
    std::optional<Millis> cap = {}; ///< of a computed wait
};

struct TimelineItem
{
    int attempt = 0; ///< index into its list
    bool planned = false;
    bool isEnd = false;        ///< no attempt, but a wait after the last one
    bool isRetryAfter = false; ///< the wait before it was told by the server
    QRectF lane;               ///< the whole row; in a strip, the part of the lane that belongs to it
    QRectF block;              ///< the attempt; null for isEnd
    QRectF wait;               ///< the wait before it; null for the first
    QRectF band;               ///< where jitter may place it; null without jitter
    QRectF label;              ///< room for the outcome; null where there is none
    std::optional<double> cap; ///< where the wait before it meets the cap
};

class TimelineLayout
{
public:
    TimelineLayout() = default;
    TimelineLayout(const TimelineContent &content, TimelineShape shape, const QSizeF &size, const QFontMetricsF &font,
                   const TimelineView &view = {});

    [[nodiscard]] const std::vector<TimelineItem> &items() const { return m_items; }
    /// The whole axis, whatever part of it is seen.
    [[nodiscard]] const TimeAxis &axis() const { return m_axis; }
    [[nodiscard]] const std::vector<TimeScale::Tick> &ticks() const { return m_ticks; }
    [[nodiscard]] const QRectF &plot() const { return m_plot; }
    [[nodiscard]] double x(Millis time) const;
    [[nodiscard]] Millis timeAt(double x) const;
    /// Only a part of the axis is seen.
    [[nodiscard]] bool isZoomed() const { return m_isZoomed; }
    /// The item of an attempt of the real run (or of the plan, where there is no real run).
    [[nodiscard]] const TimelineItem *item(int attempt) const;
    /// The attempt at or nearest to a point, -1 where there is none.
    [[nodiscard]] int attemptAt(const QPointF &point) const;
    /// The deadline is so late that only a note at the right edge tells of it.
    [[nodiscard]] bool deadlineBeyond() const { return m_deadlineBeyond; }

    /// Height at which every row has room.
    [[nodiscard]] static double heightFor(const TimelineContent &content, TimelineShape shape,
                                          const QFontMetricsF &font, bool comfortable);

private:
    void addRows(const std::vector<Attempt> &attempts, bool planned, double rowHeight);
    void addStrip(const std::vector<Attempt> &attempts, bool planned, const QRectF &lane);
    [[nodiscard]] TimelineItem itemFor(const std::vector<Attempt> &attempts, std::size_t index, const QRectF &lane,
                                       double blockHeight) const;

    TimelineShape m_shape = TimelineShape::Rows;
    QRectF m_plot;
    TimeAxis m_axis;
    TimeScale m_scale;
    std::vector<TimeScale::Tick> m_ticks;
    std::optional<Millis> m_cap;
    bool m_isZoomed = false;
    double m_labelWidth = 0;
    double m_textHeight = 0;
    double m_leastBlock = 0; ///< an attempt is at least so wide, however short it was
    bool m_deadlineBeyond = false;
    std::vector<TimelineItem> m_items;
};

/// When the last thing of a run happens: the end of its last attempt, or of a wait after it.
[[nodiscard]] Bounds endOf(const std::vector<Attempt> &attempts);

} // namespace errata
