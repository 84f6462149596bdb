// A raised surface with an outline; a warning has a coloured edge on its left.
#pragma once

#include "views/widgets/badge.h"

#include <QWidget>

class QVBoxLayout;

namespace errata {

class Card : public QWidget
{
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);
    /// With an edge in the ink of \a edge.
    Card(ToneOf edge, QWidget *parent);

    [[nodiscard]] QVBoxLayout *body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ToneOf m_edge;
    QVBoxLayout *m_body;
};

} // namespace errata
