#include "views/bodyview/textpane.h"

#include "models/json/jsonscan.h"
#include "views/bodyview/textpaneaccessible.h"
#include "views/theme/erratastyle.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

constexpr int ArrowWidth = 16;
constexpr int DragScrollMs = 40;
/// Read to each side for the edge of a word.
constexpr qsizetype WordReach = 256;

std::shared_ptr<const TextSource> noText()
{
    return std::make_shared<PlainText>(QByteArray(), LineIndex(), nullptr);
}

bool isWordByte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

} // namespace

TextPane::TextPane(QWidget *parent) : QAbstractScrollArea(parent), m_source(noText())
{
    installTextPaneAccessibility();
    setProperty(WellProperty, true);
    setFont(fixedFont(font()));
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAutoFillBackground(false);
    viewport()->setCursor(Qt::IBeamCursor);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    measure();
    connect(verticalScrollBar(), &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        m_grid.first = value;
        viewport()->update();
    });
}

TextPane::~TextPane() = default;

void TextPane::setSource(std::shared_ptr<const TextSource> source, Colours colours, Folding folding)
{
    m_folds.clear();
    m_matches.reset();
    m_currentMatch = -1;
    m_cursor = m_anchor = 0;
    m_wantedX = -1;
    m_widest = 0;
    m_colours = colours;
    extendSource(source ? std::move(source) : noText(), std::move(folding));
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    Q_EMIT cursorMoved();
}

void TextPane::extendSource(std::shared_ptr<const TextSource> source, Folding folding)
{
    m_source = std::move(source);
    m_folding = std::move(folding);
    m_cursor = std::min(m_cursor, m_source->size());
    m_anchor = std::min(m_anchor, m_source->size());
    measure();
    viewport()->update();
}

void TextPane::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    viewport()->update();
}

void TextPane::setMatches(MatchList matches, qsizetype current)
{
    m_matches = std::move(matches);
    m_currentMatch = current;
    viewport()->update();
}

Span TextPane::selection() const
{
    return {std::min(m_cursor, m_anchor), std::abs(m_cursor - m_anchor)};
}

QString TextPane::textOf(Span span) const
{
    return QString::fromUtf8(m_source->read(span.start, span.end()));
}

void TextPane::goTo(qsizetype position, bool select)
{
    m_wantedX = -1;
    moveTo(position, select);
}

void TextPane::selectAll()
{
    m_anchor = 0;
    m_cursor = m_source->size();
    viewport()->update();
    Q_EMIT cursorMoved();
}

bool TextPane::canFold(qsizetype line) const
{
    const qsizetype end = m_source->lineEnd(line);
    if (!m_folding || end == m_source->lineStart(line))
        return false;
    const QByteArray last = m_source->read(end - 1, end);
    return last == "{" || last == "[";
}

void TextPane::setFolded(qsizetype line, bool folded)
{
    if (folded) {
        const auto close = canFold(line) ? m_folding(line) : std::nullopt;
        if (!close)
            return;
        m_folds.fold(line, *close);
        const qsizetype cursorLine = this->line();
        if (cursorLine > line && cursorLine <= *close)
            m_cursor = m_anchor = m_source->lineEnd(line);
    } else {
        m_folds.unfold(line);
    }
    updateScrollBars();
    viewport()->update();
    announceTextRow(this);
}

void TextPane::unfoldAll()
{
    m_folds.clear();
    updateScrollBars();
    viewport()->update();
}

int TextPane::rowCount() const
{
    return int(std::min<qsizetype>(m_source->lineCount() - m_folds.hiddenLines(), INT_MAX / 2));
}

QString TextPane::rowText(int row) const
{
    constexpr qsizetype Spoken = 500;
    const qsizetype line = m_folds.lineAt(row);
    const qsizetype start = m_source->lineStart(line);
    const qsizetype end = m_source->lineEnd(line);
    QString text = decodeForShow(m_source->read(start, std::min(end, start + Spoken))).text;
    if (end - start > Spoken)
        text += tr(" … and %1 bytes more").arg(end - start - Spoken);
    if (const auto close = m_folds.closeOf(line))
        text += tr(" … folded, %1 lines").arg(*close - line);
    return text;
}

QRect TextPane::rowRect(int row) const
{
    return {0, Pad + (row - verticalScrollBar()->value()) * m_rowHeight, viewport()->width(), m_rowHeight};
}

int TextPane::rowAt(int y) const
{
    return std::clamp(verticalScrollBar()->value() + int(std::floor(qreal(y - Pad) / m_rowHeight)), 0, rowCount() - 1);
}

