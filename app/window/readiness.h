// For --quit-when-ready: tells when the window has been painted and the search has answered.
#pragma once

#include <QObject>

class QWidget;

namespace errata {

class CatalogSearchModel;

class Readiness : public QObject
{
    Q_OBJECT

public:
    Readiness(QWidget *window, CatalogSearchModel *search, QObject *parent);

Q_SIGNALS:
    /// Once.
    void reached();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void check();

    bool m_painted = false;
    bool m_answered = false;
    bool m_reached = false;
};

} // namespace errata
