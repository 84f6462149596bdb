#include "views/bodyview/foldmap.h"

#include <algorithm>

namespace errata {

void FoldMap::clear()
{
    m_folds.clear();
    m_hidden.clear();
}

void FoldMap::fold(qsizetype open, qsizetype close)
{
    m_folds[open] = close;
    rebuild();
}

void FoldMap::unfold(qsizetype open)
{
    if (m_folds.erase(open) > 0)
        rebuild();
}

bool FoldMap::reveal(qsizetype line)
{
    const std::size_t before = m_folds.size();
    for (auto fold = m_folds.begin(); fold != m_folds.end() && fold->first < line;)
        fold = line <= fold->second ? m_folds.erase(fold) : std::next(fold);
    if (m_folds.size() == before)
        return false;
    rebuild();
    return true;
}

std::optional<qsizetype> FoldMap::closeOf(qsizetype open) const
{
    const auto fold = m_folds.find(open);
    return fold == m_folds.end() ? std::nullopt : std::optional(fold->second);
}

void FoldMap::rebuild()
{
    m_hidden.clear();
    qsizetype hidden = 0;
    for (const auto &[open, close] : m_folds) {
        if (!m_hidden.empty() && open <= m_hidden.back().close)
            continue;
        m_hidden.push_back({open, close, hidden});
        hidden += close - open;
    }
}

qsizetype FoldMap::rowOf(qsizetype line) const
{
    const auto after = std::upper_bound(m_hidden.begin(), m_hidden.end(), line,
                                        [](qsizetype wanted, const Hidden &h) { return wanted < h.open; });
    if (after == m_hidden.begin())
        return line;
    const Hidden &fold = *(after - 1);
    return line <= fold.close ? fold.open - fold.hiddenBefore : line - fold.hiddenBefore - fold.count();
}

qsizetype FoldMap::lineAt(qsizetype row) const
{
    const auto after = std::upper_bound(m_hidden.begin(), m_hidden.end(), row, [](qsizetype wanted, const Hidden &h) {
        return wanted < h.open - h.hiddenBefore;
    });
    if (after == m_hidden.begin())
        return row;
    const Hidden &fold = *(after - 1);
    const qsizetype openRow = fold.open - fold.hiddenBefore;
    return row == openRow ? fold.open : row + fold.hiddenBefore + fold.count();
}

} // namespace errata
