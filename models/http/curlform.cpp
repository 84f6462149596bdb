#include "models/http/curlform.h"

#include "models/base/bytes.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace errata {

namespace {

/// Reads words with their own quoting, as curl does: "a;b" in double quotes, \\ and \" in them.
class PartReader
{
public:
    explicit PartReader(QByteArrayView text) : m_rest(text) {}

    [[nodiscard]] char next() const { return m_rest.isEmpty() ? '\0' : m_rest.front(); }
    void skip() { m_rest = m_rest.sliced(m_rest.isEmpty() ? 0 : 1); }

    void skipBlanks()
    {
        while (isSpace(next()))
            skip();
    }

    [[nodiscard]] bool take(QByteArrayView prefix)
    {
        if (m_rest.size() < prefix.size() || m_rest.first(prefix.size()).compare(prefix, Qt::CaseInsensitive) != 0)
            return false;
        m_rest = m_rest.sliced(prefix.size());
        return true;
    }

    /// Up to ';' or \a end. Blanks behind it are not part of it, unless it is quoted.
    QByteArray word(char end)
    {
        skipBlanks();
        if (const auto quoted = quotedWord(end))
            return *quoted;
        const QByteArray plain = upTo(end);
        const auto last = std::find_if_not(plain.rbegin(), plain.rend(), isSpace);
        return plain.left(std::distance(last, plain.rend()));
    }

    /// A content type goes on behind a ';' with whatever is no parameter of the part.
    QByteArray contentType(char end)
    {
        skipBlanks();
        QByteArray type = upTo(end);
        while (next() == ';' && !beginsParameter()) {
            skip();
            type += ';' + upTo(end);
        }
        return type.trimmed();
    }

private:
    [[nodiscard]] bool beginsParameter() const
    {
        const QByteArray ahead = m_rest.sliced(1).toByteArray().trimmed().toLower();
        constexpr const char *names[] = {"type=", "filename=", "headers=", "encoder="};
        return std::any_of(std::begin(names), std::end(names),
                           [&ahead](const char *name) { return ahead.startsWith(name); });
    }

    QByteArray upTo(char end)
    {
        const auto *stop = std::find_if(m_rest.begin(), m_rest.end(), [end](char c) { return c == ';' || c == end; });
        const QByteArrayView word = m_rest.first(stop - m_rest.begin());
        m_rest = m_rest.sliced(word.size());
        return word.toByteArray();
    }

    /// Nothing where there are no quotes, or they do not end.
    std::optional<QByteArray> quotedWord(char end)
    {
        if (next() != '"')
            return {};
        QByteArray word;
        for (qsizetype i = 1; i < m_rest.size(); ++i) {
            const bool escapes =
                m_rest[i] == '\\' && i + 1 < m_rest.size() && (m_rest[i + 1] == '\\' || m_rest[i + 1] == '"');
            if (m_rest[i] == '"') {
                m_rest = m_rest.sliced(i + 1);
                upTo(end); // curl leaves out what stands behind the quotes
                return word;
            }
            i += escapes ? 1 : 0;
            word += m_rest[i];
        }
        return {};
    }

