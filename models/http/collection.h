// Requests that belong together, whatever tool saved them.
#pragma once

#include "models/http/requestdraft.h"

namespace errata {

struct Collection
{
    QString name;
    std::vector<RequestDraft> requests; ///< each knows its folder
    std::vector<Environment> environments;
    QStringList notCarried; ///< what the file says and Errata cannot keep: "pre-request script of 'Log in'"
    friend bool operator==(const Collection &, const Collection &) = default;
};

} // namespace errata
