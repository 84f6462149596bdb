#include "views/catalog/codelink.h"

#include "views/theme/erratastyle.h"
#include "views/widgets/badge.h"

#include <QPainter>

namespace errata {

namespace {

constexpr int IconGap = 6;
constexpr int Pad = 2; // room for the focus ring

} // namespace

CodeLink::CodeLink(const Catalog &catalog, const QString &code, QWidget *parent)
    : QAbstractButton(parent), m_api(catalog.id), m_apiName(catalog.name)
{
    setText(code);
    setAccessibleName(QStringLiteral("%1 %2").arg(catalog.name, code));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

QSize CodeLink::sizeHint() const
{
    const QSize badge = badgeSize(QFontMetrics(badgeFont(font())), m_apiName);
    const QFontMetrics fixed(fixedFont(font()));
    return {badge.width() + IconGap + fixed.horizontalAdvance(text()) + 2 * Pad + IconGap,
            std::max(badge.height(), fixed.height()) + 2 * Pad};
}

QSize CodeLink::minimumSizeHint() const
{
    return {60, sizeHint().height()};
}

void CodeLink::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    if (underMouse() && isEnabled())
        drawBox(&painter, rect(), theme.raised, {});
    painter.setFont(badgeFont(font()));
    const QSize size = badgeSize(painter.fontMetrics(), m_apiName);
    const QRect badge(Pad, (height() - size.height()) / 2, std::min(size.width(), width() - 2 * Pad), size.height());
    paintBadge(&painter, badge, m_apiName, Tone{theme.api(m_api), {}}, BadgeForm::Outline);
    QFont fixed = fixedFont(font());
    fixed.setUnderline(underMouse() && isEnabled());
    painter.setFont(fixed);
    painter.setPen(isEnabled() ? theme.text : theme.muted);
    const QRect code(badge.right() + 1 + IconGap, 0, width() - badge.right() - 1 - IconGap - Pad, height());
    painter.drawText(code, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, code.width()));
    if (hasFocus())
        drawFocusRing(&painter, rect(), theme);
}

} // namespace errata
