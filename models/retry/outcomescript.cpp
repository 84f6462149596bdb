#include "models/retry/outcomescript.h"

#include <QByteArray>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace errata {

namespace {

constexpr qsizetype longestScript = 262'144;
constexpr Millis longestLatency{100 * 365.25 * 86'400'000.0};

/// gRPC codes and the HTTP status that gateways give them (google/rpc/code.proto).
struct GrpcCode
{
    const char *name;
    int status;
};
constexpr std::array grpcCodes{
    GrpcCode{"OK", 200},
    GrpcCode{"CANCELLED", 499},
    GrpcCode{"UNKNOWN", 500},
    GrpcCode{"INVALID_ARGUMENT", 400},
    GrpcCode{"DEADLINE_EXCEEDED", 504},
    GrpcCode{"NOT_FOUND", 404},
    GrpcCode{"ALREADY_EXISTS", 409},
    GrpcCode{"PERMISSION_DENIED", 403},
    GrpcCode{"UNAUTHENTICATED", 401},
    GrpcCode{"RESOURCE_EXHAUSTED", 429},
    GrpcCode{"FAILED_PRECONDITION", 400},
    GrpcCode{"ABORTED", 409},
    GrpcCode{"OUT_OF_RANGE", 400},
    GrpcCode{"UNIMPLEMENTED", 501},
    GrpcCode{"INTERNAL", 500},
    GrpcCode{"UNAVAILABLE", 503},
    GrpcCode{"DATA_LOSS", 500},
};

struct FailureWord
{
    const char *name;
    NetworkError error;
};
constexpr std::array failureWords{
    FailureWord{"timeout", NetworkError::Timeout}, FailureWord{"reset", NetworkError::Closed},
    FailureWord{"dns", NetworkError::Dns},         FailureWord{"refused", NetworkError::Refused},
    FailureWord{"tls", NetworkError::Tls},
};

QString expectedOutcome()
{
    return QStringLiteral("expected a status (503), a gRPC code (UNAVAILABLE), timeout, reset, dns, refused, tls, "
                          "bad-body or not-sent");
}

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isWordCharacter(QChar c)
{
    return isDigit(c) || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'-' || c == u'_';
}

bool needsQuotes(QStringView value)
{
    return value.isEmpty() || std::any_of(value.begin(), value.end(),
                                          [](QChar c) { return isBlank(c) || QStringView(u",[]{}@'").contains(c); });
}

bool isJsonType(QByteArrayView contentType)
{
    return contentType.toByteArray().toLower().contains("json");
}

/// Without a body, or with one of another type, there is nothing a JSON parser accepts.
bool hasJsonBody(int status, const Headers &headers)
{
    if (status == 204 || status == 205 || status == 304)
        return false;
    const std::optional<QByteArray> type = headers.value("Content-Type");
    return !type || isJsonType(*type);
}

class ScriptParser
{
public:
    explicit ScriptParser(QStringView text) : m_text(text) {}

    Result<OutcomeScript, ScriptError> parse()
    {
        OutcomeScript script;
        script.outcomes.clear();
        do {
            skipBlanks();
            script.outcomes.emplace_back();
            if (!outcome(script.outcomes.back()))
                return m_error;
            skipBlanks();
        } while (take(u','));
        if (!atEnd()) {
            fail(QStringLiteral("expected ',' or the end"));
            return m_error;
        }
        return script;
    }

private:
    bool outcome(Outcome &out)
    {
        const bool ok = isDigit(peek()) ? status(out) : word(out);
        if (!ok)
            return false;
        while (peek() == u'[' || peek() == u'{') {
            if (peek() == u'[' ? !header(out) : !member(out))
                return false;
        }
        if (out.kind == Outcome::Kind::Response && out.bodyReadable)
            out.bodyReadable = hasJsonBody(out.status, out.headers);
        return peek() != u'@' || latency(out);
    }

    bool status(Outcome &out)
    {
        const qsizetype start = m_at;
        while (isDigit(peek()))
            ++m_at;
        const QStringView digits = m_text.sliced(start, m_at - start);
        if (digits.size() != 3 || digits.front() == u'0' || isWordCharacter(peek()))
            return failAt(start, QStringLiteral("expected a status of three digits, 100 to 999"));
        out.status = digits.toInt();
        return !take(u':') || retryAfter(out);
    }

    bool retryAfter(Outcome &out)
    {
        const qsizetype start = m_at;
        std::optional<QString> value = peek() == u'\'' ? quoted() : plainValue();
        if (!value)
            return false;
        return addHeader(out, start, QByteArrayLiteral("Retry-After"), *value);
    }

