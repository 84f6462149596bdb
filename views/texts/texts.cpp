#include "views/texts/texts.h"

namespace errata::texts {

QString verdict(RetryVerdict verdict, bool isError)
{
    if (!isError)
        return QStringLiteral("not an error");
    switch (verdict) {
    case RetryVerdict::Yes:
        return QStringLiteral("yes");
    case RetryVerdict::No:
        return QStringLiteral("no");
    case RetryVerdict::AfterWait:
        return QStringLiteral("after wait");
    case RetryVerdict::AfterFix:
        return QStringLiteral("after fix");
    case RetryVerdict::Unstated:
        return QStringLiteral("unstated");
    }
    return {};
}

QString verdictMeaning(RetryVerdict verdict, bool isError)
{
    if (!isError)
        return QStringLiteral("This is an answer, not a failure: there is nothing to retry.");
    switch (verdict) {
    case RetryVerdict::Yes:
        return QStringLiteral("The same request may be sent again.");
    case RetryVerdict::No:
        return QStringLiteral("Sending the same request again will not help.");
    case RetryVerdict::AfterWait:
        return QStringLiteral("Wait, then send the same request again.");
    case RetryVerdict::AfterFix:
        return QStringLiteral("Change what is wrong first, then send a new request.");
    case RetryVerdict::Unstated:
        return QStringLiteral("No document says whether a retry may help.");
    }
    return {};
}

QString provenance(Provenance provenance)
{
    switch (provenance) {
    case Provenance::Stated:
        return QStringLiteral("stated");
    case Provenance::Companion:
        return QStringLiteral("companion");
    case Provenance::Derived:
        return QStringLiteral("derived");
    case Provenance::Inferred:
        return QStringLiteral("inferred");
    }
    return {};
}

QString provenanceMeaning(Provenance provenance)
{
    switch (provenance) {
    case Provenance::Stated:
        return QStringLiteral("Stated: the API's own error document says so.");
    case Provenance::Companion:
        return QStringLiteral("Companion: another page of the same vendor says so.");
    case Provenance::Derived:
        return QStringLiteral("Derived: it follows from a rule the vendor states.");
    case Provenance::Inferred:
        return QStringLiteral("Inferred: our reading, from a standard or from the name alone. No document says so.");
    }
    return {};
}

QString match(MatchKind kind)
{
    switch (kind) {
    case MatchKind::Exact:
        return QStringLiteral("exact");
    case MatchKind::Folded:
        return QStringLiteral("same word");
    case MatchKind::Prefix:
        return QStringLiteral("begins so");
    case MatchKind::Text:
        return QStringLiteral("in the text");
    case MatchKind::Near:
        return QStringLiteral("near");
    case MatchKind::All:
        break;
    }
    return {};
}

QString confidence(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Certain:
        return QStringLiteral("certain");
    case Confidence::Likely:
        return QStringLiteral("likely");
    case Confidence::Guess:
        return QStringLiteral("a guess");
    }
    return {};
}

QString confidenceMeaning(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Certain:
        return QStringLiteral("Shape, code and status fit this API and no other.");
    case Confidence::Likely:
        return QStringLiteral("Most of it fits this API; read the reasons before you rely on it.");
    case Confidence::Guess:
        return QStringLiteral("Too little to go by: look at the other readings as well.");
    }
    return {};
}

QString convention(Convention convention)
{
    switch (convention) {
    case Convention::Catalog:
        return QStringLiteral("an envelope of the catalog");
    case Convention::ProblemJson:
        return QStringLiteral("problem details (RFC 9457)");
    case Convention::GoogleRpc:
        return QStringLiteral("google.rpc.Status");
    case Convention::JsonApi:
        return QStringLiteral("JSON:API errors");
    case Convention::OAuth2:
        return QStringLiteral("OAuth 2 error (RFC 6749)");
    case Convention::GraphQl:
        return QStringLiteral("GraphQL errors");
    case Convention::Aws:
        return QStringLiteral("AWS error");
    case Convention::Azure:
        return QStringLiteral("Azure error");
    case Convention::StatusOnly:
        return QStringLiteral("the HTTP status alone");
    case Convention::None:
        return QStringLiteral("no known convention");
    }
    return {};
}

