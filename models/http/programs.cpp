#include "models/http/programs.h"

#include "models/http/curlcommand.h"

#include <QString>

#include <algorithm>

namespace errata {

namespace {

QByteArray hex(char c, int digits)
{
    return QByteArray::number(static_cast<unsigned char>(c), 16).rightJustified(digits, '0');
}

bool isPrintable(char c)
{
    return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F;
}

/// The inside of a literal between double quotes: \xNN is the same byte in Python's bytes, in Go, and as a byte of a
/// JavaScript string.
QByteArray escaped(const QByteArray &bytes)
{
    QByteArray out;
    for (const char c : bytes) {
        if (c == '"' || c == '\\')
            out += QByteArray("\\") + c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\t')
            out += "\\t";
        else if (isPrintable(c))
            out += c;
        else
            out += "\\x" + hex(c, 2);
    }
    return out;
}

QByteArray quoted(const QByteArray &bytes)
{
    return '"' + escaped(bytes) + '"';
}

/// One literal a line of the text, each with \a prefix, put together by \a glue.
QByteArray linesQuoted(const QByteArray &bytes, const QByteArray &prefix, const QByteArray &glue)
{
    QByteArray out;
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype lineEnd = bytes.indexOf('\n', at);
        const qsizetype end = lineEnd < 0 ? bytes.size() : lineEnd + 1;
        out += (at == 0 ? QByteArray() : glue) + prefix + quoted(bytes.mid(at, end - at));
        at = end;
    }
    return out.isEmpty() ? prefix + "\"\"" : out;
}

struct UrlParts
{
    bool isTls = true;
    QByteArray authority; ///< host and port
    QByteArray user;      ///< "user:password", percent-encoded
    QByteArray target;    ///< path and query
};

UrlParts partsOf(const QByteArray &url)
{
    UrlParts parts;
    const qsizetype scheme = url.indexOf("://");
    parts.isTls = url.left(std::max<qsizetype>(scheme, 0)).toLower() != "http";
    const QByteArray rest = url.mid(scheme < 0 ? 0 : scheme + 3);
    const qsizetype end =
        std::find_if(rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?' || c == '#'; }) - rest.begin();
    const QByteArray authority = rest.left(end);
    const qsizetype at = authority.lastIndexOf('@');
    parts.authority = authority.mid(at + 1);
    parts.user = authority.left(std::max<qsizetype>(at, 0));
    parts.target = rest.mid(end);
    if (const qsizetype hash = parts.target.indexOf('#'); hash >= 0)
        parts.target.truncate(hash);
    if (!parts.target.startsWith('/'))
        parts.target.prepend('/');
    return parts;
}

bool isAscii(const QByteArray &bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), isPrintable);
}

/// Bytes only where a text would not do.
QByteArray pythonValue(const QByteArray &bytes)
{
    return (isAscii(bytes) ? "" : "b") + quoted(bytes);
}

bool hasBodyLength(const HttpRequest &request)
{
    return request.headers.contains("Content-Length") || request.headers.contains("Transfer-Encoding");
}

/// A text, as JavaScript counts it; bytes that are none stand for themselves.
QByteArray javaScriptText(const QByteArray &text)
{
    if (!text.isValidUtf8())
        return quoted(text);
    QByteArray out;
    const QString characters = QString::fromUtf8(text);
    for (const QChar c : characters) {
        const char16_t unit = c.unicode();
        if (unit < 0x80)
            out += escaped(QByteArray(1, static_cast<char>(unit)));
        else
            out += "\\u" + QByteArray::number(unit, 16).rightJustified(4, '0');
    }
    return '"' + out + '"';
}

/// Bytes instead of a text, for which fetch would name a content type. What is no text goes through base64.
QByteArray javaScriptBody(const QByteArray &body)
{
    // fromUtf8() and TextEncoder leave out a byte order mark.
    const bool isText = body.isValidUtf8() && !body.startsWith("\xEF\xBB\xBF");
    return isText ? "new TextEncoder().encode(" + javaScriptText(body) + ')'
                  : "Uint8Array.from(atob(\"" + body.toBase64() + "\"), (c) => c.charCodeAt(0))";
}

bool isBodiless(const HttpRequest &request)
{
    return request.method == "GET" || request.method == "HEAD";
}

} // namespace

QByteArray httpieCommand(const HttpRequest &request)
{
    const bool hasBody = !request.body.isEmpty();
    const bool isPiped = hasBody && (!request.body.isValidUtf8() || request.body.contains('\0'));
    QByteArray text =
        isPiped ? "printf %s " + request.body.toBase64() + " | base64 -d | http" : QByteArray("http --ignore-stdin");
    const QByteArray target = partsOf(request.url).target;
    const QByteArray path = target.left(target.contains('?') ? target.indexOf('?') : target.size());
    if (path.contains("/./") || path.contains("/../") || path.endsWith("/.") || path.endsWith("/.."))
        text += " --path-as-is";
    text += ' ' + shellQuoted(request.method) + ' ' + shellQuoted(request.url);
    // "Name;" is an empty field. The blank keeps ':' from being part of ":=" and ":@".
    for (const Header &header : request.headers)
        text += ' ' + shellQuoted(header.value.isEmpty() ? header.name + ';' : header.name + ": " + header.value);
    if (hasBody && !request.headers.contains("Content-Type"))
        text += " Content-Type:";
    if (hasBody && !isPiped)
        text += " --raw " + shellQuoted(request.body);
    return text;
}

