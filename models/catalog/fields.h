// Reads the fields of one JSON object of a catalog file and collects what is wrong with them.
#pragma once

#include "models/catalog/catalogreader.h"
#include "models/json/jsondocument.h"

#include <functional>

namespace errata {

/// Where faults of one file go.
class FaultList
{
public:
    FaultList(QString file, QByteArray bytes, std::vector<CatalogFault> &faults)
        : m_file(std::move(file)), m_bytes(std::move(bytes)), m_faults(faults)
    {
    }
    /// \a entry says which part of the file is being read, until the next call.
    void enter(const QString &entry) { m_entry = entry; }
    void add(const JsonValue &at, const QString &field, const QString &reason);
    [[nodiscard]] std::size_t count() const { return m_faults.size(); }
    [[nodiscard]] const QString &file() const { return m_file; }

private:
    QString m_file;
    QByteArray m_bytes;
    QString m_entry;
    std::vector<CatalogFault> &m_faults;
};

/// The members of one object. Every read names the member; finish() reports those that nobody asked
/// for, so a misspelt field is told and not ignored.
class Fields
{
public:
    /// Where an object hangs: the member \a name of \a parent, or its element \a index. The words for it are made only
    /// when there is a fault to tell.
    struct Place
    {
        const Fields *parent = nullptr;
        const char *name = nullptr;
        int index = -1;

        [[nodiscard]] QString text() const;
    };

    Fields(const JsonValue &object, Place place, FaultList &faults);

    [[nodiscard]] QString string(const char *name);
    [[nodiscard]] QString requiredString(const char *name);
    [[nodiscard]] QStringList strings(const char *name);
    [[nodiscard]] bool boolean(const char *name, bool fallback);
    [[nodiscard]] std::optional<qint64> integer(const char *name);
    [[nodiscard]] qint64 requiredInteger(const char *name);
    [[nodiscard]] QRegularExpression pattern(const char *name);
    [[nodiscard]] Provenance provenance(Provenance fallback);
    [[nodiscard]] Provenance requiredProvenance();
    [[nodiscard]] RetryVerdict verdict(const char *name, bool required);
    /// Any member, marked as read.
    [[nodiscard]] const JsonValue &value(const char *name);
    /// The object \a name, if it is there; \a read gets its fields.
    void object(const char *name, const std::function<void(Fields &)> &read);
    /// Each element of the array \a name that is an object.
    void objects(const char *name, const std::function<void(Fields &)> &read);
    /// A statement: a bare string (provenance \a fallback) or {text, provenance, source, note}.
    [[nodiscard]] Fact<QString> text(const char *name, Provenance fallback, const QString &document);
    [[nodiscard]] std::vector<Fact<QString>> texts(const char *name, Provenance fallback, const QString &document);

    void fault(const char *name, const QString &reason);
    /// Reports members that were never read.
    void finish();

    [[nodiscard]] const JsonValue &json() const { return m_object; }
    [[nodiscard]] FaultList &faults() { return m_faults; }

private:
    [[nodiscard]] Fact<QString> textOf(const JsonValue &value, Place place, Provenance fallback,
                                       const QString &document);
    [[nodiscard]] QString member(const QString &name) const;

    struct Member
    {
        JsonValue value;
        QByteArrayView key; ///< as it stands
        bool isEscaped = false;
        bool read = false;

        [[nodiscard]] bool is(QByteArrayView name) const { return isEscaped ? value.hasKey(name) : key == name; }
    };
    /// Where \a name stands in m_members; their number where it does not.
    [[nodiscard]] std::size_t find(QByteArrayView name) const;
    [[nodiscard]] const JsonValue &at(std::size_t member) const;

    JsonValue m_object;
    std::vector<Member> m_members; ///< looked up by walking: objects here have a dozen members
    std::size_t m_next = 0;        ///< where the walk begins: behind the last one read
    Place m_place;
    FaultList &m_faults;
};

} // namespace errata
