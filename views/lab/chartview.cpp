#include "views/lab/chartview.h"

#include <QAreaSeries>
#include <QChart>
#include <QMouseEvent>
#include <QToolTip>
#include <QValueAxis>
#include <QWheelEvent>

#include <algorithm>

namespace errata {

namespace {

constexpr int SideMargin = 8;

} // namespace

ChartView::ChartView(const QString &accessibleName, QWidget *parent) : QChartView(parent)
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // its figures are in the table beside it
    setRenderHint(QPainter::Antialiasing);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    chart()->legend()->hide();
    chart()->setBackgroundRoundness(0);
    chart()->setMargins({});
    for (const Qt::Alignment side : {Qt::AlignBottom, Qt::AlignLeft}) {
        auto *axis = new QValueAxis(chart());
        axis->setVisible(false);
        chart()->addAxis(axis, side);
    }
    m_any = new QLineSeries(chart());
    m_any->setVisible(false);
    attach(m_any);
    colour();
}

void ChartView::attach(QAbstractSeries *series)
{
    chart()->addSeries(series);
    for (QAbstractAxis *axis : chart()->axes())
        series->attachAxis(axis);
}

QLineSeries *ChartView::addLine(const Colour &colour, double width, Qt::PenStyle style)
{
    auto *line = new QLineSeries(chart());
    attach(line);
    m_series.push_back({line, colour, width, style});
    this->colour();
    return line;
}

QLineSeries *ChartView::addArea(const Colour &colour)
{
    auto *upper = new QLineSeries(chart());
    auto *area = new QAreaSeries(upper);
    attach(area);
    m_series.push_back({area, colour, 0, Qt::SolidLine});
    this->colour();
    return upper;
}

void ChartView::colour()
{
    const Theme &theme = Theme::of(palette());
    chart()->setBackgroundBrush(theme.surface);
    setBackgroundBrush(theme.surface);
    for (const Painted &painted : m_series) {
        const QColor ink = painted.colour(theme);
        if (auto *area = qobject_cast<QAreaSeries *>(painted.series)) {
            area->setBrush(ink);
            area->setPen(QPen(Qt::NoPen));
        } else if (auto *line = qobject_cast<QLineSeries *>(painted.series)) {
            line->setPen(QPen(ink, painted.width, painted.style));
        }
    }
}

void ChartView::setRange(double fromX, double toX, double toY)
{
    const QList<QAbstractAxis *> axes = chart()->axes();
    axes[0]->setRange(fromX, std::max(toX, fromX + 1e-9));
    axes[1]->setRange(0, std::max(toY, 1e-9));
    viewport()->update();
}

void ChartView::setTicks(std::vector<Mark> ticks)
{
    m_ticks = std::move(ticks);
    viewport()->update();
}

void ChartView::setMarks(std::vector<Mark> marks)
{
    m_marks = std::move(marks);
    placePlot();
    viewport()->update();
}

void ChartView::setLevels(std::vector<Mark> levels)
{
    m_levels = std::move(levels);
    viewport()->update();
}

void ChartView::setSpan(double from, double to, const QString &word)
{
    m_spanFrom = from;
    m_spanTo = to;
    m_spanWord = word;
    viewport()->update();
}

void ChartView::clearSpan()
{
    setSpan(0, 0, {});
}

void ChartView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    for (const Painted &painted : m_series)
        painted.series->setVisible(text.isEmpty());
    viewport()->update();
}

QPointF ChartView::placeOf(double x, double y) const
{
    return chart()->mapToPosition({x, y}, m_any);
}

void ChartView::placePlot()
{
    const QFontMetrics small(scaled(font(), SmallText));
    const int marks = m_marks.empty() ? 2 * Step : small.height() + 6;
    chart()->setPlotArea(QRectF(viewport()->rect()).adjusted(SideMargin, marks, -SideMargin, -small.height() - 6));
}

void ChartView::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    placePlot();
}

void ChartView::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
    if (event->type() == QEvent::FontChange)
        placePlot();
}