QByteArray pythonProgram(const HttpRequest &request)
{
    const UrlParts parts = partsOf(request.url);
    QByteArray text = "import http.client\nimport sys\n\n";
    text += QByteArray("connection = http.client.") + (parts.isTls ? "HTTPSConnection(" : "HTTPConnection(") +
            quoted(parts.authority) + ")\n";
    if (!isAscii(parts.target) || !isAscii(request.method))
        text += "connection._encode_request = lambda line: line.encode(\"latin-1\")  # the URL byte for byte\n";
    text += "connection.putrequest(" + quoted(request.method) + ", " + quoted(parts.target) +
            ", skip_host=" + (request.headers.contains("Host") ? "True" : "False") + ", skip_accept_encoding=True)\n";
    for (const Header &header : request.headers)
        text += "connection.putheader(" + pythonValue(header.name) + ", " + pythonValue(header.value) + ")\n";
    if (!parts.user.isEmpty() && !request.headers.contains("Authorization"))
        text += "connection.putheader(\"Authorization\", \"Basic " +
                QByteArray::fromPercentEncoding(parts.user).toBase64() + "\")\n";
    if (request.body.isEmpty()) {
        text += "connection.endheaders()\n";
    } else {
        text += "body = (\n    " + linesQuoted(request.body, "b", "\n    ") + "\n)\n";
        if (!hasBodyLength(request))
            text += "connection.putheader(\"Content-Length\", str(len(body)))\n";
        text += "connection.endheaders(body)\n";
    }
    return text + "\nresponse = connection.getresponse()\nprint(response.status, response.reason, file=sys.stderr)\n"
                  "sys.stdout.buffer.write(response.read())\n";
}

QByteArray fetchProblem(const HttpRequest &request)
{
    if (isBodiless(request) && !request.body.isEmpty())
        return "fetch sends no body with " + request.method;
    const QByteArray method = request.method.toUpper();
    if (method == "TRACE" || method == "CONNECT" || method == "TRACK")
        return "fetch refuses the method " + method;
    return {};
}

QByteArray fetchProgram(const HttpRequest &request)
{
    QByteArray text;
    if (const QByteArray problem = fetchProblem(request); !problem.isEmpty())
        text += "// " + escaped(problem) + '\n';
    text += "fetch(" + javaScriptText(request.url) + ", {\n  method: " + quoted(request.method) +
            ",\n  redirect: \"manual\",\n";
    if (!request.headers.isEmpty()) {
        text += "  headers: [\n";
        for (const Header &header : request.headers)
            text += "    [" + quoted(header.name) + ", " + quoted(header.value) + "],\n";
        text += "  ],\n";
    }
    if (!request.body.isEmpty() && !isBodiless(request))
        text += "  body: " + javaScriptBody(request.body) + ",\n";
    return text + "}).then(async (response) => {\n  console.error(response.status, response.statusText);\n"
                  "  console.log(await response.text());\n});\n";
}

QByteArray goProgram(const HttpRequest &request)
{
    const bool hasBody = !request.body.isEmpty();
    QByteArray text = "package main\n\nimport (\n\t\"fmt\"\n\t\"io\"\n\t\"log\"\n\t\"net/http\"\n\t\"os\"\n";
    if (hasBody)
        text += "\t\"strings\"\n";
    text += ")\n\nfunc main() {\n";
    if (hasBody)
        text += "\tbody := strings.NewReader(" + linesQuoted(request.body, "", " +\n\t\t") + ")\n";
    text += "\trequest, err := http.NewRequest(" + quoted(request.method) + ", " + quoted(request.url) + ", " +
            (hasBody ? "body" : "nil") + ")\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n";
    for (const Header &header : request.headers) {
        if (header.name.compare("Host", Qt::CaseInsensitive) == 0)
            text += "\trequest.Host = " + quoted(header.value) + '\n';
        else
            text += "\trequest.Header[" + quoted(header.name) + "] = append(request.Header[" + quoted(header.name) +
                    "], " + quoted(header.value) + ")\n";
    }
    return text + "\tresponse, err := http.DefaultTransport.RoundTrip(request)\n\tif err != nil {\n\t\tlog.Fatal(err)\n"
                  "\t}\n\tdefer response.Body.Close()\n\tfmt.Fprintln(os.Stderr, response.Status)\n"
                  "\tif _, err := io.Copy(os.Stdout, response.Body); err != nil {\n\t\tlog.Fatal(err)\n\t}\n}\n";
}

namespace {

template <QByteArray (*Write)(const HttpRequest &)>
QByteArray plain(const HttpRequest &request, const SendSettings & /*settings*/)
{
    return Write(request);
}

} // namespace

const std::vector<ProgramFormat> &programFormats()
{
    static const std::vector<ProgramFormat> formats = {
        {"curl", "curl", ".sh", "# ", curlCommand, true, true},
        {"httpie", "HTTPie", ".sh", "# ", plain<httpieCommand>, false, true},
        {"python", "Python", ".py", "# ", plain<pythonProgram>, false, true},
        {"fetch", "JavaScript (fetch)", ".mjs", "// ", plain<fetchProgram>, false, true},
        {"go", "Go", ".go", "// ", plain<goProgram>, false, false},
    };
    return formats;
}

const ProgramFormat *programFormat(const QString &name)
{
    const auto &formats = programFormats();
    const auto found = std::find_if(formats.begin(), formats.end(),
                                    [&name](const ProgramFormat &one) { return name == QLatin1String(one.name); });
    return found == formats.end() ? nullptr : &*found;
}

} // namespace errata
