#include "models/retry/randomscript.h"

#include <cmath>

namespace errata {

namespace {

/// A stretch of the script and where it begins.
struct Part
{
    QStringView text;
    qsizetype position = 0;
};

/// Where \a sign stands outside quotes and brackets, from \a from on; the end where it does not.
qsizetype findOutside(QStringView text, QChar sign, qsizetype from)
{
    bool isQuoted = false;
    bool isBracketed = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (!isQuoted && !isBracketed && c == sign && i >= from)
            return i;
        if (c == u'\'' && !isBracketed)
            isQuoted = !isQuoted;
        else if (!isQuoted && c == u'[')
            isBracketed = true;
        else if (!isQuoted && c == u']')
            isBracketed = false;
    }
    return text.size();
}

std::vector<Part> split(const Part &whole, QChar sign)
{
    std::vector<Part> parts;
    qsizetype from = 0;
    while (from <= whole.text.size()) {
        const qsizetype to = findOutside(whole.text, sign, from);
        parts.push_back({whole.text.mid(from, to - from), whole.position + from});
        from = to + 1;
    }
    return parts;
}

/// What stands before \a sign, and what after it where it is there.
std::pair<Part, std::optional<Part>> cut(const Part &whole, QChar sign)
{
    const qsizetype at = findOutside(whole.text, sign, 0);
    if (at == whole.text.size())
        return {whole, std::nullopt};
    return {Part{whole.text.left(at), whole.position}, Part{whole.text.mid(at + 1), whole.position + at + 1}};
}

std::optional<double> number(QStringView text)
{
    bool ok = false;
    const double value = text.trimmed().toDouble(&ok);
    return ok && std::isfinite(value) && value >= 0 ? std::optional(value) : std::nullopt;
}

std::optional<LatencyModel> latencyOf(QStringView text)
{
    const qsizetype wave = text.indexOf(u'~');
    if (wave < 0) {
        const auto fixed = number(text);
        return fixed ? std::optional(LatencyModel{LatencyModel::Kind::Fixed, Millis(*fixed), Millis(0), 0})
                     : std::nullopt;
    }
    const QStringView first = text.left(wave).trimmed();
    QStringView second = text.mid(wave + 1).trimmed();
    const bool isLogNormal = second.endsWith(u's');
    if (isLogNormal)
        second.chop(1);
    const auto most = number(second);
    if (!most)
        return std::nullopt;
    if (first.isEmpty())
        return isLogNormal ? std::nullopt
                           : std::optional(LatencyModel{LatencyModel::Kind::Exponential, Millis(*most), Millis(0), 0});
    const auto typical = number(first);
    if (!typical)
        return std::nullopt;
    if (isLogNormal)
        return LatencyModel{LatencyModel::Kind::LogNormal, Millis(*typical), Millis(0), *most};
    if (*most < *typical)
        return std::nullopt;
    return LatencyModel{LatencyModel::Kind::Uniform, Millis(*typical), Millis(*most), 0};
}

Result<OutcomeChoice, ScriptError> readChoice(const Part &part)
{
    const auto [before, weightPart] = cut(part, u'*');
    const auto [outcomePart, latencyPart] = cut(before, u'@');
    OutcomeChoice choice;
    if (weightPart) {
        const auto weight = number(weightPart->text);
        if (!weight || *weight <= 0)
            return ScriptError{weightPart->position, QStringLiteral("expected a weight above 0, as in 503*0.3")};
        choice.weight = *weight;
    }
    if (latencyPart) {
        const auto latency = latencyOf(latencyPart->text);
        if (!latency)
            return ScriptError{latencyPart->position,
                               QStringLiteral("expected a latency: 80, 40~120, ~80 or 80~0.5s, in ms")};
        choice.latency = *latency;
    }
    const auto outcome = parseOutcomeScript(outcomePart.text);
    if (!outcome)
        return ScriptError{outcomePart.position + outcome.error().position, outcome.error().message};
    choice.outcome = outcome->outcomes.front();
    return choice;
}

} // namespace

Result<RandomOutcomes, ScriptError> parseRandomScript(QStringView text)
{
    RandomOutcomes outcomes;
    outcomes.steps.clear();
    for (const Part &step : split({text, 0}, u',')) {
        OutcomeMix mix;
        for (const Part &part : split(step, u'|')) {
            auto choice = readChoice(part);
            if (!choice)
                return choice.error();
            mix.push_back(std::move(choice).value());
        }
        outcomes.steps.push_back(std::move(mix));
    }
    return outcomes;
}

} // namespace errata
