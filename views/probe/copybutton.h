// "Copy as curl", and in its menu the other forms of a request: programs, with or without variables and secrets.
#pragma once

#include <QToolButton>

class QAction;
class QMenu;

namespace errata {

/// How a request is to be copied.
struct CopyOrder
{
    QString format;           ///< of programFormats()
    bool isFilled = false;    ///< variables by their values
    bool withSecrets = false; ///< nothing masked
};

class CopyButton : public QToolButton
{
    Q_OBJECT

public:
    explicit CopyButton(QWidget *parent = nullptr);

Q_SIGNALS:
    void copyRequested(const errata::CopyOrder &order);

private:
    void addFormats(QMenu *menu, bool withSecrets);

    QAction *m_filled;
};

} // namespace errata
