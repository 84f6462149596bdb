#include "views/decode/tallychips.h"

#include "views/theme/theme.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace errata {

namespace {

constexpr std::size_t MostChips = 8;
constexpr qsizetype LongestName = 34;

} // namespace

TallyChips::TallyChips(const QString &title, QWidget *parent) : QWidget(parent), m_title(title)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    setAccessibleName(title);
}

void TallyChips::setChips(const std::vector<Chip> &chips)
{
    m_chips = chips;
    m_chosen.reset();
    m_buttons.clear();
    delete m_row;
    m_row = new QWidget(this);
    auto *flow = new FlowLayout(m_row, Step);
    const std::size_t shown = std::min(m_chips.size(), MostChips);
    m_buttons.reserve(shown);
    for (std::size_t i = 0; i < shown; ++i) {
        auto *button = new QPushButton(m_row);
        const int chip = static_cast<int>(i);
        button->setCheckable(true);
        button->setToolTip(m_chips[i].tip);
        // Which one is chosen, the filter says.
        connect(button, &QPushButton::clicked, this, [this, chip] { Q_EMIT chipPressed(chip); });
        m_buttons.push_back(button);
        name(chip);
        flow->addWidget(button);
    }
    if (m_chips.size() > shown)
        flow->addWidget(mutedLabel(tr("and %1 more: use the filter").arg(m_chips.size() - shown), m_row));
    layout()->addWidget(m_row);
    m_row->show();
}

void TallyChips::name(int chip)
{
    const Chip &tally = m_chips[static_cast<std::size_t>(chip)];
    const bool chosen = m_chosen == chip;
    QString shown = tally.name;
    if (shown.size() > LongestName)
        shown = shown.left(LongestName - 1) + QChar(0x2026);
    QPushButton *button = m_buttons[static_cast<std::size_t>(chip)];
    QString text = QStringLiteral("%1  %2").arg(shown).arg(tally.count);
    text.replace(QLatin1Char('&'), QStringLiteral("&&"));
    button->setText(chosen ? text + QStringLiteral("  \u00d7") : text);
    button->setAccessibleName(tr("%1: %2, %3 times").arg(m_title, tally.name).arg(tally.count));
    button->setChecked(chosen);
}

void TallyChips::setChosen(std::optional<int> chip)
{
    m_chosen = chip;
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        name(static_cast<int>(i));
}

} // namespace errata
