// What stands where there is nothing yet: what this place is for and what to do.
#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace errata {

class EmptyState : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const QString &title, const QString &text, QWidget *parent = nullptr);

    void setTexts(const QString &title, const QString &text);
    /// Below the text: buttons, examples.
    void addWidget(QWidget *widget);

private:
    QLabel *m_title;
    QLabel *m_text;
    QVBoxLayout *m_layout;
};

} // namespace errata
