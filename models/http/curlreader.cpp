#include "models/http/curlreader.h"

#include "models/base/limits.h"
#include "models/http/curlconfig.h"
#include "models/http/curlconnection.h"
#include "models/http/curlform.h"
#include "models/http/curloptions.h"
#include "models/http/curlstart.h"
#include "models/http/curlurl.h"
#include "models/http/shellwords.h"

#include <algorithm>

namespace errata {

namespace {

constexpr char boundary[] = "------------------------errata0boundary0";
constexpr char innerBoundary[] = "------------------------errata1boundary1"; // of several files in one part

/// Blanks as '+', as curl does for forms.
QByteArray formEscaped(const QByteArray &text)
{
    return text.toPercentEncoding().replace("%20", "+");
}

/// Fields that Errata adds by itself where they are missing, so that taking them away is not carried over.
bool isAddedAnyway(const QByteArray &name)
{
    constexpr const char *names[] = {"accept", "host", "user-agent", "content-length"};
    return std::any_of(std::begin(names), std::end(names),
                       [lower = name.toLower()](const char *one) { return lower == one; });
}

class CommandReader
{
public:
    CommandReader(ShellCommand command, const FileReader &readFile)
        : m_command(std::move(command)), m_readFile(readFile)
    {
    }

    Result<CurlReading> read()
    {
        for (m_next = 1; m_next < m_command.words.size() && !m_isDone && m_error.message.isEmpty();) {
            const QByteArray word = m_command.words[m_next++];
            readWord(word);
        }
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
            const QByteArray value = m_command.words[m_next++];
            apply(option, name, value);
        } else {
            m_error = {QStringLiteral("the option has no value"), QString::fromUtf8(name)};
        }
    }

