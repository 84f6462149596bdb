// The entries of one catalog, looked up by code. Those of a shipped file are read when they are first asked for: a
// reply is told by its shape, which no entry says, so that most catalogs of most runs need none.
#pragma once

#include "models/catalog/entry.h"

#include <functional>
#include <memory>

namespace errata {

/// Lower case, with '-', '_', '.' and blanks all as '_': codes that differ only in spelling fold to
/// the same text.
[[nodiscard]] QString foldedCode(QStringView code);

/// A value; copies share the entries, which never change and stay where they are as long as one copy lives. May be
/// asked from several threads.
class Entries
{
public:
    Entries() = default;
    Entries(std::vector<Entry> entries); // NOLINT(google-explicit-constructor): a list of them is what this is
    /// \a read is called once, by whoever asks first.
    [[nodiscard]] static Entries readWhenAsked(std::function<std::vector<Entry>()> read);

    [[nodiscard]] const std::vector<Entry> &all() const;
    [[nodiscard]] auto begin() const { return all().begin(); }
    [[nodiscard]] auto end() const { return all().end(); }
    [[nodiscard]] std::size_t size() const { return all().size(); }
    [[nodiscard]] const Entry &front() const { return all().front(); }
    [[nodiscard]] const Entry &back() const { return all().back(); }
    [[nodiscard]] const Entry &operator[](std::size_t index) const { return all()[index]; }

    [[nodiscard]] const Entry *byId(const QString &id) const;
    /// Entries of that code, spelled exactly so.
    [[nodiscard]] std::vector<const Entry *> exact(const QString &code) const;
    /// Entries of whose code or one of whose aliases \a folded is the folded text.
    [[nodiscard]] std::vector<const Entry *> folded(const QString &folded) const;

private:
    struct Data;
    [[nodiscard]] const Data *data() const;

    std::shared_ptr<Data> m_data;
};

} // namespace errata
