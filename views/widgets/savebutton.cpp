#include "views/widgets/savebutton.h"

#include <QMenu>

namespace errata {

SaveButton::SaveButton(const QString &what, const QString &baseName, const Draw &draw, const Figures &figures,
                       QWidget *parent)
    : QPushButton(tr("Save"), parent)
{
    setAccessibleName(tr("Save %1").arg(what));
    auto *menu = new QMenu(this);
    const auto add = [&](const QString &text, PictureKind kind) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, kind, draw, baseName] {
            Q_EMIT saveRequested(draw(kind), baseName + QLatin1Char('.') + pictureSuffix(kind));
        });
    };
    add(tr("PNG picture"), PictureKind::Png);
    add(tr("SVG drawing"), PictureKind::Svg);
    connect(menu->addAction(tr("CSV figures")), &QAction::triggered, this,
            [this, figures, baseName] { Q_EMIT saveRequested(figures(), baseName + QStringLiteral(".csv")); });
    setMenu(menu);
}

} // namespace errata
