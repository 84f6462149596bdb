// The answer shown beside another one: that of another tab, the one before, the one pinned, one of the history.
#include "views/probe/compareview.h"
#include "views/probe/probepage.h"

#include <QMenu>

namespace errata {

namespace {

/// "200 GET https://a.example/v1/me": a narrow column cuts the end.
QString titleOf(const ShownAnswer &answer)
{
    constexpr qsizetype longest = 70;
    QString url = QString::fromUtf8(answer.request.url);
    if (url.size() > longest)
        url = url.left(longest / 2) + QStringLiteral("…") + url.right(longest / 2);
    const QString status =
        answer.result.response ? QString::number(answer.result.response->status) : ProbePage::tr("no answer");
    return QStringLiteral("%1 %2 %3").arg(status, QString::fromUtf8(answer.request.method), url);
}

} // namespace

void ProbePage::fillCompareMenu()
{
    QMenu *menu = m_answer->compareMenu();
    menu->clear();
    const RequestTab &current = m_tabs[static_cast<std::size_t>(m_current)];
    const auto add = [this, menu](const QString &text, const ShownAnswer &other) {
        QString shown = text;
        QAction *action = menu->addAction(shown.replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setEnabled(other.result.response.has_value());
        connect(action, &QAction::triggered, this, [this, other] { compareWith(other); });
    };
    if (current.previous)
        add(tr("The answer before: %1").arg(titleOf(*current.previous)), *current.previous);
    if (m_pinned)
        add(tr("The pinned one: %1").arg(titleOf(*m_pinned)), *m_pinned);
    for (const RequestTab &tab : m_tabs) {
        if (&tab != &current && tab.answer)
            add(tr("Tab “%1”: %2").arg(tab.title(), titleOf(*tab.answer)), *tab.answer);
    }
    if (menu->isEmpty())
        menu->addAction(tr("Nothing to compare with yet: send again, or in another tab"))->setEnabled(false);
    menu->addAction(tr("One of the history: in its menu there"))->setEnabled(false);
    menu->addSeparator();
    QAction *pin = menu->addAction(tr("Pin this answer for later"));
    pin->setEnabled(current.answer && current.answer->result.response);
    connect(pin, &QAction::triggered, this, [this] { m_pinned = m_tabs[static_cast<std::size_t>(m_current)].answer; });
}

void ProbePage::compareWith(const ShownAnswer &other)
{
    const std::optional<ShownAnswer> &shown = m_tabs[static_cast<std::size_t>(m_current)].answer;
    if (m_sending || !shown || !shown->result.response || !other.result.response)
        return m_editor->showHint(tr("There are no two answers to compare: send first."));
    m_answer->compare({titleOf(other), *other.result.response}, {titleOf(*shown), *shown->result.response});
}

} // namespace errata
