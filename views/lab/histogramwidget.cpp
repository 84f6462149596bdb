#include "views/lab/histogramwidget.h"

#include "views/theme/theme.h"
#include "views/timeline/timeaxis.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace errata {

namespace {

struct Mark
{
    const char *name;
    Millis at;
};

/// Where a time stands between the fastest and the slowest run.
double place(const Distribution &d, Millis at, const QRectF &plot)
{
    const double range = (d.max - d.min).count();
    return range <= 0 ? plot.center().x() : plot.left() + plot.width() * (at - d.min).count() / range;
}

void paintBars(QPainter &painter, const Distribution &d, const QRectF &plot, const QColor &colour)
{
    const int tallest = std::max(1, *std::max_element(d.histogram.begin(), d.histogram.end()));
    const bool single = d.max - d.min <= Millis(0);
    const double width = single ? 12 : plot.width() / static_cast<double>(d.histogram.size());
    double left = single ? plot.center().x() - width / 2 : plot.left();
    const double gap = width > 4 ? 1 : 0;
    for (const int count : d.histogram) {
        const double height = count == 0 ? 0 : std::max(1.0, plot.height() * count / tallest);
        painter.fillRect(QRectF(left, plot.bottom() - height, width - gap, height), colour);
        left += width;
    }
}

void paintMarks(QPainter &painter, const Distribution &d, const QRectF &plot, const Theme &theme)
{
    const QFontMetricsF font(painter.font());
    double taken = plot.left() - 100;
    double y = plot.top() - font.height() + font.ascent() - 2;
    for (const Mark &mark : std::array{Mark{"p50", d.p50}, Mark{"p95", d.p95}, Mark{"p99", d.p99}}) {
        const double x = place(d, mark.at, plot);
        painter.setPen(QPen(theme.text, 1, Qt::DashLine));
        painter.drawLine(QPointF(x, plot.top() - font.height()), QPointF(x, plot.bottom()));
        const QString name = QLatin1String(mark.name);
        const double from = x + 3;
        // Close together: one under the other.
        y = from < taken ? y + font.height() : plot.top() - font.height() + font.ascent() - 2;
        painter.setPen(theme.text);
        painter.drawText(QPointF(from, y), name);
        taken = from + font.horizontalAdvance(name) + 2;
    }
}

} // namespace

HistogramWidget::HistogramWidget(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Total wait over many runs"));
}

void HistogramWidget::setDistribution(std::optional<Distribution> distribution)
{
    m_distribution = std::move(distribution);
    setAccessibleDescription(m_distribution ? summary(*m_distribution) : QString());
    setToolTip(accessibleDescription());
    update();
}

QString HistogramWidget::summary(const Distribution &d)
{
    return tr("mean %1 · p50 %2 · p95 %3 · p99 %4")
        .arg(exactTime(d.mean), exactTime(d.p50), exactTime(d.p95), exactTime(d.p99));
}

void HistogramWidget::paintEvent(QPaintEvent *)
{
    if (!m_distribution || m_distribution->histogram.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(scaled(font(), SmallText));
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(painter.font());
    const QRectF plot = QRectF(rect()).adjusted(
        4, metrics.height() + 4, -metrics.horizontalAdvance(QStringLiteral("p99")) - 6, -metrics.height() - 6);
    paintBars(painter, *m_distribution, plot, theme.accent);
    painter.setPen(theme.line);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.setPen(theme.muted);
    const QRectF foot(plot.left(), plot.bottom() + 3, plot.width(), metrics.height());
    const QString low = shortTime(m_distribution->min);
    const QString high = shortTime(m_distribution->max);
    const bool single = m_distribution->max - m_distribution->min <= Millis(0);
    if (single) {
        painter.drawText(foot, Qt::AlignHCenter, tr("every run takes %1").arg(low));
        return;
    }
    painter.drawText(foot, Qt::AlignLeft, low);
    painter.drawText(foot, Qt::AlignRight, high);
    paintMarks(painter, *m_distribution, plot, theme);
}

} // namespace errata
