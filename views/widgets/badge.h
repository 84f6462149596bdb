// A word in a small box: an API in its outline colour, a verdict filled.
#pragma once

#include "views/theme/theme.h"

#include <QWidget>

#include <functional>

class QPainter;

namespace errata {

enum class BadgeForm { Outline, Filled };

/// Picks the colours anew at every paint, so that a change of theme needs no message.
using ToneOf = std::function<Tone(const Theme &)>;

class Badge : public QWidget
{
    Q_OBJECT

public:
    Badge(const QString &text, ToneOf tone, BadgeForm form, QWidget *parent = nullptr);
    [[nodiscard]] static Badge *forApi(const QString &id, const QString &name, QWidget *parent = nullptr);
    [[nodiscard]] static Badge *forVerdict(RetryVerdict verdict, bool isError, QWidget *parent = nullptr);

    [[nodiscard]] const QString &text() const { return m_text; }
    void set(const QString &text, ToneOf tone);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    ToneOf m_tone;
    BadgeForm m_form;
};

/// The badge's font for text in \a base.
[[nodiscard]] QFont badgeFont(const QFont &base);
/// The size of a badge in badgeFont metrics.
[[nodiscard]] QSize badgeSize(const QFontMetrics &metrics, const QString &text);
/// Draws one; the painter's font is the badge's. Text that does not fit is elided.
void paintBadge(QPainter *painter, const QRect &rect, const QString &text, const Tone &tone, BadgeForm form);

} // namespace errata