QString inputKind(InputKind kind)
{
    switch (kind) {
    case InputKind::Empty:
        return QStringLiteral("nothing yet");
    case InputKind::Json:
        return QStringLiteral("JSON body");
    case InputKind::HttpResponse:
        return QStringLiteral("HTTP response");
    case InputKind::HttpRequest:
        return QStringLiteral("HTTP request");
    case InputKind::CurlVerbose:
        return QStringLiteral("curl -v output");
    case InputKind::CurlCommand:
        return QStringLiteral("curl command");
    case InputKind::Har:
        return QStringLiteral("HAR recording");
    case InputKind::Log:
        return QStringLiteral("log");
    case InputKind::Code:
        return QStringLiteral("error code");
    case InputKind::ExitCode:
        return QStringLiteral("exit code");
    case InputKind::Url:
        return QStringLiteral("URL");
    case InputKind::Xml:
        return QStringLiteral("XML");
    case InputKind::Html:
        return QStringLiteral("HTML page");
    case InputKind::Unknown:
        return QStringLiteral("plain text");
    }
    return {};
}

QString retrySource(RetrySource source)
{
    switch (source) {
    case RetrySource::None:
        return QStringLiteral("nothing in the reply");
    case RetrySource::Entry:
        return QStringLiteral("the catalog entry");
    case RetrySource::BodyFlag:
        return QStringLiteral("the retry flag in the body");
    case RetrySource::BodyDelay:
        return QStringLiteral("the wait in the body");
    case RetrySource::RateLimitHeader:
        return QStringLiteral("the rate limit fields");
    case RetrySource::RetryAfterHeader:
        return QStringLiteral("the Retry-After header");
    case RetrySource::StatusRule:
        return QStringLiteral("the API's rule for this status");
    case RetrySource::StatusCode:
        return QStringLiteral("the HTTP status");
    }
    return {};
}

QString duration(qint64 milliseconds)
{
    if (milliseconds < 1000)
        return QStringLiteral("%1 ms").arg(milliseconds);
    if (milliseconds < 60'000) // 'g' drops the zeros of whole seconds
        return QStringLiteral("%1 s").arg(double(milliseconds) / 1000, 0, 'g', 5);
    const qint64 seconds = milliseconds / 1000;
    if (seconds < 3600)
        return seconds % 60 ? QStringLiteral("%1 min %2 s").arg(seconds / 60).arg(seconds % 60)
                            : QStringLiteral("%1 min").arg(seconds / 60);
    const qint64 minutes = seconds / 60;
    return minutes % 60 ? QStringLiteral("%1 h %2 min").arg(minutes / 60).arg(minutes % 60)
                        : QStringLiteral("%1 h").arg(minutes / 60);
}

QString statusClass(int statusClass)
{
    return statusClass == 0 ? QStringLiteral("not stated") : QStringLiteral("%1xx").arg(statusClass);
}

QString wait(const RetryFact &retry)
{
    if (retry.waitHeader && retry.waitMs)
        return QStringLiteral("as %1 says, else %2").arg(*retry.waitHeader, duration(*retry.waitMs));
    if (retry.waitHeader)
        return QStringLiteral("as %1 says").arg(*retry.waitHeader);
    return retry.waitMs ? duration(*retry.waitMs) : QString();
}

QString pointer(const QString &jsonPointer)
{
    if (jsonPointer.isEmpty())
        return QStringLiteral("the body itself");
    QStringList parts = jsonPointer.mid(1).split(QLatin1Char('/'));
    for (QString &part : parts)
        part.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
    return parts.join(QLatin1Char('.'));
}

} // namespace errata::texts
