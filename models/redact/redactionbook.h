// What one export knows: the rules in the form the scanners ask for, and the placeholders given so far.
#pragma once

#include "models/redact/secretnames.h"
#include "models/redact/secretvalues.h"
#include "models/redact/wordstarts.h"

#include <QHash>

namespace errata {

/// The same secret always gets the same placeholder, whatever it was taken for the second time.
class Placeholders
{
public:
    explicit Placeholders(const QByteArray &salt) : m_salt(salt) {}

    struct Given
    {
        QByteArray type;
        QByteArray text;
    };
    [[nodiscard]] Given of(QByteArrayView secret, const QByteArray &type);

private:
    QByteArray m_salt;
    QHash<QByteArray, Given> m_given; ///< by the digest's first half
};

struct RedactionBook
{
    RedactionBook(const RedactionRules &rules, const QByteArray &salt)
        : names(rules), prefixes(rules), starts(rules), patterns(rules.patterns), placeholders(salt)
    {
    }

    SecretNames names;
    KeyPrefixes prefixes;
    WordStarts starts;
    std::vector<UserPattern> patterns;
    Placeholders placeholders;
    qint64 unpackLeft = 0; ///< compressed data of one text is not unpacked beyond it
};

} // namespace errata
