// Every way to the clipboard: secrets are masked on it, and it is said how many.
#pragma once

#include "models/redact/redaction.h"

#include <QString>

namespace errata {

class Copying
{
public:
    void setRules(RedactionRules rules) { m_rules = std::move(rules); }

    /// Both return \a said with what was masked: "Copied: the reply, 2 secrets masked."
    [[nodiscard]] QString copy(const QString &text, const QString &said) const;
    /// For this text alone, because the user has asked for it by name.
    [[nodiscard]] QString copyWithSecrets(const QString &text, const QString &said) const;

private:
    RedactionRules m_rules;
};

} // namespace errata