void ChartView::drawForeground(QPainter *painter, const QRectF &)
{
    const Theme &theme = Theme::of(palette());
    painter->setFont(scaled(font(), SmallText));
    if (!m_emptyText.isEmpty()) {
        painter->setPen(theme.muted);
        painter->setFont(font());
        painter->drawText(viewport()->rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const QRectF plot = chart()->plotArea();
    if (!m_spanWord.isEmpty()) {
        const double from = std::max(plot.left(), placeOf(m_spanFrom, 0).x());
        const double to = std::min(plot.right(), placeOf(m_spanTo, 0).x());
        QColor shade = theme.no.ink;
        shade.setAlphaF(0.10F);
        painter->fillRect(QRectF(from, plot.top(), std::max(2.0, to - from), plot.height()), shade);
        painter->setPen(theme.no.ink);
        painter->drawText(QPointF(from + 3, plot.top() + QFontMetricsF(painter->font()).ascent()), m_spanWord);
    }
    painter->setPen(theme.line);
    painter->drawLine(plot.bottomLeft(), plot.bottomRight());
    drawTicks(painter, theme);
    drawLevels(painter, theme);
    drawMarks(painter, theme);
}

void ChartView::drawTicks(QPainter *painter, const Theme &theme)
{
    const QRectF plot = chart()->plotArea();
    const QFontMetricsF metrics(painter->font());
    double taken = -1e9;
    for (const Mark &tick : m_ticks) {
        const double x = placeOf(tick.at, 0).x();
        const double width = metrics.horizontalAdvance(tick.word);
        const double left = std::clamp(x - width / 2, 0.0, std::max(0.0, viewport()->width() - width));
        if (left < taken + 6)
            continue;
        painter->setPen(theme.line);
        painter->drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        painter->setPen(theme.muted);
        painter->drawText(QPointF(left, plot.bottom() + 4 + metrics.ascent()), tick.word);
        taken = left + width;
    }
}

void ChartView::drawMarks(QPainter *painter, const Theme &theme)
{
    const QRectF plot = chart()->plotArea();
    const QFontMetricsF metrics(painter->font());
    const double top = plot.top() - metrics.height() - 2;
    for (std::size_t i = 0; i < m_marks.size();) {
        const double x = placeOf(m_marks[i].at, 0).x();
        QString word = m_marks[i].word;
        double last = x;
        // Those whose words would run into each other share a label.
        std::size_t next = i + 1;
        while (next < m_marks.size() &&
               placeOf(m_marks[next].at, 0).x() < last + 3 + metrics.horizontalAdvance(m_marks[next - 1].word) + 4) {
            last = placeOf(m_marks[next].at, 0).x();
            word += QStringLiteral(", ") + m_marks[next].word;
            ++next;
        }
        painter->setPen(QPen(theme.text, 1, Qt::DashLine));
        for (std::size_t n = i; n < next; ++n) {
            const double at = placeOf(m_marks[n].at, 0).x();
            painter->drawLine(QPointF(at, top + 2), QPointF(at, plot.bottom()));
        }
        // At the right edge the words stand before their line.
        const double width = metrics.horizontalAdvance(word);
        const double left = last + 3 + width > viewport()->width() ? x - 3 - width : last + 3;
        painter->setPen(theme.text);
        painter->drawText(QPointF(std::max(0.0, left), top + metrics.ascent()), word);
        i = next;
    }
}

void ChartView::drawLevels(QPainter *painter, const Theme &theme)
{
    const QRectF plot = chart()->plotArea();
    const QFontMetricsF metrics(painter->font());
    for (const Mark &level : m_levels) {
        const double y = placeOf(0, level.at).y();
        painter->setPen(QPen(theme.muted, 1, Qt::DashLine));
        painter->drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        const double width = metrics.horizontalAdvance(level.word);
        const QRectF box(plot.right() - width - 4, y - metrics.height() - 2, width + 4, metrics.height());
        QColor ground = theme.surface;
        ground.setAlphaF(0.8F);
        painter->fillRect(box, ground); // over whatever line passes there
        painter->setPen(theme.muted);
        painter->drawText(box, Qt::AlignCenter, level.word);
    }
}

QByteArray ChartView::picture(PictureKind kind)
{
    return errata::picture(kind, viewport()->size(), Theme::of(palette()).surface, accessibleName(),
                           [this](QPainter &painter) { render(&painter); });
}

void ChartView::mouseMoveEvent(QMouseEvent *event)
{
    QChartView::mouseMoveEvent(event);
    const QRectF plot = chart()->plotArea();
    const bool isOver = m_emptyText.isEmpty() && plot.adjusted(-2, -40, 2, 20).contains(event->position());
    const QString text =
        isOver && m_hoverText ? m_hoverText(chart()->mapToValue(event->position(), m_any).x()) : QString();
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPosition().toPoint(), text, this);
}

void ChartView::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the page scrolls
}

} // namespace errata
