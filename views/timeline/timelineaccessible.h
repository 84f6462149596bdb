// What a screen reader finds in a TimelineWidget: a list with one item an attempt.
#pragma once

namespace errata {

class TimelineWidget;

/// Makes the interface known to Qt; does nothing when that is done.
void installTimelineAccessibility();
/// Tells that the focus is on this attempt.
void announceTimelineAttempt(TimelineWidget *widget, int attempt);

} // namespace errata
