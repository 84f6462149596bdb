// What a person typed into the search field, as terms and filters.
//
//   429                     entries with that status (and codes or texts that hold it)
//   RATE_LIMIT_EXCEEDED     that code, exactly first; then rate-limit-exceeded and the like
//   rate limit              both words, in the code, the title or the meaning
//   "too many"              the words in that order
//   nullspace: volume       "volume" in Nullspace alone; also api:nullspace volume
//   status:4xx  status:none retry:yes  retry:after-wait  retry:unstated
//   is:inferred             entries with a fact of that provenance; is:stated, is:companion
//   is:error  is:note       errors; what is documented but no error
//   is:pinned  is:noted     with a pin or a note of one's own
//   surface:edge  section:volumes  category:user
//   -captcha                without that word
//   ratelmit                typos: when nothing else fits, near words
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace errata {

/// key:value of the grammar above, value folded to lower case.
struct SearchFilter
{
    QString key;
    QString value;
    bool negated = false;
    friend bool operator==(const SearchFilter &, const SearchFilter &) = default;
};

struct SearchTerm
{
    QString text;  ///< folded: lower case, '-' and '_' as blanks inside
    QString typed; ///< as typed, to tell the exact spelling
    bool phrase = false;
    bool negated = false;
    friend bool operator==(const SearchTerm &, const SearchTerm &) = default;
};

struct SearchQuery
{
    std::vector<SearchTerm> terms;
    std::vector<SearchFilter> filters;
    QStringList problems; ///< what was not understood, e.g. "retry:maybe: expected yes, no, ..."

    [[nodiscard]] bool isEmpty() const { return terms.empty() && filters.empty(); }
    /// \a apis are the ids that may stand before a colon. Never fails: what is not understood is a word
    /// to search for and is named in problems.
    [[nodiscard]] static SearchQuery parse(QStringView text, const QStringList &apis);
    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

} // namespace errata