    QByteArrayView m_rest;
};

/// ";type=a/b;filename=x" behind a content; what curl does not know it skips, and so do we.
void readParameters(PartReader &reader, char end, CurlFormContent &content)
{
    while (reader.next() == ';') {
        reader.skip();
        reader.skipBlanks();
        if (reader.take("type="))
            content.type = reader.contentType(end);
        else if (reader.take("filename="))
            content.fileName = reader.word(end);
        else if (reader.take("encoder="))
            content.encoder = reader.word(end);
        else if (reader.take("headers="))
            content.headers << reader.word(end);
        else
            reader.word(end);
    }
}

QByteArray baseName(const QByteArray &path)
{
    return path.mid(path.lastIndexOf('/') + 1);
}

/// By the end of the name, as curl guesses it.
QByteArray guessedType(const QByteArray &fileName)
{
    using Guess = std::pair<const char *, const char *>;
    constexpr Guess guesses[] = {{".gif", "image/gif"},      {".jpg", "image/jpeg"},    {".jpeg", "image/jpeg"},
                                 {".png", "image/png"},      {".svg", "image/svg+xml"}, {".txt", "text/plain"},
                                 {".htm", "text/html"},      {".html", "text/html"},    {".pdf", "application/pdf"},
                                 {".xml", "application/xml"}};
    const QByteArray name = fileName.toLower();
    const auto *found = std::find_if(std::begin(guesses), std::end(guesses),
                                     [&name](const Guess &guess) { return name.endsWith(guess.first); });
    return found == std::end(guesses) ? QByteArray("application/octet-stream") : QByteArray(found->second);
}

QByteArray escaped(QByteArray text)
{
    return text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
}

/// The name the content goes out under, empty for none.
QByteArray sentFileName(const CurlFormContent &content)
{
    return content.fileName.isEmpty() && content.named ? baseName(content.path) : content.fileName;
}

QByteArray encoded(const CurlFormContent &content, const QByteArray &bytes)
{
    if (content.encoder != "base64")
        return bytes;
    // Lines of 76 characters (RFC 2045 section 6.8).
    const QByteArray plain = bytes.toBase64();
    QByteArray lines;
    for (qsizetype at = 0; at < plain.size(); at += 76)
        lines += (at > 0 ? "\r\n" : "") + plain.mid(at, 76);
    return lines;
}

QByteArray headAndContent(const CurlFormContent &content, const QByteArray &disposition,
                          const CurlFileContent &fileContent)
{
    const QByteArray fileName = sentFileName(content);
    QByteArray text = "Content-Disposition: " + disposition;
    if (!fileName.isEmpty())
        text += "; filename=\"" + escaped(fileName) + '"';
    text += "\r\n";
    QByteArray type = content.type;
    if (type.isEmpty() && !fileName.isEmpty())
        type = guessedType(content.fileName.isEmpty() ? content.path : content.fileName);
    if (!type.isEmpty())
        text += "Content-Type: " + type + "\r\n";
    if (!content.encoder.isEmpty())
        text += "Content-Transfer-Encoding: " + content.encoder + "\r\n";
    for (const QByteArray &header : content.headers)
        text += header + "\r\n";
    return text + "\r\n" + encoded(content, content.path.isEmpty() ? content.text : fileContent(content.path)) + "\r\n";
}

} // namespace

Result<CurlFormPart> curlFormPart(const QByteArray &word, bool isLiteral)
{
    const qsizetype equals = word.indexOf('=');
    if (equals < 0)
        return Error{QStringLiteral("has no '='"), {}};
    CurlFormPart part{word.left(equals), {}};
    if (isLiteral) {
        part.contents.push_back({{}, word.mid(equals + 1)});
        return part;
    }
    PartReader reader(QByteArrayView(word).sliced(equals + 1));
    const char mark = reader.next();
    if (mark == '(' || (mark == ')' && part.name.isEmpty()))
        return Error{QStringLiteral("parts within parts are not read"), {}};
    const bool isFile = mark == '@' || mark == '<';
    const char end = mark == '@' ? ',' : '\0';
    do {
        CurlFormContent content;
        if (isFile)
            reader.skip(); // '@' or '<', and then each ','
        content.named = mark == '@';
        (isFile ? content.path : content.text) = reader.word(end);
        readParameters(reader, end, content);
        const auto isOfFile = [](const QByteArray &header) { return header.startsWith('@') || header.startsWith('<'); };
        if (std::any_of(content.headers.cbegin(), content.headers.cend(), isOfFile))
            return Error{QStringLiteral("headers in a file are not read"), {}};
        if (!content.encoder.isEmpty() && content.encoder != "base64" && content.encoder != "binary" &&
            content.encoder != "8bit")
            return Error{QStringLiteral("only the encoders base64, binary and 8bit are known"), {}};
        part.contents.push_back(std::move(content));
    } while (end != '\0' && reader.next() == end);
    return part;
}

QByteArray curlFormText(const CurlFormPart &part, const QByteArray &disposition, const QByteArray &innerBoundary,
                        const CurlFileContent &fileContent)
{
    const QByteArray named =
        disposition + (part.name.isEmpty() ? QByteArray() : "; name=\"" + escaped(part.name) + '"');
    if (part.contents.size() == 1)
        return headAndContent(part.contents.front(), named, fileContent);
    QByteArray text =
        "Content-Disposition: " + named + "\r\nContent-Type: multipart/mixed; boundary=" + innerBoundary + "\r\n\r\n";
    for (const CurlFormContent &content : part.contents)
        text += "--" + innerBoundary + "\r\n" + headAndContent(content, "attachment", fileContent);
    return text + "--" + innerBoundary + "--\r\n\r\n";
}

} // namespace errata
