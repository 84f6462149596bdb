// How a TextPane draws its rows.
#include "views/bodyview/jsonruns.h"
#include "views/bodyview/textpane.h"
#include "views/theme/erratastyle.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace errata {

namespace {

/// Takes \a span out of the runs that colour it, so that another colour can be put there.
void cutOut(std::vector<TextRun> &runs, Span span)
{
    std::vector<TextRun> rest;
    rest.reserve(runs.size() + 1);
    for (const TextRun &run : runs) {
        if (run.span.start < span.start)
            rest.push_back({{run.span.start, std::min(run.span.end(), span.start) - run.span.start}, run.colour});
        if (run.span.end() > span.end()) {
            const qsizetype from = std::max(run.span.start, span.end());
            rest.push_back({{from, run.span.end() - from}, run.colour});
        }
    }
    runs = std::move(rest);
}

void putIn(std::vector<TextRun> &runs, Span span, const QColor &colour)
{
    cutOut(runs, span);
    const auto after =
        std::find_if(runs.begin(), runs.end(), [&](const TextRun &r) { return r.span.start > span.start; });
    runs.insert(after, {span, colour});
}

/// A small arrow: to the right where lines are hidden, down where they can be.
void paintArrow(QPainter &painter, const QRect &rect, bool folded, const QColor &colour)
{
    const QPointF c = QRectF(rect).center();
    const QPointF right[] = {c + QPointF(-2, -4), c + QPointF(2, 0), c + QPointF(-2, 4)};
    const QPointF down[] = {c + QPointF(-4, -2), c + QPointF(0, 2), c + QPointF(4, -2)};
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(folded ? right : down, 3);
    painter.restore();
}

} // namespace

void TextPane::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const Theme &theme = Theme::of(palette());
    painter.fillRect(event->rect(), theme.raised);
    painter.setFont(font());
    if (m_source->size() == 0) {
        painter.setPen(theme.muted);
        painter.drawText(viewport()->rect().adjusted(Pad, Pad, -Pad, -Pad), Qt::AlignTop | Qt::TextWordWrap,
                         m_placeholder);
        return;
    }
    const int widest = m_widest;
    const int last = std::min(rowCount() - 1, rowAt(event->rect().bottom()));
    const int first = std::max(rowAt(event->rect().top()), verticalScrollBar()->value());
    for (int row = first; row <= last; ++row)
        paintRow(painter, row, rowRect(row).top());
    // Ranges change after painting, not during it.
    if (m_widest > widest && m_widest > m_source->longestLine())
        QMetaObject::invokeMethod(this, &TextPane::updateScrollBars, Qt::QueuedConnection);
}

void TextPane::paintRow(QPainter &painter, int row, int y)
{
    const Theme &theme = Theme::of(palette());
    const qsizetype line = m_folds.lineAt(row);
    const LineView view(*m_source, line, m_grid);
    m_widest = std::max(m_widest, view.columns());
    const QPointF origin(textLeft(), y + 1);

    painter.save();
    painter.setClipRect(QRect(m_gutter, 0, viewport()->width() - m_gutter, viewport()->height()));
    std::vector<TextRun> runs;
    if (m_colours == Colours::Json)
        runs = jsonRuns(*m_source, {view.start(), view.end() - view.start()}, theme.syntax);
    const Span selected = selection();
    if (selected.length > 0 && selected.start <= view.end() && selected.end() > view.start()) {
        const qreal from = view.xOf(std::max(selected.start, view.start()));
        const bool further = selected.end() > view.end(); // the line end is selected too
        const qreal to = view.xOf(std::min(selected.end(), view.end())) + (further ? m_grid.cell : 0);
        painter.fillRect(QRectF(origin.x() + from, y, to - from, m_rowHeight), theme.accentSoft);
    }
    paintMarks(painter, view, QPointF(origin.x(), y), runs);
    view.draw(painter, origin, runs, theme.text);
    paintFoldEnd(painter, view, origin, line);
    if (hasFocus() && m_cursor >= view.start() && m_cursor <= view.end())
        painter.fillRect(QRectF(origin.x() + view.xOf(m_cursor) - 1, y, 2, m_rowHeight), theme.accent);
    painter.restore();
    if (m_gutter > 0)
        paintGutter(painter, line, row);
}

void TextPane::paintMarks(QPainter &painter, const LineView &view, QPointF origin, std::vector<TextRun> &runs) const
{
    if (!m_matches || m_matches->empty())
        return;
    const Theme &theme = Theme::of(palette());
    const Span window = view.window();
    const qsizetype bodyFrom = m_source->bodyOffset(window.start);
    const qsizetype bodyTo = m_source->bodyOffset(window.end()) + 1;
    auto match =
        std::partition_point(m_matches->begin(), m_matches->end(), [&](Span m) { return m.end() <= bodyFrom; });
    for (; match != m_matches->end() && match->start < bodyTo; ++match) {
        const bool current = match - m_matches->begin() == m_currentMatch;
        for (const Span shown : m_source->shownSpans(*match)) {
            const qsizetype from = std::max(shown.start, window.start);
            const qsizetype to = std::min(shown.end(), window.end());
            if (from >= to)
                continue;
            const QRectF rect(origin.x() + view.xOf(from), origin.y(), view.xOf(to) - view.xOf(from), m_rowHeight);
            painter.fillRect(rect, current ? theme.accent : theme.wait.ground);
            if (!current)
                painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), theme.wait.ink);
            putIn(runs, {from, to - from}, current ? theme.onAccent : theme.text);
        }
    }
}

void TextPane::paintFoldEnd(QPainter &painter, const LineView &view, QPointF origin, qsizetype line) const
{
    const auto close = m_folds.closeOf(line);
    if (!close)
        return;
    const Theme &theme = Theme::of(palette());
    const QString closing =
        textOf({m_source->lineStart(*close), m_source->lineEnd(*close) - m_source->lineStart(*close)}).trimmed();
    const QString count = tr(" … %1 lines … ").arg(*close - line - 1);
    const qreal baseline = origin.y() + QFontMetricsF(font()).ascent();
    qreal x = origin.x() + view.xOf(view.end());
    painter.setPen(theme.muted);
    painter.drawText(QPointF(x, baseline), count);
    x += QFontMetricsF(font()).horizontalAdvance(count);
    painter.setPen(theme.text);
    painter.drawText(QPointF(x, baseline), closing);
}

void TextPane::paintGutter(QPainter &painter, qsizetype line, int row) const
{
    const Theme &theme = Theme::of(palette());
    const QRect rect = rowRect(row);
    const QRect arrow = arrowRect(row);
    const bool here = hasFocus() && line == this->line();
    painter.setPen(here ? theme.text : theme.muted);
    painter.drawText(QRect(0, rect.top(), arrow.left(), rect.height()), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(line + 1));
    const bool folded = isFolded(line);
    if (folded || canFold(line))
        paintArrow(painter, arrow, folded, here || folded ? theme.accent : theme.muted);
}

} // namespace errata
