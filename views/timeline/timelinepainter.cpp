#include "views/timeline/timelinepainter.h"

#include "views/timeline/attempttexts.h"

#include <QCoreApplication>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

constexpr double PlannedOpacity = 0.4;

/// Paints the parts; holds what all of them need.
class Painter
{
public:
    Painter(QPainter &painter, const TimelineLayout &layout, const TimelineContent &content, const TimelineStyle &style)
        : m_p(painter), m_layout(layout), m_content(content), m_style(style), m_theme(style.theme)
    {
    }

    void paint()
    {
        m_p.setRenderHint(QPainter::Antialiasing);
        m_p.setFont(m_style.font);
        axis();
        if (m_layout.isZoomed())
            m_p.setClipRect(seen());
        for (const TimelineItem &item : m_layout.items()) {
            m_p.setOpacity(item.planned ? PlannedOpacity : 1.0);
            bars(item);
            cap(item);
        }
        for (const TimelineItem &item : m_layout.items()) {
            m_p.setOpacity(item.planned ? PlannedOpacity : 1.0);
            block(item);
        }
        m_p.setClipping(false);
        for (const TimelineItem &item : m_layout.items()) {
            m_p.setOpacity(item.planned ? PlannedOpacity : 1.0);
            words(item);
        }
        m_p.setOpacity(1.0);
        deadline();
        now();
        focus();
        hover();
    }

private:
    [[nodiscard]] static QString tr(const char *text)
    {
        return QCoreApplication::translate("errata::TimelineWidget", text);
    }
    [[nodiscard]] const Attempt &attempt(const TimelineItem &item) const
    {
        return (item.planned ? m_content.planned : m_content.actual)[static_cast<std::size_t>(item.attempt)];
    }
    [[nodiscard]] bool isStrip() const { return m_style.shape == TimelineShape::Strip; }
    /// The real run covers the plan's row: then the plan has no words of its own.
    [[nodiscard]] bool isCovered(const TimelineItem &item) const
    {
        return item.planned && (isStrip() || static_cast<std::size_t>(item.attempt) < m_content.actual.size());
    }

    void axis()
    {
        const QRectF plot = m_layout.plot();
        const QFontMetricsF font(m_style.font);
        m_p.setPen(QPen(m_theme.line, 1));
        if (isStrip())
            m_p.drawLine(QPointF(plot.left(), plot.bottom() + 2.5), QPointF(plot.right(), plot.bottom() + 2.5));
        for (const TimeScale::Tick &tick : m_layout.ticks()) {
            const double x = std::floor(m_layout.x(tick.at)) + 0.5;
            m_p.setPen(QPen(m_theme.line, 1));
            m_p.drawLine(QPointF(x, isStrip() ? plot.bottom() : plot.top()), QPointF(x, plot.bottom() + 3));
            const double width = font.horizontalAdvance(tick.label);
            m_p.setPen(m_theme.muted);
            m_p.drawText(QPointF(std::max(0.0, x - width / 2), plot.bottom() + 5 + font.ascent()), tick.label);
        }
    }

    /// The plot and the room at its right that a block at its edge reaches into.
    [[nodiscard]] QRectF seen() const { return m_layout.plot().adjusted(-1, -4, 18, 4); }

    /// Where the cap cuts the wait before this attempt.
    void cap(const TimelineItem &item)
    {
        if (!item.cap || isStrip() || isCovered(item))
            return;
        m_p.setPen(QPen(m_theme.wait.ink, 1.5, Qt::DotLine));
        m_p.drawLine(QPointF(*item.cap, item.lane.top() + 3), QPointF(*item.cap, item.lane.bottom() - 3));
        const QFontMetricsF font(m_style.font);
        const QString word = tr("cap %1").arg(shortTime(*m_content.cap));
        if (item.wait.left() + font.horizontalAdvance(word) + 8 < *item.cap &&
            item.lane.height() > font.height() + item.wait.height() + 8)
            m_p.drawText(QPointF(*item.cap - font.horizontalAdvance(word) - 4, item.wait.bottom() + font.ascent() + 2),
                         word);
        m_p.setPen(Qt::NoPen);
    }

