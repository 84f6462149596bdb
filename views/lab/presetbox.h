// All policies in one box: grouped, found by typing any part of the name or id.
#pragma once

#include "models/retry/retrypolicy.h"

#include <QComboBox>

#include <vector>

namespace errata {

class PresetBox : public QComboBox
{
    Q_OBJECT

public:
    explicit PresetBox(const QString &accessibleName, QWidget *parent = nullptr);

    /// Replaces the list; the choice is kept where it is still there.
    void setPolicies(const std::vector<RetryPolicy> &policies);
    [[nodiscard]] QString currentId() const;
    /// False when there is none of that id; presetChosen is for choices of the user alone.
    bool setCurrentId(const QString &id);

Q_SIGNALS:
    void presetChosen(const QString &id);

protected:
    void focusOutEvent(QFocusEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void choose(int row);
    void showCurrentName();
};

/// The heading a policy stands under: "Python", "The four APIs".
[[nodiscard]] QString presetGroup(const QString &id);

} // namespace errata
