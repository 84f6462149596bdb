// Policy files: resources/policies/policy.schema.json says the same as a schema.
#include "models/base/limits.h"
#include "models/json/jsondocument.h"
#include "models/retry/retrypolicy.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cmath>
#include <limits>

namespace errata {

namespace {

/// The first fault of the file; what is read after it does not matter any more.
struct Faults
{
    std::optional<Error> first;
    QString file;

    void add(const QString &pointer, const QString &message)
    {
        if (!first)
            first = Error{message, pointer.isEmpty() ? file : file + QStringLiteral(": ") + pointer};
    }
};

/// A name in the file for a value of an enum.
template <typename E>
using Names = std::initializer_list<std::pair<const char *, E>>;

/// The members of one object. done() reports those nobody asked for, so that a misspelt one is told.
class Members
{
public:
    Members(JsonValue object, QString path, Faults &faults)
        : m_object(std::move(object)), m_path(std::move(path)), m_faults(faults)
    {
        if (!m_object.isObject())
            fault({}, QStringLiteral("expected an object"));
    }

    bool has(const char *name) { return !get(name).isAbsent(); }
    bool isNull(const char *name) { return get(name).is(JsonKind::Null); }

    QString text(const char *name, bool required = true)
    {
        const JsonValue value = get(name);
        if (value.isString() && !(required && value.string().isEmpty()))
            return value.string();
        if (required || !value.isAbsent())
            fault(name, QStringLiteral("expected a text"));
        return {};
    }

    bool boolean(const char *name, bool fallback)
    {
        const JsonValue value = get(name);
        if (!value.isAbsent() && !value.isBool())
            fault(name, QStringLiteral("expected true or false"));
        return value.boolean().value_or(fallback);
    }

    std::optional<double> number(const char *name, double least)
    {
        const JsonValue value = get(name);
        if (value.isAbsent() || value.is(JsonKind::Null))
            return {};
        const std::optional<double> read = value.number();
        if (read && std::isfinite(*read) && *read >= least)
            return read;
        fault(name, QStringLiteral("expected a number, at least %1").arg(least));
        return {};
    }

    std::optional<Millis> millis(const char *name, double least = 0)
    {
        const std::optional<double> value = number(name, least);
        return value ? std::optional(Millis(*value)) : std::nullopt;
    }

    double requiredNumber(const char *name, double least)
    {
        const std::optional<double> value = number(name, least);
        if (!value)
            fault(name, QStringLiteral("expected a number, at least %1").arg(least));
        return value.value_or(least);
    }

    template <typename E>
    E choice(const char *name, Names<E> names)
    {
        const QString text = get(name).string();
        QStringList known;
        for (const auto &[key, value] : names) {
            if (text == QLatin1String(key))
                return value;
            known += QLatin1String(key);
        }
        fault(name, QStringLiteral("expected one of ") + known.join(QStringLiteral(", ")));
        return names.begin()->second;
    }

    std::vector<JsonValue> array(const char *name, bool required)
    {
        const JsonValue value = get(name);
        if (!value.isArray() && (required || !value.isAbsent()))
            fault(name, QStringLiteral("expected a list"));
        return value.isArray() ? value.children() : std::vector<JsonValue>();
    }

    Members object(const char *name) { return Members(get(name), pathOf(name), m_faults); }

    void fault(const char *name, const QString &message) { m_faults.add(name ? pathOf(name) : m_path, message); }

    void done()
    {
        if (!m_object.isObject())
            return;
        for (const JsonValue &member : m_object.children()) {
            if (std::find(m_asked.begin(), m_asked.end(), member.key()) == m_asked.end())
                m_faults.add(m_path + u'/' + member.key(),
                             QStringLiteral("not known here; expected one of ") + m_asked.join(QStringLiteral(", ")));
        }
    }

private:
    JsonValue get(const char *name)
    {
        const QString key = QLatin1String(name);
        if (!m_asked.contains(key))
            m_asked += key;
        return m_object[name];
    }
    [[nodiscard]] QString pathOf(const char *name) const { return m_path + u'/' + QLatin1String(name); }

