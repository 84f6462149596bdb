// A policy's arithmetic and decisions as small trees, built once and printed in many languages.
#pragma once

#include <QByteArray>

#include <utility>
#include <vector>

namespace errata::code {

/// Numbers are binary64, times in ms.
struct Expression
{
    enum class Kind {
        Number,  ///< `number`, with a fraction where the language tells them apart
        Whole,   ///< `number` beside a status or an attempt, which are whole
        Name,    ///< a variable
        Truth,   ///< a variable that is true or false
        Chance,  ///< a random number in [0, 1)
        Elapsed, ///< since the first attempt began
        Add,
        Subtract,
        Multiply,
        Divide,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Equal,
        And,
        Or,
        Not,
        Min,
        Max,
        Pow,
        Floor,
        Tanh,
        Sqrt,
        Table,   ///< the first part counts from 1 into `table`, its last repeated
        Choose,  ///< if the first part, then the second, else the third
        IsRead,  ///< a header said how long to wait
        Read,    ///< how long
        Present, ///< the header `name` is there
        Failed,  ///< the missing answer is of the kind `name`
        Yes,
        No,
    };

    Kind kind = Kind::Number;
    double number = 0;
    QByteArray name = {};
    std::vector<double> table = {};
    std::vector<Expression> parts = {};

    [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
    [[nodiscard]] bool isNumber(double value) const { return kind == Kind::Number && number == value; }
};

[[nodiscard]] Expression number(double value);
[[nodiscard]] Expression whole(int value);
[[nodiscard]] Expression variable(const char *name);
[[nodiscard]] Expression truth(const char *name);
[[nodiscard]] Expression leaf(Expression::Kind kind, const QByteArray &name = {});
[[nodiscard]] Expression node(Expression::Kind kind, std::vector<Expression> parts);

// Neutral elements fall away and numbers are folded: what stands in a program is what happens.
[[nodiscard]] Expression operator+(const Expression &a, const Expression &b);
[[nodiscard]] Expression operator-(const Expression &a, const Expression &b);
[[nodiscard]] Expression operator*(const Expression &a, const Expression &b);
[[nodiscard]] Expression operator/(const Expression &a, const Expression &b);
[[nodiscard]] Expression operator&&(const Expression &a, const Expression &b);
[[nodiscard]] Expression operator||(const Expression &a, const Expression &b);
[[nodiscard]] Expression operator!(const Expression &a);
[[nodiscard]] Expression least(const Expression &a, const Expression &b);
[[nodiscard]] Expression greatest(const Expression &a, const Expression &b);
[[nodiscard]] Expression choose(const Expression &condition, const Expression &then, const Expression &otherwise);

/// The variable \a name stands in it.
[[nodiscard]] bool mentions(const Expression &expression, const char *name);

/// One step of a program.
struct Statement
{
    enum class Kind {
        Number,   ///< a new variable
        Truth,    ///< a new variable that is true or false
        Assign,   ///< to one there is
        If,       ///< `value`, then `then`, else `otherwise`
        ReadWait, ///< what the headers say, for Read and IsRead
        ReadFlag, ///< a variable `flag`: 1 where a header allows a retry, -1 where it forbids one, else 0
        Return,   ///< the outcome to the caller
        GiveUp,   ///< with the reason `name`
        Sleep,    ///< `wait`, and nothing is sent afterwards
        Wait,     ///< `wait`, and the next attempt
    };

    Kind kind = Kind::Return;
    QByteArray name = {};
    Expression value = {};
    std::vector<Statement> then = {};
    std::vector<Statement> otherwise = {};
};

using Statements = std::vector<Statement>;

[[nodiscard]] Statement declared(const char *name, Expression value);
[[nodiscard]] Statement declaredTruth(const char *name, Expression value);
[[nodiscard]] Statement assigned(const char *name, Expression value);
[[nodiscard]] Statement when(Expression condition, Statements then, Statements otherwise = {});
[[nodiscard]] Statement step(Statement::Kind kind);
[[nodiscard]] Statement givenUp(const char *reason);

} // namespace errata::code
