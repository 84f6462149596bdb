// Text selected in a label is copied by the label itself, past everything. This takes those copies over.
#pragma once

#include <QObject>

class QLabel;

namespace errata {

class LabelCopying : public QObject
{
    Q_OBJECT

public:
    /// Watches every label of the application.
    explicit LabelCopying(QObject *parent);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void copyRequested(const QString &text, const QString &said);

private:
    void copy(const QLabel *label);
    void showMenu(QLabel *label, const QPoint &where);
};

} // namespace errata
