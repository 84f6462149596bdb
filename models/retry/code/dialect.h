// How a language writes the trees of expression.h, and a program made of them.
#pragma once

#include "models/retry/code/expression.h"
#include "models/retry/retrypolicy.h"

#include <initializer_list>
#include <utility>

namespace errata::code {

/// Names of functions and pieces of syntax; `{x}` stands for what comes in.
struct Dialect
{
    const char *indent = "  ";
    const char *end = ";"; ///< of a statement
    const char *logicalAnd = " && ";
    const char *logicalOr = " || ";
    const char *logicalNot = "!";
    const char *yes = "true";
    const char *no = "false";
    bool writesPoint = true; ///< 1 is a whole number, 1.0 is none
    bool bracesConditions = true;
    bool bracesOnOwnLine = false;
    bool indentsOnly = false;     ///< Python: no braces at all
    const char *statePrefix = ""; ///< of step and previous
    const char *infinity = "Infinity";
    const char *chance = "Math.random()";
    const char *elapsed = "Date.now() - begin";
    const char *min = "Math.min";
    const char *max = "Math.max";
    const char *pow = "Math.pow";
    const char *floor = "Math.floor";
    const char *tanh = "Math.tanh";
    const char *sqrt = "Math.sqrt";
    const char *table = "[{values}][{index} - 1]";
    const char *choose = "{condition} ? {then} : {otherwise}";
    const char *isRead = "read !== undefined";
    const char *read = "read";
    const char *present = "headerOf(outcome, \"{name}\") !== undefined";
    const char *failed = "outcome.failure === \"{name}\"";
    const char *equal = " === ";
    const char *declareNumber = "let {name} = {value}";
    const char *declareTruth = "let {name} = {value}";
    const char *readWait = "const read = readWait(outcome)";
    const char *readFlag = "const flag = flagOf(outcome)";
    // Lines, each ended as they stand here.
    const char *giveUp = "throw new GaveUp(\"{reason}\", outcome);";
    const char *returns = "return outcome;";
    const char *sleep = "";
    const char *wait = "";
};

[[nodiscard]] QByteArray printed(const Dialect &dialect, const Expression &expression);
/// \a depth in steps of indentation.
[[nodiscard]] QByteArray printed(const Dialect &dialect, const Statements &statements, int depth);

/// \a text with `{name}` replaced, each once named; other braces stay.
[[nodiscard]] QByteArray filled(QByteArray text,
                                std::initializer_list<std::pair<const char *, QByteArray>> replacements);

/// A function that reads headers, in lines of one language.
struct HeaderLines
{
    const char *begin;  ///< of a function that reads the wait
    const char *open;   ///< {header}: its text is there
    const char *value;  ///< {function}, {unit}: read as a number and given back
    const char *always; ///< the same where no number is NaN
    const char *epoch;  ///< {function}, {epoch}: read as a date
    const char *date;   ///< read as a date by readDate
    const char *none;   ///< nothing can be read
    const char *close;
    const char *end;
    const char *flagBegin; ///< of a function that reads a flag
    const char *flag;      ///< {header}
    const char *flagEnd;
};

/// The functions that readers of numbers have in a language, and their definitions; null where it has none.
struct NumberReaders
{
    struct Reader
    {
        const char *name = nullptr;
        const char *text = nullptr;
    };
    Reader digits;
    Reader integer;
    Reader decimal;
    Reader jsNumber;
    Reader leadingDigits;

    [[nodiscard]] const Reader *of(NumberForm form) const;
};

/// Which dates a language's standard library reads.
enum class DateReach {
    None,
    ImfFixdate, ///< the first form of RFC 9110 alone
    Rfc,        ///< its three forms
    Email,      ///< those and any zone
    Js,         ///< Date.parse, and the others by themselves
};

struct Language
{
    Dialect dialect;
    HeaderLines headers = {};
    NumberReaders numbers;
    DateReach dates = DateReach::None;
    const char *readDate = ""; ///< {past}: what a date that has passed is
    const char *headerOf = ""; ///< a header's text, without the blanks around it
};

[[nodiscard]] bool readsDate(const Language &language, const WaitHeader &header);

/// readWait, flagOf and what they need: empty where the policy looks at no header.
[[nodiscard]] QByteArray headerFunctions(const Language &language, const RetryPolicy &policy);

/// Whether the program needs the outcome's headers.
[[nodiscard]] bool looksAtHeaders(const RetryPolicy &policy);

/// \a name without what would end a comment line.
[[nodiscard]] QByteArray commentText(const QString &name);

/// "intended" is "IntendedRetry".
[[nodiscard]] QByteArray className(const RetryPolicy &policy);

} // namespace errata::code
