// Two answers side by side: status, headers, body, with what differs marked by sign, word and colour.
#pragma once

#include "models/base/latestjob.h"
#include "models/items/comparisonmodel.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace errata {

class NoteLine;

/// An answer and what to call it: "200 GET /v1/me".
struct NamedAnswer
{
    QString title;
    HttpResponse response;
};

class CompareView : public QWidget
{
    Q_OBJECT

public:
    explicit CompareView(QWidget *parent = nullptr);

    /// Reads both off the window's thread.
    void compare(const NamedAnswer &left, const NamedAnswer &right);
    void clear();
    [[nodiscard]] bool isWorking() const { return m_job.isRunning(); }
    [[nodiscard]] const ComparisonModel &model() const { return m_model; }
    [[nodiscard]] int currentRow() const;

public Q_SLOTS:
    /// F8, Shift+F8; round and round.
    void nextDifference() { step(1); }
    void previousDifference() { step(-1); }

Q_SIGNALS:
    /// As it stands, secrets and all: the receiver redacts it.
    void copyRequested(const QString &text, const QString &said);

private:
    void present(Comparison comparison);
    void step(int by);
    void tellPlace();

    ComparisonModel m_model;
    LatestJob<Comparison> m_job;
    QLabel *m_place;
    QPushButton *m_previous;
    QPushButton *m_next;
    QPushButton *m_copy;
    NoteLine *m_note;
    QTableView *m_table;
};

} // namespace errata
