// Every colour of the program, by what it is for.
#pragma once

#include "models/catalog/entry.h"

#include <QColor>
#include <QFont>
#include <QPalette>

namespace errata {

/// Text and the ground under it; at least 4.5 : 1.
struct Tone
{
    QColor ink;
    QColor ground;
};

/// What JSON is made of; readable on surface, raised and selection.
struct Syntax
{
    QColor key;
    QColor string;
    QColor number;
    QColor word; ///< true, false, null
};

/// Spacing goes in steps of Step pixels, corners are round by Corner pixels.
inline constexpr int Step = 4;
inline constexpr int Corner = 6;

enum class ThemeChoice { System, Light, Dark };

struct Theme
{
    bool isDark = false;
    QColor window;     ///< behind everything
    QColor surface;    ///< bars, cards, fields
    QColor raised;     ///< wells: the search field, pasted text, bodies
    QColor line;       ///< separators and outlines
    QColor outline;    ///< outlines that must be seen to use the thing (check boxes), 3 : 1
    QColor text;       ///< on window, surface and raised
    QColor muted;      ///< quieter text on the same
    QColor accent;     ///< links, the primary button, focus
    QColor accentSoft; ///< selection
    QColor onAccent;   ///< text on accent
    Tone yes;
    Tone wait;
    Tone no;
    Tone unstated;
    Tone note; ///< what is no error
    Syntax syntax;

    [[nodiscard]] static const Theme &light();
    [[nodiscard]] static const Theme &dark();
    /// The theme a widget's palette belongs to: light or dark by its window colour.
    [[nodiscard]] static const Theme &of(const QPalette &palette);

    [[nodiscard]] const Tone &verdict(RetryVerdict verdict, bool isError = true) const;
    /// By class: 2xx, 4xx, 5xx; 429 and 503 as a wait; others unstated.
    [[nodiscard]] const Tone &status(int httpStatus) const;
    /// An API's own colour; one from a spare set, always the same, for an id without one.
    [[nodiscard]] QColor api(QStringView id) const;
    /// Roles: Base surface, AlternateBase raised, PlaceholderText muted, Highlight accentSoft,
    /// Link accent, Mid line, BrightText onAccent.
    [[nodiscard]] QPalette palette() const;
};

/// The system's fixed-width font in the size of \a like, \a scale times.
[[nodiscard]] QFont fixedFont(const QFont &like, double scale = 1.0);
/// \a base at \a scale times its size.
[[nodiscard]] QFont scaled(const QFont &base, double scale, QFont::Weight weight = QFont::Normal);

/// The one smaller size: each further size is a font engine and its glyphs, 2 ms at start.
inline constexpr double SmallText = 0.9;

/// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

} // namespace errata
