#include "views/probe/answertexts.h"

#include "views/decode/pastetext.h"
#include "views/timeline/attempttexts.h"
#include "views/timeline/timeaxis.h"

namespace errata {

QString headlineOf(const SendResult &result, const Finding *finding)
{
    if (finding && finding->code)
        return *finding->code;
    if (result.response && !result.response->reason.isEmpty())
        return QString::fromUtf8(result.response->reason);
    if (result.response)
        return finding && finding->isError ? QStringLiteral("an error without a code") : QStringLiteral("answered");
    Outcome outcome;
    outcome.kind = Outcome::Kind::Failure;
    outcome.failure = result.failure.kind;
    return outcomeLabel(outcome);
}

QString factsOf(const SendResult &result, const std::vector<Attempt> &attempts)
{
    QStringList facts;
    if (result.response)
        facts << sizeText(result.response->body.size());
    facts << shortTime(Millis(result.timings.totalMs));
    if (result.response && !result.response->version.isEmpty())
        facts << QString::fromLatin1(result.response->version);
    int sends = 0;
    for (const Attempt &attempt : attempts)
        sends += attempt.live ? attempt.live->sends : 0;
    facts << sendsText(attempts.empty() ? result.sends : sends);
    if (!result.redirects.empty())
        facts << (result.redirects.size() == 1 ? QStringLiteral("1 redirect")
                                               : QStringLiteral("%1 redirects").arg(result.redirects.size()));
    return facts.join(QStringLiteral(" · "));
}

QByteArray asSent(const HttpRequest &request, const SendResult &result)
{
    QByteArray text = request.method + ' ' + request.url + '\n';
    const Headers &headers = result.sentHeaders.isEmpty() ? request.headers : result.sentHeaders;
    for (const Header &header : headers)
        text += header.name + ": " + header.value + '\n';
    text += '\n' + request.body;
    if (result.redirects.empty())
        return text;
    text += "\n\n-- redirects followed --\n";
    for (const Redirect &redirect : result.redirects) {
        text += QByteArray::number(redirect.status) + "  " + redirect.from + "\n  -> " + redirect.to;
        text += redirect.credentialsDropped ? "  (credentials left out)\n" : "\n";
    }
    return text;
}

std::vector<std::pair<QString, QString>> timingRows(const SendResult &result)
{
    std::vector<std::pair<QString, QString>> rows;
    const auto add = [&rows](const char *name, const std::optional<double> &ms) {
        if (ms)
            rows.emplace_back(QString::fromLatin1(name), exactTime(Millis(*ms)));
    };
    add("Name found after", result.timings.dnsMs);
    add("Connected after", result.timings.connectMs);
    add("TLS ready after", result.timings.tlsMs);
    add("Request out after", result.timings.sentMs);
    add("First byte after", result.timings.firstByteMs);
    add("All of it after", result.timings.totalMs);
    rows.emplace_back(QStringLiteral("Sent"),
                      result.sends == 1 ? QStringLiteral("once") : QStringLiteral("%1 times").arg(result.sends));
    if (!result.remote.isEmpty())
        rows.emplace_back(QStringLiteral("Server"), result.remote);
    if (result.reused)
        rows.emplace_back(QStringLiteral("Connection"), QStringLiteral("kept from an earlier request"));
    if (!result.proxy.isEmpty())
        rows.emplace_back(QStringLiteral("Proxy"), QString::fromUtf8(result.proxy));
    if (result.tls)
        rows.emplace_back(QStringLiteral("Encryption"),
                          QStringLiteral("%1, %2").arg(result.tls->protocol, result.tls->cipher));
    return rows;
}

} // namespace errata
