#include "models/http/curlreader.h"

#include "models/base/limits.h"
#include "models/http/curloptions.h"
#include "models/http/shellwords.h"

#include <algorithm>

namespace errata {

namespace {

constexpr char boundary[] = "------------------------errata0boundary0";

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

qsizetype wordEnd(QByteArrayView text)
{
    return std::find_if(text.begin(), text.end(), isBlank) - text.begin();
}

bool isAssignment(QByteArrayView word)
{
    const qsizetype equals = word.indexOf('=');
    return equals > 0 && std::all_of(word.begin(), word.begin() + equals, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

bool isPrompt(QByteArrayView word)
{
    constexpr QByteArrayView words[] = {"$", ">", "%", "#", "&", "PS", "sudo", "time", "!"};
    const bool isPath = word.endsWith('>') && (word.contains(":\\") || word.contains(":/"));
    const bool isUserAndHost = (word.endsWith('$') || word.endsWith('#') || word.endsWith('%')) && word.contains('@');
    return isPath || isUserAndHost ||
           std::any_of(std::begin(words), std::end(words), [word](QByteArrayView one) { return word == one; });
}

bool isCurl(QByteArrayView word)
{
    const qsizetype slash = std::max(word.lastIndexOf('/'), word.lastIndexOf('\\'));
    const QByteArrayView name = word.sliced(slash + 1);
    return name == "curl" || name.compare("curl.exe", Qt::CaseInsensitive) == 0;
}

/// Where the word "curl" stands, behind what may come first; -1 where something else does.
qsizetype commandStart(QByteArrayView text)
{
    constexpr int mostWords = 12;
    qsizetype at = text.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    for (int i = 0; i < mostWords; ++i) {
        while (at < text.size() && isBlank(text[at]))
            ++at;
        const QByteArrayView rest = text.sliced(at);
        const QByteArrayView word = rest.first(wordEnd(rest));
        if (isCurl(word))
            return at;
        if (!word.startsWith("```") && !isPrompt(word) && !isAssignment(word))
            return -1;
        at += word.size();
    }
    return -1;
}

bool looksLikeArgument(QByteArrayView word)
{
    while (!word.isEmpty() && QByteArrayView("'\"^").contains(word.front()))
        word = word.sliced(1);
    const auto isWordByte = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    if (word.size() > 1 && word[0] == '-' && (isWordByte(word[1]) || word[1] == '-'))
        return true;
    const qsizetype dot = word.indexOf('.');
    const bool isHost = dot > 0 && dot + 1 < word.size() && isWordByte(word[dot - 1]) && isWordByte(word[dot + 1]);
    return isHost || word.contains("://") || word.startsWith("localhost") || word == "\\";
}

/// name=content, =content and content of --data-urlencode; files are told by '@' before any '='.
QByteArray urlEncoded(const QByteArray &word)
{
    const qsizetype equals = word.indexOf('=');
    const QByteArray content = word.mid(equals + 1).toPercentEncoding();
    return equals <= 0 ? content : word.left(equals) + '=' + content;
}

class CommandReader
{
public:
    explicit CommandReader(ShellCommand command) : m_command(std::move(command)) {}

    Result<CurlReading> read()
    {
        for (m_next = 1; m_next < m_command.words.size() && !m_isDone && m_error.message.isEmpty();)
            readWord(m_command.words[m_next++]);
        if (!m_error.message.isEmpty())
            return m_error;
        if (m_url.isEmpty())
            return Error{QStringLiteral("the command has no URL"), {}};
        finish();
        return std::move(m_reading);
    }

private:
    void readWord(const QByteArray &word)
    {
        if (m_onlyUrls || word.size() < 2 || word.front() != '-') {
            addUrl(word);
            m_afterUnknown = false;
            return;
        }
        m_afterUnknown = false;
        if (word == "--") {
            m_onlyUrls = true;
        } else if (word.startsWith("--")) {
            readLong(word);
        } else {
            readBundle(word);
        }
    }

    void readLong(const QByteArray &word)
    {
        const CurlOption *option = curlOption(QByteArrayView(word).sliced(2));
        // --name=value is no form of curl's, but people write it.
        const qsizetype equals = word.indexOf('=');
        if (!option && equals > 2) {
            const CurlOption *named = curlOption(QByteArrayView(word).sliced(2, equals - 2));
            if (named && named->takesValue) {
                apply(*named, word.left(equals), word.mid(equals + 1));
                return;
            }
        }
        if (!option) {
            notCarried(word);
            m_afterUnknown = true;
            return;
        }
        readValue(*option, word);
    }

    /// -sSL, -XPOST, -H'A: b': the letters up to one that takes a value.
    void readBundle(const QByteArray &word)
    {
        for (qsizetype i = 1; i < word.size() && m_error.message.isEmpty(); ++i) {
            const QByteArray name = QByteArray("-") + word[i];
            const CurlOption *option = curlOption(word[i]);
            if (!option) {
                notCarried(name);
            } else if (option->takesValue && i + 1 < word.size()) {
                apply(*option, name, word.mid(i + 1));
                return;
            } else {
                readValue(*option, name);
            }
        }
    }

    void readValue(const CurlOption &option, const QByteArray &name)
    {
        if (!option.takesValue) {
            apply(option, name, {});
        } else if (m_next < m_command.words.size()) {
            apply(option, name, m_command.words[m_next++]);
        } else {
            m_error = {QStringLiteral("the option has no value"), QString::fromUtf8(name)};
        }
    }

    void apply(const CurlOption &option, const QByteArray &name, const QByteArray &value)
    {
        switch (option.role) {
        case CurlRole::NotCarried:
            notCarried(name);
            break;
        case CurlRole::Output:
            break;
        case CurlRole::Method:
            m_method = value;
            break;
        case CurlRole::Header:
            addHeader(name, value);
            break;
        case CurlRole::Data:
            addFileOrData(name, value);
            break;
        case CurlRole::DataRaw:
            addData(value, "&");
            break;
        case CurlRole::DataUrlEncode:
            addUrlEncoded(name, value);
            break;
        case CurlRole::Json:
            m_isJson = true;
            addJson(name, value);
            break;
        case CurlRole::Form:
        case CurlRole::FormString:
            addFormPart(name, value, option.role == CurlRole::FormString);
            break;
        case CurlRole::User:
            setDefault("Authorization", "Basic " + value.toBase64());
            break;
        case CurlRole::Bearer:
            setDefault("Authorization", "Bearer " + value);
            break;
        case CurlRole::UserAgent:
            setDefault("User-Agent", value);
            break;
        case CurlRole::Referer:
            setDefault("Referer", value.endsWith(";auto") ? value.chopped(5) : value);
            break;
        case CurlRole::Cookie:
            addCookie(name, value);
            break;
        case CurlRole::Range:
            setDefault("Range", "bytes=" + value);
            break;
        case CurlRole::Head:
            m_isHead = true;
            break;
        case CurlRole::Get:
            m_isGet = true;
            break;
        case CurlRole::Url:
            addUrl(value);
            break;
        case CurlRole::UrlQuery:
            m_query += (m_query.isEmpty() ? "" : "&") + (value.startsWith('+') ? value.mid(1) : urlEncoded(value));
            break;
        case CurlRole::Upload:
            m_isUpload = true;
            notCarried(name + ' ' + value);
            break;
        case CurlRole::Next:
            m_isDone = true;
            notCarried(name);
            break;
        case CurlRole::DefaultScheme:
            m_scheme = value;
            break;
        }
    }

    void addUrl(const QByteArray &word)
    {
        if (m_url.isEmpty() || m_isDoubtful) {
            m_url = word;
            m_isDoubtful = m_afterUnknown;
        } else {
            notCarried(word);
        }
    }

    /// "Name: value", "Name;" for an empty one, "Name:" against one that curl would send.
    void addHeader(const QByteArray &option, const QByteArray &line)
    {
        const qsizetype colon = line.indexOf(':');
        const bool isEmpty = colon < 0 && line.endsWith(';');
        const QByteArray name = line.left(isEmpty ? line.size() - 1 : std::max<qsizetype>(colon, 0)).trimmed();
        const QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1).trimmed();
        if (line.startsWith('@') || !Headers::isValidName(name) || !Headers::isValidValue(value))
            notCarried(option + ' ' + line);
        else if (value.isEmpty() && !isEmpty)
            m_removed.push_back(name);
        else
            m_reading.request.headers.add(name, value);
    }

    /// What a file says: that of a here-document, else nothing.
    QByteArray fileContent(const QByteArray &option, const QByteArray &value)
    {
        if (value == "@-" && !m_command.input.isEmpty())
            return m_command.input;
        notCarried(option + ' ' + value);
        return {};
    }

    void addFileOrData(const QByteArray &option, const QByteArray &value)
    {
        if (!value.startsWith('@')) {
            addData(value, "&");
            return;
        }
        QByteArray content = fileContent(option, value);
        // --data-binary alone keeps line breaks of files.
        if (!option.startsWith("--data-b"))
            content.replace("\r", "").replace("\n", "");
        addData(content, "&");
    }

    void addUrlEncoded(const QByteArray &option, const QByteArray &value)
    {
        const qsizetype at = value.indexOf('@');
        const qsizetype equals = value.indexOf('=');
        const bool isFile = at >= 0 && (equals < 0 || at < equals);
        addData(isFile ? value.left(at) + (at > 0 ? "=" : "") + fileContent(option, value.mid(at)).toPercentEncoding()
                       : urlEncoded(value),
                "&");
    }

    void addJson(const QByteArray &option, const QByteArray &value)
    {
        addData(value.startsWith('@') ? fileContent(option, value) : value, "");
    }

    void addData(const QByteArray &data, const char *separator)
    {
        if (m_hasData)
            m_data += separator;
        m_data += data;
        m_hasData = true;
    }

    /// name=content;type=..., name=@file;filename=..., name=<file
    void addFormPart(const QByteArray &option, const QByteArray &word, bool isLiteral)
    {
        const qsizetype equals = word.indexOf('=');
        const QByteArray name = word.left(std::max<qsizetype>(equals, 0));
        QByteArray content = word.mid(equals + 1);
        QByteArray disposition = "form-data; name=\"" + name + '"';
        QByteArray type;
        const bool isFile = !isLiteral && content.startsWith('@');
        const bool isFromFile = !isLiteral && content.startsWith('<');
        if (isFile || isFromFile)
            notCarried(option + ' ' + word);
        if (!isLiteral) {
            const QByteArray fileName = cutParameter(content, ";filename=");
            type = cutParameter(content, ";type=");
            const QByteArray path = content.mid(1);
            if (isFile || !fileName.isEmpty())
                disposition +=
                    "; filename=\"" + (fileName.isEmpty() ? path.mid(path.lastIndexOf('/') + 1) : fileName) + '"';
        }
        if (isFile && type.isEmpty())
            type = "application/octet-stream";
        m_form += QByteArray("--") + boundary + "\r\nContent-Disposition: " + disposition + "\r\n";
        if (!type.isEmpty())
            m_form += "Content-Type: " + type + "\r\n";
        m_form += "\r\n" + (isFile || isFromFile ? QByteArray() : unquoted(content)) + "\r\n";
    }

    /// Takes ";name=value" out of \a content.
    static QByteArray cutParameter(QByteArray &content, const char *name)
    {
        const qsizetype at = content.indexOf(name);
        if (at < 0)
            return {};
        const qsizetype start = at + qsizetype(qstrlen(name));
        qsizetype end = content.indexOf(';', start);
        if (end < 0)
            end = content.size();
        const QByteArray value = unquoted(content.mid(start, end - start).trimmed());
        content.remove(at, end - at);
        return value;
    }

    static QByteArray unquoted(const QByteArray &text)
    {
        const bool isQuoted = text.size() >= 2 && text.startsWith('"') && text.endsWith('"');
        return isQuoted ? text.mid(1, text.size() - 2) : text;
    }

    /// Without '=' it names a file.
    void addCookie(const QByteArray &option, const QByteArray &value)
    {
        if (!value.contains('=')) {
            notCarried(option + ' ' + value);
            return;
        }
        m_cookie += (m_cookie.isEmpty() ? "" : "; ") + value;
        setDefault("Cookie", m_cookie);
    }

    /// A header that an option stands for, where -H says nothing of it.
    void setDefault(const QByteArray &name, const QByteArray &value) { m_defaults.set(name, value); }

    void notCarried(const QByteArray &what)
    {
        const QString name = QString::fromUtf8(what);
        if (!m_reading.notCarried.contains(name))
            m_reading.notCarried << name;
    }

    [[nodiscard]] QByteArray method(bool hasBody) const
    {
        if (!m_method.isEmpty())
            return m_method;
        if (m_isHead)
            return "HEAD";
        if (m_isUpload)
            return "PUT";
        return hasBody ? "POST" : "GET";
    }

    void finish()
    {
        HttpRequest &request = m_reading.request;
        if (m_hasData && (m_isGet || m_isHead)) {
            m_query += (m_query.isEmpty() ? "" : "&") + m_data;
            m_hasData = false;
        }
        if (m_hasData) {
            request.body = m_data;
            setDefault("Content-Type", m_isJson ? "application/json" : "application/x-www-form-urlencoded");
        } else if (!m_form.isEmpty()) {
            request.body = m_form + "--" + boundary + "--\r\n";
            setDefault("Content-Type", QByteArray("multipart/form-data; boundary=") + boundary);
        }
        if (m_isJson)
            setDefault("Accept", "application/json");
        request.method = method(m_hasData || !m_form.isEmpty());
        request.url = wholeUrl();
        for (const Header &header : m_defaults) {
            if (!request.headers.contains(header.name) && !isRemoved(header.name))
                request.headers.add(header.name, header.value);
        }
    }

    [[nodiscard]] bool isRemoved(const QByteArray &name) const
    {
        return std::any_of(m_removed.begin(), m_removed.end(), [&name](const QByteArray &removed) {
            return removed.compare(name, Qt::CaseInsensitive) == 0;
        });
    }

    [[nodiscard]] QByteArray wholeUrl() const
    {
        QByteArray url = m_url;
        if (!url.contains("://") && !url.startsWith('$') && !url.startsWith("{{"))
            url.prepend((m_scheme.isEmpty() ? QByteArray("http") : m_scheme) + "://");
        if (m_query.isEmpty())
            return url;
        const qsizetype hash = url.indexOf('#');
        const QByteArray fragment = hash < 0 ? QByteArray() : url.mid(hash);
        if (hash >= 0)
            url.truncate(hash);
        const bool hasQuery = url.contains('?');
        const bool needsJoin = !hasQuery || !(url.endsWith('?') || url.endsWith('&'));
        return url + (needsJoin ? (hasQuery ? "&" : "?") : "") + m_query + fragment;
    }

    ShellCommand m_command;
    std::size_t m_next = 0;
    CurlReading m_reading;
    Error m_error;
    QByteArray m_url, m_scheme, m_query, m_method, m_data, m_form, m_cookie;
    Headers m_defaults;
    std::vector<QByteArray> m_removed;
    bool m_hasData = false;
    bool m_isJson = false;
    bool m_isHead = false;
    bool m_isGet = false;
    bool m_isUpload = false;
    bool m_isDone = false;
    bool m_onlyUrls = false;
    bool m_afterUnknown = false; ///< the word may be an unknown option's value
    bool m_isDoubtful = false;   ///< so the URL may be none: another one is better
};

} // namespace

bool looksLikeCurlCommand(QByteArrayView text)
{
    constexpr int enough = 40;
    const qsizetype start = commandStart(text);
    if (start < 0)
        return false;
    QByteArrayView rest = text.sliced(start);
    rest = rest.sliced(wordEnd(rest));
    for (int i = 0; i < enough && !rest.isEmpty(); ++i) {
        const auto *word = std::find_if_not(rest.begin(), rest.end(), isBlank);
        rest = rest.sliced(word - rest.begin());
        const qsizetype end = wordEnd(rest);
        if (looksLikeArgument(rest.first(end)))
            return true;
        rest = rest.sliced(end);
    }
    return false;
}

Result<CurlReading> readCurlCommand(const QByteArray &text)
{
    if (text.size() > limits::decoderInput)
        return Error{QStringLiteral("%1 bytes are more than the %2 allowed").arg(text.size()).arg(limits::decoderInput),
                     {}};
    const qsizetype start = commandStart(text);
    if (start < 0)
        return Error{QStringLiteral("no curl command"), QStringLiteral("line 1")};
    const QByteArray command = text.mid(start);
    auto words = shellCommand(command, guessedShell(command));
    if (!words)
        return words.error();
    return CommandReader(std::move(words).value()).read();
}

} // namespace errata
