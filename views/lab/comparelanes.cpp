#include "views/lab/comparelanes.h"

#include "views/timeline/attempttexts.h"
#include "views/timeline/timelinelayout.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

constexpr double Block = 10;
constexpr double LaneMargin = 10;
constexpr double TickDistance = 72;

} // namespace

QColor laneColour(const Theme &theme, int lane)
{
    switch (lane) {
    case 0:
        return theme.accent;
    case 1:
        return theme.wait.ink;
    case 2:
        return theme.yes.ink;
    default:
        return theme.no.ink;
    }
}

CompareLanes::CompareLanes(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Policies on one time axis"));
}

void CompareLanes::setLanes(std::vector<CompareLane> lanes)
{
    m_lanes = std::move(lanes);
    QStringList spoken;
    for (const CompareLane &lane : m_lanes)
        spoken << tr("%1: %2, ends after %3")
                      .arg(lane.name, sendsText(static_cast<int>(lane.attempts.size())),
                           shortTime(endOf(lane.attempts).actual));
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

void CompareLanes::setLogarithmic(bool isLogarithmic)
{
    m_isLogarithmic = isLogarithmic;
    update();
}

double CompareLanes::laneHeight() const
{
    // The name above its line.
    return QFontMetricsF(font()).height() + Block + 12;
}

QSize CompareLanes::sizeHint() const
{
    const double lanes = static_cast<double>(std::max<std::size_t>(1, m_lanes.size())) * laneHeight();
    return {560, static_cast<int>(std::ceil(lanes + QFontMetricsF(font()).height() + 10))};
}

QRectF CompareLanes::plot() const
{
    return QRectF(rect()).adjusted(LaneMargin, 2, -LaneMargin - 4 * Block, -QFontMetricsF(font()).height() - 8);
}

TimeScale CompareLanes::scale() const
{
    Millis end{1};
    Millis least{1e15};
    for (const CompareLane &lane : m_lanes) {
        end = std::max(end, endOf(lane.attempts).max);
        for (const Attempt &attempt : lane.attempts) {
            if (attempt.starts.actual.count() >= 1)
                least = std::min(least, attempt.starts.actual);
        }
    }
    return {end, std::clamp(least / 4, Millis(1), std::max(end, Millis(1))), {0, 1, m_isLogarithmic}};
}

double CompareLanes::x(Millis time) const
{
    const QRectF area = plot();
    return area.left() + std::clamp(scale().place(time), 0.0, 1.0) * area.width();
}

QRectF CompareLanes::blockOf(int lane, int attempt) const
{
    const Attempt &shown = m_lanes[static_cast<std::size_t>(lane)].attempts[static_cast<std::size_t>(attempt)];
    const double top = plot().top() + lane * laneHeight() + QFontMetricsF(font()).height() + 3;
    const double left = x(shown.starts.actual);
    const double right = x(shown.starts.actual + shown.outcome.latency);
    return {left, top, std::max(Block, right - left), Block};
}

void CompareLanes::paintLane(QPainter &painter, int lane) const
{
    const Theme &theme = Theme::of(palette());
    const CompareLane &shown = m_lanes[static_cast<std::size_t>(lane)];
    const QColor colour = laneColour(theme, lane);
    const QRectF area = plot();
    const double top = area.top() + lane * laneHeight();
    const QFontMetricsF metrics(font());
    painter.setPen(theme.text);
    painter.drawText(QRectF(area.left(), top, area.width() + 4 * Block, metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(QStringLiteral("%1  %2").arg(QChar(u'A' + lane)).arg(shown.name),
                                        Qt::ElideRight, area.width()));
    const double middle = top + metrics.height() + 3 + Block / 2;
    const Bounds end = endOf(shown.attempts);
    painter.setPen(QPen(colour, 1));
    painter.drawLine(QPointF(area.left(), middle), QPointF(x(end.actual), middle));
    QColor soft = colour;
    soft.setAlphaF(0.28F);
    for (int i = 0; i < static_cast<int>(shown.attempts.size()); ++i) {
        const Bounds &starts = shown.attempts[static_cast<std::size_t>(i)].starts;
        const QRectF block = blockOf(lane, i);
        if (starts.max - starts.min > Millis(0.5))
            painter.fillRect(QRectF(x(starts.min), block.top() + 2, x(starts.max) - x(starts.min) + Block, Block - 4),
                             soft);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(block, 2, 2);
    }
    painter.setPen(theme.muted);
    const double after =
        shown.attempts.empty()
            ? area.left()
            : std::max(blockOf(lane, static_cast<int>(shown.attempts.size()) - 1).right(), x(end.max) + Block);
    painter.drawText(QPointF(after + 5, middle + metrics.ascent() / 2 - 1),
                     shown.attempts.empty() ? tr("nothing is sent") : outcomeLabel(shown.attempts.back().outcome));
}

void CompareLanes::paintAll(QPainter &painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    const Theme &theme = Theme::of(palette());
    const QRectF area = plot();
    const QFontMetricsF metrics(font());
    const int most = static_cast<int>(std::clamp(area.width() / TickDistance, 1.0, 12.0));
    for (const TimeScale::Tick &tick : scale().ticks(most)) {
        const double at = std::floor(x(tick.at)) + 0.5;
        painter.setPen(theme.line);
        painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom() + 3));
        painter.setPen(theme.muted);
        const double width = metrics.horizontalAdvance(tick.label);
        painter.drawText(
            QPointF(std::clamp(at - width / 2, 0.0, this->width() - width), area.bottom() + 5 + metrics.ascent()),
            tick.label);
    }
    for (int i = 0; i < static_cast<int>(m_lanes.size()); ++i)
        paintLane(painter, i);
}

void CompareLanes::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintAll(painter);
}

QByteArray CompareLanes::picture(PictureKind kind) const
{
    return errata::picture(kind, size(), Theme::of(palette()).surface, accessibleName(),
                           [this](QPainter &painter) { paintAll(painter); });
}

bool CompareLanes::event(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (int lane = 0; lane < static_cast<int>(m_lanes.size()); ++lane) {
        const std::vector<Attempt> &attempts = m_lanes[static_cast<std::size_t>(lane)].attempts;
        for (int i = static_cast<int>(attempts.size()) - 1; i >= 0; --i) {
            if (blockOf(lane, i).adjusted(-2, -4, 2, 4).contains(help->pos())) {
                QToolTip::showText(help->globalPos(), attemptText(attempts[static_cast<std::size_t>(i)]), this);
                return true;
            }
        }
    }
    QToolTip::hideText();
    return true;
}

} // namespace errata
