#include "views/widgets/keyvaluegrid.h"

#include "views/theme/theme.h"
#include "views/widgets/labels.h"

#include <QGridLayout>
#include <QLabel>

namespace errata {

KeyValueGrid::KeyValueGrid(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(3 * Step);
    m_grid->setVerticalSpacing(2 * Step);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnMinimumWidth(0, 84);
}

void KeyValueGrid::addRow(const QString &key, QWidget *value, QWidget *tail)
{
    QLabel *name = mutedLabel(key, this);
    name->setBuddy(value);
    m_grid->addWidget(name, m_rows, 0, Qt::AlignTop);
    // A wrapping value fills its column; a badge keeps its size.
    const bool fixed = value->sizePolicy().horizontalPolicy() == QSizePolicy::Fixed;
    m_grid->addWidget(value, m_rows, 1, fixed ? Qt::AlignLeft | Qt::AlignTop : Qt::AlignTop);
    if (tail)
        m_grid->addWidget(tail, m_rows, 2, Qt::AlignRight | Qt::AlignTop);
    ++m_rows;
}

void KeyValueGrid::addBelow(QWidget *widget)
{
    m_grid->addWidget(widget, m_rows++, 1, 1, 2);
}

} // namespace errata
