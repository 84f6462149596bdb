// One wrapping line under a field or beside buttons: a problem in its colour, a hint or news in quiet type.
#pragma once

#include "views/widgets/wraplabel.h"

namespace errata {

class NoteLine : public WrapLabel
{
    Q_OBJECT

public:
    /// Empty and hidden at first.
    explicit NoteLine(QWidget *parent = nullptr);

    void showProblem(const QString &text) { showText(text, true); }
    void showHint(const QString &text) { showText(text, false); }
    void clearNote() { showText({}, false); }
    [[nodiscard]] bool isProblem() const { return m_problem; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void showText(const QString &text, bool problem);
    void colour();

    bool m_problem = false;
    bool m_colouring = false;
};

} // namespace errata
