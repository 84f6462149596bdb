#include "views/widgets/picture.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

namespace errata {

QByteArray picture(PictureKind kind, const QSize &size, const QColor &ground, const QString &title,
                   const std::function<void(QPainter &)> &paint)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (kind == PictureKind::Svg) {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(size);
        generator.setViewBox(QRect(QPoint(), size));
        generator.setTitle(title);
        QPainter painter(&generator);
        painter.fillRect(QRect(QPoint(), size), ground);
        paint(painter);
        painter.end();
        return bytes;
    }
    QImage image(size * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    image.fill(ground);
    QPainter painter(&image);
    paint(painter);
    painter.end();
    image.save(&buffer, "PNG");
    return bytes;
}

QString pictureSuffix(PictureKind kind)
{
    return kind == PictureKind::Svg ? QStringLiteral("svg") : QStringLiteral("png");
}

} // namespace errata
