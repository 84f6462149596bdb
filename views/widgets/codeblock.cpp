#include "views/widgets/codeblock.h"

#include "views/theme/erratastyle.h"

#include <QPainter>
#include <QTextBlock>
#include <QWheelEvent>

namespace errata {

CodeBlock::CodeBlock(const QString &text, QWidget *parent) : QPlainTextEdit(text, parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFont(fixedFont(font()));
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    setViewportMargins(2 * Step, Step, 2 * Step, Step);
    viewport()->setAutoFillBackground(false);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSizePolicy(policy);
}

int CodeBlock::textHeight() const
{
    // QPlainTextEdit counts its document's height in lines.
    const int lines = std::max(1, int(document()->size().height()));
    return lines * fontMetrics().lineSpacing() + int(2 * document()->documentMargin()) + 2 * Step + 1;
}

QSize CodeBlock::sizeHint() const
{
    return {200, textHeight()};
}

bool CodeBlock::event(QEvent *event)
{
    // The frame's own paint event: margins and corners as well as what is under the viewport.
    if (event->type() == QEvent::Paint) {
        QPainter painter(this);
        const Theme &theme = Theme::of(palette());
        drawBox(&painter, rect(), theme.raised, hasFocus() ? theme.accent : theme.line);
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QPlainTextEdit::event(event);
}

void CodeBlock::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    updateGeometry();
}

void CodeBlock::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // all of it is visible: the page scrolls
}

} // namespace errata