    void apply(const CurlOption &option, const QByteArray &name, const QByteArray &value)
    {
        const bool isOn =
            option.takesValue || !name.startsWith("--no-") || QByteArrayView(option.name).startsWith("no-");
        switch (option.role) {
        case CurlRole::Output:
            break;
        case CurlRole::Method:
            m_method = value;
            break;
        case CurlRole::Header:
            addHeaders(name, value);
            break;
        case CurlRole::Data:
            addFileOrData(name, value);
            break;
        case CurlRole::DataRaw:
            addData(value, "&");
            break;
        case CurlRole::DataUrlEncode:
            addData(urlEncoded(name, value), "&");
            break;
        case CurlRole::Json:
            m_isJson = true;
            addData(value.startsWith('@') ? fileContent(name, value.mid(1)) : value, "");
            break;
        case CurlRole::Form:
        case CurlRole::FormString:
            addFormPart(name, value, option.role == CurlRole::FormString);
            break;
        case CurlRole::User:
            setUser(value);
            break;
        case CurlRole::Bearer:
            m_bearer = "Bearer " + value;
            break;
        case CurlRole::UserAgent:
            setAgent(name, value);
            break;
        case CurlRole::Referer:
            setDefault("Referer", value.endsWith(";auto") ? value.chopped(5) : value);
            break;
        case CurlRole::Cookie:
            addCookie(name, value);
            break;
        case CurlRole::Range:
            setDefault("Range", "bytes=" + value + (value.contains('-') ? "" : "-"));
            break;
        case CurlRole::Compressed:
            setDefault("Accept-Encoding", isOn ? "deflate, gzip, br, zstd" : "");
            break;
        case CurlRole::Head:
            m_isHead = isOn;
            break;
        case CurlRole::Get:
            m_isGet = isOn;
            break;
        case CurlRole::GlobOff:
            m_isGlobbing = !isOn;
            break;
        case CurlRole::PathAsIs:
            m_isPathAsIs = isOn;
            break;
        case CurlRole::Url:
            addUrl(value);
            break;
        case CurlRole::UrlQuery:
            m_query +=
                (m_query.isEmpty() ? "" : "&") + (value.startsWith('+') ? value.mid(1) : urlEncoded(name, value));
            break;
        case CurlRole::Upload:
            setUpload(name, value);
            break;
        case CurlRole::Config:
            readConfig(name, value);
            break;
        case CurlRole::Next:
            m_isDone = true;
            notCarried(name);
            break;
        case CurlRole::DefaultScheme:
            m_scheme = value;
            break;
        default:
            if (m_connection.take(option.role, value, isOn))
                m_reading.connection << QString::fromUtf8(name);
            else if (isOn)
                notCarried(name);
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

    /// A field, or "@file" with one on each line.
    void addHeaders(const QByteArray &option, const QByteArray &value)
    {
        if (!value.startsWith('@'))
            return addHeader(option, value);
        const QList<QByteArray> lines = fileContent(option, value.mid(1)).split('\n');
        for (const QByteArray &line : lines) {
            if (!line.trimmed().isEmpty())
                addHeader(option, line.endsWith('\r') ? line.chopped(1) : line);
        }
    }

    /// "Name: value", "Name;" for an empty one, "Name:" against one that curl would send.
    void addHeader(const QByteArray &option, const QByteArray &line)
    {
        const qsizetype colon = line.indexOf(':');
        const bool isEmpty = colon < 0 && line.endsWith(';');
        const QByteArray name = line.left(isEmpty ? line.size() - 1 : std::max<qsizetype>(colon, 0)).trimmed();
        const QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1).trimmed();
        if (!Headers::isValidName(name) || !Headers::isValidValue(value)) {
            notCarried(option + ' ' + line);
        } else if (value.isEmpty() && !isEmpty) {
            m_removed.push_back(name);
            if (isAddedAnyway(name))
                notCarried(option + ' ' + line);
        } else {
            m_reading.request.headers.add(name, value);
        }
    }

    /// What a file says, or a here-document. Nothing where files are not read, which is named.
    QByteArray fileContent(const QByteArray &option, const QByteArray &path)
    {
        if (path == "-" && !m_command.input.isEmpty())
            return m_command.input;
        if (!m_readFile || path == "-") {
            notCarried(option + " @" + path);
            return {};
        }
        auto content = m_readFile(QString::fromUtf8(path));
        if (!content) {
            m_error = {content.error().text(), QString::fromUtf8(option)};
            return {};
        }
        return std::move(content).value();
    }

    void addFileOrData(const QByteArray &option, const QByteArray &value)
    {
        if (!value.startsWith('@')) {
            addData(value, "&");
            return;
        }
        QByteArray content = fileContent(option, value.mid(1));
        // --data-binary alone keeps line breaks of files.
        if (!option.startsWith("--data-b"))
            content.replace("\r", "").replace("\n", "").replace(QByteArrayView("\0", 1), "");
        addData(content, "&");
    }

    /// name=content, =content, content, name@file and @file; files are told by '@' before any '='.
    QByteArray urlEncoded(const QByteArray &option, const QByteArray &value)
    {
        const qsizetype at = value.indexOf('@');
        const qsizetype equals = value.indexOf('=');
        const bool isFile = at >= 0 && (equals < 0 || at < equals);
        const qsizetype nameEnd = isFile ? at : equals;
        const QByteArray content = formEscaped(isFile ? fileContent(option, value.mid(at + 1)) : value.mid(equals + 1));
        return nameEnd <= 0 ? content : value.left(nameEnd) + '=' + content;
    }

    void addData(const QByteArray &data, const char *separator)
    {
        if (m_hasData)
            m_data += separator;
        m_data += data;
        m_hasData = true;
    }

    void addFormPart(const QByteArray &option, const QByteArray &word, bool isLiteral)
    {
        auto part = curlFormPart(word, isLiteral);
        if (!part)
            return notCarried(option + ' ' + word);
        if (!m_readFile && std::any_of(part->contents.begin(), part->contents.end(),
                                       [](const CurlFormContent &one) { return !one.path.isEmpty(); }))
            notCarried(option + ' ' + word);
        m_form.push_back(std::move(part).value());
    }

    /// curl asks for a password that is not there.
    void setUser(const QByteArray &value)
    {
        if (!value.contains(':'))
            notCarried(QByteArrayLiteral("the password of -u"));
        m_basic = "Basic " + (value.contains(':') ? value : value + ':').toBase64();
    }

    void setAgent(const QByteArray &option, const QByteArray &value)
    {
        setDefault("User-Agent", value);
        if (value.isEmpty())
            notCarried(option + " ''");
    }

    /// Without '=' it names a file.
    void addCookie(const QByteArray &option, const QByteArray &value)
    {
        if (!value.contains('=')) {
            notCarried(option + ' ' + value);
            return;
        }
        m_cookie += (m_cookie.isEmpty() ? "" : ";") + value;
        setDefault("Cookie", m_cookie);
    }

    void setUpload(const QByteArray &option, const QByteArray &value)
    {
        m_isUpload = true;
        m_uploadFile = value;
        m_data = m_readFile ? fileContent(option, value) : QByteArray();
        if (!m_readFile)
            notCarried(option + ' ' + value);
    }

    /// The words of a file of options, in its place.
    void readConfig(const QByteArray &option, const QByteArray &value)
    {
        constexpr int mostFiles = 8; // a file may name itself
        if (!m_readFile || ++m_configFiles > mostFiles)
            return notCarried(option + ' ' + value);
        const std::vector<QByteArray> words = curlConfigWords(fileContent(option, value));
        m_command.words.insert(m_command.words.begin() + static_cast<std::ptrdiff_t>(m_next), words.begin(),
                               words.end());
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
            m_data.clear();
            m_hasData = false;
        }
        request.body = m_data;
        if (!m_hasData && !m_form.empty())
            addForm();
        else if (m_hasData && !m_isUpload)
            setDefault("Content-Type", m_isJson ? "application/json" : "application/x-www-form-urlencoded");
        if (m_isJson)
            setDefault("Accept", "application/json");
        request.method = method(m_hasData || !m_form.empty());
        request.url = wholeUrl();
        addDefaults();
        m_reading.settings = m_connection.settings(request.url);
        if (m_connection.wantsUpgrade(request.url))
            notCarried("--http2 without TLS");
    }

