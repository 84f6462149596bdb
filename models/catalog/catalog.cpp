#include "models/catalog/catalog.h"

#include "models/base/sidebyside.h"
#include "models/catalog/editdistance.h"

#include <algorithm>
#include <mutex>

namespace errata {

namespace {

template <typename T>
const T *byId(const std::vector<T> &list, QStringView id)
{
    const auto it = std::find_if(list.begin(), list.end(), [id](const T &item) { return item.id == id; });
    return it == list.end() ? nullptr : &*it;
}

} // namespace

bool Host::matches(QStringView host) const
{
    if (pattern.startsWith(QLatin1String("*.")))
        return host.endsWith(QStringView(pattern).mid(1), Qt::CaseInsensitive);
    return host.compare(pattern, Qt::CaseInsensitive) == 0;
}

const SourceDocument *Catalog::document(QStringView wanted) const
{
    return byId(documents, wanted);
}

const Surface *Catalog::surface(QStringView wanted) const
{
    return byId(surfaces, wanted);
}

const Category *Catalog::category(QStringView wanted) const
{
    return byId(categories, wanted);
}

const StatusRule *Catalog::statusRule(int status) const
{
    const auto it = std::find_if(statusRules.begin(), statusRules.end(),
                                 [status](const StatusRule &rule) { return statusIn(status, rule.statuses); });
    return it == statusRules.end() ? nullptr : &*it;
}

const ExitRule *Catalog::exitRule(const QString &code) const
{
    const auto fits = [&code](const ExitRule &rule) {
        if (!rule.code.isEmpty())
            return rule.code == code;
        if (!rule.suffix.isEmpty())
            return code.endsWith(rule.suffix);
        return rule.contains.isEmpty() || code.contains(rule.contains);
    };
    const auto it = std::find_if(exitRules.begin(), exitRules.end(), fits);
    return it == exitRules.end() ? nullptr : &*it;
}

QString Catalog::url(const Entry &entry) const
{
    const SourceDocument *source = document(entry.document);
    if (!source)
        return {};
    return entry.anchor.isEmpty() ? source->url : source->url + QLatin1Char('#') + entry.anchor;
}

bool statusIn(int status, QStringView list)
{
    for (QStringView part : list.split(QLatin1Char(','))) {
        part = part.trimmed();
        if (part.size() == 3 && part.endsWith(QLatin1String("xx"), Qt::CaseInsensitive)) {
            if (part.first(1).toInt() == status / 100)
                return true;
            continue;
        }
        const qsizetype dash = part.indexOf(QLatin1Char('-'));
        const int first = (dash < 0 ? part : part.first(dash)).toInt();
        const int last = dash < 0 ? first : part.mid(dash + 1).toInt();
        if (first > 0 && status >= first && status <= last)
            return true;
    }
    return false;
}

struct CatalogSet::Data
{
    std::vector<Catalog> catalogs;
    mutable std::once_flag asked;
    mutable std::vector<const Entry *> entries; ///< of all, once somebody asked for them
};

CatalogSet::CatalogSet(std::vector<Catalog> catalogs)
{
    auto data = std::make_shared<Data>();
    data->catalogs = std::move(catalogs);
    m_data = std::move(data);
}

const std::vector<Catalog> &CatalogSet::catalogs() const
{
    static const std::vector<Catalog> none;
    return m_data ? m_data->catalogs : none;
}

const Catalog *CatalogSet::catalog(QStringView api) const
{
    return byId(catalogs(), api);
}

const std::vector<const Entry *> &CatalogSet::entries() const
{
    static const std::vector<const Entry *> none;
    if (!m_data)
        return none;
    std::call_once(m_data->asked, [data = m_data.get()] {
        sideBySide(data->catalogs.size(), [&](std::size_t i) { static_cast<void>(data->catalogs[i].entries.all()); });
        for (const Catalog &catalog : data->catalogs) {
            for (const Entry &entry : catalog.entries)
                data->entries.push_back(&entry);
        }
    });
    return m_data->entries;
}

const Entry *CatalogSet::entry(const QString &id) const
{
    for (const Catalog &catalog : catalogs()) {
        // An entry's id begins with its API's.
        if (!id.startsWith(catalog.id))
            continue;
        if (const Entry *entry = catalog.entries.byId(id))
            return entry;
    }
    return nullptr;
}

namespace {

/// What \a find finds in the entries of the API, or of every one.
template <typename Find>
std::vector<const Entry *> gathered(const CatalogSet &set, QStringView api, Find find)
{
    if (api.isEmpty())
        static_cast<void>(set.entries()); // reads them side by side
    std::vector<const Entry *> found;
    for (const Catalog &catalog : set.catalogs()) {
        if (!api.isEmpty() && catalog.id != api)
            continue;
        const std::vector<const Entry *> own = find(catalog.entries);
        found.insert(found.end(), own.begin(), own.end());
    }
    return found;
}

} // namespace

std::vector<const Entry *> CatalogSet::exact(const QString &code, QStringView api) const
{
    return gathered(*this, api, [&code](const Entries &entries) { return entries.exact(code); });
}

std::vector<const Entry *> CatalogSet::folded(const QString &code, QStringView api) const
{
    const QString wanted = foldedCode(code);
    std::vector<const Entry *> found =
        gathered(*this, api, [&wanted](const Entries &entries) { return entries.folded(wanted); });
    std::erase_if(found, [&code](const Entry *entry) { return entry->code == code; });
    return found;
}

std::vector<const Entry *> CatalogSet::near(const QString &code, QStringView api, int most) const
{
    const QString wanted = foldedCode(code);
    // A third of the letters wrong is no typo any more.
    const int limit = std::min(3, static_cast<int>(wanted.size()) / 3);
    std::vector<std::pair<int, const Entry *>> found;
    for (const Catalog &catalog : catalogs()) {
        if (!api.isEmpty() && catalog.id != api)
            continue;
        for (const Entry &entry : catalog.entries) {
            const int distance = editDistance(wanted, foldedCode(entry.code), limit);
            if (distance > 0 && distance <= limit)
                found.emplace_back(distance, &entry);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<const Entry *> nearest;
    for (const auto &[distance, entry] : found) {
        if (static_cast<int>(nearest.size()) == most)
            break;
        nearest.push_back(entry);
    }
    return nearest;
}

} // namespace errata
