#include "views/probe/livebody.h"

#include "views/decode/pastetext.h"

#include <QScrollBar>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <utility>

namespace errata {

LiveBody::LiveBody(QWidget *parent) : WellEdit(tr("Body so far"), parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    setWordWrapMode(QTextOption::WrapAnywhere); // the shape of what comes is unknown
}

void LiveBody::begin()
{
    clear();
    m_next = 0;
    m_partial = false;
    m_endsInReturn = false;
    m_decoder.resetState();
}

qint64 LiveBody::wantedFrom(qint64 received) const
{
    return std::max(m_next, received - Tail);
}

void LiveBody::addBytes(const QByteArray &bytes, qint64 offset)
{
    if (offset > m_next) {
        begin();
        m_partial = true;
    }
    m_next = offset + bytes.size();
    const QString text = m_decoder.decode(bytes);
    if (text.isEmpty())
        return;
    const bool joins = std::exchange(m_endsInReturn, text.endsWith(u'\r')) && text.startsWith(u'\n');
    addText(shownText((joins ? QStringView(text).sliced(1) : QStringView(text)).toUtf8()));
}

void LiveBody::addText(const QString &text)
{
    QScrollBar *bar = verticalScrollBar();
    const bool follows = bar->value() == bar->maximum();
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(text);
    if (document()->characterCount() > 2 * Tail) {
        m_partial = true;
        const int surplus = document()->characterCount() - static_cast<int>(Tail);
        cursor.setPosition(0);
        cursor.setPosition(surplus, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
    }
    if (follows)
        bar->setValue(bar->maximum());
}

} // namespace errata
