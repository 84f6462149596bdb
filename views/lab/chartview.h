// A chart in the theme's colours with marks and labels of ours; hovering tells exact figures.
#pragma once

#include "views/theme/theme.h"
#include "views/widgets/picture.h"

#include <QChartView>
#include <QLineSeries>

#include <functional>
#include <vector>

namespace errata {

class ChartView : public QChartView
{
    Q_OBJECT

public:
    struct Mark
    {
        double at = 0;
        QString word;
    };
    /// Which colour of the theme.
    using Colour = std::function<QColor(const Theme &)>;

    explicit ChartView(const QString &accessibleName, QWidget *parent = nullptr);

    /// A line, or with \a filled what is under it; painted in the order of adding.
    [[nodiscard]] QLineSeries *addLine(const Colour &colour, double width, Qt::PenStyle style = Qt::SolidLine);
    [[nodiscard]] QLineSeries *addArea(const Colour &colour);

    void setRange(double fromX, double toX, double toY);
    /// Along the foot.
    void setTicks(std::vector<Mark> ticks);
    /// Upright lines with their words above the plot.
    void setMarks(std::vector<Mark> marks);
    /// Lines across with their words at the right.
    void setLevels(std::vector<Mark> levels);
    /// Upright parts of the plot, from and to, that something is to be said of.
    void setSpan(double from, double to, const QString &word);
    void clearSpan();
    /// Shown instead of everything else while it is not empty.
    void setEmptyText(const QString &text);
    /// What is said of a place in the plot; empty says nothing.
    void setHoverText(std::function<QString(double x)> text) { m_hoverText = std::move(text); }

    [[nodiscard]] QPointF placeOf(double x, double y) const;
    [[nodiscard]] QByteArray picture(PictureKind kind);
    [[nodiscard]] QSize sizeHint() const override { return {420, 180}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, 150}; }

protected:
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    struct Painted
    {
        QAbstractSeries *series = nullptr;
        Colour colour;
        double width = 0; ///< 0: an area
        Qt::PenStyle style = Qt::SolidLine;
    };

    void attach(QAbstractSeries *series);
    void colour();
    void placePlot();
    void drawTicks(QPainter *painter, const Theme &theme);
    void drawMarks(QPainter *painter, const Theme &theme);
    void drawLevels(QPainter *painter, const Theme &theme);

    std::vector<Painted> m_series;
    QLineSeries *m_any = nullptr; ///< maps figures to places
    std::vector<Mark> m_ticks;
    std::vector<Mark> m_marks;
    std::vector<Mark> m_levels;
    double m_spanFrom = 0;
    double m_spanTo = 0;
    QString m_spanWord; ///< empty: there is no span
    QString m_emptyText;
    std::function<QString(double)> m_hoverText;
};

} // namespace errata
