// The widgets' look, drawn over Fusion from the tokens of Theme. A style and no style sheet: a sheet
// on the window costs 3 ms at start and polishes every widget twice.
#pragma once

#include "views/theme/theme.h"

#include <QProxyStyle>

namespace errata {

/// Marks the one button of a page that does its work: it is filled with the accent colour.
inline constexpr char PrimaryProperty[] = "primary";
/// A button drawn as text in the link colour, without a frame.
inline constexpr char LinkProperty[] = "link";
/// A field or view drawn on Theme::raised.
inline constexpr char WellProperty[] = "well";

class ErrataStyle : public QProxyStyle
{
    Q_OBJECT

public:
    explicit ErrataStyle(ThemeChoice choice = ThemeChoice::System);

    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    /// Recolours the running application.
    void setChoice(ThemeChoice choice);

    using QProxyStyle::polish;
    void polish(QPalette &palette) override;
    void polish(QWidget *widget) override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                                       const QWidget *widget) const override;
    [[nodiscard]] QRect subElementRect(SubElement element, const QStyleOption *option,
                                       const QWidget *widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                         const QWidget *widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                                QStyleHintReturn *returnData) const override;

private:
    ThemeChoice m_choice;
};

/// A rounded box: \a fill inside a one-pixel \a line; either may be an invalid colour.
void drawBox(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &line, int corner = Corner);
/// The ring around what has the keyboard focus, just inside \a rect.
void drawFocusRing(QPainter *painter, const QRect &rect, const Theme &theme, int corner = Corner);
/// A check box or its tick.
void drawCheckBox(QPainter *painter, const QRect &rect, bool checked, bool partly, bool enabled, const Theme &theme);
/// A small triangle pointing down (or up).
void drawArrow(QPainter *painter, const QRect &rect, bool up, const QColor &colour);

} // namespace errata
