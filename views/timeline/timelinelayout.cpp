#include "views/timeline/timelinelayout.h"

#include "views/timeline/attempttexts.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace errata {

namespace {

constexpr double LeastRowBlock = 18;
constexpr double LeastStripBlock = 9;
constexpr double ComfortableRow = 46;
constexpr double LeastRow = 22;
constexpr double LabelGap = 5;

/// A tick every so many pixels keeps their labels apart.
constexpr double TickDistance = 64;

bool endsWithAWait(const std::vector<Attempt> &attempts)
{
    return !attempts.empty() && attempts.back().wait && attempts.back().action == Attempt::Action::Stop;
}

double rowsOf(const std::vector<Attempt> &attempts)
{
    return static_cast<double>(attempts.size()) + (endsWithAWait(attempts) ? 1 : 0);
}

bool isToldByServer(const Attempt &attempt)
{
    return attempt.reason == Reason::RetryAfterObeyed || attempt.reason == Reason::RetryAfterCapped ||
           (attempt.reason == Reason::WaitsThenGivesUp && attempt.outcome.headers.contains("Retry-After"));
}

/// Where a logarithmic axis begins to grow: well before the first thing that happens after 0.
Millis firstEvent(const TimelineContent &content, Millis end)
{
    Millis first = end;
    for (const std::vector<Attempt> *list : {&content.actual, &content.planned}) {
        for (const Attempt &attempt : *list) {
            for (const Millis time : {attempt.starts.actual, attempt.outcome.latency}) {
                if (time.count() >= 1)
                    first = std::min(first, time);
            }
        }
    }
    return std::max(Millis(1), first / 4);
}

} // namespace

Bounds endOf(const std::vector<Attempt> &attempts)
{
    if (attempts.empty())
        return {};
    const Attempt &last = attempts.back();
    const Bounds end = last.starts + last.outcome.latency;
    return last.wait ? end + *last.wait : end;
}

TimelineLayout::TimelineLayout(const TimelineContent &content, TimelineShape shape, const QSizeF &size,
                               const QFontMetricsF &font, const TimelineView &view)
    : m_shape(shape)
    , m_cap(content.cap)
    , m_isZoomed(!view.isWhole())
    , m_textHeight(font.height())
    , m_leastBlock(shape == TimelineShape::Rows ? LeastRowBlock : LeastStripBlock)
{
    QString measured;
    for (const std::vector<Attempt> *list : {&content.actual, &content.planned}) {
        for (const Attempt &attempt : *list) {
            // A thousand attempts bring the same, and measuring is what takes the time.
            const QString label = attemptLabel(attempt);
            if (label != std::exchange(measured, label))
                m_labelWidth = std::max(m_labelWidth, font.horizontalAdvance(label));
        }
        if (endsWithAWait(*list))
            m_labelWidth = std::max(m_labelWidth, font.horizontalAdvance(endLabel()));
    }
    const bool rows = shape == TimelineShape::Rows;
    const double left = rows ? font.horizontalAdvance(QStringLiteral("try 8888")) + 12 : 4;
    const double right = (rows ? m_labelWidth + LabelGap : m_labelWidth / 2) + m_leastBlock + 16;
    const double bottom = m_textHeight + 8;
    m_plot = QRectF(left, 4, std::max(60.0, size.width() - left - right), std::max(10.0, size.height() - bottom - 4));

    Millis last = std::max(endOf(content.actual).max, endOf(content.planned).max);
    last = std::max(last, content.now.value_or(Millis(0)));
    if (content.deadline) {
        m_deadlineBeyond = *content.deadline > last * 1.6;
        if (!m_deadlineBeyond)
            last = std::max(last, *content.deadline);
    }
    if (last.count() <= 0)
        last = Millis(1000);
    const int mostTicks = static_cast<int>(std::clamp(m_plot.width() / TickDistance, 1.0, 12.0));
    m_axis = timeAxis(last, mostTicks);
    m_scale = TimeScale(m_axis.end, firstEvent(content, m_axis.end), view);
    m_ticks = m_scale.ticks(mostTicks);

    if (rows) {
        const double count = std::max({1.0, rowsOf(content.actual), rowsOf(content.planned)});
        const double height = std::min(m_plot.height() / count, ComfortableRow);
        addRows(content.planned, true, height);
        addRows(content.actual, false, height);
        return;
    }
    const double laneHeight = content.planned.empty() ? m_plot.height() : m_plot.height() * 0.62;
    addStrip(content.actual, false, QRectF(m_plot.left(), m_plot.top(), m_plot.width(), laneHeight));
    addStrip(content.planned, true,
             QRectF(m_plot.left(), m_plot.top() + laneHeight, m_plot.width(), m_plot.height() - laneHeight));
}

double TimelineLayout::x(Millis time) const
{
    // NaN and times beyond a whole axis stand at its ends.
    const double place = m_scale.place(std::isnan(time.count()) ? Millis(0) : time);
    return m_plot.left() + (m_isZoomed ? place : std::clamp(place, 0.0, 1.0)) * m_plot.width();
}

Millis TimelineLayout::timeAt(double x) const
{
    return m_scale.at((x - m_plot.left()) / m_plot.width());
}

