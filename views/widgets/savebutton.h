// A chart into a file: as a picture, as a drawing, or as the figures behind it.
#pragma once

#include "views/widgets/picture.h"

#include <QPushButton>

namespace errata {

class SaveButton : public QPushButton
{
    Q_OBJECT

public:
    using Draw = std::function<QByteArray(PictureKind)>;
    using Figures = std::function<QByteArray()>;

    /// \a what is said to screen readers, \a baseName begins the suggested names.
    SaveButton(const QString &what, const QString &baseName, const Draw &draw, const Figures &figures,
               QWidget *parent = nullptr);

Q_SIGNALS:
    void saveRequested(const QByteArray &bytes, const QString &suggestedName);
};

} // namespace errata
