#include "models/json/jsondiff.h"

#include "models/json/jsonarraymatch.h"
#include "models/json/jsonhashes.h"

#include <QHash>

#include <algorithm>

namespace errata {

namespace {

using Kind = JsonDiffStep::Kind;

QString childPath(const QString &path, QString key)
{
    key.replace(QLatin1Char('~'), QStringLiteral("~0")).replace(QLatin1Char('/'), QStringLiteral("~1"));
    return path + QLatin1Char('/') + key;
}

QString childPath(const QString &path, int index)
{
    return path + QLatin1Char('/') + QString::number(index);
}

class Differ
{
public:
    Differ(const JsonDocument &left, const JsonDocument &right, const JsonDiffLimits &limits)
        : m_left(left), m_right(right), m_limits(limits)
    {
    }

    JsonDiff run()
    {
        compare({0, 0, {}, {}, 0, false});
        return std::move(m_diff);
    }

private:
    struct Pair
    {
        std::uint32_t left;
        std::uint32_t right;
        QString leftPath;
        QString rightPath;
        int depth;
        bool moved;
    };

    void compare(const Pair &pair)
    {
        if (m_left.hash(pair.left) == m_right.hash(pair.right)) {
            const bool reordered = isReordered(pair.left, pair.right);
            if (pair.moved)
                add({Kind::Moved, pair.depth, m_left.value(pair.left), m_right.value(pair.right), pair.leftPath,
                     pair.rightPath, true, reordered});
            else
                add({Kind::Equal,
                     pair.depth,
                     m_left.value(pair.left),
                     m_right.value(pair.right),
                     {},
                     {},
                     false,
                     reordered});
            return;
        }
        const JsonKind kind = m_left.node(pair.left).kind;
        const bool sameKind = kind == m_right.node(pair.right).kind;
        if (!sameKind || (kind != JsonKind::Object && kind != JsonKind::Array))
            return add({Kind::Changed, pair.depth, m_left.value(pair.left), m_right.value(pair.right), pair.leftPath,
                        pair.rightPath, pair.moved, false});
        const bool reordered = kind == JsonKind::Object && hasOtherOrder(pair.left, pair.right);
        add({Kind::Open, pair.depth, m_left.value(pair.left), m_right.value(pair.right), pair.leftPath, pair.rightPath,
             pair.moved, reordered});
        if (kind == JsonKind::Object)
            compareMembers(pair);
        else
            compareElements(pair);
        add({Kind::Close, pair.depth, m_left.value(pair.left), m_right.value(pair.right), {}, {}, false, false});
    }

    void compareMembers(const Pair &pair)
    {
        const std::vector<JsonMember> left = m_left.members(pair.left);
        const std::vector<JsonMember> right = m_right.members(pair.right);
        QHash<std::pair<QByteArray, int>, std::size_t> places;
        for (std::size_t j = 0; j < right.size(); ++j)
            places.insert({right[j].key, right[j].occurrence}, j);
        std::vector<bool> paired(right.size(), false);
        for (const JsonMember &member : left) {
            if (m_full)
                return;
            const QString key = m_left.value(member.value).key();
            const QString leftPath = childPath(pair.leftPath, key);
            const auto found = places.constFind({member.key, member.occurrence});
            if (found == places.constEnd()) {
                add({Kind::Removed, pair.depth + 1, m_left.value(member.value), {}, leftPath, {}, false, false});
                continue;
            }
            paired[*found] = true;
            compare(
                {member.value, right[*found].value, leftPath, childPath(pair.rightPath, key), pair.depth + 1, false});
        }
        for (std::size_t j = 0; j < right.size() && !m_full; ++j) {
            const JsonValue value = m_right.value(right[j].value);
            if (!paired[j])
                add({Kind::Added, pair.depth + 1, {}, value, {}, childPath(pair.rightPath, value.key()), false, false});
        }
    }

    void compareElements(const Pair &pair)
    {
        const std::vector<std::uint32_t> left = m_left.elements(pair.left);
        const std::vector<std::uint32_t> right = m_right.elements(pair.right);
        const ArrayMatch match = matchElements(m_left, left, m_right, right, m_limits.edits);
        std::size_t i = 0;
        std::size_t j = 0;
        while ((i < left.size() || j < right.size()) && !m_full) {
            if (i < left.size() && match.left[i].index < 0) {
                add({Kind::Removed,
                     pair.depth + 1,
                     m_left.value(left[i]),
                     {},
                     childPath(pair.leftPath, int(i)),
                     {},
                     false,
                     false});
                ++i;
            } else if (i < left.size() && match.left[i].moved) {
                ++i; // told where it stands in the right
            } else if (j < right.size() && match.right[j].index < 0) {
                add({Kind::Added,
                     pair.depth + 1,
                     {},
                     m_right.value(right[j]),
                     {},
                     childPath(pair.rightPath, int(j)),
                     false,
                     false});
                ++j;
            } else {
                const auto from = static_cast<std::size_t>(match.right[j].index);
                const bool moved = match.right[j].moved;
                compare({left[from], right[j], childPath(pair.leftPath, int(from)), childPath(pair.rightPath, int(j)),
                         pair.depth + 1, moved});
                ++j;
                i += moved ? 0 : 1;
            }
        }
    }

    [[nodiscard]] bool hasOtherOrder(std::uint32_t left, std::uint32_t right) const
    {
        QHash<std::pair<QByteArray, int>, int> places;
        int place = 0;
        for (const JsonMember &member : m_right.members(right))
            places.insert({member.key, member.occurrence}, place++);
        int before = -1;
        for (const JsonMember &member : m_left.members(left)) {
            const auto found = places.constFind({member.key, member.occurrence});
            if (found == places.constEnd())
                continue;
            if (*found < before)
                return true;
            before = *found;
        }
        return false;
    }

    /// Of equal values: whether members stand in another order anywhere within.
    [[nodiscard]] bool isReordered(std::uint32_t left, std::uint32_t right) const
    {
        return m_left.layoutHash(left) != m_right.layoutHash(right);
    }

    void add(JsonDiffStep step)
    {
        if (m_diff.steps.size() < m_limits.steps) {
            m_diff.steps.push_back(std::move(step));
            return;
        }
        m_diff.isWhole = false;
        m_full = true;
    }

    const JsonHashes m_left;
    const JsonHashes m_right;
    const JsonDiffLimits m_limits;
    JsonDiff m_diff;
    bool m_full = false;
};

} // namespace

qsizetype JsonDiff::differences() const
{
    return std::count_if(steps.begin(), steps.end(), [](const JsonDiffStep &step) { return step.isDifference(); });
}

bool JsonDiff::isReordered() const
{
    return std::any_of(steps.begin(), steps.end(), [](const JsonDiffStep &step) { return step.reordered; });
}

JsonDiff diffJson(const JsonDocument &left, const JsonDocument &right, const JsonDiffLimits &limits)
{
    return Differ(left, right, limits).run();
}

} // namespace errata
