// What occurs how often, as buttons to filter by: one at a time, pressed again to let go.
#pragma once

#include "models/decode/recording.h"

#include <QWidget>

class QPushButton;

namespace errata {

class FlowLayout;

class TallyChips : public QWidget
{
    Q_OBJECT

public:
    /// A name for a tally: its code, its host.
    struct Chip
    {
        QString name;
        QString tip;
        int count = 0;
    };

    explicit TallyChips(const QString &title, QWidget *parent = nullptr);

    /// The most frequent first; of very many only the first are shown, and how many more there are.
    void setChips(const std::vector<Chip> &chips);
    void setChosen(std::optional<int> chip);

Q_SIGNALS:
    /// Pressed; it may be the one already chosen.
    void chipPressed(int chip);

private:
    void name(int chip);

    QString m_title;
    std::vector<Chip> m_chips;
    std::vector<QPushButton *> m_buttons;
    QWidget *m_row = nullptr;
    std::optional<int> m_chosen;
};

} // namespace errata