    std::optional<QString> plainValue()
    {
        const qsizetype start = m_at;
        while (!atEnd() && !isBlank(peek()) && !QStringView(u",[]{}@'").contains(peek()))
            ++m_at;
        if (m_at == start) {
            fail(QStringLiteral("expected a Retry-After value ('' is an empty one)"));
            return {};
        }
        return m_text.sliced(start, m_at - start).toString();
    }

    std::optional<QString> quoted()
    {
        const qsizetype start = m_at++;
        QString value;
        while (!atEnd()) {
            const QChar c = m_text[m_at++];
            if (c != u'\'')
                value += c;
            else if (!take(u'\''))
                return value;
            else
                value += u'\'';
        }
        failAt(start, QStringLiteral("expected a closing ' for the one"));
        return {};
    }

    bool header(Outcome &out)
    {
        const qsizetype start = m_at++;
        const qsizetype close = m_text.indexOf(u']', m_at);
        if (close < 0)
            return failAt(start, QStringLiteral("expected a closing ] for the one"));
        if (out.kind != Outcome::Kind::Response)
            return failAt(start, QStringLiteral("only an answer has headers: expected ',', '@' or the end"));
        const QStringView inside = m_text.sliced(m_at, close - m_at);
        const qsizetype colon = inside.indexOf(u':');
        if (colon < 0)
            return failAt(m_at, QStringLiteral("expected 'name: value'"));
        const QByteArray name = inside.first(colon).trimmed().toUtf8();
        if (!Headers::isValidName(name))
            return failAt(m_at, QStringLiteral("expected the name of a header"));
        if (!addHeader(out, m_at, name, inside.sliced(colon + 1).trimmed().toString()))
            return false;
        m_at = close + 1;
        return true;
    }

    /// A member of the body: {code: quota_exceeded}, {retryable: false}, {retryDelay: 2.5s}
    bool member(Outcome &out)
    {
        const qsizetype start = m_at++;
        const qsizetype close = m_text.indexOf(u'}', m_at);
        if (close < 0)
            return failAt(start, QStringLiteral("expected a closing } for the one"));
        if (out.kind != Outcome::Kind::Response)
            return failAt(start, QStringLiteral("only an answer has a body: expected ',', '@' or the end"));
        const QStringView inside = m_text.sliced(m_at, close - m_at);
        const qsizetype colon = inside.indexOf(u':');
        const QStringView name = inside.first(std::max<qsizetype>(0, colon)).trimmed();
        const QStringView value = inside.sliced(colon + 1).trimmed();
        if (name == u"code" && !value.isEmpty() && !value.contains(u'{'))
            out.code = value.toUtf8();
        else if (name == u"retryable" && (value == u"true" || value == u"false"))
            out.retryable = value == u"true";
        else if (const auto delay = name == u"retryDelay" ? seconds(value) : std::nullopt)
            out.retryDelay = delay;
        else
            return failAt(
                m_at,
                QStringLiteral("expected 'code: NAME', 'retryable: true', 'retryable: false' or 'retryDelay: 2s'"));
        m_at = close + 1;
        return true;
    }

    /// google.protobuf.Duration as JSON writes it ("3.5s"), to the millisecond.
    static std::optional<Millis> seconds(QStringView text)
    {
        bool ok = false;
        const double value = text.endsWith(u's') ? text.chopped(1).toDouble(&ok) : 0;
        const bool isDuration = ok && value >= 0 && Millis(value * 1000) <= longestLatency;
        return isDuration ? std::optional(Millis(std::round(value * 1000))) : std::nullopt;
    }

    bool addHeader(Outcome &out, qsizetype start, const QByteArray &name, const QString &value)
    {
        const QByteArray bytes = value.toUtf8();
        if (!Headers::isValidValue(bytes))
            return failAt(start, QStringLiteral("a header value has no line ends and no NUL: expected another one"));
        out.headers.add(name, bytes);
        return true;
    }

    bool word(Outcome &out)
    {
        const qsizetype start = m_at;
        while (isWordCharacter(peek()))
            ++m_at;
        const QStringView name = m_text.sliced(start, m_at - start);
        const auto is = [&](const auto &candidate) { return name == QLatin1String(candidate.name); };
        if (const auto it = std::find_if(failureWords.begin(), failureWords.end(), is); it != failureWords.end()) {
            out.kind = Outcome::Kind::Failure;
            out.failure = it->error;
        } else if (const auto grpc = std::find_if(grpcCodes.begin(), grpcCodes.end(), is); grpc != grpcCodes.end()) {
            out.grpcCode = grpc->name;
            out.status = grpc->status;
        } else if (name == QLatin1String("bad-body")) {
            out.bodyReadable = false;
        } else if (name == QLatin1String("not-sent")) {
            out.kind = Outcome::Kind::NotSent;
        } else {
            return failAt(start, expectedOutcome());
        }
        return true;
    }

