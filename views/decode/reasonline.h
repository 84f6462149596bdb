// One reason of a verdict. Pointing at it or going to it by keyboard shows where it stands in the text.
#pragma once

#include "models/base/span.h"
#include "views/widgets/wraplabel.h"

namespace errata {

class ReasonLine : public WrapLabel
{
    Q_OBJECT

public:
    ReasonLine(const QString &text, Span where, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Null when pointer or focus leave.
    void pointedAt(errata::Span where);

protected:
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    Span m_where;
};

} // namespace errata
