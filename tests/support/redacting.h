// What the tests of redaction share.
#pragma once

#include "models/redact/redactor.h"

namespace errata {

inline constexpr const char *salt = "a salt for tests";

inline Redaction redacted(const QByteArray &text, const RedactionRules &rules = {})
{
    return Redactor(rules, salt).redact(text);
}

/// "token in JSON /a; password in field password"
inline QByteArray places(const RedactionReport &redaction)
{
    QByteArrayList list;
    for (const Masked &masked : redaction.masked)
        list << masked.type + " in " + masked.place;
    return list.join("; ");
}

} // namespace errata
