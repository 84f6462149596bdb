#include "views/theme/theme.h"

#include <QFontDatabase>

#include <array>
#include <cmath>

namespace errata {

namespace {

struct ApiColour
{
    QLatin1String id;
    QRgb light = 0;
    QRgb dark = 0;
};

constexpr std::array<ApiColour, 4> apiColours{{
    {QLatin1String("intuned"), 0xff0b7468, 0xff3cc7b6},
    {QLatin1String("nullspace"), 0xff6d3ad6, 0xffb093ff},
    {QLatin1String("authpi"), 0xffa3560a, 0xfff0ac62},
    {QLatin1String("intended"), 0xffb3175a, 0xffff82b4},
}};

// For APIs that are only a file: a different hue each, as readable as the four above.
constexpr std::array<ApiColour, 6> spareColours{{
    {{}, 0xff1d5bb8, 0xff7fb2ff},
    {{}, 0xff7a5a00, 0xffe0c25a},
    {{}, 0xff00687a, 0xff5cc9e0},
    {{}, 0xff8a3d9e, 0xffe09cf0},
    {{}, 0xff4d6a12, 0xffa9d05a},
    {{}, 0xff9a3412, 0xffffa07a},
}};

Tone tone(QRgb ink, QRgb ground)
{
    return {QColor(ink), QColor(ground)};
}

/// FNV-1a: the same colour on every machine and in every Qt version, which qHash does not promise.
std::uint32_t stableHash(QStringView text)
{
    std::uint32_t hash = 2166136261u;
    for (const QChar c : text)
        hash = (hash ^ c.unicode()) * 16777619u;
    return hash;
}

double luminance(const QColor &colour)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

} // namespace

const Theme &Theme::light()
{
    static const Theme theme = [] {
        Theme t;
        t.window = QColor(0xf4f5f7);
        t.surface = QColor(0xffffff);
        t.raised = QColor(0xeceff3);
        t.line = QColor(0xd8dde4);
        t.outline = QColor(0x7c8796);
        t.text = QColor(0x1b2430);
        t.muted = QColor(0x5a6675);
        t.accent = QColor(0x3b5bdb);
        t.accentSoft = QColor(0xe6ebff);
        t.onAccent = QColor(0xffffff);
        // Green and amber a shade darker than drawn up: 15803d and a15c07 reach 4.3 and 4.4 on their grounds.
        t.yes = tone(0xff147a3a, 0xffddf3e4);
        t.wait = tone(0xff9d5906, 0xfffbebd0);
        t.no = tone(0xffb42318, 0xfffbe3e0);
        t.unstated = tone(0xff5a6675, 0xffe8ebef);
        t.note = tone(0xff1d5bb8, 0xffdfebfb);
        t.syntax = {QColor(0x1f4f99), QColor(0x14662f), QColor(0x8a4300), QColor(0x7a2e9e)};
        return t;
    }();
    return theme;
}

const Theme &Theme::dark()
{
    static const Theme theme = [] {
        Theme t;
        t.isDark = true;
        t.window = QColor(0x14181e);
        t.surface = QColor(0x1b2027);
        t.raised = QColor(0x252c36);
        t.line = QColor(0x323b47);
        t.outline = QColor(0x6f7c8d);
        t.text = QColor(0xe6eaf0);
        t.muted = QColor(0x9ba7b6);
        t.accent = QColor(0x8da2ff);
        t.accentSoft = QColor(0x28304f);
        t.onAccent = QColor(0x14181e);
        t.yes = tone(0xff5bd08a, 0xff173524);
        t.wait = tone(0xfff0b35a, 0xff3a2b12);
        t.no = tone(0xffff8a7d, 0xff3f1d1a);
        t.unstated = tone(0xff9ba7b6, 0xff2a323d);
        t.note = tone(0xff7fb2ff, 0xff1b2d47);
        t.syntax = {QColor(0x9cc2ff), QColor(0x8fd9a8), QColor(0xf2bc6b), QColor(0xd9b0ff)};
        return t;
    }();
    return theme;
}

const Theme &Theme::of(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? dark() : light();
}

const Tone &Theme::verdict(RetryVerdict verdict, bool isError) const
{
    if (!isError)
        return note;
    switch (verdict) {
    case RetryVerdict::Yes:
        return yes;
    case RetryVerdict::AfterWait:
        return wait;
    case RetryVerdict::No:
    case RetryVerdict::AfterFix:
        return no;
    case RetryVerdict::Unstated:
        break;
    }
    return unstated;
}

const Tone &Theme::status(int httpStatus) const
{
    if (httpStatus == 429 || httpStatus == 503)
        return wait;
    if (httpStatus >= 200 && httpStatus < 300)
        return yes;
    return httpStatus >= 400 && httpStatus < 600 ? no : unstated;
}

QColor Theme::api(QStringView id) const
{
    for (const ApiColour &colour : apiColours) {
        if (id == colour.id)
            return QColor(isDark ? colour.dark : colour.light);
    }
    const ApiColour &spare = spareColours[stableHash(id) % spareColours.size()];
    return QColor(isDark ? spare.dark : spare.light);
}

QPalette Theme::palette() const
{
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, const QColor &colour) { p.setColor(QPalette::All, role, colour); };
    set(QPalette::Window, window);
    set(QPalette::WindowText, text);
    set(QPalette::Base, surface);
    set(QPalette::AlternateBase, raised);
    set(QPalette::Text, text);
    set(QPalette::PlaceholderText, muted);
    set(QPalette::Button, surface);
    set(QPalette::ButtonText, text);
    set(QPalette::BrightText, onAccent);
    set(QPalette::Highlight, accentSoft);
    set(QPalette::HighlightedText, text);
    set(QPalette::Link, accent);
    set(QPalette::LinkVisited, accent);
    set(QPalette::Light, surface);
    set(QPalette::Midlight, raised);
    set(QPalette::Mid, line);
    set(QPalette::Dark, muted);
    set(QPalette::Shadow, line);
    set(QPalette::ToolTipBase, raised);
    set(QPalette::ToolTipText, text);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, muted);
    return p;
}

QFont fixedFont(const QFont &like, double scale)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (like.pointSizeF() > 0)
        font.setPointSizeF(like.pointSizeF() * scale);
    else
        font.setPixelSize(int(std::lround(like.pixelSize() * scale)));
    return font;
}

QFont scaled(const QFont &base, double scale, QFont::Weight weight)
{
    QFont font = base;
    if (base.pointSizeF() > 0)
        font.setPointSizeF(base.pointSizeF() * scale);
    else
        font.setPixelSize(int(std::lround(base.pixelSize() * scale)));
    font.setWeight(weight);
    return font;
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace errata