    void bars(const TimelineItem &item)
    {
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(m_theme.wait.ground);
        if (!item.wait.isNull())
            m_p.drawRoundedRect(item.wait, 2, 2);
        if (!item.band.isNull()) {
            m_p.setBrush(jitterColour(m_theme));
            m_p.drawRoundedRect(item.band, 3, 3);
        }
        if (item.isEnd) {
            // A wait nobody gains from: hatched, with a closing bar.
            m_p.setBrush(QBrush(m_theme.wait.ink, Qt::BDiagPattern));
            m_p.drawRect(item.wait);
            m_p.fillRect(QRectF(item.wait.right() - 1, item.wait.top() - 5, 2, item.wait.height() + 10),
                         m_theme.no.ink);
        }
        if (item.isRetryAfter && !isStrip() && !isCovered(item))
            paintFlag(m_p, QPointF(item.wait.left() + 2, item.wait.top()), m_theme);
    }

    void block(const TimelineItem &item)
    {
        if (item.isEnd)
            return;
        const Outcome &outcome = attempt(item).outcome;
        const bool lost = isLost(attempt(item));
        const QColor ink = lost ? m_theme.muted : outcomeTone(m_theme, outcome).ink;
        const bool answered = outcome.kind == Outcome::Kind::Response && !lost;
        // No answer is a frame, not a box: told apart without colour.
        m_p.setPen(answered ? QPen(Qt::NoPen) : QPen(ink, 2));
        m_p.setBrush(answered ? ink : m_theme.surface);
        const QRectF box = answered ? item.block : item.block.adjusted(1, 1, -1, -1);
        m_p.drawRoundedRect(box, 3, 3);
        if (!answered) {
            const QRectF cross(box.center() - QPointF(3, 3), QSizeF(6, 6));
            m_p.drawLine(cross.topLeft(), cross.bottomRight());
            m_p.drawLine(cross.topRight(), cross.bottomLeft());
        }
        m_p.setPen(Qt::NoPen);
    }

    void words(const TimelineItem &item)
    {
        if (isCovered(item))
            return;
        if (isStrip())
            stripWords(item);
        else
            rowWords(item);
    }

