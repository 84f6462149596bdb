#include "app/window/labelcopying.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>

namespace errata {

LabelCopying::LabelCopying(QObject *parent) : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool LabelCopying::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress;
    if (!isKey && event->type() != QEvent::ContextMenu)
        return false;
    auto *label = qobject_cast<QLabel *>(watched);
    if (!label || !label->textInteractionFlags().testFlag(Qt::TextSelectableByMouse))
        return false;
    if (!isKey) {
        showMenu(label, static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    }
    if (!label->hasSelectedText() || !static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy))
        return false;
    copy(label);
    return true;
}

void LabelCopying::copy(const QLabel *label)
{
    QString text = label->selectedText();
    text.replace(QChar::ParagraphSeparator, u'\n').replace(QChar::LineSeparator, u'\n');
    Q_EMIT copyRequested(text, tr("Copied."));
}

void LabelCopying::showMenu(QLabel *label, const QPoint &where)
{
    auto *menu = new QMenu(label);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copying = menu->addAction(tr("Copy"));
    copying->setEnabled(label->hasSelectedText());
    connect(copying, &QAction::triggered, this, [this, label] { copy(label); });
    menu->popup(where);
}

} // namespace errata
