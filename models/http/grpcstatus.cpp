#include "models/http/grpcstatus.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace errata {

namespace {

constexpr qsizetype looked = 65'536;

/// By their numbers, from 1 (google/rpc/code.proto).
constexpr std::array<const char *, 16> names = {
    "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",   "NOT_FOUND",
    "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED",
    "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",         "DATA_LOSS",
    "UNAUTHENTICATED"};

/// "DeadlineExceeded" and "DEADLINE_EXCEEDED" alike; nothing for what is no code ("Canceled" is one, in Go).
QByteArray nameOf(const QString &written)
{
    QByteArray folded = written.toLatin1().toUpper();
    folded.replace('_', "");
    if (folded == "CANCELED")
        return names[0];
    const auto *found = std::find_if(names.begin(), names.end(), [&folded](const char *name) {
        return QByteArray(name).replace('_', "") == folded;
    });
    return found == names.end() ? QByteArray() : QByteArray(*found);
}

/// Where a code stands: behind \c sign, or, where that is empty, behind its number. A pattern is compiled at its first
/// use, which takes longer than reading most replies: only where there is a sign of it.
struct Form
{
    QByteArrayView sign;
    QRegularExpression pattern; ///< number 1 is the name, 2 the message where there is one
};

/// The texts are read as Latin-1, so that offsets are bytes.
const std::array<Form, 5> &forms()
{
    static const std::array<Form, 5> list = {{
        {"rpc error: code = ",
         QRegularExpression(QStringLiteral("\\brpc error: code = (\\w+)(?: desc = ([^\\r\\n\"]*))?"))},
        {"StatusCode.", QRegularExpression(QStringLiteral(
                            "\\bStatusCode\\.([A-Z_]+)(?:[\\s\\S]{0,80}?\\bdetails = \"([^\"\\r\\n]*)\")?"))},
        {"Exception: ",
         QRegularExpression(QStringLiteral("\\bStatus(?:Runtime)?Exception: ([A-Z_]+)(?:: ([^\\r\\n]*))?"))},
        {"StatusCode=",
         QRegularExpression(QStringLiteral("\\bStatusCode=\"?(\\w+)\"?(?:, Detail=\"([^\"\\r\\n]*)\")?"))},
        {{}, QRegularExpression(QStringLiteral("\\b(?:1[0-6]|[1-9]) ([A-Z_]{5,})(?:: ([^\\r\\n]*))?"))},
    }};
    return list;
}

/// "7 P" of "7 PERMISSION_DENIED".
bool hasNumberedName(QByteArrayView text)
{
    for (qsizetype blank = text.indexOf(' ', 1); blank > 0 && blank + 1 < text.size();
         blank = text.indexOf(' ', blank + 1)) {
        const char before = text[blank - 1];
        const char behind = text[blank + 1];
        if (before >= '0' && before <= '9' && ((behind >= 'A' && behind <= 'Z') || behind == '_'))
            return true;
    }
    return false;
}

} // namespace

std::optional<GrpcStatus> grpcStatusIn(QByteArrayView text)
{
    text = text.first(std::min(text.size(), looked));
    const QString latin = QString::fromLatin1(text);
    std::optional<GrpcStatus> first;
    for (const Form &form : forms()) {
        if (form.sign.isEmpty() ? !hasNumberedName(text) : !text.contains(form.sign))
            continue;
        const QRegularExpressionMatch match = form.pattern.match(latin);
        const QByteArray name = nameOf(match.captured(1));
        if (name.isEmpty() || (first && first->where.start <= match.capturedStart(1)))
            continue;
        GrpcStatus status{name, {match.capturedStart(1), match.capturedLength(1)}, {}, {}};
        if (match.capturedLength(2) > 0) {
            status.messageSpan = {match.capturedStart(2), match.capturedLength(2)};
            status.message = text.sliced(status.messageSpan.start, status.messageSpan.length).toByteArray();
        }
        first = std::move(status);
    }
    return first;
}

} // namespace errata