    JsonValue m_object;
    QString m_path;
    Faults &m_faults;
    QStringList m_asked;
};

/// "429" or "500-599".
std::optional<std::pair<int, int>> statusRange(const QString &text)
{
    const QStringList ends = text.split(u'-');
    const auto status = [](const QString &digits) {
        bool ok = false;
        const int number = digits.toInt(&ok);
        return ok && digits.size() == 3 && number >= 100 ? number : 0;
    };
    if (ends.size() > 2)
        return {};
    const int first = status(ends.first());
    const int last = status(ends.last());
    if (first == 0 || last < first)
        return {};
    return std::pair(first, last);
}

StatusSet readStatuses(Members &members, const char *name)
{
    StatusSet set;
    for (const JsonValue &value : members.array(name, true)) {
        const std::optional<std::pair<int, int>> range = statusRange(value.string());
        if (range)
            set.ranges.push_back(*range);
        else
            members.fault(name, QStringLiteral("expected texts such as \"429\" or \"500-599\", found ") +
                                    QString::fromUtf8(value.raw()));
    }
    return set;
}

void readJitter(Members jitter, Backoff &backoff)
{
    backoff.jitter = jitter.choice<Jitter>("kind", {{"none", Jitter::None},
                                                    {"full", Jitter::Full},
                                                    {"equal", Jitter::Equal},
                                                    {"additive", Jitter::Additive},
                                                    {"symmetric", Jitter::Symmetric},
                                                    {"decorrelated", Jitter::Decorrelated}});
    if (backoff.jitter == Jitter::Additive || backoff.jitter == Jitter::Symmetric)
        backoff.ratio = jitter.requiredNumber("ratio", 0);
    if (backoff.jitter == Jitter::Symmetric && backoff.ratio > 1)
        jitter.fault("ratio", QStringLiteral("expected at most 1: a wait is not negative"));
    jitter.done();
}

Backoff readBackoff(Members members)
{
    Backoff backoff;
    backoff.shape = members.choice<BackoffShape>("shape", {{"constant", BackoffShape::Constant},
                                                           {"linear", BackoffShape::Linear},
                                                           {"exponential", BackoffShape::Exponential},
                                                           {"fibonacci", BackoffShape::Fibonacci},
                                                           {"table", BackoffShape::Table}});
    if (backoff.shape == BackoffShape::Table) {
        for (const JsonValue &value : members.array("table_ms", true)) {
            const double wait = value.number().value_or(-1);
            if (!(wait >= 0) || !std::isfinite(wait))
                members.fault("table_ms", QStringLiteral("expected milliseconds, at least 0"));
            backoff.table.emplace_back(wait);
        }
        if (backoff.table.empty())
            members.fault("table_ms", QStringLiteral("expected at least one wait"));
    } else {
        backoff.base = Millis(members.requiredNumber("base_ms", 0));
    }
    if (backoff.shape == BackoffShape::Exponential)
        backoff.factor = members.requiredNumber("factor", 0);
    backoff.cap = members.millis("cap_ms");
    if (members.has("cap"))
        backoff.capAfterJitter = members.choice<bool>("cap", {{"before-jitter", false}, {"after-jitter", true}});
    readJitter(members.object("jitter"), backoff);
    members.done();
    return backoff;
}

RetryAfterRule readRetryAfter(Members members)
{
    RetryAfterRule rule;
    rule.statuses = readStatuses(members, "statuses");
    rule.reading = members.choice<RetryAfterReading>("reading", {{"rfc", RetryAfterReading::Rfc},
                                                                 {"integer", RetryAfterReading::Integer},
                                                                 {"js-number", RetryAfterReading::JsNumber}});
    rule.whenAbsent = members.millis("when_absent_ms");
    rule.cap = members.millis("cap_ms");
    members.done();
    return rule;
}

void readSource(Members source, RetryPolicy &policy)
{
    policy.source = source.text("title");
    policy.sourceUrl = source.text("url", false);
    source.done();
}

void readRetries(Members retries, RetryPolicy &policy)
{
    policy.statuses = readStatuses(retries, "statuses");
    policy.networkFailures = retries.boolean("network_failures", false);
    policy.unreadableBody = retries.boolean("unreadable_body", false);
    policy.notSent = retries.boolean("not_sent", false);
    retries.done();
}

void readAfterLast(Members after, RetryPolicy &policy)
{
    policy.returnsLastResponse = after.choice<bool>("response", {{"returned", true}, {"thrown", false}});
    policy.sleepsAfterLastRetryAfter = after.boolean("sleeps_after_retry_after", false);
    after.done();
}

bool isId(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'.';
    });
}

RetryPolicy readRoot(Members root)
{
    RetryPolicy policy;
    root.text("$schema", false);
    if (root.text("format") != QLatin1String("errata-policy/1"))
        root.fault("format", QStringLiteral("expected \"errata-policy/1\""));
    policy.id = root.text("id");
    if (!isId(policy.id))
        root.fault("id", QStringLiteral("expected small letters, digits, '-' and '.'"));
    policy.name = root.text("name");
    policy.version = root.text("version");
    readSource(root.object("source"), policy);
    policy.method = root.text("method", false).toLatin1();
    if (!root.has("max_attempts"))
        root.fault("max_attempts", QStringLiteral("expected a number, or null for no limit"));
    policy.maxAttempts = root.number("max_attempts", 0).value_or(std::numeric_limits<double>::infinity());
    policy.deadline = root.millis("deadline_ms");
    policy.attemptTimeout = root.millis("attempt_timeout_ms", 1);
    policy.backoff = readBackoff(root.object("backoff"));
    readRetries(root.object("retries"), policy);
    if (root.has("retry_after") && !root.isNull("retry_after"))
        policy.retryAfter = readRetryAfter(root.object("retry_after"));
    readAfterLast(root.object("after_last"), policy);
    policy.timer = root.choice<TimerKind>(
        "timer", {{"exact", TimerKind::Exact}, {"node", TimerKind::Node}, {"browser", TimerKind::Browser}});
    for (const JsonValue &quirk : root.array("quirks", false)) {
        if (!quirk.isString())
            root.fault("quirks", QStringLiteral("expected texts"));
        policy.quirks += quirk.string();
    }
    root.done();
    return policy;
}

} // namespace

Result<RetryPolicy> readPolicy(const QByteArray &bytes, const QString &fileName)
{
    if (bytes.size() > limits::catalogFile)
        return Error{
            QStringLiteral("larger than %1 MB, expected a retry policy").arg(limits::catalogFile / limits::Megabyte),
            fileName};
    const auto document = JsonDocument::parse(bytes);
    if (!document)
        return Error{document.error().text(), fileName};
    Faults faults{{}, fileName};
    RetryPolicy policy = readRoot(Members(document->root(), {}, faults));
    if (faults.first)
        return *faults.first;
    return policy;
}

std::vector<RetryPolicy> shippedPolicies()
{
    const QDir folder(QStringLiteral(":/errata/policies"));
    std::vector<RetryPolicy> policies;
    for (const QString &name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (name.endsWith(QLatin1String(".schema.json")) || !file.open(QIODevice::ReadOnly))
            continue;
        if (Result<RetryPolicy> policy = readPolicy(file.readAll(), name))
            policies.push_back(std::move(policy).value());
    }
    return policies;
}

} // namespace errata
