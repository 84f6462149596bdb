// One small field for each {{variable}} the environment has no value for; values stay while other requests are chosen,
// in memory only.
#pragma once

#include "models/http/variables.h"

#include <QWidget>

#include <map>

class QLabel;
class QLineEdit;

namespace errata {

class VariableBar : public QWidget
{
    Q_OBJECT

public:
    explicit VariableBar(QWidget *parent = nullptr);

    /// Shows a field for each of these; hidden when there is none.
    void setNames(const QStringList &names);
    [[nodiscard]] const Variables &values() const { return m_values; }
    /// Those that have no value yet.
    [[nodiscard]] QStringList missing() const;
    void focusMissing();

Q_SIGNALS:
    void valuesChanged();
    void sendRequested();

private:
    QStringList m_names;
    Variables m_values;
    std::map<QString, QLineEdit *> m_fields;
    QWidget *m_row = nullptr;
};

/// Values that are not to be read over a shoulder: keys, tokens, secrets, passwords.
[[nodiscard]] bool isSecretName(const QString &name);

} // namespace errata
