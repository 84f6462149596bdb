#include "models/http/curlcommand.h"

#include "models/http/curlconnection.h"

#include <algorithm>

namespace errata {

namespace {

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
    // left(-1) is empty here: without a query all of it is the path.
    const qsizetype query = url.indexOf('?');
    const QByteArray path = query < 0 ? url : url.left(query);
    if (path.contains("/./") || path.contains("/../") || path.endsWith("/.") || path.endsWith("/.."))
        options += " --path-as-is";
    return options;
}

/// "Name;" is how curl is told to send an empty field.
QByteArray headerOption(const Header &header)
{
    return " -H " + shellQuoted(header.value.isEmpty() ? header.name + ';' : header.name + ": " + header.value);
}

} // namespace

QByteArray shellQuoted(const QByteArray &word)
{
    if (!word.isEmpty() && std::all_of(word.begin(), word.end(), isSafeInShell))
        return word;
    return '\'' + QByteArray(word).replace('\'', "'\\''") + '\'';
}

QByteArray curlCommand(const HttpRequest &request, const SendSettings &settings)
{
    const bool hasBody = !request.body.isEmpty();
    const bool piped = hasBody && !isText(request.body);

    QByteArray text = "curl" + methodOption(request) + urlOptions(request.url) + curlOptions(settings, request.url);
    for (const Header &header : request.headers)
        text += headerOption(header);
    // curl would name the body a form.
    if (hasBody && !request.headers.contains("Content-Type"))
        text += " -H Content-Type:";
    // --data-raw: no file for a body that begins with '@', no newline taken away.
    if (hasBody)
        text += piped ? QByteArray(" --data-binary @-") : " --data-raw " + shellQuoted(request.body);
    text += request.url.startsWith('-') ? " --url " : " ";
    text += shellQuoted(request.url);
    if (piped)
        text = "printf %s " + request.body.toBase64() + " | base64 -d | " + text;
    return text;
}

} // namespace errata
