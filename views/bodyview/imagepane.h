// A picture that came as a body, scaled into the room there is and never larger than it is.
#pragma once

#include "models/base/latestjob.h"

#include <QImage>
#include <QWidget>

namespace errata {

/// Pixels of a picture that is decoded at all: 200 MB of memory. A small file can claim any size.
inline constexpr qint64 MostPixels = 50'000'000;

class ImagePane : public QWidget
{
    Q_OBJECT

public:
    explicit ImagePane(QWidget *parent = nullptr);

    /// Whether these bytes say they are a PNG, JPEG, GIF, BMP or WebP picture.
    [[nodiscard]] static bool isImage(const QByteArray &bytes);
    /// Its size is checked before it is decoded, off the window's thread; \a storage is kept as long.
    void setBytes(const QByteArray &bytes, std::shared_ptr<const void> storage);
    void clear();
    /// "PNG · 640 × 480", or why it is not shown.
    [[nodiscard]] const QString &caption() const { return m_caption; }
    [[nodiscard]] const QImage &image() const { return m_image; }
    [[nodiscard]] QSize sizeHint() const override { return {320, 240}; }

Q_SIGNALS:
    void captionChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void say(const QString &caption);

    QImage m_image;
    QString m_caption;
    LatestJob<QImage> m_job;
};

} // namespace errata