QRect TextPane::arrowRect(int row) const
{
    return {m_gutter - ArrowWidth, rowRect(row).top(), ArrowWidth, m_rowHeight};
}

qreal TextPane::textLeft() const
{
    return m_gutter + Pad - m_grid.first * m_grid.cell;
}

QPointF TextPane::pointOf(qsizetype position) const
{
    const qsizetype line = m_source->lineOf(position);
    const LineView view(*m_source, line, m_grid);
    return {textLeft() + view.xOf(position), qreal(rowRect(int(m_folds.rowOf(line))).center().y())};
}

qsizetype TextPane::positionAt(QPointF point) const
{
    const LineView view(*m_source, m_folds.lineAt(rowAt(int(point.y()))), m_grid);
    return view.positionAt(point.x() - textLeft());
}

int TextPane::visibleRows() const
{
    return std::max(1, (viewport()->height() - 2 * Pad) / m_rowHeight);
}

void TextPane::measure()
{
    const QFontMetricsF metrics(font());
    constexpr int Many = 100;
    m_grid.font = font();
    m_grid.cell = metrics.horizontalAdvance(QString(Many, QLatin1Char('0'))) / Many;
    m_rowHeight = int(std::ceil(metrics.height())) + 2;
    const auto digits = QString::number(m_source->lineCount()).size();
    m_gutter = m_source->hasLineNumbers() && m_source->size() > 0
                   ? Pad + int(std::ceil(m_grid.cell * qreal(std::max<qsizetype>(digits, 2)))) + ArrowWidth
                   : 0;
    updateScrollBars();
}

void TextPane::updateScrollBars()
{
    m_grid.count = std::max(1, int((viewport()->width() - m_gutter - 2 * Pad) / m_grid.cell));
    const int rows = visibleRows();
    verticalScrollBar()->setRange(0, std::max(0, rowCount() - rows));
    verticalScrollBar()->setPageStep(rows);
    const auto widest = std::max<qsizetype>(m_source->longestLine(), m_widest) + 1;
    horizontalScrollBar()->setRange(0, int(std::clamp<qsizetype>(widest - m_grid.count, 0, INT_MAX / 2)));
    horizontalScrollBar()->setPageStep(m_grid.count);
    constexpr int CellsPerStep = 4;
    horizontalScrollBar()->setSingleStep(CellsPerStep);
}

void TextPane::showCursor()
{
    const qsizetype line = this->line();
    if (m_folds.reveal(line))
        updateScrollBars();
    const int row = int(m_folds.rowOf(line));
    QScrollBar *bar = verticalScrollBar();
    const int rows = visibleRows();
    if (row < bar->value() - rows || row > bar->value() + 2 * rows)
        bar->setValue(row - rows / 3); // from afar: with what stands before it
    else
        bar->setValue(std::clamp(bar->value(), row - rows + 1, row));
    const LineView view(*m_source, line, m_grid);
    const qreal column = view.xOf(m_cursor) / m_grid.cell;
    QScrollBar *sideways = horizontalScrollBar();
    if (column < m_grid.first + 1)
        sideways->setValue(std::max(0, int(column) - m_grid.count / 4));
    else if (column > m_grid.first + m_grid.count - 1)
        sideways->setValue(int(column) - m_grid.count * 3 / 4);
}

void TextPane::moveTo(qsizetype position, bool select)
{
    m_cursor = std::clamp<qsizetype>(position, 0, m_source->size());
    if (!select)
        m_anchor = m_cursor;
    showCursor();
    viewport()->update();
    announceTextRow(this);
    Q_EMIT cursorMoved();
}

void TextPane::moveRows(qsizetype rows, bool select)
{
    if (m_wantedX < 0)
        m_wantedX = LineView(*m_source, line(), m_grid).xOf(m_cursor);
    const qsizetype row = m_folds.rowOf(line()) + rows;
    if (row < 0)
        return moveTo(0, select);
    if (row >= rowCount())
        return moveTo(m_source->size(), select);
    moveTo(LineView(*m_source, m_folds.lineAt(row), m_grid).positionAt(m_wantedX), select);
}

qsizetype TextPane::neighbour(qsizetype position, bool forward) const
{
    const qsizetype line = m_source->lineOf(position);
    if (forward) {
        if (position >= m_source->lineEnd(line))
            return line + 1 < m_source->lineCount() ? m_source->lineStart(line + 1) : position;
        constexpr qsizetype LongestCharacter = 4;
        const QByteArray ahead =
            m_source->read(position, std::min(position + LongestCharacter, m_source->lineEnd(line)));
        return position + std::max(1, jsonscan::utf8Length(ahead.constData(), ahead.constData() + ahead.size()));
    }
    const qsizetype start = m_source->lineStart(line);
    if (position == start)
        return line > 0 ? m_source->lineEnd(line - 1) : position;
    const qsizetype from = std::max(start, position - 4);
    return from + characterStart(m_source->read(from, position), position - 1 - from);
}

