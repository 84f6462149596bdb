// The environments and their variables: names and values on the right, secrets hidden and kept apart.
#pragma once

#include "models/http/variables.h"

#include <QDialog>
#include <QHash>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QTableWidget;

namespace errata {

/// Values of secret variables by environment and name; never written to a file by anyone here.
using SecretValues = QHash<QString, Variables>;

class EnvironmentEditor : public QDialog
{
    Q_OBJECT

public:
    /// \a secretsNote says where secrets are kept: "in the key store", "in memory only, until Errata ends".
    EnvironmentEditor(std::vector<Environment> environments, SecretValues secrets, const QString &current,
                      const QString &secretsNote, QWidget *parent = nullptr);

    [[nodiscard]] std::vector<Environment> environments() const;
    [[nodiscard]] const SecretValues &secrets() const { return m_secrets; }

private:
    void buildSide(QWidget *side);
    void addEnvironment();
    void removeEnvironment();
    void showEnvironment(int row);
    void keep();
    void addVariable();
    void writeRow(int row, const EnvironmentVariable &variable, const QString &secret);
    [[nodiscard]] QString freeName() const;

    std::vector<Environment> m_environments;
    SecretValues m_secrets;
    int m_shown = -1;
    QListWidget *m_list;
    QWidget *m_side;
    QLineEdit *m_name = nullptr;
    QCheckBox *m_live = nullptr;
    QTableWidget *m_variables = nullptr;
    QLabel *m_note = nullptr;
};

} // namespace errata
