// One page in the list at the left: name and number.
#pragma once

#include <QAbstractButton>

namespace errata {

class NavButton : public QAbstractButton
{
    Q_OBJECT

public:
    NavButton(const QString &title, int number, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_number;
};

} // namespace errata
