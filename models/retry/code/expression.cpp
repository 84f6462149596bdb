#include "models/retry/code/expression.h"

#include <algorithm>
#include <cmath>

namespace errata::code {

namespace {

using Kind = Expression::Kind;

bool areNumbers(const Expression &a, const Expression &b)
{
    return a.is(Kind::Number) && b.is(Kind::Number);
}

} // namespace

Expression number(double value)
{
    return {Kind::Number, value};
}

Expression whole(int value)
{
    return {Kind::Whole, static_cast<double>(value)};
}

Expression variable(const char *name)
{
    return {Kind::Name, 0, name};
}

Expression truth(const char *name)
{
    return {Kind::Truth, 0, name};
}

Expression leaf(Kind kind, const QByteArray &name)
{
    return {kind, 0, name};
}

Expression node(Kind kind, std::vector<Expression> parts)
{
    return {kind, 0, {}, {}, std::move(parts)};
}

Expression operator+(const Expression &a, const Expression &b)
{
    if (areNumbers(a, b))
        return number(a.number + b.number);
    if (a.isNumber(0))
        return b;
    return b.isNumber(0) ? a : node(Kind::Add, {a, b});
}

Expression operator-(const Expression &a, const Expression &b)
{
    if (areNumbers(a, b))
        return number(a.number - b.number);
    return b.isNumber(0) ? a : node(Kind::Subtract, {a, b});
}

Expression operator*(const Expression &a, const Expression &b)
{
    if (areNumbers(a, b))
        return number(a.number * b.number);
    if (a.isNumber(0) || b.isNumber(0))
        return number(0);
    if (a.isNumber(1))
        return b;
    return b.isNumber(1) ? a : node(Kind::Multiply, {a, b});
}

Expression operator/(const Expression &a, const Expression &b)
{
    return b.isNumber(1) ? a : node(Kind::Divide, {a, b});
}

Expression operator&&(const Expression &a, const Expression &b)
{
    if (a.is(Kind::No) || b.is(Kind::No))
        return leaf(Kind::No);
    if (a.is(Kind::Yes))
        return b;
    return b.is(Kind::Yes) ? a : node(Kind::And, {a, b});
}

Expression operator||(const Expression &a, const Expression &b)
{
    if (a.is(Kind::Yes) || b.is(Kind::Yes))
        return leaf(Kind::Yes);
    if (a.is(Kind::No))
        return b;
    return b.is(Kind::No) ? a : node(Kind::Or, {a, b});
}

Expression operator!(const Expression &a)
{
    if (a.is(Kind::Yes))
        return leaf(Kind::No);
    return a.is(Kind::No) ? leaf(Kind::Yes) : node(Kind::Not, {a});
}

Expression least(const Expression &a, const Expression &b)
{
    if (areNumbers(a, b))
        return number(std::min(a.number, b.number));
    return b.is(Kind::Number) && std::isinf(b.number) ? a : node(Kind::Min, {a, b});
}

Expression greatest(const Expression &a, const Expression &b)
{
    return areNumbers(a, b) ? number(std::max(a.number, b.number)) : node(Kind::Max, {a, b});
}

Expression choose(const Expression &condition, const Expression &then, const Expression &otherwise)
{
    if (condition.is(Kind::Yes))
        return then;
    return condition.is(Kind::No) ? otherwise : node(Kind::Choose, {condition, then, otherwise});
}

bool mentions(const Expression &expression, const char *name)
{
    return (expression.is(Kind::Name) && expression.name == name) ||
           std::any_of(expression.parts.begin(), expression.parts.end(),
                       [name](const Expression &part) { return mentions(part, name); });
}

Statement declared(const char *name, Expression value)
{
    return {Statement::Kind::Number, name, std::move(value)};
}

Statement declaredTruth(const char *name, Expression value)
{
    return {Statement::Kind::Truth, name, std::move(value)};
}

Statement assigned(const char *name, Expression value)
{
    return {Statement::Kind::Assign, name, std::move(value)};
}

Statement when(Expression condition, Statements then, Statements otherwise)
{
    return {Statement::Kind::If, {}, std::move(condition), std::move(then), std::move(otherwise)};
}

Statement step(Statement::Kind kind)
{
    return {kind};
}

Statement givenUp(const char *reason)
{
    return {Statement::Kind::GiveUp, reason};
}

} // namespace errata::code
