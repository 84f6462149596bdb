#include "views/decode/failurehistogram.h"

#include "views/decode/findingtable.h"
#include "views/theme/erratastyle.h"

#include <QAccessible>
#include <QAccessibleEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace errata {

FailureHistogram::FailureHistogram(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Failures over time"));
}

void FailureHistogram::setHistogram(const std::optional<Histogram> &histogram)
{
    m_histogram = histogram.value_or(Histogram());
    m_current = -1;
    m_chosen.reset();
    setAccessibleDescription(text());
    update();
}

void FailureHistogram::setChosen(std::optional<int> bin)
{
    m_chosen = bin;
    update();
}

QString FailureHistogram::time(qint64 ms) const
{
    return timeText(ms, m_histogram.stepMs * bins());
}

QString FailureHistogram::binText(int bin) const
{
    const qint64 from = m_histogram.startMs + bin * m_histogram.stepMs;
    return tr("%1 to %2: %3 of %4 failed")
        .arg(time(from), time(from + m_histogram.stepMs))
        .arg(failed(bin))
        .arg(total(bin));
}

QString FailureHistogram::text() const
{
    QStringList lines;
    for (int i = 0; i < bins(); ++i) {
        if (total(i) > 0)
            lines << binText(i);
    }
    return lines.join(QLatin1Char('\n'));
}

QSize FailureHistogram::sizeHint() const
{
    const int bars = 44;
    return {320, bars + fontMetrics().height() + Step};
}

QRect FailureHistogram::plot() const
{
    return rect().adjusted(1, 1, -1, -(fontMetrics().height() + Step));
}

QRect FailureHistogram::binRect(int bin) const
{
    const QRect area = plot();
    const auto left = [&](int i) { return area.left() + area.width() * i / std::max(1, bins()); };
    return {left(bin), area.top(), left(bin + 1) - left(bin), area.height()};
}

int FailureHistogram::binAt(int x) const
{
    for (int i = 0; i < bins(); ++i) {
        const QRect bar = binRect(i);
        if (x >= bar.left() && x <= bar.right())
            return total(i) > 0 ? i : -1;
    }
    return -1;
}

void FailureHistogram::paintBar(QPainter &painter, int bin, double scale) const
{
    const Theme &theme = Theme::of(palette());
    const QRect cell = binRect(bin);
    if (bin == m_current || bin == m_chosen)
        painter.fillRect(cell, bin == m_chosen ? theme.accentSoft : theme.raised);
    const int gap = cell.width() > 4 ? 1 : 0;
    const auto bar = [&](int count, const QColor &colour) {
        if (count == 0)
            return;
        const int height = std::max(2, static_cast<int>(std::lround(count * scale)));
        painter.fillRect(cell.left(), cell.bottom() - height + 1, cell.width() - gap, height, colour);
    };
    bar(total(bin), theme.line);
    bar(failed(bin), theme.no.ink);
    if (bin == m_chosen)
        painter.fillRect(cell.left(), cell.bottom() + 1, cell.width(), 2, theme.accent);
}

void FailureHistogram::paintEvent(QPaintEvent *)
{
    if (bins() == 0)
        return;
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const QRect area = plot();
    const int tallest = std::max(1, *std::max_element(m_histogram.total.begin(), m_histogram.total.end()));
    for (int i = 0; i < bins(); ++i)
        paintBar(painter, i, double(area.height()) / tallest);
    painter.fillRect(area.left(), area.bottom() + 1, area.width(), 1, theme.line);
    painter.setPen(theme.muted);
    painter.setFont(scaled(font(), SmallText));
    const QRect foot(area.left(), area.bottom() + Step, area.width(), fontMetrics().height());
    painter.drawText(foot, Qt::AlignLeft, time(m_histogram.startMs));
    painter.drawText(foot, Qt::AlignRight, time(m_histogram.startMs + bins() * m_histogram.stepMs));
    painter.drawText(foot, Qt::AlignHCenter, tr("red: failed · grey: all"));
    if (hasFocus())
        drawFocusRing(&painter, rect(), theme);
}

void FailureHistogram::goTo(int bin)
{
    if (bin == m_current)
        return;
    m_current = bin;
    setToolTip(bin < 0 ? QString() : binText(bin));
    update();
}

void FailureHistogram::step(int direction)
{
    for (int bin = m_current + direction; bin >= 0 && bin < bins(); bin += direction) {
        if (total(bin) == 0)
            continue;
        goTo(bin);
        setAccessibleDescription(binText(bin));
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
        QToolTip::showText(mapToGlobal(binRect(bin).center()), binText(bin), this);
        return;
    }
}

void FailureHistogram::choose(int bin)
{
    if (bin >= 0)
        Q_EMIT binChosen(bin);
}

bool FailureHistogram::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_current < 0)
        return true;
    return QWidget::event(event);
}

void FailureHistogram::mouseMoveEvent(QMouseEvent *event)
{
    const int bin = binAt(event->position().toPoint().x());
    if (bin == m_current)
        return;
    goTo(bin);
    setCursor(bin < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    if (bin >= 0)
        QToolTip::showText(event->globalPosition().toPoint(), binText(bin), this);
    else
        QToolTip::hideText();
}

void FailureHistogram::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(binAt(event->position().toPoint().x()));
}

void FailureHistogram::leaveEvent(QEvent *)
{
    goTo(-1);
}

void FailureHistogram::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1);
    case Qt::Key_Right:
        return step(1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return choose(m_current);
    default:
        QWidget::keyPressEvent(event);
    }
}

void FailureHistogram::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_current < 0 && event->reason() != Qt::MouseFocusReason)
        step(1);
}

void FailureHistogram::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    goTo(-1);
    setAccessibleDescription(text());
}

} // namespace errata
