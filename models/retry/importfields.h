// The fields of libraries' retry configuration, and what each does to a policy.
#pragma once

#include "models/json/jsondocument.h"
#include "models/retry/retrypolicy.h"

#include <vector>

namespace errata {

/// What fields are read into.
struct ImportTarget
{
    RetryPolicy policy;
    QStringList notes;
};

/// Null where the value is taken, else what was expected.
using ImportField = const char *(*)(const JsonValue &value, ImportTarget &target);

struct ImportedField
{
    const char *name; ///< lower case, without dashes and underscores
    ImportField set;
};

struct ImportedLibrary
{
    const char *title;
    const char *preset; ///< whose defaults hold for what is not said
    /// One of these has all its keys in the object: "a b", "c".
    std::vector<const char *> signs;
    std::vector<ImportedField> fields;
    std::vector<ImportedField> outer; ///< of the objects around it
    /// After the fields: what several of them say together.
    void (*finish)(const JsonValue &object, ImportTarget &target);
};

[[nodiscard]] const std::vector<ImportedLibrary> &importedLibraries();

/// "maxAttempts", "max-attempts" and "MAX_ATTEMPTS" are one key.
[[nodiscard]] QByteArray foldedKey(const QString &key);
/// The member of that folded key; absent where there is none.
[[nodiscard]] JsonValue foldedMember(const JsonValue &object, const char *key);

} // namespace errata
