// A code as a headline: fixed font, breaking anywhere rather than being cut off.
#pragma once

#include <QLabel>

namespace errata {

class CodeTitle : public QLabel
{
    Q_OBJECT

public:
    explicit CodeTitle(const QString &code, QWidget *parent = nullptr);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace errata
