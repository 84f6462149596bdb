#include "views/theme/erratastyle.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>

namespace errata {

namespace {

bool has(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

bool marked(const QWidget *widget, const char *property)
{
    return widget && widget->property(property).toBool();
}

bool isPrimary(const QStyleOption *option, const QWidget *widget)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return marked(widget, PrimaryProperty) || (button && button->features.testFlag(QStyleOptionButton::DefaultButton) &&
                                               has(option, QStyle::State_Enabled));
}

QColor mixed(const QColor &a, const QColor &b, qreal part)
{
    const qreal rest = 1 - part;
    return QColor::fromRgbF(float(a.redF() * rest + b.redF() * part), float(a.greenF() * rest + b.greenF() * part),
                            float(a.blueF() * rest + b.blueF() * part));
}

/// Keyboard focus is shown where it came by keyboard, and in fields always.
bool showsFocus(const QStyleOption *option)
{
    return has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange);
}

void drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget, const Theme &theme)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool pressed = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
    const bool over = has(option, QStyle::State_MouseOver) && enabled;
    if (marked(widget, LinkProperty)) {
        if (over || pressed)
            drawBox(painter, option->rect, theme.raised, {});
    } else if (isPrimary(option, widget) && enabled) {
        const QColor towards = theme.isDark ? Qt::white : Qt::black;
        const QColor fill = mixed(theme.accent, towards, pressed ? 0.18 : over ? 0.09 : 0);
        drawBox(painter, option->rect, fill, {});
    } else {
        const QColor fill = pressed ? theme.accentSoft : over ? theme.raised : enabled ? theme.surface : theme.window;
        drawBox(painter, option->rect, fill, theme.line);
    }
    if (showsFocus(option))
        drawFocusRing(painter, option->rect, theme);
}

void drawField(const QStyleOption *option, QPainter *painter, const QWidget *widget, const Theme &theme)
{
    const bool focus = has(option, QStyle::State_HasFocus);
    drawBox(painter, option->rect, marked(widget, WellProperty) ? theme.raised : theme.surface,
            focus ? theme.accent : theme.line);
    if (focus)
        drawFocusRing(painter, option->rect, theme);
}

void drawRadio(const QStyleOption *option, QPainter *painter, const Theme &theme)
{
    const QRectF ring = QRectF(option->rect).adjusted(1, 1, -1, -1);
    const bool on = has(option, QStyle::State_On);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(on ? theme.accent : theme.outline, 1.5));
    painter->setBrush(theme.surface);
    painter->drawEllipse(ring);
    if (on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.accent);
        painter->drawEllipse(ring.adjusted(3.5, 3.5, -3.5, -3.5));
    }
    painter->restore();
}

void drawTab(const QStyleOptionTab *tab, QPainter *painter, const QWidget *widget, const Theme &theme)
{
    const bool selected = has(tab, QStyle::State_Selected);
    const bool enabled = has(tab, QStyle::State_Enabled);
    painter->save();
    QFont font = widget ? widget->font() : painter->font();
    font.setBold(selected);
    painter->setFont(font);
    painter->setPen(enabled && (selected || has(tab, QStyle::State_MouseOver)) ? theme.text : theme.muted);
    const int button = tab->rightButtonSize.width();
    painter->drawText(tab->rect.adjusted(0, 0, -button, -3), Qt::AlignCenter | Qt::TextShowMnemonic, tab->text);
    if (selected) {
        const int pad = 8;
        painter->fillRect(QRect(tab->rect.left() + pad, tab->rect.bottom() - 1, tab->rect.width() - 2 * pad, 2),
                          theme.accent);
    }
    painter->restore();
    if (has(tab, QStyle::State_HasFocus))
        drawFocusRing(painter, tab->rect.adjusted(1, 1, -1, -3), theme);
}

void drawHeader(const QStyleOptionHeader *header, QPainter *painter, const Theme &theme)
{
    painter->fillRect(header->rect, theme.window);
    painter->setPen(theme.line);
    painter->drawLine(header->rect.bottomLeft(), header->rect.bottomRight());
}

