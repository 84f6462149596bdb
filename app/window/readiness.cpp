#include "app/window/readiness.h"

#include "models/items/catalogsearchmodel.h"

#include <QEvent>
#include <QTimer>
#include <QWidget>

namespace errata {

Readiness::Readiness(QWidget *window, CatalogSearchModel *search, QObject *parent)
    : QObject(parent), m_answered(search->total() > 0)
{
    window->installEventFilter(this);
    connect(search, &CatalogSearchModel::answered, this, [this] {
        m_answered = true;
        check();
    });
}

bool Readiness::eventFilter(QObject *watched, QEvent *event)
{
    // The paint event of the window comes before its children's: one turn later all of them are on screen.
    if (event->type() == QEvent::Paint && !m_painted) {
        QTimer::singleShot(0, this, [this] {
            m_painted = true;
            check();
        });
    }
    return QObject::eventFilter(watched, event);
}

void Readiness::check()
{
    if (!m_painted || !m_answered || m_reached)
        return;
    m_reached = true;
    Q_EMIT reached();
}

} // namespace errata
