#include "views/decode/pasteedit.h"

#include "views/decode/pastetext.h"
#include "views/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace errata {

namespace {

constexpr std::size_t RememberedOriginals = 8;

} // namespace

PasteEdit::PasteEdit(QWidget *parent) : WellEdit(tr("Text to decode"), parent)
{
    connect(this, &QPlainTextEdit::textChanged, this, &PasteEdit::textEdited);
}

void PasteEdit::setBytes(const QByteArray &bytes, bool editable)
{
    m_setting = true;
    m_marks.clear();
    m_active = {};
    m_exchange = {};
    m_bytes = bytes;
    m_shown = {0, showableBytes(bytes)};
    const bool readOnly = showsPart() || !editable;
    setReadOnly(readOnly);
    if (readOnly) {
        showPart(m_shown);
    } else {
        const QString text = shownText(bytes);
        wrapFor(text);
        // An edit like any other, so that it can be undone.
        QTextCursor cursor(document());
        cursor.select(QTextCursor::Document);
        cursor.insertText(text);
        moveCursor(QTextCursor::Start);
        if (text.toUtf8() != bytes) {
            m_originals.push_front(bytes);
            if (m_originals.size() > RememberedOriginals)
                m_originals.pop_back();
        }
    }
    m_setting = false;
    showMarks();
}

void PasteEdit::showPart(Span part)
{
    const bool setting = std::exchange(m_setting, true);
    m_shown = part;
    const QString text = shownText(m_bytes.mid(part.start, part.length));
    wrapFor(text);
    setPlainText(text);
    moveCursor(QTextCursor::Start);
    m_setting = setting;
}

void PasteEdit::textEdited()
{
    if (m_setting)
        return;
    const QString text = toPlainText();
    const auto original = std::find_if(m_originals.begin(), m_originals.end(),
                                       [&text](const QByteArray &bytes) { return shownText(bytes) == text; });
    const QByteArray bytes = original != m_originals.end() ? *original : text.toUtf8();
    // Highlighting is a change of the document, too.
    if (bytes == m_bytes)
        return;
    m_bytes = bytes;
    m_shown = {0, bytes.size()};
    m_marks.clear();
    m_active = {};
    m_exchange = {};
    showMarks();
    Q_EMIT edited(false);
}

bool PasteEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasUrls() || WellEdit::canInsertFromMimeData(source);
}

void PasteEdit::insertFromMimeData(const QMimeData *source)
{
    const QList<QUrl> urls = source->urls();
    if (std::any_of(urls.begin(), urls.end(), [](const QUrl &url) { return url.isLocalFile(); })) {
        Q_EMIT urlsDropped(urls);
        return;
    }
    const bool replacesAll =
        toPlainText().isEmpty() || textCursor().selectedText().size() == document()->characterCount() - 1;
    const QString text = source->text();
    const QByteArray bytes = text.toUtf8();
    if (replacesAll || showableBytes(bytes) < bytes.size()) {
        setBytes(bytes);
        Q_EMIT edited(true);
        return;
    }
    const QByteArray before = m_bytes;
    wrapFor(text);
    WellEdit::insertFromMimeData(source);
    if (m_bytes != before)
        Q_EMIT edited(true);
}

void PasteEdit::setMarks(const std::vector<Span> &spans)
{
    m_marks = spans;
    m_active = {};
    showMarks();
}

void PasteEdit::setActive(Span span)
{
    m_active = span;
    reveal(span);
    showMarks();
}

void PasteEdit::setExchange(Span span)
{
    m_exchange = span;
    bringUp(span);
    showMarks();
}

void PasteEdit::reveal(Span span)
{
    if (span.isNull() || span.start >= m_bytes.size())
        return;
    const Span part = partAround(m_bytes, span.start);
    if (showsPart() && !shows(span) && part != m_shown) {
        showPart(part);
        Q_EMIT partChanged();
    }
    QTextCursor cursor(document());
    cursor.setPosition(position(span.start));
    const QTextCursor own = textCursor();
    setTextCursor(cursor);
    ensureCursorVisible();
    if (!hasFocus())
        return;
    // The user's own cursor goes back to where it was, and what is to be seen stays.
    const int scrolled = verticalScrollBar()->value();
    setTextCursor(own);
    verticalScrollBar()->setValue(scrolled);
}

void PasteEdit::bringUp(Span span)
{
    reveal(span);
    if (span.isNull())
        return;
    // Near the top, so that as much of it is seen as there is room for.
    QTextCursor cursor(document());
    cursor.setPosition(position(span.start));
    const int line = cursor.block().firstLineNumber();
    verticalScrollBar()->setValue(std::max(0, line - 2));
}

bool PasteEdit::shows(Span span) const
{
    return span.start >= m_shown.start && span.end() <= m_shown.end();
}

int PasteEdit::position(qsizetype offset) const
{
    const QByteArray part = m_bytes.mid(m_shown.start, m_shown.length);
    return int(std::min<qsizetype>(shownPosition(part, offset - m_shown.start), document()->characterCount() - 1));
}

QTextEdit::ExtraSelection PasteEdit::selection(Span span, const QColor &ground) const
{
    QTextEdit::ExtraSelection selection;
    selection.cursor = QTextCursor(document());
    selection.cursor.setPosition(position(span.start));
    selection.cursor.setPosition(position(span.end()), QTextCursor::KeepAnchor);
    selection.format.setBackground(ground);
    return selection;
}

void PasteEdit::showMarks()
{
    const Theme &theme = Theme::of(palette());
    QList<QTextEdit::ExtraSelection> selections;
    if (!m_exchange.isNull() && m_exchange.start >= m_shown.start && m_exchange.start < m_shown.end()) {
        const qsizetype end = std::min(m_exchange.end(), m_shown.end());
        selections << selection({m_exchange.start, end - m_exchange.start}, theme.accentSoft);
    }
    for (const Span &span : m_marks) {
        if (!span.isNull() && shows(span))
            selections << selection(span, theme.wait.ground);
    }
    if (!m_active.isNull() && shows(m_active)) {
        QTextEdit::ExtraSelection active = selection(m_active, theme.accentSoft);
        active.format.setProperty(QTextFormat::OutlinePen, QPen(theme.accent, 1));
        selections << active;
    }
    setExtraSelections(selections);
}

QMimeData *PasteEdit::createMimeDataFromSelection() const
{
    return new QMimeData;
}

void PasteEdit::copySelection(bool cut)
{
    QTextCursor cursor = textCursor();
    if (!cursor.hasSelection())
        return;
    QString text = cursor.selectedText();
    text.replace(QChar::ParagraphSeparator, u'\n');
    Q_EMIT copyRequested(text, tr("Copied."));
    if (cut)
        cursor.removeSelectedText();
}

void PasteEdit::keyPressEvent(QKeyEvent *event)
{
    const bool cut = event->matches(QKeySequence::Cut) && !isReadOnly();
    if (!cut && !event->matches(QKeySequence::Copy))
        return WellEdit::keyPressEvent(event);
    copySelection(cut);
    event->accept();
}

void PasteEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : menu->actions()) {
        const bool cut = action->objectName() == QLatin1String("edit-cut");
        if (!cut && action->objectName() != QLatin1String("edit-copy"))
            continue;
        disconnect(action, &QAction::triggered, nullptr, nullptr);
        connect(action, &QAction::triggered, this, [this, cut] { copySelection(cut); });
    }
    menu->popup(event->globalPos());
}

void PasteEdit::changeEvent(QEvent *event)
{
    WellEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showMarks();
}

} // namespace errata
