#include "views/bodyview/lineview.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

constexpr int TabCells = 4;

bool isPlain(const QByteArray &bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

} // namespace

LineView::LineView(const TextSource &source, qsizetype line, const CellGrid &grid)
    : m_grid(grid), m_start(source.lineStart(line)), m_end(source.lineEnd(line)), m_from(m_start)
{
    qsizetype to = m_end;
    if (m_end - m_start > ShortLine) {
        // Characters of four bytes and two cells fill the view with twice as many bytes as it has cells; those of
        // three bytes that stand on others take more.
        constexpr qsizetype BytesPerCell = 4;
        const qsizetype wanted = std::min(m_start + grid.first, m_end);
        const qsizetype before = std::max(m_start, wanted - 3);
        m_from = before + characterStart(source.read(before, std::min(wanted + 4, m_end)), wanted - before);
        to = std::min(m_end, m_from + (grid.count + 2) * BytesPerCell);
    }
    m_bytes = source.read(m_from, to);
    if (!isPlain(m_bytes))
        layOut();
}

LineView::~LineView() = default;
LineView::LineView(LineView &&) noexcept = default;

void LineView::layOut()
{
    m_text = decodeForShow(m_bytes);
    m_layout = std::make_unique<QTextLayout>(m_text.text, m_grid.font);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    option.setTabStopDistance(TabCells * m_grid.cell);
    m_layout->setTextOption(option);
    m_layout->setCacheEnabled(true);
    m_layout->beginLayout();
    m_layout->createLine().setPosition({0, 0});
    m_layout->endLayout();
}

int LineView::columns() const
{
    if (!m_layout || m_end - m_start > ShortLine)
        return int(std::min<qsizetype>(m_end - m_start, INT_MAX / 2));
    return int(std::ceil(m_layout->lineAt(0).naturalTextWidth() / m_grid.cell));
}

qreal LineView::xOf(qsizetype position) const
{
    const qreal direct = qreal(position - m_start) * m_grid.cell;
    if (!m_layout || position < m_from)
        return direct;
    const qsizetype inside = std::min(position - m_from, m_bytes.size());
    return qreal(m_from - m_start) * m_grid.cell + m_layout->lineAt(0).cursorToX(m_text.unitOf(inside)) +
           qreal(position - m_from - inside) * m_grid.cell;
}

qsizetype LineView::positionAt(qreal x) const
{
    const qreal left = qreal(m_from - m_start) * m_grid.cell;
    if (!m_layout || x < left) {
        const auto cells = static_cast<qsizetype>(std::llround(x / m_grid.cell));
        return std::clamp(m_start + cells, m_start, m_end);
    }
    const int unit = m_layout->lineAt(0).xToCursor(x - left);
    return m_from + m_text.offsets[std::size_t(unit)];
}

void LineView::drawPlain(QPainter &painter, QPointF origin, Span span, const QColor &colour) const
{
    const qsizetype seen = m_start + m_grid.first;
    const qsizetype from = std::max({span.start, m_from, seen});
    const qsizetype to = std::min({span.end(), m_from + m_bytes.size(), seen + m_grid.count + 2});
    if (from >= to)
        return;
    painter.setPen(colour);
    painter.drawText(
        QPointF(origin.x() + qreal(from - m_start) * m_grid.cell, origin.y() + QFontMetricsF(m_grid.font).ascent()),
        QString::fromLatin1(m_bytes.constData() + (from - m_from), to - from));
}

void LineView::draw(QPainter &painter, QPointF origin, const std::vector<TextRun> &runs, const QColor &base) const
{
    if (!m_layout) {
        qsizetype at = m_from;
        for (const TextRun &run : runs) {
            drawPlain(painter, origin, {at, run.span.start - at}, base);
            drawPlain(painter, origin, run.span, run.colour);
            at = run.span.end();
        }
        return drawPlain(painter, origin, {at, m_from + m_bytes.size() - at}, base);
    }
    QList<QTextLayout::FormatRange> formats;
    for (const TextRun &run : runs) {
        QTextLayout::FormatRange range;
        range.start = m_text.unitOf(std::clamp<qsizetype>(run.span.start - m_from, 0, m_bytes.size()));
        range.length = m_text.unitOf(std::clamp<qsizetype>(run.span.end() - m_from, 0, m_bytes.size())) - range.start;
        range.format.setForeground(run.colour);
        if (range.length > 0)
            formats << range;
    }
    painter.setPen(base);
    m_layout->draw(&painter, QPointF(origin.x() + qreal(m_from - m_start) * m_grid.cell, origin.y()), formats);
}

} // namespace errata
