// Widgets beside each other where there is room, below each other where there is not.
#pragma once

#include <QWidget>

class QBoxLayout;

namespace errata {

class SideBySide : public QWidget
{
    Q_OBJECT

public:
    /// Beside each other from a width of \a least on; then all are as wide.
    explicit SideBySide(int least, QWidget *parent = nullptr);

    void addWidget(QWidget *widget);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    int m_least;
    QBoxLayout *m_layout;
};

} // namespace errata
