#include "models/http/curlcommand.h"

#include <QList>

#include <algorithm>

namespace errata {

namespace {

constexpr char mask[] = "[masked]";
constexpr qsizetype maskLength = sizeof mask - 1;

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool isSafeInShell(char c)
{
    return isWordByte(c) || QByteArrayView("./:@%+=,").contains(c);
}

bool isText(const QByteArray &bytes)
{
    return bytes.isValidUtf8() && !bytes.contains('\0');
}

bool contains(const std::vector<QByteArray> &names, QByteArrayView name)
{
    return std::any_of(names.begin(), names.end(), [name](const QByteArray &n) {
        return QByteArrayView(n).compare(name, Qt::CaseInsensitive) == 0;
    });
}

/// Replaces secrets and counts them.
class Masker
{
public:
    explicit Masker(const SecretNames &names) : m_names(names) {}
    [[nodiscard]] int count() const { return m_count; }

    QByteArray header(const Header &header)
    {
        if (!contains(m_names.headers, header.name) || header.value.trimmed().isEmpty())
            return tokens(header.value);
        ++m_count;
        const qsizetype blank = header.value.indexOf(' ');
        const bool hasScheme = blank > 0 && header.name.toLower().endsWith("authorization");
        return (hasScheme ? header.value.left(blank + 1) : QByteArray()) + mask;
    }

    /// Tokens told by their first letters; a bare prefix is none.
    QByteArray tokens(QByteArray text)
    {
        for (const QByteArray &prefix : m_names.prefixes) {
            for (qsizetype at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at)) {
                qsizetype end = at + prefix.size();
                while (end < text.size() && (isWordByte(text[end]) || text[end] == '.'))
                    ++end;
                const bool startsWord = at == 0 || !isWordByte(text[at - 1]);
                if (!startsWord || end == at + prefix.size()) {
                    at = end;
                    continue;
                }
                text.replace(at, end - at, mask);
                at += maskLength;
                ++m_count;
            }
        }
        return text;
    }

    QByteArray url(QByteArray url)
    {
        url = userInfo(std::move(url));
        const qsizetype question = url.indexOf('?');
        if (question < 0)
            return tokens(std::move(url));
        qsizetype end = url.indexOf('#', question);
        if (end < 0)
            end = url.size();
        QList<QByteArray> parts = url.mid(question + 1, end - question - 1).split('&');
        for (QByteArray &part : parts) {
            const qsizetype equals = part.indexOf('=');
            if (equals < 0 || equals + 1 == part.size() || !contains(m_names.query, part.left(equals)))
                continue;
            part = part.left(equals + 1) + mask;
            ++m_count;
        }
        return tokens(url.left(question + 1) + parts.join('&') + url.mid(end));
    }

private:
    /// https://user:password@host: the password, or all of it where there is no colon.
    QByteArray userInfo(QByteArray url)
    {
        const qsizetype scheme = url.indexOf("://");
        if (scheme < 0)
            return url;
        const qsizetype start = scheme + 3;
        qsizetype end = start;
        while (end < url.size() && !QByteArrayView("/?#").contains(url[end]))
            ++end;
        const qsizetype at = url.left(end).lastIndexOf('@');
        if (at < start)
            return url;
        const qsizetype colon = url.indexOf(':', start);
        const qsizetype secret = colon >= 0 && colon < at ? colon + 1 : start;
        ++m_count;
        return url.replace(secret, at - secret, mask);
    }

    const SecretNames &m_names;
    int m_count = 0;
};

/// curl sends GET by itself, and POST where there is a body. -X HEAD would wait for a body.
QByteArray methodOption(const HttpRequest &request)
{
    const bool hasBody = !request.body.isEmpty();
    if (request.method == "HEAD" && !hasBody)
        return " --head";
    if (request.method == (hasBody ? "POST" : "GET"))
        return {};
    return " -X " + shellQuoted(request.method);
}

/// curl expands [] and {} and removes dot segments unless told not to.
QByteArray urlOptions(const QByteArray &url)
{
    QByteArray options;
    if (std::any_of(url.begin(), url.end(), [](char c) { return QByteArrayView("[]{}").contains(c); }))
        options += " --globoff";
    const QByteArray path = url.left(url.indexOf('?'));
    if (path.contains("/./") || path.contains("/../") || path.endsWith("/.") || path.endsWith("/.."))
        options += " --path-as-is";
    return options;
}

/// "Name;" is how curl is told to send an empty field.
QByteArray headerOption(const Header &header, Masker &masker)
{
    const QByteArray value = masker.header(header);
    return " -H " + shellQuoted(value.isEmpty() ? header.name + ';' : header.name + ": " + value);
}

} // namespace

SecretNames commonSecrets()
{
    return {
        {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "x-auth-token",
         "x-access-token", "x-csrf-token"},
        {"api_key", "apikey", "key", "access_token", "refresh_token", "id_token", "token", "client_secret", "password",
         "signature", "sig"},
        {"sk_live_", "sk_test_", "pk_live_", "rk_live_", "ghp_", "gho_", "ghs_", "github_pat_", "xoxb-", "xoxp-",
         "mrt_live_", "ns_live_", "AKIA", "eyJ"},
    };
}

QByteArray shellQuoted(const QByteArray &word)
{
    if (!word.isEmpty() && std::all_of(word.begin(), word.end(), isSafeInShell))
        return word;
    return '\'' + QByteArray(word).replace('\'', "'\\''") + '\'';
}

CurlCommand curlCommand(const HttpRequest &request, const SecretNames &secrets)
{
    Masker masker(secrets);
    const bool hasBody = !request.body.isEmpty();
    const bool piped = hasBody && !isText(request.body);

    QByteArray text = "curl" + methodOption(request) + urlOptions(request.url);
    for (const Header &header : request.headers)
        text += headerOption(header, masker);
    // curl would name the body a form.
    if (hasBody && !request.headers.contains("Content-Type"))
        text += " -H Content-Type:";
    // --data-raw: no file for a body that begins with '@', no newline taken away.
    if (hasBody)
        text += piped ? QByteArray(" --data-binary @-") : " --data-raw " + shellQuoted(masker.tokens(request.body));
    text += request.url.startsWith('-') ? " --url " : " ";
    text += shellQuoted(masker.url(request.url));
    if (piped)
        text = "printf %s " + request.body.toBase64() + " | base64 -d | " + text;
    return {text, masker.count()};
}

} // namespace errata
