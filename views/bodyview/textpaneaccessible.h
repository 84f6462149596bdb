// What a screen reader finds in a TextPane: a list with one item a row.
#pragma once

namespace errata {

class TextPane;

/// Makes the interface known to Qt; does nothing when that is done.
void installTextPaneAccessibility();
/// Tells that the cursor is in this row.
void announceTextRow(TextPane *pane);

} // namespace errata
