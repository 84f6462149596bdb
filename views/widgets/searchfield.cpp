#include "views/widgets/searchfield.h"

#include "views/theme/erratastyle.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>

namespace errata {

SearchField::SearchField(QWidget *parent) : QLineEdit(parent)
{
    setProperty(WellProperty, true);
    setAccessibleName(QStringLiteral("Search"));
    setClearButtonEnabled(false); // Escape clears; the hint has that place
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        Q_EMIT navigated(Qt::Key(event->key()));
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT entered();
        return;
    case Qt::Key_Escape:
        if (text().isEmpty()) {
            Q_EMIT left();
        } else {
            clear();
            Q_EMIT textEdited(QString());
        }
        return;
    default:
        break;
    }
    if (event == QKeySequence::Paste) {
        const QString pasted = QGuiApplication::clipboard()->text();
        if (looksLikeReply(pasted)) {
            Q_EMIT longTextPasted(pasted);
            return;
        }
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (!text().isEmpty())
        return;
    QPainter painter(this);
    painter.setFont(fixedFont(font()));
    painter.setPen(Theme::of(palette()).muted);
    painter.drawText(rect().adjusted(0, 0, -3 * Step, 0), Qt::AlignRight | Qt::AlignVCenter,
                     QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText));
}

bool looksLikeReply(const QString &text)
{
    constexpr int longestCode = 200;
    const QString trimmed = text.trimmed();
    return trimmed.contains(QLatin1Char('\n')) || trimmed.size() > longestCode ||
           trimmed.startsWith(QLatin1Char('{')) || trimmed.startsWith(QLatin1Char('[')) ||
           trimmed.startsWith(QLatin1String("HTTP/")) || trimmed.startsWith(QLatin1String("curl "));
}

} // namespace errata
