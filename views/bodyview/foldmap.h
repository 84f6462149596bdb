// Which lines are hidden by folds, and where the others stand.
#pragma once

#include <QtGlobal>

#include <map>
#include <optional>
#include <vector>

namespace errata {

/// A fold hides the lines (open, close]. Folds inside a fold are kept and show again when it is opened.
class FoldMap
{
public:
    void clear();
    void fold(qsizetype open, qsizetype close);
    void unfold(qsizetype open);
    /// Opens every fold that hides \a line; whether there was one.
    bool reveal(qsizetype line);
    /// The closing line of the fold at a line.
    [[nodiscard]] std::optional<qsizetype> closeOf(qsizetype open) const;
    [[nodiscard]] bool isEmpty() const { return m_folds.empty(); }
    [[nodiscard]] qsizetype hiddenLines() const
    {
        return m_hidden.empty() ? 0 : m_hidden.back().hiddenBefore + m_hidden.back().count();
    }

    /// The row of a line among those shown; of its fold's opening line where it is hidden.
    [[nodiscard]] qsizetype rowOf(qsizetype line) const;
    [[nodiscard]] qsizetype lineAt(qsizetype row) const;

private:
    struct Hidden
    {
        qsizetype open = 0;
        qsizetype close = 0;
        qsizetype hiddenBefore = 0;
        [[nodiscard]] qsizetype count() const { return close - open; }
    };
    void rebuild();

    std::map<qsizetype, qsizetype> m_folds;
    std::vector<Hidden> m_hidden; ///< the outermost folds
};

} // namespace errata
