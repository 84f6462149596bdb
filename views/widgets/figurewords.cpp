#include "views/widgets/figurewords.h"

#include "models/items/figuresmodel.h"
#include "views/timeline/timeaxis.h"

#include <QLocale>

namespace errata {

QVariant figureWord(const QModelIndex &index)
{
    const QVariant value = index.data();
    if (!value.isValid())
        return value;
    switch (static_cast<FigureColumn::Kind>(index.data(FiguresModel::KindRole).toInt())) {
    case FigureColumn::Kind::Time:
        return exactTime(Millis(value.toDouble()));
    case FigureColumn::Kind::Share:
        return QString::number(value.toDouble() * 100, 'g', 3) + QStringLiteral(" %");
    case FigureColumn::Kind::Count:
        return QLocale().toString(value.toLongLong());
    case FigureColumn::Kind::Text:
        break;
    }
    return value;
}

} // namespace errata