qsizetype TextPane::wordEdge(qsizetype position, bool forward) const
{
    const qsizetype line = m_source->lineOf(position);
    const qsizetype from = std::max(m_source->lineStart(line), position - WordReach);
    const QByteArray around = m_source->read(from, std::min(m_source->lineEnd(line), position + WordReach));
    qsizetype at = position - from;
    if (forward) {
        while (at < around.size() && isWordByte(around[at]))
            ++at;
    } else {
        while (at > 0 && isWordByte(around[at - 1]))
            --at;
    }
    return from + at;
}

bool TextPane::moveByKey(const QKeyEvent *event)
{
    const bool select = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool whole = event->modifiers().testFlag(Qt::ControlModifier);
    const qsizetype page = std::max(1, visibleRows() - 1);
    switch (event->key()) {
    case Qt::Key_Up:
        moveRows(-1, select);
        return true;
    case Qt::Key_Down:
        moveRows(1, select);
        return true;
    case Qt::Key_PageUp:
        moveRows(-page, select);
        return true;
    case Qt::Key_PageDown:
        moveRows(page, select);
        return true;
    case Qt::Key_Home:
        goTo(whole ? 0 : m_source->lineStart(line()), select);
        return true;
    case Qt::Key_End:
        goTo(whole ? m_source->size() : m_source->lineEnd(line()), select);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const bool forward = event->key() == Qt::Key_Right;
        const qsizetype edge = whole ? wordEdge(m_cursor, forward) : m_cursor;
        goTo(edge != m_cursor ? edge : neighbour(m_cursor, forward), select);
        return true;
    }
    default:
        return false;
    }
}

bool TextPane::event(QEvent *event)
{
    // Else the window's actions of the same keys would come first.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void TextPane::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyPressed();
        return;
    }
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    const Qt::KeyboardModifiers beyond =
        event->modifiers() & ~(Qt::ShiftModifier | Qt::ControlModifier | Qt::KeypadModifier);
    if (beyond == Qt::NoModifier && moveByKey(event))
        return;
    event->ignore(); // the page may know it; QAbstractScrollArea would scroll with Alt and an arrow too
}

void TextPane::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(int(event->position().y()));
    const qsizetype line = m_folds.lineAt(row);
    if (event->button() == Qt::LeftButton && event->position().x() < m_gutter) {
        if (isFolded(line) || canFold(line))
            setFolded(line, !isFolded(line));
        return;
    }
    const qsizetype position = positionAt(event->position());
    const Span selected = selection();
    const bool keeps = event->button() == Qt::RightButton && position >= selected.start && position <= selected.end() &&
                       selected.length > 0;
    if (!keeps)
        goTo(position, event->modifiers().testFlag(Qt::ShiftModifier));
    m_dragging = event->button() == Qt::LeftButton;
}

void TextPane::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragging) {
        const bool gutter = event->position().x() < m_gutter;
        viewport()->setCursor(gutter ? Qt::ArrowCursor : Qt::IBeamCursor);
        return;
    }
    m_dragPoint = event->position().toPoint();
    if (!viewport()->rect().contains(m_dragPoint) && !m_dragScroll.isActive())
        m_dragScroll.start(DragScrollMs, this);
    goTo(positionAt(m_dragPoint), true);
}

void TextPane::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_dragScroll.timerId())
        return QAbstractScrollArea::timerEvent(event);
    if (!m_dragging || viewport()->rect().contains(m_dragPoint))
        return m_dragScroll.stop();
    goTo(positionAt(m_dragPoint), true);
}

void TextPane::mouseReleaseEvent(QMouseEvent *)
{
    m_dragging = false;
    m_dragScroll.stop();
}

void TextPane::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->position().x() < m_gutter)
        return mousePressEvent(event);
    const qsizetype position = positionAt(event->position());
    goTo(wordEdge(position, false));
    goTo(wordEdge(position, true), true);
}

void TextPane::resizeEvent(QResizeEvent *)
{
    updateScrollBars();
}

void TextPane::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        measure();
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

void TextPane::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    update();
    viewport()->update();
    announceTextRow(this);
}

void TextPane::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    update();
    viewport()->update();
}

} // namespace errata
