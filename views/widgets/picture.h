// What a widget draws, as a file.
#pragma once

#include <QByteArray>
#include <QColor>
#include <QSize>
#include <QString>

#include <functional>

class QPainter;

namespace errata {

enum class PictureKind { Png, Svg };

/// What \a paint draws on \a ground, PNG at twice its size.
[[nodiscard]] QByteArray picture(PictureKind kind, const QSize &size, const QColor &ground, const QString &title,
                                 const std::function<void(QPainter &)> &paint);
/// "png", "svg".
[[nodiscard]] QString pictureSuffix(PictureKind kind);

} // namespace errata
