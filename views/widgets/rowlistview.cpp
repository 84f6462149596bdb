#include "views/widgets/rowlistview.h"

#include <QKeyEvent>

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

bool typesText(const QKeyEvent &event)
{
    const QString text = event.text();
    return !text.isEmpty() && text.front().isPrint() && text.front() != QLatin1Char(' ') &&
           !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

} // namespace errata