void drawScrollBar(const QStyleOptionSlider *bar, QPainter *painter, const QRect &handle, const Theme &theme)
{
    if (bar->maximum <= bar->minimum)
        return;
    const bool active = bar->activeSubControls.testFlag(QStyle::SC_ScrollBarSlider);
    const int margin = 3;
    const QRect pill = handle.adjusted(margin, margin, -margin, -margin);
    drawBox(painter, pill, active ? theme.muted : mixed(theme.line, theme.outline, 0.4), {},
            std::min(pill.width(), pill.height()) / 2);
}

} // namespace

void drawBox(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &line, int corner)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.isValid() ? QPen(line, 1) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const QRectF box = line.isValid() ? QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(rect);
    painter->drawRoundedRect(box, corner, corner);
    painter->restore();
}

void drawFocusRing(QPainter *painter, const QRect &rect, const Theme &theme, int corner)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    // Two rings, so that it is seen on the accent colour as well as on the window.
    painter->setPen(QPen(theme.accent, 2));
    painter->drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), corner, corner);
    painter->setPen(QPen(theme.surface, 1));
    painter->drawRoundedRect(QRectF(rect).adjusted(2.5, 2.5, -2.5, -2.5), corner - 1.5, corner - 1.5);
    painter->restore();
}

void drawCheckBox(QPainter *painter, const QRect &rect, bool checked, bool partly, bool enabled, const Theme &theme)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool filled = checked || partly;
    const QColor strong = enabled ? theme.accent : theme.muted;
    const QRectF box = QRectF(rect).adjusted(0.75, 0.75, -0.75, -0.75);
    painter->setPen(QPen(filled ? strong : theme.outline, 1.25));
    painter->setBrush(filled ? strong : theme.surface);
    painter->drawRoundedRect(box, 3, 3);
    painter->setPen(QPen(theme.onAccent, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (partly) {
        painter->drawLine(box.center() - QPointF(box.width() / 4, 0), box.center() + QPointF(box.width() / 4, 0));
    } else if (checked) {
        QPainterPath tick;
        tick.moveTo(box.left() + box.width() * 0.24, box.top() + box.height() * 0.52);
        tick.lineTo(box.left() + box.width() * 0.43, box.top() + box.height() * 0.71);
        tick.lineTo(box.left() + box.width() * 0.77, box.top() + box.height() * 0.30);
        painter->strokePath(tick, painter->pen());
    }
    painter->restore();
}

void drawArrow(QPainter *painter, const QRect &rect, bool up, const QColor &colour)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPointF c = QRectF(rect).center();
    const qreal h = up ? -2 : 2;
    painter->setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF points[] = {c + QPointF(-4, -h), c + QPointF(0, h), c + QPointF(4, -h)};
    painter->drawPolyline(points, 3);
    painter->restore();
}

ErrataStyle::ErrataStyle(ThemeChoice choice)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))), m_choice(choice)
{
}

void ErrataStyle::setChoice(ThemeChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    // An empty palette asks for the system's again, which passes through polish().
    QApplication::setPalette(QPalette());
}

void ErrataStyle::polish(QPalette &palette)
{
    switch (m_choice) {
    case ThemeChoice::System:
        palette = Theme::of(palette).palette();
        break;
    case ThemeChoice::Light:
        palette = Theme::light().palette();
        break;
    case ThemeChoice::Dark:
        palette = Theme::dark().palette();
        break;
    }
}

void ErrataStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QTabBar *>(widget) || qobject_cast<QScrollBar *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

void ErrataStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    const Theme &theme = Theme::of(option->palette);
    const bool enabled = has(option, State_Enabled);
    switch (element) {
    case PE_PanelButtonCommand:
        return drawButton(option, painter, widget, theme);
    case PE_PanelButtonTool:
        if (has(option, State_Sunken) || has(option, State_On) || (has(option, State_MouseOver) && enabled))
            drawBox(painter, option->rect, has(option, State_On) ? theme.accentSoft : theme.raised, {});
        if (showsFocus(option))
            drawFocusRing(painter, option->rect, theme);
        return;
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0)
            drawField(option, painter, widget, theme);
        return;
    }
    case PE_Frame:
        if (qobject_cast<const QAbstractItemView *>(widget))
            drawBox(painter, option->rect, {}, theme.line);
        else
            drawField(option, painter, widget, theme);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return drawCheckBox(painter, option->rect, has(option, State_On), has(option, State_NoChange), enabled, theme);
    case PE_IndicatorRadioButton:
        return drawRadio(option, painter, theme);
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractItemView *>(widget))
            drawBox(painter, option->rect, {}, theme.accent, 3); // rows are low: one thin line
        else if (has(option, State_KeyboardFocusChange))
            drawFocusRing(painter, option->rect, theme);
        return;
    case PE_FrameDefaultButton:
    case PE_FrameTabWidget:
        return;
    case PE_IndicatorTabClose: {
        if (has(option, State_MouseOver))
            drawBox(painter, option->rect, theme.raised, {}, 3);
        const QRectF cross = QRectF(option->rect).adjusted(5, 5, -5, -5);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(has(option, State_MouseOver) ? theme.text : theme.muted, 1.4));
        painter->drawLine(cross.topLeft(), cross.bottomRight());
        painter->drawLine(cross.topRight(), cross.bottomLeft());
        painter->restore();
        return;
    }
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), theme.line);
        return;
    case PE_PanelItemViewItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
        if (has(option, State_Selected))
            painter->fillRect(option->rect, theme.accentSoft);
        else if (item && item->backgroundBrush.style() != Qt::NoBrush)
            painter->fillRect(option->rect, item->backgroundBrush);
        else if (has(option, State_MouseOver))
            painter->fillRect(option->rect, theme.raised);
        return;
    }
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, theme.line);
        painter->fillRect(option->rect.adjusted(1, 1, -1, -1), theme.raised);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ErrataStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    const Theme &theme = Theme::of(option->palette);
    switch (element) {
    case CE_PushButtonBevel: {
        QStyleOption panel(*option);
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            proxy()->drawPrimitive(PE_PanelButtonCommand, button, painter, widget);
            if (button->features.testFlag(QStyleOptionButton::HasMenu))
                drawArrow(painter, QRect(option->rect.right() - 20, option->rect.top(), 16, option->rect.height()),
                          false, theme.muted);
        }
        return;
    }
    case CE_PushButtonLabel: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        if (!button)
            return;
        QStyleOptionButton label(*button);
        const bool primary = isPrimary(option, widget) && has(option, State_Enabled);
        if (primary)
            label.palette.setColor(QPalette::ButtonText, theme.onAccent);
        else if (marked(widget, LinkProperty))
            label.palette.setColor(QPalette::ButtonText, theme.accent);
        label.features.setFlag(QStyleOptionButton::HasMenu, false);
        if (button->features.testFlag(QStyleOptionButton::HasMenu))
            label.rect.adjust(0, 0, -16, 0);
        painter->save();
        if (primary) {
            QFont font = painter->font();
            font.setBold(true);
            painter->setFont(font);
        }
        QProxyStyle::drawControl(element, &label, painter, widget);
        painter->restore();
        return;
    }
    case CE_TabBarTab:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            drawTab(tab, painter, widget, theme);
        return;
    case CE_HeaderSection:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            drawHeader(header, painter, theme);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, theme.window);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, has(option, State_MouseOver) ? theme.accent : theme.line);
        return;
    case CE_ShapedFrame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine)) {
            QRect line = option->rect;
            if (frame->frameShape == QFrame::HLine)
                line = QRect(line.left(), line.center().y(), line.width(), 1);
            else
                line = QRect(line.center().x(), line.top(), 1, line.height());
            painter->fillRect(line, theme.line);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ErrataStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                     const QWidget *widget) const
{
    const Theme &theme = Theme::of(option->palette);
    const QColor arrow = has(option, State_Enabled) ? theme.muted : theme.line;
    switch (control) {
    case CC_ComboBox: {
        const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        if (!box)
            return;
        if (box->frame)
            drawField(option, painter, widget, theme);
        drawArrow(painter, QRect(option->rect.right() - 22, option->rect.top(), 18, option->rect.height()), false,
                  arrow);
        return;
    }
    case CC_SpinBox: {
        const auto *box = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        if (!box)
            return;
        if (box->frame)
            drawField(option, painter, widget, theme);
        if (box->buttonSymbols != QAbstractSpinBox::NoButtons) {
            drawArrow(painter, proxy()->subControlRect(CC_SpinBox, box, SC_SpinBoxUp, widget), true, arrow);
            drawArrow(painter, proxy()->subControlRect(CC_SpinBox, box, SC_SpinBoxDown, widget), false, arrow);
        }
        return;
    }
    case CC_ScrollBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            drawScrollBar(bar, painter, proxy()->subControlRect(CC_ScrollBar, bar, SC_ScrollBarSlider, widget), theme);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QRect ErrataStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                                  const QWidget *widget) const
{
    // Text begins as far from the edge in every field.
    if ((control == CC_ComboBox && subControl == SC_ComboBoxEditField) ||
        (control == CC_SpinBox && subControl == SC_SpinBoxEditField)) {
        constexpr int pad = 4;
        return QProxyStyle::subControlRect(control, option, subControl, widget).adjusted(pad, 0, 0, 0);
    }
    const auto *bar = control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider *>(option) : nullptr;
    if (!bar)
        return QProxyStyle::subControlRect(control, option, subControl, widget);

    // No arrow buttons: the groove is the whole bar.
    const bool upright = bar->orientation == Qt::Vertical;
    const int room = upright ? bar->rect.height() : bar->rect.width();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    const int least = std::min(room, 28);
    const int slider = range <= 0 ? room : std::max(least, int(qint64(room) * bar->pageStep / (range + bar->pageStep)));
    const int start =
        sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, room - slider, bar->upsideDown);
    const auto stretch = [&](int from, int length) {
        return upright ? QRect(0, from, bar->rect.width(), length) : QRect(from, 0, length, bar->rect.height());
    };
    switch (subControl) {
    case SC_ScrollBarGroove:
        return stretch(0, room);
    case SC_ScrollBarSlider:
        return stretch(start, slider);
    case SC_ScrollBarSubPage:
        return stretch(0, start);
    case SC_ScrollBarAddPage:
        return stretch(start + slider, room - start - slider);
    default:
        return {};
    }
}

