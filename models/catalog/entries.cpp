#include "models/catalog/entries.h"

#include <QHash>

#include <algorithm>
#include <mutex>

namespace errata {

QString foldedCode(QStringView code)
{
    QString folded = code.trimmed().toString().toLower();
    for (QChar &c : folded) {
        if (c == QLatin1Char('-') || c == QLatin1Char('.') || c == QLatin1Char(' '))
            c = QLatin1Char('_');
    }
    return folded;
}

struct Entries::Data
{
    std::once_flag asked;
    std::function<std::vector<Entry>()> read; ///< empty where the entries are given
    std::vector<Entry> entries;
    QHash<QString, const Entry *> byId;
    QHash<QString, std::vector<const Entry *>> byCode;
    QHash<QString, std::vector<const Entry *>> byFolded;

    void fill();
};

void Entries::Data::fill()
{
    if (read)
        entries = std::exchange(read, {})();
    for (const Entry &entry : entries) {
        byId.insert(entry.id, &entry);
        byCode[entry.code].push_back(&entry);
        byFolded[foldedCode(entry.code)].push_back(&entry);
        for (const QString &alias : entry.aliases) {
            std::vector<const Entry *> &owners = byFolded[foldedCode(alias)];
            if (std::find(owners.begin(), owners.end(), &entry) == owners.end())
                owners.push_back(&entry);
        }
    }
}

Entries::Entries(std::vector<Entry> entries) : m_data(std::make_shared<Data>())
{
    m_data->entries = std::move(entries);
}

Entries Entries::readWhenAsked(std::function<std::vector<Entry>()> read)
{
    Entries entries;
    entries.m_data = std::make_shared<Data>();
    entries.m_data->read = std::move(read);
    return entries;
}

const Entries::Data *Entries::data() const
{
    if (m_data)
        std::call_once(m_data->asked, &Data::fill, m_data.get());
    return m_data.get();
}

const std::vector<Entry> &Entries::all() const
{
    static const std::vector<Entry> none;
    const Data *own = data();
    return own ? own->entries : none;
}

const Entry *Entries::byId(const QString &id) const
{
    const Data *own = data();
    return own ? own->byId.value(id) : nullptr;
}

std::vector<const Entry *> Entries::exact(const QString &code) const
{
    const Data *own = data();
    return own ? own->byCode.value(code) : std::vector<const Entry *>();
}

std::vector<const Entry *> Entries::folded(const QString &folded) const
{
    const Data *own = data();
    return own ? own->byFolded.value(folded) : std::vector<const Entry *>();
}

} // namespace errata
