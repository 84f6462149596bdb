#include "models/retry/randomscript.h"

#include <optional>

namespace errata {

namespace {

/// A stretch of the script.
struct Piece
{
    qsizetype from = 0;
    QStringView text;

    [[nodiscard]] Piece first(qsizetype length) const { return {from, text.first(length)}; }
    [[nodiscard]] Piece after(qsizetype place) const { return {from + place + 1, text.sliced(place + 1)}; }
};

/// Where \a mark stands outside quotes, brackets and braces, at or behind \a from; -1 where it does not.
qsizetype indexOutside(QStringView text, QChar mark, qsizetype from = 0)
{
    bool isQuoted = false;
    QChar closing;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == mark && !isQuoted && closing.isNull() && i >= from)
            return i;
        const bool opens = i > 0 && text[i - 1] == u':'; // elsewhere it is a letter like any other
        if (c == u'\'' && closing.isNull() && (isQuoted || opens))
            isQuoted = !isQuoted || (i + 1 < text.size() && text[i + 1] == c && ++i > 0); // '' is one within
        else if (!isQuoted && closing.isNull() && (c == u'[' || c == u'{'))
            closing = c == u'[' ? u']' : u'}';
        else if (!closing.isNull() && c == closing)
            closing = QChar();
    }
    return -1;
}

std::vector<Piece> split(const Piece &whole, QChar mark)
{
    std::vector<Piece> pieces;
    Piece rest = whole;
    for (qsizetype end = indexOutside(rest.text, mark); end >= 0; end = indexOutside(rest.text, mark)) {
        pieces.push_back(rest.first(end));
        rest = rest.after(end);
    }
    pieces.push_back(rest);
    return pieces;
}

class RandomScriptParser
{
public:
    Result<RandomOutcomes, ScriptError> parse(QStringView text)
    {
        RandomOutcomes outcomes;
        outcomes.steps.clear();
        for (const Piece &step : split({0, text}, u',')) {
            OutcomeMix mix;
            for (const Piece &alternative : split(step, u'|')) {
                const auto choice = readChoice(alternative);
                if (!choice)
                    return m_error;
                mix.push_back(*choice);
            }
            outcomes.steps.push_back(std::move(mix));
        }
        return outcomes;
    }

private:
    std::optional<OutcomeChoice> readChoice(Piece piece)
    {
        OutcomeChoice choice;
        if (const qsizetype star = indexOutside(piece.text, u'*'); star >= 0) {
            const auto weight = number(piece.after(star), QStringLiteral("a weight above 0"));
            if (!weight || *weight <= 0)
                return fail(piece.after(star), QStringLiteral("expected a weight above 0"));
            choice.weight = *weight;
            piece = piece.first(star);
        }
        const qsizetype at = indexOutside(piece.text, u'@');
        if (at >= 0 && indexOutside(piece.text, u'~', at) >= 0) {
            const auto latency = readLatency(piece.after(at));
            if (!latency)
                return {};
            choice.latency = *latency;
            piece = piece.first(at);
        }
        auto script = parseOutcomeScript(piece.text);
        if (!script) {
            m_error = {piece.from + script.error().position, script.error().message};
            return {};
        }
        if (script->outcomes.size() != 1)
            return fail(piece, QStringLiteral("expected one outcome"));
        choice.outcome = script->outcomes.front();
        if (choice.latency == LatencyModel{})
            choice.latency.typical = choice.outcome.latency;
        return choice;
    }

    /// "~80", "40~120", "80~0.5s".
    std::optional<LatencyModel> readLatency(const Piece &piece)
    {
        const qsizetype wave = indexOutside(piece.text, u'~');
        const Piece left = piece.first(wave);
        Piece right = piece.after(wave);
        const QStringView trimmed = right.text.trimmed();
        const bool isSigma = trimmed.endsWith(u's');
        if (isSigma)
            right.text = trimmed.chopped(1);
        const QString milliseconds = QStringLiteral("milliseconds from 0 on");
        const auto second = number(right, isSigma ? QStringLiteral("a sigma from 0 on") : milliseconds);
        if (!second)
            return {};
        if (left.text.trimmed().isEmpty() && !isSigma)
            return LatencyModel{LatencyModel::Kind::Exponential, Millis(*second), Millis(0), 0};
        const auto first = number(left, milliseconds);
        if (!first)
            return {};
        if (isSigma)
            return LatencyModel{LatencyModel::Kind::LogNormal, Millis(*first), Millis(0), *second};
        if (*second < *first) {
            fail(right, QStringLiteral("expected no less than before '~'"));
            return {};
        }
        return LatencyModel{LatencyModel::Kind::Uniform, Millis(*first), Millis(*second), 0};
    }

    std::optional<double> number(const Piece &piece, const QString &expected)
    {
        constexpr double most = 1e12; // 30 years; weights need no more
        bool isNumber = false;
        const double value = piece.text.trimmed().toDouble(&isNumber);
        if (isNumber && value >= 0 && value <= most)
            return value;
        fail(piece, QStringLiteral("expected ") + expected);
        return {};
    }

    std::optional<OutcomeChoice> fail(const Piece &piece, const QString &message)
    {
        m_error = {piece.from, message};
        return {};
    }

    ScriptError m_error;
};

} // namespace

Result<RandomOutcomes, ScriptError> parseRandomScript(QStringView text)
{
    return RandomScriptParser().parse(text);
}

} // namespace errata