    void rowWords(const TimelineItem &item)
    {
        m_p.setPen(m_theme.text);
        const QString row = item.isEnd ? tr("end") : tr("try %1").arg(attempt(item).n);
        m_p.drawText(QRectF(0, item.lane.top(), m_layout.plot().left() - 8, item.lane.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, row);
        const QString word = item.isEnd ? endLabel() : attemptLabel(attempt(item));
        const QRectF plot = m_layout.plot();
        const double from = item.isEnd ? item.wait.right() : item.block.left();
        if (m_layout.isZoomed() && from > plot.right() + 1)
            drawAside(item, word + QStringLiteral(" →"), Qt::AlignRight);
        else if (m_layout.isZoomed() && std::max(item.block.right(), item.wait.right()) < plot.left())
            drawAside(item, QStringLiteral("← ") + word, Qt::AlignLeft);
        else
            m_p.drawText(item.label, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, word);
    }

    /// An attempt that is out of sight: which way it is.
    void drawAside(const TimelineItem &item, const QString &word, Qt::Alignment side)
    {
        m_p.setPen(m_theme.muted);
        const QRectF plot = m_layout.plot();
        m_p.drawText(QRectF(plot.left() + 2, item.lane.top(), plot.width() - 4, item.lane.height()),
                     int(side | Qt::AlignVCenter), word);
    }

    void stripWords(const TimelineItem &item)
    {
        m_p.setPen(m_theme.text);
        if (!item.label.isNull())
            m_p.drawText(item.label, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                         tr("%1 · %2").arg(attempt(item).n).arg(attemptLabel(attempt(item))));
        if (item.wait.isNull() || item.planned)
            return;
        const Attempt &before =
            m_content.actual[static_cast<std::size_t>(item.isEnd ? item.attempt : item.attempt - 1)];
        const QString time = shortTime(before.wait ? before.wait->actual : Millis(0));
        const QString word = item.isRetryAfter ? tr("Retry-After %1").arg(time) : tr("waits %1").arg(time);
        const QFontMetricsF font(m_style.font);
        if (font.horizontalAdvance(word) > item.wait.width() - 4)
            return;
        m_p.setPen(m_theme.muted);
        m_p.drawText(QRectF(item.wait.left(), item.lane.bottom() - font.height() - 2, item.wait.width(), font.height()),
                     Qt::AlignCenter, word);
    }

    void deadline()
    {
        if (!m_content.deadline)
            return;
        const QRectF plot = m_layout.plot();
        const QString word = tr("deadline %1").arg(shortTime(*m_content.deadline));
        const QFontMetricsF font(m_style.font);
        const double width = font.horizontalAdvance(word);
        m_p.setPen(m_theme.no.ink);
        if (m_layout.deadlineBeyond()) {
            const QString arrow = word + QStringLiteral(" →");
            m_p.drawText(QPointF(plot.right() - font.horizontalAdvance(arrow), plot.top() + font.ascent()), arrow);
            return;
        }
        const double x = m_layout.x(*m_content.deadline);
        if (x < plot.left() - 0.5 || x > plot.right() + 0.5)
            return;
        m_p.drawText(QPointF(std::max(plot.left(), x - width - 5), plot.top() + font.ascent()), word);
        m_p.setPen(QPen(m_theme.no.ink, 1.5, Qt::DashLine));
        m_p.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }

    void now()
    {
        if (!m_content.now)
            return;
        QRectF plot = m_layout.plot();
        if (isStrip()) // leaves the labels readable
            plot.setTop(plot.top() + QFontMetricsF(m_style.font).height());
        const double x = m_layout.x(*m_content.now);
        if (x < plot.left() - 0.5 || x > plot.right() + 0.5)
            return;
        m_p.setPen(QPen(m_theme.accent, 2));
        m_p.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        QPainterPath head;
        head.addPolygon(QPolygonF{QPointF(x - 5, plot.top()), QPointF(x + 5, plot.top()), QPointF(x, plot.top() + 6)});
        m_p.fillPath(head, m_theme.accent);
    }

    void focus()
    {
        const TimelineItem *item = m_layout.item(m_style.current);
        if (!item)
            return;
        QRectF ring = item->block.united(item->band).adjusted(-3, -3, 3, 3);
        if (m_layout.isZoomed())
            m_p.setClipRect(seen().adjusted(-4, 0, 4, 0));
        m_p.setBrush(Qt::NoBrush);
        m_p.setPen(QPen(m_theme.accent, 2));
        m_p.drawRoundedRect(ring, 4, 4);
        m_p.setClipping(false);
    }

    /// The time under the mouse, at the foot of its line.
    void hover()
    {
        if (!m_style.hover)
            return;
        const QRectF plot = m_layout.plot();
        const double x = *m_style.hover;
        m_p.setPen(QPen(m_theme.muted, 1, Qt::DotLine));
        m_p.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        const QFontMetricsF font(m_style.font);
        const QString word = exactTime(m_layout.timeAt(x));
        const double width = font.horizontalAdvance(word) + 8;
        const QRectF box(std::clamp(x - width / 2, 0.0, plot.right() + 16 - width), plot.bottom() + 3, width,
                         font.height() + 3);
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(m_theme.raised);
        m_p.drawRoundedRect(box, 3, 3);
        m_p.setPen(m_theme.text);
        m_p.drawText(box, Qt::AlignCenter, word);
    }

    QPainter &m_p;
    const TimelineLayout &m_layout;
    const TimelineContent &m_content;
    const TimelineStyle &m_style;
    const Theme &m_theme;
};

} // namespace

const Tone &outcomeTone(const Theme &theme, const Outcome &outcome)
{
    if (outcome.kind != Outcome::Kind::Response)
        return theme.no;
    if (!outcome.bodyReadable)
        return theme.no;
    if (outcome.status == 429)
        return theme.wait;
    return outcome.status < 400 ? theme.yes : theme.no;
}

QColor jitterColour(const Theme &theme)
{
    QColor colour = theme.wait.ink;
    colour.setAlphaF(0.3F);
    return colour;
}

void paintFlag(QPainter &painter, const QPointF &foot, const Theme &theme)
{
    painter.setPen(QPen(theme.wait.ink, 1.5));
    painter.drawLine(foot, foot - QPointF(0, 10));
    QPainterPath cloth(foot - QPointF(0, 10));
    cloth.lineTo(foot + QPointF(7, -7));
    cloth.lineTo(foot + QPointF(0, -4));
    painter.fillPath(cloth, theme.wait.ink);
    painter.setPen(Qt::NoPen);
}

void paintTimeline(QPainter &painter, const TimelineLayout &layout, const TimelineContent &content,
                   const TimelineStyle &style)
{
    Painter(painter, layout, content, style).paint();
}

} // namespace errata
