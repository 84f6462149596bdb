#include "views/decode/reasonline.h"

#include "views/theme/erratastyle.h"

#include <QPainter>

namespace errata {

ReasonLine::ReasonLine(const QString &text, Span where, QWidget *parent)
    : WrapLabel(QStringLiteral("• ") + text, parent), m_where(where)
{
    setAccessibleName(text);
    if (where.isNull())
        return;
    setTextInteractionFlags(Qt::NoTextInteraction);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleDescription(tr("Shows the place in the text"));
}

void ReasonLine::enterEvent(QEnterEvent *event)
{
    WrapLabel::enterEvent(event);
    if (!m_where.isNull())
        Q_EMIT pointedAt(m_where);
}

void ReasonLine::leaveEvent(QEvent *event)
{
    WrapLabel::leaveEvent(event);
    if (!m_where.isNull() && !hasFocus())
        Q_EMIT pointedAt({});
}

void ReasonLine::focusInEvent(QFocusEvent *event)
{
    WrapLabel::focusInEvent(event);
    if (!m_where.isNull())
        Q_EMIT pointedAt(m_where);
    update();
}

void ReasonLine::focusOutEvent(QFocusEvent *event)
{
    WrapLabel::focusOutEvent(event);
    if (!m_where.isNull())
        Q_EMIT pointedAt({});
    update();
}

void ReasonLine::paintEvent(QPaintEvent *event)
{
    WrapLabel::paintEvent(event);
    if (!hasFocus() || m_where.isNull())
        return;
    QPainter painter(this);
    drawFocusRing(&painter, rect(), Theme::of(palette()), 3);
}

} // namespace errata
