#include "views/widgets/badge.h"

#include "views/texts/texts.h"
#include "views/theme/erratastyle.h"

#include <QPainter>

namespace errata {

Badge::Badge(const QString &text, ToneOf tone, BadgeForm form, QWidget *parent)
    : QWidget(parent), m_text(text), m_tone(std::move(tone)), m_form(form)
{
    setFont(badgeFont(font()));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(text);
}

Badge *Badge::forApi(const QString &id, const QString &name, QWidget *parent)
{
    return new Badge(
        name,
        [id](const Theme &theme) {
            return Tone{theme.api(id), {}};
        },
        BadgeForm::Outline, parent);
}

Badge *Badge::forVerdict(RetryVerdict verdict, bool isError, QWidget *parent)
{
    auto *badge = new Badge(
        texts::verdict(verdict, isError), [=](const Theme &theme) { return theme.verdict(verdict, isError); },
        BadgeForm::Filled, parent);
    badge->setToolTip(texts::verdictMeaning(verdict, isError));
    return badge;
}

void Badge::set(const QString &text, ToneOf tone)
{
    m_text = text;
    m_tone = std::move(tone);
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return badgeSize(fontMetrics(), m_text);
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBadge(&painter, rect(), m_text, m_tone(Theme::of(palette())), m_form);
}

QFont badgeFont(const QFont &base)
{
    return scaled(base, SmallText, QFont::Bold);
}

QSize badgeSize(const QFontMetrics &metrics, const QString &text)
{
    return {metrics.horizontalAdvance(text) + 4 * Step, metrics.height() + 6};
}

void paintBadge(QPainter *painter, const QRect &rect, const QString &text, const Tone &tone, BadgeForm form)
{
    const bool filled = form == BadgeForm::Filled;
    drawBox(painter, rect, filled ? tone.ground : QColor(), filled ? QColor() : tone.ink, 4);
    painter->setPen(tone.ink);
    const QRect inner = rect.adjusted(2 * Step - 1, 0, -(2 * Step - 1), 0);
    painter->drawText(inner, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
}

} // namespace errata
