#include "views/lab/statustext.h"

namespace errata {

namespace {

std::optional<std::pair<int, int>> range(QStringView part)
{
    if (part.size() == 3 && part[0] >= u'1' && part[0] <= u'9' &&
        part.mid(1).compare(u"xx", Qt::CaseInsensitive) == 0) {
        const int hundred = (part[0].unicode() - u'0') * 100;
        return std::pair(hundred, hundred + 99);
    }
    const qsizetype dash = part.indexOf(u'-');
    bool ok = false;
    bool okEnd = true;
    const int from = part.left(dash < 0 ? part.size() : dash).trimmed().toInt(&ok);
    const int to = dash < 0 ? from : part.mid(dash + 1).trimmed().toInt(&okEnd);
    if (!ok || !okEnd || from < 100 || to > 999 || to < from)
        return std::nullopt;
    return std::pair(from, to);
}

} // namespace

Result<StatusSet> parseStatuses(QStringView text)
{
    StatusSet set;
    for (const QStringView part : text.tokenize(u',')) {
        const QStringView word = part.trimmed();
        if (word.isEmpty())
            continue;
        const auto found = range(word);
        if (!found)
            return Error{QStringLiteral("“%1” is no status: write 429, 5xx or 500-504").arg(word), {}};
        set.ranges.push_back(*found);
    }
    return set;
}

} // namespace errata
