#include "models/redact/secretnames.h"

#include "models/redact/coding.h"
#include "models/redact/secretvalues.h"

#include <algorithm>
#include <string_view>

namespace errata {

namespace {

using V = NameVerdict;

struct Rule
{
    std::string_view name; ///< folded: lower case letters and digits alone
    const char *type;
    V verdict = V::Secret;
    const char *reason = "";
};

/// Names in full, whatever their place.
constexpr Rule fullNames[] = {
    {"authorization", "token", V::Authorization},
    {"proxyauthorization", "token", V::Authorization},
    {"xauthorization", "token", V::Authorization},
    {"xforwardedauthorization", "token", V::Authorization},
    {"cookie", "cookie", V::Cookies},
    {"cookies", "cookie", V::Cookies},
    {"cookie2", "cookie", V::Cookies},
    {"setcookie", "cookie", V::SetCookie},
    {"setcookie2", "cookie", V::SetCookie},
    {"pass", "password"},
    {"pw", "password"},
    {"psw", "password"},
    {"bearer", "token"},
    {"auth", "token", V::SecretIfRandom},
    {"xauth", "token"},
    {"xauthkey", "api-key"},
    {"xauth2key", "api-key"},
    {"xkey", "api-key", V::SecretIfRandom},
    {"sig", "signature"},
    {"hmac", "signature", V::SecretIfRandom},
    {"xhubsignature", "signature"},
    {"xhubsignature256", "signature"},
    {"xamzcredential", "access-key-id"},
    {"signatureprovided", "signature"},
    {"accesskeyid", "access-key-id"},
    {"awsaccesskeyid", "access-key-id"},
    {"jsessionid", "session"},
    {"phpsessid", "session"},
    {"connectsid", "session"},
    {"aspnetsessionid", "session"},
    {"xsessionid", "session"},
    {"xportalsessionid", "session"},
    {"portalsessionid", "session"},
    {"csrf", "token", V::SecretIfRandom},
    {"xsrf", "token", V::SecretIfRandom},
    {"xcsrf", "token", V::SecretIfRandom},
    {"assertion", "token"},
    {"clientassertion", "token"},
    {"samlresponse", "token"},
    {"samlrequest", "token"},
    {"codeverifier", "auth-code"},
    {"authcode", "auth-code"},
    {"authorizationcode", "auth-code"},
    {"devicecode", "auth-code"},
    {"dpop", "token"},
    {"otp", "one-time-code"},
    {"totp", "one-time-code"},
    {"otpcode", "one-time-code"},
    {"mfacode", "one-time-code"},
    {"totpcode", "one-time-code"},
    {"verificationcode", "one-time-code"},
    {"recoverycode", "one-time-code"},
    {"recoverycodes", "one-time-code"},
    {"backupcodes", "one-time-code"},
    {"onetimecode", "one-time-code"},
    {"pin", "password"},
    {"cvv", "card-code"},
    {"cvv2", "card-code"},
    {"cvc", "card-code"},
    {"securitycode", "card-code"},
    {"mnemonic", "private-key"},
    {"seedphrase", "private-key"},
    {"recoveryphrase", "private-key"},
    {"secretplain", "secret"},
    {"sharedsecretkey", "secret"},
    {"secrets", "secret"},
    {"passwords", "password"},
    {"credentials", "secret"},
    {"tokens", "token", V::SecretIfRandom},
    {"apikeys", "api-key", V::SecretIfRandom},
    {"nonce", "token", V::DoubtfulIfRandom, "a nonce, good for one use"},
    {"requesttoken", "token", V::DoubtfulIfRandom, "an idempotency token as a rule"},
    {"clientrequesttoken", "token", V::DoubtfulIfRandom, "an idempotency token as a rule"},
    {"keyid", "api-key", V::DoubtfulIfRandom, "names a key, as a rule without its secret"},
    {"apikeyid", "api-key", V::DoubtfulIfRandom, "names a key, as a rule without its secret"},
};

/// Names that mean a secret in one place alone.
struct PlacedRule
{
    NamePlace place = NamePlace::Field;
    Rule rule;
};

constexpr PlacedRule placedNames[] = {
    {NamePlace::Query, {"key", "api-key", V::SecretIfRandom}},
    {NamePlace::Query, {"code", "auth-code", V::SecretIfRandom}},
    {NamePlace::Query, {"state", "token", V::DoubtfulIfRandom, "the state of a sign-in"}},
    {NamePlace::Query, {"ticket", "token", V::SecretIfRandom}},
    {NamePlace::Query, {"sid", "session"}},
    {NamePlace::Query, {"session", "session", V::SecretIfRandom}},
    {NamePlace::Query, {"sessionid", "session"}},
    {NamePlace::Query, {"signature", "signature"}},
    {NamePlace::Header, {"sessionid", "session"}},
    {NamePlace::Header, {"session", "session", V::SecretIfRandom}},
    {NamePlace::Header, {"secwebsocketkey", "", V::Harmless}},
    {NamePlace::Field, {"key", "api-key", V::DoubtfulIfRandom, "a key, or no more than a name"}},
    {NamePlace::Field, {"sid", "session", V::DoubtfulIfRandom, "may open a session"}},
    {NamePlace::Field, {"session", "session", V::DoubtfulIfRandom, "may open a session"}},
    {NamePlace::Field, {"sessionid", "session", V::DoubtfulIfRandom, "may open a session"}},
};

/// What names end with; the first that fits counts, so the exceptions come first.
constexpr Rule endings[] = {
    {"pagetoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"pagingtoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"paginationtoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"continuationtoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"cursortoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"nexttoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"previoustoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"prevtoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"starttoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"resumetoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"synctoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"skiptoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"deltatoken", "token", V::DoubtfulIfRandom, "a paging token as a rule"},
    {"idempotencytoken", "token", V::DoubtfulIfRandom, "an idempotency token"},
    {"bearertoken", "bearer-token"},
    {"bearertokenplain", "bearer-token"},
    {"tokenplain", "token"},
    {"secretplain", "secret"},
    {"passwordplain", "password"},
    {"token", "token"},
    {"tokenvalue", "token"},
    {"jwt", "token"},
    {"clientsecret", "client-secret"},
    {"secret", "secret"},
    {"secretvalue", "secret"},
    {"password", "password"},
    {"passwort", "password"},
    {"kennwort", "password"},
    {"dbpass", "password"},
    {"userpass", "password"},
    {"smtppass", "password"},
    {"mailpass", "password"},
    {"ftppass", "password"},
    {"rootpass", "password"},
    {"adminpass", "password"},
    {"authpass", "password"},
    {"proxypass", "password"},
    {"requirepass", "password"},
    {"passwd", "password"},
    {"passphrase", "password"},
    {"passcode", "password"},
    {"pwd", "password"},
    {"credential", "secret"},
    {"apikey", "api-key"},
    {"accesskey", "secret-key"},
    {"secretkey", "secret-key"},
    {"secretkeybase", "secret-key"},
    {"privatekey", "private-key"},
    {"privkey", "private-key"},
    {"signingkey", "secret-key"},
    {"encryptionkey", "secret-key"},
    {"masterkey", "secret-key"},
    {"accountkey", "secret-key"},
    {"subscriptionkey", "api-key"},
    {"functionskey", "api-key"},
    {"functionkey", "api-key"},
    {"integrationkey", "api-key"},
    {"authkey", "api-key"},
    {"servicekey", "api-key"},
    {"storagekey", "secret-key"},
    {"webhookkey", "secret-key"},
    {"deploykey", "secret-key"},
    {"adminkey", "api-key"},
    {"sessionkey", "session"},
    {"sessionsecret", "secret"},
    {"signature", "signature", V::SecretIfRandom},
    {"authorization", "token", V::Authorization},
};

/// Ends of names in capitals: DB_PASS, ACME_KEY. In small letters they are words: "tests_pass", "sort_key".
struct EnvironmentRule
{
    QByteArrayView end;
    Rule rule;
};

constexpr EnvironmentRule environmentNames[] = {
    {"_PASS", {"pass", "password"}},
    {"_PW", {"pw", "password"}},
    {"_PIN", {"pin", "password"}},
    {"_KEY", {"key", "api-key", V::SecretIfRandom}},
    {"_PAT", {"pat", "token", V::SecretIfRandom}},
    {"_AUTH", {"auth", "token", V::SecretIfRandom}},
};

const Rule *environmentRule(QByteArrayView name)
{
    const auto isCapital = [](char c) { return (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_'; };
    const auto *const found = std::find_if(std::begin(environmentNames), std::end(environmentNames),
                                           [name](const EnvironmentRule &rule) { return name.endsWith(rule.end); });
    return found != std::end(environmentNames) && std::all_of(name.begin(), name.end(), isCapital) ? &found->rule
                                                                                                   : nullptr;
}

std::string folded(QByteArrayView name)
{
    std::string text;
    text.reserve(static_cast<std::size_t>(name.size()));
    for (const char c : name) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            text += c;
        else if (c >= 'A' && c <= 'Z')
            text += static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

/// "password" of "user[password]" and "spring.datasource.password".
QByteArrayView lastPart(QByteArrayView name)
{
    while (name.endsWith(']'))
        name.chop(1);
    const auto at =
        std::find_if(name.rbegin(), name.rend(), [](char c) { return c == '.' || c == '[' || c == ':' || c == '/'; });
    return name.last(at - name.rbegin());
}

NameClass classOf(const Rule &rule)
{
    return {rule.verdict, rule.type, rule.reason};
}

const Rule *builtIn(std::string_view text, NamePlace place)
{
    for (const Rule &rule : fullNames) {
        if (text == rule.name)
            return &rule;
    }
    for (const PlacedRule &placed : placedNames) {
        if (text == placed.rule.name && place == placed.place)
            return &placed.rule;
    }
    const auto *const ending = std::find_if(std::begin(endings), std::end(endings), [text](const Rule &rule) {
        return text.size() >= rule.name.size() && text.substr(text.size() - rule.name.size()) == rule.name;
    });
    return ending == std::end(endings) ? nullptr : ending;
}

EndPairs builtInEnds()
{
    EndPairs ends;
    for (const Rule &rule : fullNames)
        ends.add(rule.name);
    for (const PlacedRule &placed : placedNames)
        ends.add(placed.rule.name);
    for (const Rule &rule : endings)
        ends.add(rule.name);
    for (const EnvironmentRule &rule : environmentNames)
        ends.add(rule.rule.name);
    return ends;
}

} // namespace

void EndPairs::add(std::string_view folded)
{
    // A name of one letter may follow anything.
    if (folded.size() < 2)
        m_pairs.set();
    else
        m_pairs.set(index(folded[folded.size() - 2], folded.back()));
}

bool EndPairs::has(QByteArrayView name) const
{
    char last = '\0';
    for (qsizetype i = name.size() - 1; i >= 0; --i) {
        if (!isAlnum(name[i]))
            continue;
        const char low = name[i] >= 'A' && name[i] <= 'Z' ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
        if (last != '\0')
            return m_pairs.test(index(low, last));
        last = low;
    }
    return m_pairs.all();
}

SecretNames::SecretNames(const RedactionRules &rules)
{
    static const EndPairs shared = builtInEnds();
    m_ends = shared;
    const auto take = [this](const std::vector<QByteArray> &names, NamePlace place) {
        for (const QByteArray &name : names) {
            const auto added = m_own.emplace(folded(name), place);
            if (!added.first->first.empty())
                m_ends.add(added.first->first);
        }
    };
    take(rules.fields, NamePlace::Field);
    take(rules.headers, NamePlace::Header);
    take(rules.query, NamePlace::Query);
    m_own.erase(std::string());
}

/// What is encoded may tell anything.
bool SecretNames::mayTell(QByteArrayView name) const
{
    return m_ends.has(name) || name.contains('%') || name.contains('\\');
}

const NameClass &SecretNames::classify(QByteArrayView name, NamePlace place)
{
    if (place != NamePlace::Cookie && !mayTell(name))
        return m_harmless;
    auto &known = m_known[static_cast<std::size_t>(place)];
    m_key.assign(name.data(), static_cast<std::size_t>(name.size()));
    const auto found = known.find(m_key);
    if (found != known.end())
        return found->second;
    // A text of nothing but different names must not fill the memory.
    if (known.size() > 50000)
        return m_unkept = decide(name, place);
    return known.emplace(m_key, decide(name, place)).first->second;
}

NameClass SecretNames::decide(QByteArrayView name, NamePlace place) const
{
    if (name.contains('%'))
        return decide(QByteArray::fromPercentEncoding(name.toByteArray()).replace('%', ""), place);
    if (name.contains('\\'))
        return decide(QByteArray(Decoded(name, Coding::Json).text()).replace('\\', ""), place);
    const std::string whole = folded(name);
    const std::string last = folded(lastPart(name));
    for (const std::string &text : {whole, last}) {
        if (text.empty())
            continue;
        const Rule *rule = builtIn(text, place);
        const bool sure = rule && rule->verdict != V::SecretIfRandom && rule->verdict != V::DoubtfulIfRandom;
        const auto own = sure ? m_own.end() : m_own.find(text);
        if (own != m_own.end() && (own->second == NamePlace::Field || own->second == place ||
                                   (own->second == NamePlace::Header && place == NamePlace::Field)))
            return {V::Secret, "secret", {}};
        if (rule)
            return classOf(*rule);
    }
    if (place == NamePlace::Cookie)
        return {V::Secret, "cookie", {}};
    if (const Rule *const rule = environmentRule(name))
        return classOf(*rule);
    return {};
}

bool isPlainMember(QByteArrayView name)
{
    static constexpr std::string_view plain[] = {
        "id",      "name",   "type",    "kind",    "status",   "state",    "description", "title",
        "message", "code",   "reason",  "format",  "expires",  "expiry",   "scope",       "scopes",
        "issuer",  "url",    "href",    "version", "label",    "enabled",  "algorithm",   "alg",
        "length",  "prefix", "last4",   "email",   "user",     "username", "path",        "samesite",
        "region",  "field",  "pattern", "object",  "provider", "role",     "domain",      "tokentype"};
    const std::string text = folded(name);
    const auto endsWith = [&](std::string_view end) {
        return text.size() > end.size() && text.compare(text.size() - end.size(), std::string::npos, end) == 0;
    };
    return std::find(std::begin(plain), std::end(plain), text) != std::end(plain) || name.endsWith("_at") ||
           name.endsWith("At") || name.endsWith("_id") || name.endsWith("Id") || endsWith("expiresin") ||
           endsWith("date") || endsWith("time");
}

} // namespace errata
