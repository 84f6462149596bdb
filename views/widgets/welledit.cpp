#include "views/widgets/welledit.h"

#include "views/theme/erratastyle.h"

#include <QPaintEvent>

#include <QPainter>
#include <algorithm>

namespace errata {

WellEdit::WellEdit(const QString &accessibleName, QWidget *parent) : QPlainTextEdit(parent)
{
    setFont(fixedFont(font()));
    setAccessibleName(accessibleName);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setProperty(WellProperty, true);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(2 * Step);
}

void WellEdit::wrapFor(const QString &text)
{
    constexpr qsizetype LongLine = 2000;
    qsizetype longest = 0;
    for (const QStringView line : QStringView(text).tokenize(u'\n'))
        longest = std::max(longest, line.size());
    const auto mode = longest > LongLine ? QTextOption::WrapAnywhere : QTextOption::WrapAtWordBoundaryOrAnywhere;
    if (mode != wordWrapMode())
        setWordWrapMode(mode);
}

void WellEdit::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(viewport());
        painter.fillRect(event->rect(), Theme::of(palette()).raised);
    }
    QPlainTextEdit::paintEvent(event);
}

} // namespace errata
