// Text that wraps, can be selected with the mouse, and never makes its parent wider.
#pragma once

#include <QLabel>

namespace errata {

class WrapLabel : public QLabel
{
    Q_OBJECT

public:
    explicit WrapLabel(const QString &text, QWidget *parent = nullptr);

    /// QLabel asks for the width of its longest word, which pushes a narrow pane out of the window.
    [[nodiscard]] QSize minimumSizeHint() const override;
};

} // namespace errata
