#include "views/decode/pasteedit.h"

#include "views/decode/pastetext.h"
#include "views/theme/theme.h"

#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace errata {

namespace {

constexpr std::size_t RememberedOriginals = 8;

} // namespace

PasteEdit::PasteEdit(QWidget *parent) : WellEdit(tr("Text to decode"), parent)
{
    connect(this, &QPlainTextEdit::textChanged, this, &PasteEdit::textEdited);
}

void PasteEdit::setBytes(const QByteArray &bytes)
{
    m_setting = true;
    m_marks.clear();
    m_active = {};
    m_bytes = bytes;
    m_shown = showableBytes(bytes);
    const bool head = showsHeadOnly();
    const QString text = shownText(bytes.left(m_shown));
    setReadOnly(head);
    wrapFor(text);
    if (head) {
        setPlainText(text);
    } else {
        // An edit like any other, so that it can be undone.
        QTextCursor cursor(document());
        cursor.select(QTextCursor::Document);
        cursor.insertText(text);
    }
    moveCursor(QTextCursor::Start);
    if (!head && text.toUtf8() != bytes) {
        m_originals.push_front(bytes);
        if (m_originals.size() > RememberedOriginals)
            m_originals.pop_back();
    }
    m_setting = false;
    showMarks();
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
    m_shown = bytes.size();
    m_marks.clear();
    m_active = {};
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
    showMarks();
    if (span.isNull() || span.start >= m_shown)
        return;
    QTextCursor cursor(document());
    cursor.setPosition(int(std::min<qsizetype>(shownPosition(m_bytes, span.start), document()->characterCount() - 1)));
    // Scrolls; the user's own cursor goes back to where it was.
    const QTextCursor own = textCursor();
    setTextCursor(cursor);
    ensureCursorVisible();
    if (hasFocus())
        setTextCursor(own);
}

QTextEdit::ExtraSelection PasteEdit::selection(Span span, const QColor &ground) const
{
    const auto last = document()->characterCount() - 1;
    const auto position = [this, last](qsizetype offset) {
        return int(std::min<qsizetype>(shownPosition(m_bytes, offset), last));
    };
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
    for (const Span &span : m_marks) {
        if (!span.isNull() && span.end() <= m_shown)
            selections << selection(span, theme.wait.ground);
    }
    if (!m_active.isNull() && m_active.end() <= m_shown) {
        QTextEdit::ExtraSelection active = selection(m_active, theme.accentSoft);
        active.format.setProperty(QTextFormat::OutlinePen, QPen(theme.accent, 1));
        selections << active;
    }
    setExtraSelections(selections);
}

void PasteEdit::changeEvent(QEvent *event)
{
    WellEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showMarks();
}

} // namespace errata
