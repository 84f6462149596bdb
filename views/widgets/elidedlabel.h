// One line that ends in an ellipsis where the room ends; the whole text is the tool tip.
#pragma once

#include <QLabel>

namespace errata {

class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    using QLabel::QLabel;

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace errata
