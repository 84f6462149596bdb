// What the keyboard does in lists of things that are kept: Delete removes, Ctrl+Z brings back.
#pragma once

class QEvent;

namespace errata {

enum class ListKey { None, Delete, Undo };

struct ListKeyPress
{
    ListKey key = ListKey::None;
    bool isPressed = false; ///< false while Qt asks whether the list wants the key before the window's shortcuts
};

/// Accepts the event where it is one of these keys: its filter then returns true.
[[nodiscard]] ListKeyPress listKeyOf(QEvent *event);

} // namespace errata
