#include "models/retry/importvalues.h"

#include <QRegularExpression>

#include <cmath>

namespace errata::importing {

namespace {

constexpr double largest = 1e12;

std::optional<Millis> timeOf(const QString &text)
{
    static const QRegularExpression unit(QStringLiteral("^([0-9]{1,9}(?:\\.[0-9]+)?)(ms|s|m|h)$"));
    static const QRegularExpression span(QStringLiteral("^([0-9]{1,4}):([0-5][0-9]):([0-5][0-9](?:\\.[0-9]{1,7})?)$"));
    static const QRegularExpression iso(
        QStringLiteral("^PT(?=[0-9])(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,9}(?:\\.[0-9]+)?)S)?$"));
    if (const auto match = unit.match(text); match.hasMatch()) {
        const QString name = match.captured(2);
        const double scale = name == QLatin1String("ms")  ? 1
                             : name == QLatin1String("s") ? 1000
                             : name == QLatin1String("m") ? 60'000
                                                          : 3'600'000;
        return Millis(match.captured(1).toDouble() * scale);
    }
    for (const QRegularExpression *form : {&span, &iso}) {
        if (const auto match = form->match(text); match.hasMatch())
            return Millis(match.captured(1).toDouble() * 3'600'000 + match.captured(2).toDouble() * 60'000 +
                          match.captured(3).toDouble() * 1000);
    }
    return {};
}

} // namespace

std::optional<double> numberOf(const JsonValue &value)
{
    const std::optional<double> number = value.number();
    return number && *number >= 0 && *number <= largest ? number : std::nullopt;
}

std::optional<double> countOf(const JsonValue &value)
{
    const std::optional<double> number = numberOf(value);
    return number && *number == std::floor(*number) ? number : std::nullopt;
}

std::optional<Millis> durationOf(const JsonValue &value, double unit)
{
    if (value.isString())
        return timeOf(value.string());
    const std::optional<double> number = numberOf(value);
    return number ? std::optional(Millis(*number * unit)) : std::nullopt;
}

std::optional<StatusSet> statusesOf(const JsonValue &value)
{
    constexpr std::size_t most = 900;
    if (!value.isArray())
        return {};
    StatusSet set;
    for (const JsonValue &one : value.children()) {
        const double status = one.isString() ? one.string().toDouble() : one.number().value_or(0);
        if (!(status >= 100 && status <= 999) || status != std::floor(status) || set.ranges.size() == most)
            return {};
        set.ranges.emplace_back(static_cast<int>(status), static_cast<int>(status));
    }
    return set;
}

std::optional<QByteArrayList> methodsOf(const JsonValue &value)
{
    if (!value.isArray())
        return {};
    QByteArrayList methods;
    for (const JsonValue &one : value.children()) {
        const QByteArray method = one.string().toUtf8().toUpper();
        if (!Headers::isValidName(method))
            return {};
        methods << method;
    }
    return methods;
}

QByteArray grpcNameOf(const JsonValue &value)
{
    static constexpr const char *names[] = {
        "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
        "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
        "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
        "DATA_LOSS", "UNAUTHENTICATED"};
    if (value.isString())
        return value.string().toUtf8().toUpper();
    const std::optional<double> number = countOf(value);
    return number && *number < std::size(names) ? QByteArray(names[static_cast<std::size_t>(*number)]) : QByteArray();
}

StatusSet statusesOfGrpcCodes(const QByteArrayList &codes)
{
    StatusSet set;
    if (codes.contains("INTERNAL"))
        set.ranges.emplace_back(400, 400);
    if (codes.contains("UNAUTHENTICATED"))
        set.ranges.emplace_back(401, 401);
    if (codes.contains("PERMISSION_DENIED"))
        set.ranges.emplace_back(403, 403);
    if (codes.contains("UNIMPLEMENTED"))
        set.ranges.emplace_back(404, 404);
    if (codes.contains("UNAVAILABLE"))
        set.ranges.insert(set.ranges.end(), {{429, 429}, {502, 504}});
    return set;
}

} // namespace errata::importing
