// Type a header that says when to come back, and see what its specification and each client make of it.
#pragma once

#include "models/items/headerbenchmodel.h"
#include "views/widgets/card.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace errata {

class FigureTable;
class NoteLine;

class HeaderBench : public Card
{
    Q_OBJECT

public:
    explicit HeaderBench(const std::vector<RetryPolicy> &policies, QWidget *parent = nullptr);

    void setPolicies(const std::vector<RetryPolicy> &policies);
    /// As if typed.
    void setHeader(const QString &name, const QString &value);
    void setStatus(int status);
    /// The date it is; an invalid one is the clock's.
    void setNow(const QDateTime &now);
    [[nodiscard]] HeaderBenchModel *model() const { return m_model; }
    [[nodiscard]] QString standardText() const;
    void focusValue();

Q_SIGNALS:
    void saveRequested(const QByteArray &bytes, const QString &suggestedName);
    void copyRequested(const QString &text, const QString &said);

private:
    void buildFields();
    void buildTable();
    void read();
    [[nodiscard]] QDateTime now();

    HeaderBenchModel *m_model;
    QComboBox *m_name = nullptr;
    QLineEdit *m_value = nullptr;
    QSpinBox *m_status = nullptr;
    QLineEdit *m_now = nullptr;
    NoteLine *m_note = nullptr;
    QLabel *m_standard = nullptr;
    FigureTable *m_table = nullptr;
};

} // namespace errata
