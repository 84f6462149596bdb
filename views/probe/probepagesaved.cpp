// The Probe page and requests that are kept in collections.
#include "views/probe/collectionlist.h"
#include "views/probe/probepage.h"

#include <QTabBar>
#include <QTabWidget>
#include <QTimer>

#include <algorithm>

namespace errata {

void ProbePage::openSaved(const SavedRequest &saved, const Variables &own)
{
    const auto open =
        std::find_if(m_tabs.begin(), m_tabs.end(), [&saved](const RequestTab &tab) { return tab.saved == saved; });
    if (open != m_tabs.end())
        return m_bar->setCurrentIndex(int(open - m_tabs.begin()));
    openDraft(saved.draft);
    if (!m_sending)
        setSaved(saved, own);
}

RequestTab ProbePage::current() const
{
    RequestTab tab = m_tabs[static_cast<std::size_t>(m_current)];
    tab.draft = m_editor->draft();
    return tab;
}

void ProbePage::setSaved(const SavedRequest &saved, const Variables &own)
{
    RequestTab &tab = m_tabs[static_cast<std::size_t>(m_current)];
    tab.draft = m_editor->draft();
    // What a dialog said of it, and what stands in its file.
    tab.draft.name = saved.draft.name;
    tab.draft.folder = saved.draft.folder;
    tab.draft.about = saved.draft.about;
    tab.opened = tab.draft;
    tab.saved = saved;
    tab.own = own;
    m_showing = true;
    m_editor->setNames(tab.draft);
    m_showing = false;
    m_bar->setTabText(m_current, tab.title());
    fillIn();
    m_pause->start();
}

void ProbePage::rejoinSaved(const std::vector<SavedCollection> &collections)
{
    keepCurrent();
    for (std::size_t i = 0; i < m_tabs.size(); ++i) {
        RequestTab &tab = m_tabs[i];
        if (tab.saved || tab.draft.name.isEmpty())
            continue;
        for (const SavedCollection &collection : collections) {
            const auto isIt = [&tab](const SavedRequest &one) {
                return one.draft.name == tab.draft.name && one.draft.folder == tab.draft.folder;
            };
            const auto &list = collection.requests;
            if (!collection.isFolder || std::count_if(list.begin(), list.end(), isIt) != 1)
                continue;
            tab.saved = *std::find_if(list.begin(), list.end(), isIt);
            tab.opened = tab.saved->draft;
            tab.own = variablesOf(collection);
            m_bar->setTabText(int(i), tab.title());
            break;
        }
    }
    fillIn();
}

void ProbePage::followSaved(const std::vector<SavedCollection> &collections)
{
    for (RequestTab &tab : m_tabs) {
        if (!tab.saved)
            continue;
        for (const SavedCollection &collection : collections) {
            const auto &list = collection.requests;
            const auto isIt = [&tab](const SavedRequest &one) {
                return one.file == tab.saved->file && one.draft == tab.saved->draft;
            };
            const auto found = std::find_if(list.begin(), list.end(), isIt);
            if (found == list.end())
                continue;
            if (std::find(list.begin(), list.end(), *tab.saved) == list.end())
                tab.saved = *found;
            tab.own = variablesOf(collection);
            break;
        }
    }
    fillIn();
}

void ProbePage::showCollections()
{
    m_kept->setCurrentWidget(m_collections);
}

void ProbePage::showHistory()
{
    m_kept->setCurrentIndex(0);
}

} // namespace errata
