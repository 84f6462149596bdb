// Draws a laid-out timeline, on the screen or into a file.
#pragma once

#include "views/theme/theme.h"
#include "views/timeline/timelinelayout.h"

#include <QPainter>

namespace errata {

struct TimelineStyle
{
    const Theme &theme;
    QFont font;
    TimelineShape shape = TimelineShape::Rows;
    int current = -1;                 ///< attempt with the focus ring, -1 for none
    std::optional<double> hover = {}; ///< x of the line that tells the time under the mouse
};

/// The colour of an outcome; its word stands beside it.
[[nodiscard]] const Tone &outcomeTone(const Theme &theme, const Outcome &outcome);

/// What stands for "jitter may place it here".
[[nodiscard]] QColor jitterColour(const Theme &theme);
/// A small flag on its pole: the server told how long to wait.
void paintFlag(QPainter &painter, const QPointF &foot, const Theme &theme);

void paintTimeline(QPainter &painter, const TimelineLayout &layout, const TimelineContent &content,
                   const TimelineStyle &style);

} // namespace errata