    bool latency(Outcome &out)
    {
        const qsizetype start = ++m_at;
        while (isDigit(peek()) || peek() == u'.')
            ++m_at;
        bool ok = false;
        const double ms = m_text.sliced(start, m_at - start).toDouble(&ok);
        if (!ok || Millis(ms) > longestLatency)
            return failAt(start, QStringLiteral("expected a latency in milliseconds"));
        out.latency = Millis(ms);
        return true;
    }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] QChar peek() const { return atEnd() ? QChar() : m_text[m_at]; }
    bool take(QChar c)
    {
        if (atEnd() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    void skipBlanks()
    {
        while (!atEnd() && isBlank(m_text[m_at]))
            ++m_at;
    }
    bool fail(const QString &expected) { return failAt(m_at, expected); }
    bool failAt(qsizetype position, const QString &expected)
    {
        QString found = QStringLiteral("the end");
        if (position < m_text.size()) {
            qsizetype length = 1;
            while (position + length < m_text.size() && length < 16 && isWordCharacter(m_text[position]) &&
                   isWordCharacter(m_text[position + length]))
                ++length;
            found = u'\'' + m_text.sliced(position, length).toString() + u'\'';
        }
        m_error = {position, expected + QStringLiteral(", found ") + found};
        return false;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    ScriptError m_error;
};

QString inQuotes(const QString &value)
{
    return u'\'' + QString(value).replace(u'\'', QStringLiteral("''")) + u'\'';
}

QString responseText(const Outcome &outcome)
{
    const bool isWord = !outcome.grpcCode.isEmpty();
    const bool isBadBody =
        !isWord && outcome.status == 200 && !outcome.bodyReadable && hasJsonBody(200, outcome.headers);
    QString text = isWord      ? QString::fromLatin1(outcome.grpcCode)
                   : isBadBody ? QStringLiteral("bad-body")
                               : QString::number(outcome.status);
    bool canBeShort = !isWord && !isBadBody;
    for (const Header &header : outcome.headers) {
        const QString value = QString::fromUtf8(header.value);
        if (canBeShort && header.name == "Retry-After")
            text += u':' + (needsQuotes(value) ? inQuotes(value) : value);
        else
            text += u'[' + QString::fromUtf8(header.name) + QStringLiteral(": ") + value + u']';
        canBeShort = false;
    }
    if (!outcome.code.isEmpty())
        text += QStringLiteral("{code: %1}").arg(QString::fromUtf8(outcome.code));
    if (outcome.retryable)
        text += *outcome.retryable ? QStringLiteral("{retryable: true}") : QStringLiteral("{retryable: false}");
    if (outcome.retryDelay)
        text += QStringLiteral("{retryDelay: %1s}")
                    .arg(QString::number(outcome.retryDelay->count() / 1000, 'f', QLocale::FloatingPointShortest));
    return text;
}

QString wordText(const Outcome &outcome)
{
    if (outcome.kind == Outcome::Kind::NotSent)
        return QStringLiteral("not-sent");
    const auto *it = std::find_if(failureWords.begin(), failureWords.end(),
                                  [&](const FailureWord &word) { return word.error == outcome.failure; });
    // What only a live run meets has no word of its own; a reset is the plain "no whole answer".
    return QLatin1String(it == failureWords.end() ? "reset" : it->name);
}

} // namespace

QString ScriptError::text() const
{
    return QStringLiteral("at character %1: %2").arg(position + 1).arg(message);
}

std::optional<int> grpcStatus(QByteArrayView code)
{
    const auto *it =
        std::find_if(grpcCodes.begin(), grpcCodes.end(), [code](const GrpcCode &known) { return code == known.name; });
    return it == grpcCodes.end() ? std::nullopt : std::optional(it->status);
}

Result<OutcomeScript, ScriptError> parseOutcomeScript(QStringView text)
{
    if (text.size() > longestScript)
        return ScriptError{longestScript, QStringLiteral("the script is longer than %1 characters").arg(longestScript)};
    return ScriptParser(text).parse();
}

QString outcomeText(const Outcome &outcome)
{
    QString text = outcome.kind == Outcome::Kind::Response ? responseText(outcome) : wordText(outcome);
    if (outcome.latency > Millis(0))
        text += u'@' + QString::number(outcome.latency.count(), 'f', QLocale::FloatingPointShortest);
    return text;
}

} // namespace errata
