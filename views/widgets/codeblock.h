// Read-only text in the fixed font on a well, as high as its lines.
#pragma once

#include <QPlainTextEdit>

namespace errata {

class CodeBlock : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit CodeBlock(const QString &text, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {40, sizeHint().height()}; }

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    [[nodiscard]] int textHeight() const;
};

} // namespace errata
