#include "views/widgets/rowlistview.h"

#include "views/theme/erratastyle.h"

#include <QKeyEvent>
#include <QPainter>

namespace errata {

RowListView::RowListView(QWidget *parent) : QListView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(false);
}

void RowListView::keyPressEvent(QKeyEvent *event)
{
    if (typesText(*event))
        event->ignore();
    else
        QListView::keyPressEvent(event);
}

void RowListView::focusInEvent(QFocusEvent *event)
{
    // QAbstractItemView would make the first row the current one: nobody has chosen it.
    // NOLINTNEXTLINE(bugprone-parent-virtual-call)
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void RowListView::focusOutEvent(QFocusEvent *event)
{
    QListView::focusOutEvent(event);
    viewport()->update();
}

void RowListView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (!hasFocus() || currentIndex().isValid())
        return;
    QPainter painter(viewport());
    drawBox(&painter, viewport()->rect(), {}, Theme::of(palette()).accent, 3);
}

bool typesText(const QKeyEvent &event)
{
    const QString text = event.text();
    return !text.isEmpty() && text.front().isPrint() && text.front() != QLatin1Char(' ') &&
           !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

} // namespace errata