    /// Where curl puts them: what options say before -H, the body's type behind it.
    void addDefaults()
    {
        if (!m_bearer.isEmpty() || !m_basic.isEmpty())
            setDefault("Authorization", m_bearer.isEmpty() ? m_basic : m_bearer);
        Headers fields;
        for (const char *name : {"Authorization", "Range", "User-Agent", "Accept-Encoding", "Referer", "Cookie"})
            addDefault(name, fields);
        for (const Header &header : m_reading.request.headers)
            fields.add(header.name, header.value);
        for (const char *name : {"Content-Type", "Accept"})
            addDefault(name, fields);
        m_reading.request.headers = std::move(fields);
    }

    void addDefault(const QByteArray &name, Headers &fields) const
    {
        const QByteArray value = m_defaults.value(name).value_or(QByteArray());
        if (!value.isEmpty() && !m_reading.request.headers.contains(name) && !isRemoved(name))
            fields.add(name, value);
    }

    /// A type of the command's own loses its place: the boundary has to be written into it.
    void addForm()
    {
        Headers &headers = m_reading.request.headers;
        const QByteArray type = headers.value("Content-Type").value_or("multipart/form-data");
        headers.remove("Content-Type");
        const bool isFormData = type.startsWith("multipart/form-data");
        const auto readFile = [this](const QByteArray &path) {
            return m_readFile ? fileContent("-F", path) : QByteArray();
        };
        for (const CurlFormPart &part : m_form)
            m_reading.request.body +=
                QByteArray("--") + boundary + "\r\n" +
                curlFormText(part, isFormData ? "form-data" : "attachment", innerBoundary, readFile);
        m_reading.request.body += QByteArray("--") + boundary + "--\r\n";
        setDefault("Content-Type", type + "; boundary=" + boundary);
    }

    [[nodiscard]] bool isRemoved(const QByteArray &name) const
    {
        return std::any_of(m_removed.begin(), m_removed.end(), [&name](const QByteArray &removed) {
            return removed.compare(name, Qt::CaseInsensitive) == 0;
        });
    }

    [[nodiscard]] QByteArray wholeUrl()
    {
        const CurlAddresses addresses = m_isGlobbing ? curlAddresses(m_url) : CurlAddresses{m_url};
        if (addresses.count > 1)
            notCarried(QByteArray::number(addresses.count - 1) + " more addresses of " + m_url);
        QByteArray url = addresses.first;
        if (!url.contains("://") && !url.startsWith('$') && !url.startsWith("{{"))
            url.prepend((m_scheme.isEmpty() ? QByteArray("http") : m_scheme) + "://");
        if (m_isUpload && m_uploadFile != "-")
            url = withUploadName(url, m_uploadFile);
        return withCurlQuery(curlPathOf(url, m_isPathAsIs), m_query);
    }

    ShellCommand m_command;
    const FileReader &m_readFile;
    std::size_t m_next = 0;
    CurlReading m_reading;
    CurlConnection m_connection;
    Error m_error;
    QByteArray m_url, m_scheme, m_query, m_method, m_data, m_cookie, m_basic, m_bearer, m_uploadFile;
    std::vector<CurlFormPart> m_form;
    Headers m_defaults;
    std::vector<QByteArray> m_removed;
    int m_configFiles = 0;
    bool m_hasData = false;
    bool m_isJson = false;
    bool m_isHead = false;
    bool m_isGet = false;
    bool m_isUpload = false;
    bool m_isGlobbing = true;
    bool m_isPathAsIs = false;
    bool m_isDone = false;
    bool m_onlyUrls = false;
    bool m_afterUnknown = false; ///< the word may be an unknown option's value
    bool m_isDoubtful = false;   ///< so the URL may be none: another one is better
};

} // namespace

Result<CurlReading> readCurlCommand(const QByteArray &text, const FileReader &readFile)
{
    if (text.size() > limits::decoderInput)
        return Error{QStringLiteral("%1 bytes are more than the %2 allowed").arg(text.size()).arg(limits::decoderInput),
                     {}};
    const qsizetype start = curlCommandStart(text);
    if (start < 0)
        return Error{QStringLiteral("no curl command"), QStringLiteral("line 1")};
    const QByteArray command = text.mid(start);
    auto words = shellCommand(command, guessedShell(command));
    if (!words)
        return words.error();
    return CommandReader(std::move(words).value(), readFile).read();
}

} // namespace errata
