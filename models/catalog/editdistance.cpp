#include "models/catalog/editdistance.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace errata {

int editDistance(QStringView a, QStringView b, int limit)
{
    if (std::abs(a.size() - b.size()) > limit)
        return limit + 1;
    const auto columns = static_cast<std::size_t>(b.size()) + 1;
    std::vector<int> rows(3 * columns);
    int *beforeLast = rows.data();
    int *last = beforeLast + columns;
    int *current = last + columns;
    for (std::size_t j = 0; j < columns; ++j)
        last[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        current[0] = static_cast<int>(i);
        int best = current[0];
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            current[j] = std::min({replaced, last[j] + 1, current[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                current[j] = std::min(current[j], beforeLast[j - 2] + 1);
            best = std::min(best, current[j]);
        }
        if (best > limit)
            return limit + 1;
        int *free = beforeLast;
        beforeLast = last;
        last = current;
        current = free;
    }
    return std::min(last[b.size()], limit + 1);
}

} // namespace errata
