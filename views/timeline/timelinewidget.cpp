#include "views/timeline/timelinewidget.h"

#include "views/timeline/attempttexts.h"
#include "views/timeline/timelineaccessible.h"
#include "views/timeline/timelinepainter.h"

#include <QBuffer>
#include <QHelpEvent>
#include <QImage>
#include <QKeyEvent>
#include <QPainter>
#include <QSvgGenerator>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace errata {

TimelineWidget::TimelineWidget(TimelineShape shape, QWidget *parent) : QWidget(parent), m_shape(shape)
{
    installTimelineAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setAccessibleName(tr("Timeline of attempts"));
    setAccessibleDescription(tr("Arrow keys move from attempt to attempt"));
    layOut();
}

void TimelineWidget::setAttempts(AttemptModel *attempts)
{
    follow(m_attempts, attempts);
}

void TimelineWidget::setPlanned(AttemptModel *planned)
{
    follow(m_planned, planned);
}

void TimelineWidget::follow(QPointer<AttemptModel> &slot, AttemptModel *model)
{
    if (slot)
        slot->disconnect(this);
    slot = model;
    if (model) {
        connect(model, &QAbstractItemModel::dataChanged, this, &TimelineWidget::readModels);
        connect(model, &QAbstractItemModel::rowsInserted, this, &TimelineWidget::readModels);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &TimelineWidget::readModels);
        connect(model, &QAbstractItemModel::modelReset, this, &TimelineWidget::readModels);
        connect(model, &QObject::destroyed, this, &TimelineWidget::readModels);
    }
    readModels();
}

void TimelineWidget::readModels()
{
    m_content.actual = m_attempts ? m_attempts->attempts() : std::vector<Attempt>{};
    m_content.planned = m_planned ? m_planned->attempts() : std::vector<Attempt>{};
    if (m_current >= attemptCount())
        setCurrent(attemptCount() - 1);
    layOut();
    updateGeometry();
}

void TimelineWidget::setDeadline(std::optional<Millis> deadline)
{
    m_content.deadline = deadline;
    layOut();
}

void TimelineWidget::setNow(std::optional<Millis> now)
{
    m_content.now = now;
    layOut();
}

void TimelineWidget::setEmptyText(const QString &text)
{
    m_emptyText = text;
    update();
}

void TimelineWidget::setCurrent(int attempt)
{
    const int bounded = std::clamp(attempt, -1, attemptCount() - 1);
    if (bounded == m_current)
        return;
    m_current = bounded;
    update();
    if (m_current >= 0 && hasFocus())
        announceTimelineAttempt(this, m_current);
    Q_EMIT currentChanged(m_current);
}

const std::vector<Attempt> &TimelineWidget::walked() const
{
    return m_content.actual.empty() ? m_content.planned : m_content.actual;
}

int TimelineWidget::attemptCount() const
{
    return static_cast<int>(walked().size());
}

QString TimelineWidget::textOf(int attempt) const
{
    return attempt >= 0 && attempt < attemptCount() ? attemptText(walked()[static_cast<std::size_t>(attempt)])
                                                    : QString();
}

QRect TimelineWidget::rectOf(int attempt) const
{
    const TimelineItem *item = m_layout.item(attempt);
    return item ? item->block.united(item->wait).united(item->band).toAlignedRect() : QRect();
}

void TimelineWidget::layOut()
{
    m_layout = TimelineLayout(m_content, m_shape, size(), QFontMetricsF(font()));
    update();
}

void TimelineWidget::paintAll(QPainter &painter, bool withFocus) const
{
    const Theme &theme = Theme::of(palette());
    if (m_content.actual.empty() && m_content.planned.empty()) {
        painter.setPen(theme.muted);
        painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    paintTimeline(painter, m_layout, m_content, {theme, font(), m_shape, withFocus ? m_current : -1});
}

void TimelineWidget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintAll(painter, hasFocus());
}

QByteArray TimelineWidget::picture(Picture kind) const
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const QColor ground = Theme::of(palette()).surface;
    if (kind == Picture::Svg) {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(size());
        generator.setViewBox(rect());
        generator.setTitle(accessibleName());
        QPainter painter(&generator);
        painter.fillRect(rect(), ground);
        paintAll(painter, false);
        painter.end();
        return bytes;
    }
    QImage image(size() * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    image.fill(ground);
    QPainter painter(&image);
    paintAll(painter, false);
    painter.end();
    image.save(&buffer, "PNG");
    return bytes;
}

void TimelineWidget::save(Picture kind, const QString &baseName)
{
    Q_EMIT saveRequested(picture(kind),
                         baseName + (kind == Picture::Svg ? QStringLiteral(".svg") : QStringLiteral(".png")));
}

QSize TimelineWidget::sizeHint() const
{
    const double height = TimelineLayout::heightFor(m_content, m_shape, QFontMetricsF(font()), true);
    return {640, int(std::ceil(height))};
}

QSize TimelineWidget::minimumSizeHint() const
{
    const double height = TimelineLayout::heightFor(m_content, m_shape, QFontMetricsF(font()), false);
    return {260, int(std::ceil(height))};
}

bool TimelineWidget::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int attempt = m_layout.attemptAt(help->pos());
        if (attempt >= 0)
            QToolTip::showText(help->globalPos(), textOf(attempt), this);
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        layOut();
    return QWidget::event(event);
}

void TimelineWidget::resizeEvent(QResizeEvent *)
{
    layOut();
}

void TimelineWidget::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        setCurrent(std::max(0, m_current - 1));
        return;
    case Qt::Key_Right:
    case Qt::Key_Down:
        setCurrent(m_current + 1);
        return;
    case Qt::Key_Home:
        setCurrent(0);
        return;
    case Qt::Key_End:
        setCurrent(attemptCount() - 1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void TimelineWidget::mousePressEvent(QMouseEvent *event)
{
    const int attempt = m_layout.attemptAt(event->position());
    if (attempt >= 0)
        setCurrent(attempt);
}

void TimelineWidget::focusInEvent(QFocusEvent *event)
{
    if (m_current < 0 && event->reason() != Qt::MouseFocusReason)
        setCurrent(0);
    QWidget::focusInEvent(event);
    update();
}

void TimelineWidget::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace errata
