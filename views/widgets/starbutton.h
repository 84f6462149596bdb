// A star to tick: pinned or not.
#pragma once

#include <QAbstractButton>

namespace errata {

struct Theme;

class StarButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit StarButton(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return {28, 28}; }

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// A five-pointed star in \a rect, filled or in outline.
void drawStar(QPainter *painter, const QRectF &rect, bool filled, const QColor &colour);

} // namespace errata