TimelineItem TimelineLayout::itemFor(const std::vector<Attempt> &attempts, std::size_t index, const QRectF &lane,
                                     double blockHeight) const
{
    TimelineItem item;
    item.lane = lane;
    item.isEnd = index == attempts.size();
    item.attempt = static_cast<int>(item.isEnd ? index - 1 : index);
    const Bounds starts = item.isEnd ? endOf(attempts) : attempts[index].starts;
    const double middle = lane.center().y();
    const double at = x(starts.actual);
    const auto bar = [middle](double from, double to, double height) {
        return QRectF(from, middle - height / 2, std::max(0.0, to - from), height);
    };
    if (!item.isEnd)
        item.block =
            bar(at, std::max(x(starts.actual + attempts[index].outcome.latency), at + m_leastBlock), blockHeight);
    if (index > 0) {
        const Attempt &before = attempts[index - 1];
        item.isRetryAfter = isToldByServer(before);
        const Millis waits = before.starts.actual + before.outcome.latency;
        item.wait = bar(x(waits), at, std::min(8.0, blockHeight * 0.4));
        // A wait that the cap has cut, or that jitter has carried beyond it.
        if (m_cap && !item.isRetryAfter && before.wait && before.wait->max >= *m_cap * 0.999)
            item.cap = x(waits + *m_cap);
    }
    if (starts.max - starts.min > Millis(0.5)) {
        const double play = item.isEnd ? 0 : m_leastBlock;
        item.band = bar(x(starts.min), x(starts.max) + play, blockHeight * 0.7);
    }
    return item;
}

void TimelineLayout::addRows(const std::vector<Attempt> &attempts, bool planned, double rowHeight)
{
    const auto rows = static_cast<std::size_t>(rowsOf(attempts));
    for (std::size_t i = 0; i < rows; ++i) {
        const QRectF lane(0, m_plot.top() + rowHeight * static_cast<double>(i),
                          m_plot.right() + m_labelWidth + LabelGap, rowHeight);
        TimelineItem item = itemFor(attempts, i, lane, std::min(26.0, rowHeight - 4));
        item.planned = planned;
        const double right = std::max({item.block.right(), item.band.right(), item.isEnd ? item.wait.right() : 0.0});
        item.label = QRectF(right + LabelGap, lane.top(), std::max(m_labelWidth, 60.0), rowHeight);
        m_items.push_back(item);
    }
}

void TimelineLayout::addStrip(const std::vector<Attempt> &attempts, bool planned, const QRectF &lane)
{
    const auto count = static_cast<std::size_t>(rowsOf(attempts));
    const double blockHeight = std::clamp(lane.height() - 2 * m_textHeight - 4, 8.0, 26.0);
    double labelsEnd = lane.left() - 100;
    for (std::size_t i = 0; i < count; ++i) {
        TimelineItem item = itemFor(attempts, i, lane, planned ? std::min(12.0, lane.height() - 4) : blockHeight);
        item.planned = planned;
        const double width = m_labelWidth + 3 * m_textHeight;
        // Labels that would run into the one before are left to the tool tip.
        if (!item.isEnd && !planned && item.block.left() > labelsEnd) {
            item.label = QRectF(item.block.left(), lane.top(), width, m_textHeight);
            labelsEnd = item.block.left() + width;
        }
        const double from = item.wait.isNull() ? item.block.left() : item.wait.left();
        const double to = item.isEnd ? item.wait.right() : item.block.right();
        item.lane = QRectF(from, lane.top(), std::max(m_leastBlock, to - from), lane.height());
        m_items.push_back(item);
    }
}

const TimelineItem *TimelineLayout::item(int attempt) const
{
    const bool hasActual = std::any_of(m_items.begin(), m_items.end(), [](const auto &i) { return !i.planned; });
    const auto found = std::find_if(m_items.begin(), m_items.end(), [=](const TimelineItem &i) {
        return i.attempt == attempt && !i.isEnd && i.planned != hasActual;
    });
    return found == m_items.end() ? nullptr : &*found;
}

int TimelineLayout::attemptAt(const QPointF &point) const
{
    const bool hasActual = std::any_of(m_items.begin(), m_items.end(), [](const auto &i) { return !i.planned; });
    int nearest = -1;
    double distance = 1e9;
    for (const TimelineItem &item : m_items) {
        if (item.planned == hasActual)
            continue;
        const bool inside = m_shape == TimelineShape::Rows
                                ? item.lane.top() <= point.y() && point.y() < item.lane.bottom()
                                : m_plot.adjusted(-8, 0, 24, 0).contains(point);
        const double d = m_shape == TimelineShape::Rows ? 0 : std::abs(item.block.center().x() - point.x());
        if (inside && d < distance) {
            distance = d;
            nearest = item.attempt;
        }
    }
    return nearest;
}

double TimelineLayout::heightFor(const TimelineContent &content, TimelineShape shape, const QFontMetricsF &font,
                                 bool comfortable)
{
    const double axis = font.height() + 12;
    if (shape == TimelineShape::Strip)
        return axis + 2 * font.height() + 34 + (content.planned.empty() ? 0 : font.height() + 14);
    const double rows = std::max({1.0, rowsOf(content.actual), rowsOf(content.planned)});
    return axis + rows * (comfortable ? ComfortableRow : std::max(LeastRow, font.height() + 4));
}

} // namespace errata
