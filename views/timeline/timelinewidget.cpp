#include "views/timeline/timelinewidget.h"

#include "views/timeline/attempttexts.h"
#include "views/timeline/timelineaccessible.h"
#include "views/timeline/timelinepainter.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

constexpr double ZoomStep = 1.5;
/// Of what is seen, a press of an arrow key.
constexpr double PanStep = 0.2;

} // namespace

TimelineWidget::TimelineWidget(TimelineShape shape, QWidget *parent) : QWidget(parent), m_shape(shape)
{
    installTimelineAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setAccessibleName(tr("Timeline of attempts"));
    setAccessibleDescription(tr("Up and down move from attempt to attempt; plus and minus zoom, 0 shows all"));
    setMouseTracking(true);
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
    // One model may stand for both: it is followed once.
    const AttemptModel *other = &slot == &m_attempts ? m_planned : m_attempts;
    if (slot && slot != other)
        slot->disconnect(this);
    slot = model;
    if (model && model != other) {
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
    if (attemptCount() == 0)
        fit();
    layOut();
    updateGeometry();
}

void TimelineWidget::setDeadline(std::optional<Millis> deadline)
{
    m_content.deadline = deadline;
    layOut();
}

void TimelineWidget::setCap(std::optional<Millis> cap)
{
    m_content.cap = cap;
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
    bringIntoView(bounded);
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
    m_layout = TimelineLayout(m_content, m_shape, size(), QFontMetricsF(font()), m_view);
    update();
}

void TimelineWidget::setView(const TimelineView &view)
{
    if (view == m_view)
        return;
    m_view = view;
    layOut();
    Q_EMIT viewChanged();
}

void TimelineWidget::zoom(double factor)
{
    const TimelineItem *item = m_layout.item(m_current);
    const QRectF plot = m_layout.plot();
    const double at = item ? (item->block.center().x() - plot.left()) / plot.width() : 0.5;
    setView(zoomed(m_view, factor, at >= 0 && at <= 1 ? at : 0.5));
}

void TimelineWidget::bringIntoView(int attempt)
{
    const TimelineItem *item = m_layout.item(attempt);
    if (!item || m_view.isWhole())
        return;
    const QRectF plot = m_layout.plot();
    const double at = (item->block.left() - plot.left()) / plot.width();
    if (at >= 0 && at <= 1)
        return;
    // x() is cut one width beyond the edges: as many steps as it takes.
    const double before = m_view.from;
    setView(panned(m_view, at - 0.5));
    if (m_view.from != before)
        bringIntoView(attempt);
}

void TimelineWidget::setHover(std::optional<double> x)
{
    if (x == m_hover)
        return;
    m_hover = x;
    update();
}

void TimelineWidget::paintAll(QPainter &painter, bool withFocus, std::optional<double> hover) const
{
    const Theme &theme = Theme::of(palette());
    if (m_content.actual.empty() && m_content.planned.empty()) {
        painter.setPen(theme.muted);
        painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    paintTimeline(painter, m_layout, m_content, {theme, font(), m_shape, withFocus ? m_current : -1, hover});
}

void TimelineWidget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintAll(painter, hasFocus(), m_hover);
}

QByteArray TimelineWidget::picture(Picture kind) const
{
    return errata::picture(kind, size(), Theme::of(palette()).surface, accessibleName(),
                           [this](QPainter &painter) { paintAll(painter, false); });
}

void TimelineWidget::save(Picture kind, const QString &baseName)
{
    Q_EMIT saveRequested(picture(kind), baseName + QLatin1Char('.') + pictureSuffix(kind));
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
    if (!navigate(event->key()))
        QWidget::keyPressEvent(event);
}

bool TimelineWidget::navigate(int key)
{
    const bool isZoomed = !m_view.isWhole();
    if (isZoomed && (key == Qt::Key_Left || key == Qt::Key_Right)) {
        setView(panned(m_view, key == Qt::Key_Left ? -PanStep : PanStep));
        return true;
    }
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        setCurrent(std::max(0, m_current - 1));
        return true;
    case Qt::Key_Right:
    case Qt::Key_Down:
        setCurrent(m_current + 1);
        return true;
    case Qt::Key_Home:
        setCurrent(0);
        return true;
    case Qt::Key_End:
        setCurrent(attemptCount() - 1);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal: // plus without Shift on many keyboards
        zoom(ZoomStep);
        return true;
    case Qt::Key_Minus:
        zoom(1 / ZoomStep);
        return true;
    case Qt::Key_0:
        fit();
        return true;
    default:
        return false;
    }
}

void TimelineWidget::mousePressEvent(QMouseEvent *event)
{
    m_hasMoved = false;
    if (event->button() == Qt::LeftButton && !m_view.isWhole())
        m_dragged = event->position().x();
}

void TimelineWidget::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (m_dragged) {
        setCursor(Qt::ClosedHandCursor);
        m_hasMoved = true;
        setView(panned(m_view, (*m_dragged - x) / m_layout.plot().width()));
        m_dragged = x;
    }
    const bool isOver = attemptCount() > 0 && m_layout.plot().left() <= x && x <= m_layout.plot().right();
    setHover(isOver ? std::optional(x) : std::nullopt);
}

void TimelineWidget::mouseReleaseEvent(QMouseEvent *event)
{
    m_dragged.reset();
    unsetCursor();
    if (m_hasMoved)
        return;
    if (const int attempt = m_layout.attemptAt(event->position()); attempt >= 0)
        setCurrent(attempt);
}

void TimelineWidget::wheelEvent(QWheelEvent *event)
{
    // Without the focus the wheel scrolls the page, so that scrolling past a timeline changes nothing.
    const bool zooms = hasFocus() || event->modifiers().testFlag(Qt::ControlModifier);
    if (!zooms || event->angleDelta().y() == 0 || attemptCount() == 0)
        return event->ignore();
    constexpr double notch = 120;
    const QRectF plot = m_layout.plot();
    const double at = std::clamp((event->position().x() - plot.left()) / plot.width(), 0.0, 1.0);
    const TimelineView view = zoomed(m_view, std::pow(ZoomStep, event->angleDelta().y() / notch), at);
    if (view == m_view && !event->modifiers().testFlag(Qt::ControlModifier))
        return event->ignore();
    setView(view);
    event->accept();
}

void TimelineWidget::leaveEvent(QEvent *event)
{
    setHover(std::nullopt);
    QWidget::leaveEvent(event);
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
