// A table of names and values to type into: rows are added, removed, switched off, and every step can be undone.
#pragma once

#include "models/items/fieldsmodel.h"

#include <QTableView>

class QCompleter;

namespace errata {

class NoteLine;

class FieldTable : public QWidget
{
    Q_OBJECT

public:
    /// "Request headers", "Add header"; \a completions are offered for names.
    FieldTable(FieldsModel::Rules rules, const QString &name, const QString &addText, const QStringList &completions,
               QWidget *parent = nullptr);

    /// Replaces all rows and forgets what could be undone; emits nothing.
    void setFields(std::vector<DraftField> fields);
    [[nodiscard]] std::vector<DraftField> fields() const { return m_model.fields(); }
    [[nodiscard]] FieldsModel &model() { return m_model; }
    [[nodiscard]] NoteLine *note() const { return m_note; }
    /// Goes to that row with the focus.
    void showRow(int row);
    void addRow();
    void undo();
    void redo();

Q_SIGNALS:
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void remember();
    void restore(std::vector<std::vector<DraftField>> &from, std::vector<std::vector<DraftField>> &to);
    void removeCurrent();

    FieldsModel m_model;
    QTableView *m_table;
    NoteLine *m_note;
    std::vector<DraftField> m_last; ///< as it was after the last step
    std::vector<std::vector<DraftField>> m_past, m_future;
    bool m_restoring = false;
};

} // namespace errata
