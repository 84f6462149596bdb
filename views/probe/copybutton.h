// "Copy as curl", and in the menu beside it the other forms of a request: programs, with or without variables and
// secrets.
#pragma once

#include <QWidget>

class QAction;
class QMenu;
class QPushButton;

namespace errata {

/// How a request is to be copied.
struct CopyOrder
{
    QString format;           ///< of programFormats()
    bool isFilled = false;    ///< variables by their values
    bool withSecrets = false; ///< nothing masked
};

class CopyButton : public QWidget
{
    Q_OBJECT

public:
    explicit CopyButton(QWidget *parent = nullptr);

    [[nodiscard]] QMenu *menu() const { return m_menu; }

Q_SIGNALS:
    void copyRequested(const errata::CopyOrder &order);

private:
    void addFormats(QMenu *menu, bool withSecrets);

    QMenu *m_menu;
    QAction *m_filled = nullptr;
};

} // namespace errata
