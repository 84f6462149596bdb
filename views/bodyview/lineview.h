// One line as it is drawn: only the part that can be seen becomes text.
#pragma once

#include "views/bodyview/decodedtext.h"
#include "views/bodyview/textsource.h"

#include <QColor>
#include <QFont>
#include <QPointF>

#include <memory>

class QPainter;
class QTextLayout;

namespace errata {

/// The fixed font's cells, and which of them are in view.
struct CellGrid
{
    QFont font;
    qreal cell = 8; ///< width of one
    int first = 0;  ///< scrolled to this column
    int count = 80; ///< columns in view
};

struct TextRun
{
    Span span;
    QColor colour;
};

/// x counts from column 0 of the line, scrolled or not. A line up to ShortLine bytes is laid out exactly, and so is
/// every stretch of ASCII; in a longer line with other characters, what lies left of the view counts a column a
/// byte, which needs no reading of it.
class LineView
{
public:
    static constexpr qsizetype ShortLine = 2048;

    LineView(const TextSource &source, qsizetype line, const CellGrid &grid);
    ~LineView();
    LineView(LineView &&) noexcept;
    LineView &operator=(LineView &&) = delete;
    LineView(const LineView &) = delete;
    LineView &operator=(const LineView &) = delete;

    /// Colours for \a runs, which must not overlap; \a base for the rest. \a origin is the top left of column 0.
    void draw(QPainter &painter, QPointF origin, const std::vector<TextRun> &runs, const QColor &base) const;
    [[nodiscard]] qreal xOf(qsizetype position) const;
    /// The nearest place between two characters.
    [[nodiscard]] qsizetype positionAt(qreal x) const;
    [[nodiscard]] qsizetype start() const { return m_start; }
    [[nodiscard]] qsizetype end() const { return m_end; }
    /// The bytes that are laid out.
    [[nodiscard]] Span window() const { return {m_from, m_bytes.size()}; }
    /// Columns of the whole line, as far as they are known.
    [[nodiscard]] int columns() const;

private:
    void layOut();
    void drawPlain(QPainter &painter, QPointF origin, Span span, const QColor &colour) const;

    CellGrid m_grid;
    qsizetype m_start;
    qsizetype m_end;
    qsizetype m_from = 0;
    QByteArray m_bytes;
    DecodedText m_text;                    ///< empty for ASCII
    std::unique_ptr<QTextLayout> m_layout; ///< null for ASCII
};

} // namespace errata
