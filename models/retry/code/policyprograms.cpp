#include "models/retry/code/policyprograms.h"

#include "models/retry/code/languages.h"

#include <algorithm>

namespace errata {

namespace {

/// What a program is made of, for what it cannot say.
const code::Language *languageOf(const PolicyProgram &program)
{
    const QByteArray name = program.name;
    if (name == "typescript")
        return &code::typeScript();
    if (name.startsWith("python"))
        return &code::python();
    if (name == "go")
        return &code::go();
    if (name == "java")
        return &code::java();
    if (name == "csharp")
        return &code::cSharp();
    if (name == "cpp")
        return &code::cpp();
    return name == "rust" ? &code::rust() : nullptr;
}

QString joined(const QByteArrayList &names)
{
    return QString::fromUtf8(names.join(", "));
}

/// What the caller's send would have to see, or someone beyond one call to count.
QStringList beyondOneCall(const RetryPolicy &policy)
{
    using Kind = RetryBudget::Kind;
    QStringList notes;
    if (policy.budget) {
        const QString kind = policy.budget->kind == Kind::Tokens       ? QStringLiteral("tokens")
                             : policy.budget->kind == Kind::Throttle   ? QStringLiteral("gRPC throttling")
                             : policy.budget->kind == Kind::Concurrent ? QStringLiteral("retries under way")
                                                                       : QStringLiteral("a share of the requests");
        notes << QStringLiteral("The client's budget for retries (%1): it is shared by all its requests.").arg(kind);
    }
    if (policy.hedging)
        notes << QStringLiteral("Hedging: an attempt every %1 ms beside those under way; here they follow each other.")
                     .arg(policy.hedging->delay.count());
    if (!policy.codes.isEmpty())
        notes << QStringLiteral("Codes in bodies and of gRPC that are retried: %1.").arg(joined(policy.codes));
    if (!policy.finalCodes.isEmpty())
        notes << QStringLiteral("Codes in bodies and of gRPC that are not: %1.").arg(joined(policy.finalCodes));
    if (!policy.throttledCodes.isEmpty())
        notes << QStringLiteral("Codes that count as throttling: %1.").arg(joined(policy.throttledCodes));
    if (policy.bodyFlag)
        notes << QStringLiteral("A flag in the body that allows or forbids a retry.");
    if (policy.retryAfter && policy.retryAfter->retryInfo)
        notes << QStringLiteral("google.rpc.RetryInfo in the body.");
    if (policy.unreadableBody)
        notes << QStringLiteral("A body that cannot be parsed counts as no answer: say so in send.");
    if (policy.notSent)
        notes << QStringLiteral("A request that cannot be made is tried again: say so in send.");
    return notes;
}

QStringList ofTheRequest(const RetryPolicy &policy)
{
    QStringList notes;
    if (!policy.methods.isEmpty())
        notes << QStringLiteral("The method: only %1 %2 retried%3.")
                     .arg(joined(policy.methods),
                          policy.methods.size() == 1 ? QStringLiteral("is") : QStringLiteral("are"),
                          policy.keyAllowsMethod ? QStringLiteral(", and any with an Idempotency-Key") : QString());
    if (!policy.anyMethodStatuses.isEmpty() || !policy.anyMethodFailures.isEmpty())
        notes << QStringLiteral("Some statuses and failures are retried with every method, others not: here all are.");
    if (policy.sendsIdempotencyKey)
        notes << QStringLiteral("An Idempotency-Key, the same with each attempt: send it yourself.");
    if (policy.attemptTimeout || (policy.deadline && policy.deadlineCutsAttempt))
        notes << QStringLiteral("The time-out of an attempt is told to send, which has to keep it.");
    if (policy.timer == TimerKind::Browser)
        notes << QStringLiteral("What a browser's timer makes of waits beyond 2147483647 ms.");
    return notes;
}

/// \a form as the language reads it; empty where it does.
QString dateNote(DateForm form, code::DateReach reach)
{
    using code::DateReach;
    if (form == DateForm::None)
        return {};
    if (reach == DateReach::None)
        return QStringLiteral("dates: the standard library reads none");
    const bool wantsMore = form == DateForm::Js || form == DateForm::Email;
    if (reach == DateReach::ImfFixdate && form != DateForm::ImfFixdate)
        return QStringLiteral("dates other than such as \"Wed, 21 Oct 2026 07:28:00 GMT\"");
    if (reach == DateReach::Rfc && wantsMore)
        return QStringLiteral("dates beyond the three forms of RFC 9110");
    if (reach == DateReach::Email && form == DateForm::Js)
        return QStringLiteral("dates as Date.parse reads them, ISO 8601 among them");
    const bool readsMore =
        (reach == DateReach::Email || reach == DateReach::Js || reach == DateReach::Rfc) && !wantsMore;
    const bool isExact = reach == DateReach::Rfc && form == DateForm::Rfc;
    if ((readsMore && !isExact) || (reach == DateReach::Js && form == DateForm::Email))
        return QStringLiteral("that other dates are not read: the standard library reads more");
    return {};
}

QString numberNote(const WaitHeader &header, const code::Language &language)
{
    const bool isJavaScript = language.dates == code::DateReach::Js;
    if (header.number == NumberForm::RateLimit)
        return QStringLiteral("its number, the t of a RateLimit field");
    if (header.number == NumberForm::JsNumber && !isJavaScript)
        return QStringLiteral("numbers as Number() reads them beyond decimal ones: 0x10, Infinity");
    return {};
}

QStringList ofHeaders(const RetryPolicy &policy, const code::Language &language)
{
    QStringList notes;
    if (!policy.retryAfter)
        return notes;
    for (const WaitHeader &header : policy.retryAfter->headers) {
        QStringList parts{numberNote(header, language), dateNote(header.date, language.dates)};
        if (header.epochFrom && language.dates == code::DateReach::None)
            parts << QStringLiteral("numbers that are seconds since 1970");
        if (header.wrapsInt64)
            parts << QStringLiteral("waits so long that their nanoseconds overflow 64 bits");
        parts.removeAll(QString());
        if (!parts.isEmpty())
            notes
                << QStringLiteral("Of %1: %2.").arg(QString::fromLatin1(header.name), parts.join(QStringLiteral("; ")));
    }
    return notes;
}

QByteArray labelled(const PolicyProgram &program, const char *label, const QString &text)
{
    const QByteArray line = program.comment + QByteArray(label) + code::commentText(text);
    return text.isEmpty() ? QByteArray() : line + '\n';
}

QByteArray head(const RetryPolicy &policy, const PolicyProgram &program)
{
    QByteArray out = labelled(program, "", policy.name + QStringLiteral(" (") + policy.id + QStringLiteral(")"));
    out += labelled(program, "Version: ", policy.version);
    out += labelled(program, "Source: ", policy.source);
    out += labelled(program, "        ", policy.sourceUrl);
    const QStringList notes = notCarried(policy, program);
    if (!notes.isEmpty())
        out += QByteArray(program.comment) + "Not carried over:\n";
    for (const QString &note : notes)
        out += labelled(program, "- ", note);
    return out;
}

} // namespace

const std::vector<PolicyProgram> &policyPrograms()
{
    static const std::vector<PolicyProgram> programs = {
        {"typescript", "TypeScript", ".ts", "// ", code::typeScriptProgram},
        {"python", "Python", ".py", "# ", code::pythonProgram},
        {"python-tenacity", "Python (tenacity)", ".py", "# ", code::tenacityProgram},
        {"go", "Go", ".go", "// ", code::goProgram},
        {"java", "Java (resilience4j)", ".java", "// ", code::javaProgram},
        {"csharp", "C# (Polly v8)", ".cs", "// ", code::cSharpProgram},
        {"cpp", "C++", ".hpp", "// ", code::cppProgram},
        {"rust", "Rust", ".rs", "// ", code::rustProgram},
        {"curl", "curl flags", ".sh", "# ", code::curlFlags},
    };
    return programs;
}

const PolicyProgram *policyProgram(const QString &name)
{
    const auto &programs = policyPrograms();
    const auto found = std::find_if(programs.begin(), programs.end(),
                                    [&name](const PolicyProgram &one) { return name == QLatin1String(one.name); });
    return found == programs.end() ? nullptr : &*found;
}

QStringList notCarried(const RetryPolicy &policy, const PolicyProgram &program)
{
    QStringList notes;
    const code::Language *language = languageOf(program);
    notes += language ? ofHeaders(policy, *language) : code::notInCurlFlags(policy);
    notes += ofTheRequest(policy);
    notes += beyondOneCall(policy);
    const QByteArray name = program.name;
    if (name == "java")
        notes << QStringLiteral("Fractions of a millisecond: resilience4j waits whole ones.");
    return notes;
}

QByteArray programText(const RetryPolicy &policy, const PolicyProgram &program)
{
    const QByteArray text = program.write(policy);
    return head(policy, program) + (text.startsWith('\n') ? "" : "\n") + text;
}

std::vector<NamedProgram> programsOf(const RetryPolicy &policy)
{
    std::vector<NamedProgram> programs;
    programs.reserve(policyPrograms().size());
    for (const PolicyProgram &program : policyPrograms())
        programs.push_back(
            {QString::fromLatin1(program.name), QString::fromLatin1(program.title), programText(policy, program)});
    return programs;
}

} // namespace errata
