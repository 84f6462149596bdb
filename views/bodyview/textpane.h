// Draws the lines of a TextSource, however many and however long; a cursor, a selection, folds, marked matches.
#pragma once

#include "views/bodyview/foldmap.h"
#include "views/bodyview/lineview.h"
#include "views/theme/theme.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>

#include <functional>

namespace errata {

/// Matches of a search in the body, shared with who made them.
using MatchList = std::shared_ptr<const std::vector<Span>>;

class TextPane : public QAbstractScrollArea
{
    Q_OBJECT

public:
    enum class Colours { None, Json };
    /// The line on which the fold at a line closes; nothing where there is none.
    using Folding = std::function<std::optional<qsizetype>(qsizetype line)>;

    explicit TextPane(QWidget *parent = nullptr);
    ~TextPane() override;

    void setSource(std::shared_ptr<const TextSource> source, Colours colours = Colours::None, Folding folding = {});
    /// The same text, of which there is more now: cursor, selection and place stay.
    void extendSource(std::shared_ptr<const TextSource> source, Folding folding = {});
    [[nodiscard]] const TextSource &source() const { return *m_source; }
    void setPlaceholder(const QString &text);
    /// \a current is an index into \a matches, -1 for none.
    void setMatches(MatchList matches, qsizetype current);

    [[nodiscard]] qsizetype cursor() const { return m_cursor; }
    [[nodiscard]] Span selection() const;
    /// Of the cursor.
    [[nodiscard]] qsizetype line() const { return m_source->lineOf(m_cursor); }
    /// Puts the cursor there and shows the place, folds opened.
    void goTo(qsizetype position, bool select = false);
    void selectAll();
    [[nodiscard]] QString textOf(Span span) const;

    [[nodiscard]] bool canFold(qsizetype line) const;
    [[nodiscard]] bool isFolded(qsizetype line) const { return m_folds.closeOf(line).has_value(); }
    void setFolded(qsizetype line, bool folded);
    void unfoldAll();

    /// Rows are lines that are not hidden.
    [[nodiscard]] int rowCount() const;
    [[nodiscard]] int currentRow() const { return int(m_folds.rowOf(line())); }
    /// The row's beginning, for screen readers; longer lines say how much follows.
    [[nodiscard]] QString rowText(int row) const;
    /// In the viewport.
    [[nodiscard]] QRect rowRect(int row) const;
    [[nodiscard]] int rowAt(int y) const;
    /// Where a position is drawn, in the viewport.
    [[nodiscard]] QPointF pointOf(qsizetype position) const;
    [[nodiscard]] qsizetype positionAt(QPointF point) const;
    /// The arrow of a line that can be folded, in the viewport.
    [[nodiscard]] QRect arrowRect(int row) const;

Q_SIGNALS:
    void cursorMoved();
    /// Ctrl+C.
    void copyPressed();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    static constexpr int Pad = 2 * Step; ///< around the text

    void measure();
    void updateScrollBars();
    void showCursor();
    void moveTo(qsizetype position, bool select);
    void moveRows(qsizetype rows, bool select);
    [[nodiscard]] bool moveByKey(const QKeyEvent *event);
    [[nodiscard]] qsizetype neighbour(qsizetype position, bool forward) const;
    [[nodiscard]] qsizetype wordEdge(qsizetype position, bool forward) const;
    [[nodiscard]] int visibleRows() const;
    [[nodiscard]] int gutterWidth() const { return m_gutter; }
    [[nodiscard]] qreal textLeft() const;
    void paintRow(QPainter &painter, int row, int y);
    void paintGutter(QPainter &painter, qsizetype line, int row) const;
    void paintMarks(QPainter &painter, const LineView &view, QPointF origin, std::vector<TextRun> &runs) const;
    void paintFoldEnd(QPainter &painter, const LineView &view, QPointF origin, qsizetype line) const;

    std::shared_ptr<const TextSource> m_source;
    Colours m_colours = Colours::None;
    Folding m_folding;
    FoldMap m_folds;
    MatchList m_matches;
    qsizetype m_currentMatch = -1;
    QString m_placeholder;
    qsizetype m_cursor = 0;
    qsizetype m_anchor = 0;
    qreal m_wantedX = -1; ///< kept while the cursor goes up and down
    CellGrid m_grid;
    int m_rowHeight = 16;
    int m_gutter = 0;
    int m_widest = 0; ///< columns of the widest line drawn so far: tabs and wide characters outgrow their bytes
    bool m_dragging = false;
    QPoint m_dragPoint;
    QBasicTimer m_dragScroll; ///< runs while the mouse drags outside
};

} // namespace errata
