// A plain area on the surface or window colour with a line on some of its edges.
#pragma once

#include <QWidget>

namespace errata {

class Panel : public QWidget
{
    Q_OBJECT

public:
    /// \a role is QPalette::Base for bars, QPalette::Window for panes.
    Panel(QPalette::ColorRole role, Qt::Edges lines, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::Edges m_lines;
};

} // namespace errata
