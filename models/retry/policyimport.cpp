#include "models/retry/policyimport.h"

#include "models/base/limits.h"
#include "models/retry/importfields.h"

#include <algorithm>

namespace errata {

namespace {

/// An object and those around it, from the root.
struct Place
{
    std::vector<JsonValue> chain;
    QStringList names; ///< of the steps between them

    [[nodiscard]] QString pointer(std::size_t depth) const
    {
        QString text;
        for (const QString &name : names.mid(0, static_cast<qsizetype>(depth)))
            text += u'/' + name;
        return text;
    }
};

/// An object is no sign: {"retries": {...}} leads on to AWS's settings, {"retries": 3} is axios-retry.
bool holds(const JsonValue &object, const QByteArray &keys)
{
    const QList<QByteArray> all = keys.split(' ');
    return std::all_of(all.begin(), all.end(), [&object](const QByteArray &key) {
        const JsonValue member = foldedMember(object, key.constData());
        return !member.isAbsent() && !member.isObject();
    });
}

const ImportedLibrary *libraryOf(const JsonValue &object)
{
    const auto &libraries = importedLibraries();
    const auto found = std::find_if(libraries.begin(), libraries.end(), [&object](const ImportedLibrary &library) {
        return std::any_of(library.signs.begin(), library.signs.end(),
                           [&object](const char *keys) { return holds(object, keys); });
    });
    return found == libraries.end() ? nullptr : &*found;
}

/// The first object, in the order of the text, that a library knows.
const ImportedLibrary *find(const JsonValue &value, Place &place)
{
    constexpr std::size_t deepest = 8;
    if ((!value.isObject() && !value.isArray()) || place.chain.size() == deepest)
        return nullptr;
    place.chain.push_back(value);
    if (value.isObject()) {
        if (const ImportedLibrary *library = libraryOf(value))
            return library;
    }
    qsizetype index = 0;
    for (const JsonValue &child : value.children()) {
        place.names << (value.isObject() ? child.key() : QString::number(index++));
        if (const ImportedLibrary *library = find(child, place))
            return library;
        place.names.removeLast();
    }
    place.chain.pop_back();
    return nullptr;
}

std::optional<RetryPolicy> presetOf(const ImportedLibrary &library)
{
    return readShippedPolicy(QString::fromLatin1(library.preset));
}

class Import
{
public:
    Import(const ImportedLibrary &library, const Place &place, QString fileName)
        : m_library(library), m_place(place), m_file(std::move(fileName))
    {
    }

    Result<ImportedPolicy> run(RetryPolicy preset)
    {
        m_target.policy = std::move(preset);
        const std::size_t last = m_place.chain.size() - 1;
        for (std::size_t depth = 0; depth < last && !m_error; ++depth)
            around(depth);
        if (!m_error)
            inner(last);
        if (m_error)
            return *m_error;
        if (m_library.finish)
            m_library.finish(m_place.chain.back(), m_target);
        name();
        return ImportedPolicy{std::move(m_target.policy), std::move(m_target.notes)};
    }

private:
    void take(const std::vector<ImportedField> &fields, const JsonValue &value, const QString &pointer)
    {
        const QByteArray key = foldedKey(value.key());
        const auto field =
            std::find_if(fields.begin(), fields.end(), [&key](const ImportedField &one) { return key == one.name; });
        if (field == fields.end()) {
            m_target.notes << QStringLiteral("%1 is not read").arg(pointer);
        } else if (const char *expected = field->set(value, m_target); expected && !m_error) {
            const QString what = QStringLiteral("expected %1, found %2")
                                     .arg(QLatin1String(expected), QString::fromUtf8(value.raw().left(40)));
            m_error = Error{what, m_file + QStringLiteral(": ") + pointer};
        }
    }

    void inner(std::size_t depth)
    {
        for (const JsonValue &value : m_place.chain[depth].children())
            take(m_library.fields, value, m_place.pointer(depth) + u'/' + value.key());
    }

    /// What stands beside the way to the object.
    void around(std::size_t depth)
    {
        const JsonValue &outer = m_place.chain[depth];
        const QString step = m_place.names[static_cast<qsizetype>(depth)];
        if (outer.isArray()) {
            if (outer.size() > 1)
                m_target.notes << QStringLiteral("only %1 is read, of %2 elements")
                                      .arg(m_place.pointer(depth + 1))
                                      .arg(outer.size());
            return;
        }
        for (const JsonValue &value : outer.children()) {
            if (value.key() != step)
                take(m_library.outer, value, m_place.pointer(depth) + u'/' + value.key());
        }
    }

    void name()
    {
        RetryPolicy &policy = m_target.policy;
        const QString title = QString::fromUtf8(m_library.title);
        policy.version = QStringLiteral("as configured; the rest as in %1, %2").arg(policy.id, policy.version);
        policy.id = QStringLiteral("imported");
        policy.name = title + QStringLiteral(", imported");
        policy.quirks.clear(); // they are about the defaults
        policy.documented.reset();
        m_target.notes.prepend(QStringLiteral("read as %1; what it does not say is as in %2")
                                   .arg(title, QString::fromLatin1(m_library.preset)));
    }

    const ImportedLibrary &m_library;
    const Place &m_place;
    QString m_file;
    ImportTarget m_target;
    std::optional<Error> m_error;
};

QString knownLibraries()
{
    QStringList titles;
    for (const ImportedLibrary &library : importedLibraries())
        titles << QString::fromUtf8(library.title);
    titles.removeDuplicates();
    return titles.join(QStringLiteral(", "));
}

} // namespace

Result<ImportedPolicy> importPolicy(const QByteArray &bytes, const QString &fileName)
{
    if (bytes.size() > limits::catalogFile)
        return Error{
            QStringLiteral("larger than %1 MB, expected retry settings").arg(limits::catalogFile / limits::Megabyte),
            fileName};
    const auto document = JsonDocument::parse(bytes);
    if (!document)
        return Error{document.error().text(), fileName};
    Place place;
    const ImportedLibrary *library = find(document->root(), place);
    std::optional<RetryPolicy> preset = library ? presetOf(*library) : std::nullopt;
    if (!preset)
        return Error{QStringLiteral("expected the retry settings of one of ") + knownLibraries(), fileName};
    return Import(*library, place, fileName).run(*std::move(preset));
}

Result<ImportedPolicy> readOrImportPolicy(const QByteArray &bytes, const QString &fileName)
{
    Result<RetryPolicy> own = readPolicy(bytes, fileName);
    if (own)
        return ImportedPolicy{std::move(own).value(), {}};
    // Of a file that says it is of our form, our reader's fault is the one to tell.
    const auto document = JsonDocument::parse(bytes);
    if (!document || !document->root()["format"].isAbsent())
        return own.error();
    return importPolicy(bytes, fileName);
}

} // namespace errata
