// One small field for each {placeholder} of the request; values stay while other probes are chosen.
#pragma once

#include "views/probe/placeholders.h"

#include <QWidget>

#include <map>

class QLabel;
class QLineEdit;

namespace errata {

class PlaceholderBar : public QWidget
{
    Q_OBJECT

public:
    explicit PlaceholderBar(QWidget *parent = nullptr);

    /// Shows a field for each of these; hidden when there is none.
    void setNames(const QStringList &names);
    [[nodiscard]] const PlaceholderValues &values() const { return m_values; }
    /// Those that have no value yet.
    [[nodiscard]] QStringList missing() const;
    void focusMissing();

Q_SIGNALS:
    void valuesChanged();
    void sendRequested();

private:
    QStringList m_names;
    PlaceholderValues m_values;
    std::map<QString, QLineEdit *> m_fields;
    QWidget *m_row = nullptr;
};

} // namespace errata
