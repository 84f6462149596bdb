#include "models/decode/conditions.h"

#include <algorithm>

namespace errata {

namespace {

/// A place in the exchange's body as a place in the input. What a cut-off body leaves open ends with it.
Span inInput(Span span, const Exchange &exchange)
{
    if (span.isNull() || exchange.bodyOffset < 0 || span.start >= exchange.body.size())
        return {};
    return {span.start + exchange.bodyOffset, std::min(span.length, exchange.body.size() - span.start)};
}

Span withoutQuotes(Span span)
{
    return span.length >= 2 ? Span{span.start + 1, span.length - 2} : span;
}

bool hasKind(const JsonValue &value, Condition::Test wanted)
{
    switch (wanted) {
    case Condition::Test::Present:
        return !value.isAbsent() && !value.is(JsonKind::Null);
    case Condition::Test::Absent:
        return value.isAbsent() || value.is(JsonKind::Null);
    case Condition::Test::String:
        return value.isString();
    case Condition::Test::Number:
        return value.isNumber();
    case Condition::Test::Integer:
        return value.integer().has_value();
    case Condition::Test::Boolean:
        return value.isBool();
    case Condition::Test::True:
        return value.is(JsonKind::True);
    case Condition::Test::False:
        return value.is(JsonKind::False);
    case Condition::Test::Null:
        return value.is(JsonKind::Null);
    case Condition::Test::Object:
        return value.isObject();
    case Condition::Test::Array:
        return value.isArray();
    }
    Q_UNREACHABLE();
}

bool hasText(const Condition &condition, const QString &text)
{
    if (!condition.in.isEmpty() && !condition.in.contains(text, Qt::CaseInsensitive))
        return false;
    return condition.matches.pattern().isEmpty() || condition.matches.match(text).hasMatch();
}

bool testsText(const Condition &condition)
{
    return !condition.in.isEmpty() || !condition.matches.pattern().isEmpty();
}

ConditionResult testBody(const Condition &condition, const Reply &reply)
{
    if (reply.body.isAbsent())
        return {};
    const JsonValue value = reply.at(condition.pointer);
    if (condition.is && !hasKind(value, *condition.is))
        return {};
    if (testsText(condition) && (!value.isString() || !hasText(condition, value.string())))
        return {};
    if (!condition.is && !testsText(condition) && value.isAbsent())
        return {};
    return {true, testsText(condition) ? reply.spanOf(value) : reply.keySpanOf(value)};
}

ConditionResult testHeader(const Condition &condition, const Reply &reply)
{
    const Header *header = reply.exchange->headers.find(condition.header);
    if (condition.is == Condition::Test::Absent)
        return {header == nullptr, {}};
    if (!header || (testsText(condition) && !hasText(condition, QString::fromUtf8(header->value))))
        return {};
    return {true, header->span};
}

} // namespace

JsonValue Reply::at(QStringView pointer) const
{
    return pointer.startsWith(u'@') ? element.pointer(pointer.sliced(1)) : body.pointer(pointer);
}

Span Reply::spanOf(const JsonValue &value) const
{
    if (value.isAbsent())
        return {};
    if (places) {
        const auto it = std::lower_bound(places->begin(), places->end(), value.span().start,
                                         [](const auto &place, qsizetype start) { return place.first < start; });
        return it != places->end() && it->first == value.span().start ? it->second : Span();
    }
    const Span span = inInput(value.span(), *exchange);
    return value.isString() && !span.isNull() ? withoutQuotes(span) : span;
}

Span Reply::keySpanOf(const JsonValue &value) const
{
    if (value.isAbsent() || places)
        return spanOf(value);
    const Span span = inInput(value.keySpan(), *exchange);
    return span.isNull() ? spanOf(value) : withoutQuotes(span);
}

JsonValue Reply::first(const QStringList &pointers) const
{
    for (const QString &pointer : pointers) {
        const JsonValue value = at(pointer);
        if (!value.isAbsent() && !value.is(JsonKind::Null))
            return value;
    }
    return {};
}

ConditionResult test(const Condition &condition, const Reply &reply)
{
    if (condition.isBody)
        return testBody(condition, reply);
    if (!condition.header.isEmpty())
        return testHeader(condition, reply);
    const bool holds = reply.exchange->status && statusIn(*reply.exchange->status, condition.statuses);
    return {holds, holds ? reply.exchange->statusSpan : Span()};
}

bool isNumeral(QStringView code)
{
    return !code.isEmpty() && std::all_of(code.begin(), code.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace errata
