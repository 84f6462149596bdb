// Colour and weight in a terminal; plain text when colour is off.
#pragma once

#include "models/catalog/entry.h"

#include <QString>

namespace errata {

class Style
{
public:
    explicit Style(bool colour) : m_colour(colour) {}

    [[nodiscard]] QString bold(const QString &text) const { return wrap(text, "1"); }
    [[nodiscard]] QString dim(const QString &text) const { return wrap(text, "2"); }
    [[nodiscard]] QString red(const QString &text) const { return wrap(text, "31"); }
    [[nodiscard]] QString green(const QString &text) const { return wrap(text, "32"); }
    [[nodiscard]] QString yellow(const QString &text) const { return wrap(text, "33"); }
    [[nodiscard]] QString cyan(const QString &text) const { return wrap(text, "36"); }
    /// The verdict's words in its colour.
    [[nodiscard]] QString verdict(RetryVerdict verdict) const;

private:
    [[nodiscard]] QString wrap(const QString &text, const char *code) const;

    bool m_colour;
};

/// Text from outside for a terminal: control characters, which could move the cursor or rename the window, as their
/// pictures (U+2400 and following).
[[nodiscard]] QString visible(QString text);

/// Breaks \a text at blanks into lines of at most \a width, each after \a indent blanks but the first.
[[nodiscard]] QString wrapped(const QString &text, int width, int indent);

} // namespace errata
