#include "views/bodyview/imagepane.h"

#include "views/theme/erratastyle.h"

#include <QBuffer>
#include <QImageReader>
#include <QPainter>

#include <algorithm>

namespace errata {

namespace {

/// Larger pictures are made this small while they are decoded; no screen shows more.
constexpr QSize LargestShown(4096, 4096);

const QList<QByteArray> &formats()
{
    // SVG is a program of sorts and no picture to open unasked.
    static const QList<QByteArray> list{"png", "jpeg", "jpg", "gif", "bmp", "webp"};
    return list;
}

QImage decoded(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.width() > LargestShown.width() || size.height() > LargestShown.height())
        reader.setScaledSize(size.scaled(LargestShown, Qt::KeepAspectRatio));
    return reader.read();
}

} // namespace

ImagePane::ImagePane(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Response body as a picture"));
}

bool ImagePane::isImage(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return formats().contains(QImageReader::imageFormat(&buffer));
}

void ImagePane::clear()
{
    m_job.cancel();
    m_image = {};
    say({});
}

void ImagePane::say(const QString &caption)
{
    m_caption = caption;
    setAccessibleDescription(caption);
    update();
    Q_EMIT captionChanged();
}

void ImagePane::setBytes(const QByteArray &bytes, std::shared_ptr<const void> storage)
{
    clear();
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    const QImageReader reader(&buffer);
    const QSize size = reader.size();
    const QString format = QString::fromLatin1(reader.format()).toUpper();
    if (!size.isValid())
        return say(tr("The picture does not say its size."));
    const QString what = tr("%1 · %2 × %3").arg(format).arg(size.width()).arg(size.height());
    if (qint64(size.width()) * size.height() > MostPixels)
        return say(tr("%1: too large to be shown").arg(what));
    say(what);
    m_job.start([bytes, storage = std::move(storage)](const JobFlag &) { return decoded(bytes); },
                [this, what](const QImage &image) {
                    m_image = image;
                    say(image.isNull() ? tr("%1: broken, it cannot be shown").arg(what) : what);
                });
}

void ImagePane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    drawBox(&painter, rect(), theme.raised, hasFocus() ? theme.accent : theme.line);
    if (m_image.isNull()) {
        painter.setPen(theme.muted);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_caption);
        return;
    }
    const QSize room = size() - QSize(4 * Step, 4 * Step);
    const QSize shown = m_image.width() > room.width() || m_image.height() > room.height()
                            ? m_image.size().scaled(room, Qt::KeepAspectRatio)
                            : m_image.size();
    QRect place(QPoint(), shown);
    place.moveCenter(rect().center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(place, m_image);
}

void ImagePane::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void ImagePane::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace errata
