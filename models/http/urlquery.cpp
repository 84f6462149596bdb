#include "models/http/urlquery.h"

#include "models/http/formtext.h"

#include <algorithm>

namespace errata {

namespace {

struct UrlParts
{
    QByteArray before;             ///< up to the '?'
    std::vector<QByteArray> pairs; ///< as they stand
    QByteArray fragment;           ///< with its '#'
};

UrlParts partsOf(const QByteArray &url)
{
    UrlParts parts;
    const qsizetype hash = url.indexOf('#');
    const QByteArray whole = hash < 0 ? url : url.left(hash);
    parts.fragment = hash < 0 ? QByteArray() : url.mid(hash);
    const qsizetype mark = whole.indexOf('?');
    parts.before = mark < 0 ? whole : whole.left(mark);
    if (mark >= 0 && mark + 1 < whole.size()) {
        for (const QByteArray &pair : whole.mid(mark + 1).split('&'))
            parts.pairs.push_back(pair);
    }
    return parts;
}

bool isSame(const QByteArray &pair, const DraftField &row)
{
    const qsizetype equals = pair.indexOf('=');
    return pair.left(equals < 0 ? pair.size() : equals) == row.name &&
           (equals < 0 ? QByteArray() : pair.mid(equals + 1)) == row.value;
}

/// RFC 3986 section 3.4, and what stands there already: "%41" is not encoded again.
QByteArray encoded(const QByteArray &text, QByteArrayView alsoKept)
{
    QByteArray result;
    const std::vector<VariableUse> uses = variablesIn(text);
    auto use = uses.begin();
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (use != uses.end() && i == use->where.start) {
            result += text.mid(i, use->where.length);
            i = use->where.end() - 1;
            ++use;
            continue;
        }
        const char c = text[i];
        const bool isWord = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (isWord || QByteArrayView("-._~!$'()*+,;:@/?%").contains(c) || alsoKept.contains(c))
            result += c;
        else
            result += '%' + QByteArray(1, c).toHex().toUpper();
    }
    return result;
}

} // namespace

QByteArray withParameters(const QByteArray &url, const std::vector<DraftField> &rows)
{
    UrlParts parts = partsOf(url);
    QByteArrayList pairs;
    for (const DraftField &row : rows) {
        if (!row.enabled)
            continue;
        const auto standing = std::find_if(parts.pairs.begin(), parts.pairs.end(),
                                           [&row](const QByteArray &pair) { return isSame(pair, row); });
        if (standing != parts.pairs.end()) {
            pairs << *standing;
            parts.pairs.erase(parts.pairs.begin(), standing + 1);
        } else if (!(row.name.isEmpty() && row.value.isEmpty())) {
            pairs << encoded(row.name, {}) + '=' + encoded(row.value, "=");
        }
    }
    if (pairs.isEmpty())
        return parts.before + parts.fragment;
    return parts.before + '?' + pairs.join('&') + parts.fragment;
}

std::vector<DraftField> parameterRows(const QByteArray &url, const std::vector<DraftField> &before)
{
    std::vector<DraftField> rows = parametersOf(url);
    std::size_t at = 0; // how many rows of the URL stood before the parked one
    std::size_t parked = 0;
    for (const DraftField &row : before) {
        if (row.enabled) {
            ++at;
            continue;
        }
        rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(std::min(at + parked, rows.size())), row);
        ++parked;
    }
    return rows;
}

} // namespace errata
