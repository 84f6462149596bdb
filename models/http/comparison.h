// Two answers side by side, as rows: status, header fields, body.
#pragma once

#include "models/base/limits.h"
#include "models/http/message.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace errata {

/// Of larger bodies it is only told whether they are the same: their trees would take ten times the bytes.
inline constexpr qint64 largestComparedBody = 16 * limits::Megabyte;

struct ComparedRow
{
    enum class Mark {
        Heading, ///< "Status", "Headers", "Body"
        Equal,
        Hidden, ///< equal rows that are left out; the text says how many
        Added,  ///< in the right alone
        Removed,
        Changed,
        Moved,
        More, ///< the limits end here; the text says so
    };

    Mark mark = Mark::Equal;
    QString left;
    QString right;
    QString where = {};  ///< JSON Pointers, a header's name, or line numbers of a difference
    int difference = -1; ///< which one this row belongs to, from 0; a removed object takes several rows

    [[nodiscard]] bool isDifference() const { return difference >= 0; }
};

struct Comparison
{
    std::vector<ComparedRow> rows;
    int differences = 0;
    bool isWhole = true; ///< false: there may be more differences than are shown
    QStringList notes;   ///< what is no difference and yet not the same: the order of keys, the layout
};

/// Bodies by their values where both are JSON, by lines where both are text, by their digest otherwise and where they
/// are larger than largestComparedBody. Takes its time: not for the window's thread.
[[nodiscard]] Comparison compareAnswers(const HttpResponse &left, const HttpResponse &right);

/// As text for the clipboard: "- ", "+ ", "  " before each line.
[[nodiscard]] QString comparisonText(const Comparison &comparison);

} // namespace errata