QRect ErrataStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto *frame = element == SE_LineEditContents ? qstyleoption_cast<const QStyleOptionFrame *>(option) : nullptr;
    return frame && frame->lineWidth > 0 ? rect.adjusted(6, 0, -6, 0) : rect;
}

QSize ErrataStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                    const QWidget *widget) const
{
    switch (type) {
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool menu = button && button->features.testFlag(QStyleOptionButton::HasMenu);
        // Bold text of a primary button is wider than what Qt measured.
        int width = size.width();
        if (button && isPrimary(option, widget) && widget) {
            QFont bold = widget->font();
            bold.setBold(true);
            width = std::max(width, QFontMetrics(bold).horizontalAdvance(button->text));
        }
        const int pad = marked(widget, LinkProperty) ? Step : 11;
        return {width + 2 * pad + (menu ? 16 : 0), size.height() + 12};
    }
    case CT_LineEdit:
        return {size.width() + 24, size.height() + 12};
    case CT_ComboBox:
        return {size.width() + 40, size.height() + 12};
    case CT_SpinBox: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width() + 8, size.height() + 2};
    }
    case CT_TabBarTab: {
        const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
        QFont bold = widget ? widget->font() : QApplication::font();
        bold.setBold(true);
        const QFontMetrics metrics(bold);
        const int text = tab ? metrics.size(Qt::TextShowMnemonic, tab->text).width() : size.width();
        const int button = tab && tab->rightButtonSize.width() > 0 ? tab->rightButtonSize.width() + Step : 0;
        return {text + 20 + button, metrics.height() + 16};
    }
    case CT_HeaderSection: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width(), base.height() + 6};
    }
    case CT_ItemViewItem: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width(), base.height() + 2 * Step};
    }
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

int ErrataStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        // Room for the round corners, which the viewport would fill.
        return qobject_cast<const QAbstractScrollArea *>(widget) ? 3 : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_SplitterWidth:
        return 1; // QSplitter widens the handle's grip by itself
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 15;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 7;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabOverlap:
        return 0;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 2 * Step;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 3 * Step;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ErrataStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                           QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_Widget_Animation_Duration: // nothing moves; and no timers while idle
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 1;
    case SH_ComboBox_Popup:
        return 0;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace errata
