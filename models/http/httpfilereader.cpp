#include "models/base/limits.h"
#include "models/http/formtext.h"
#include "models/http/httpdirectives.h"
#include "models/http/httpfile.h"
#include "models/http/httprequesttext.h"
#include "models/http/requestdraftjson.h"

#include <algorithm>

namespace errata {

namespace {

using Lines = std::vector<QByteArray>;

bool isTokenWord(QByteArrayView word)
{
    return !word.isEmpty() && std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
    });
}

bool isComment(const QByteArray &line)
{
    return line.startsWith('#') || line.startsWith("//");
}

/// What stands behind "#" or "//" and one blank.
QByteArray commentText(const QByteArray &line)
{
    const qsizetype mark = line.startsWith('#') ? 1 : 2;
    return line.mid(line.size() > mark && line[mark] == ' ' ? mark + 1 : mark);
}

QByteArray withoutReturn(const QByteArray &line)
{
    return line.endsWith('\r') ? line.chopped(1) : line;
}

std::optional<EnvironmentVariable> fileVariable(const QByteArray &line)
{
    const qsizetype equals = line.indexOf('=');
    if (!line.startsWith('@') || equals < 2)
        return {};
    const QByteArray name = line.mid(1, equals - 1).trimmed();
    return EnvironmentVariable{QString::fromUtf8(name), QString::fromUtf8(line.mid(equals + 1).trimmed()), false};
}

std::optional<DraftField> headerOf(const QByteArray &line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return {};
    return DraftField{line.left(colon).trimmed(), line.mid(colon + 1).trimmed(), true};
}

/// A commented-out header: "# X-Trace: 1".
std::optional<DraftField> headerOff(const QByteArray &comment)
{
    const qsizetype colon = comment.indexOf(": ");
    if (colon <= 0 || !Headers::isValidName(comment.left(colon)))
        return {};
    return DraftField{comment.left(colon), comment.mid(colon + 2).trimmed(), false};
}

template <typename Kind>
Kind kindOf(const QByteArray &word, const QList<QByteArray> &words)
{
    return static_cast<Kind>(std::max<qsizetype>(0, words.indexOf(word)));
}

/// A target without a host takes that of the Host header.
void completeUrl(RequestDraft &draft)
{
    if (!draft.url.startsWith('/'))
        return;
    for (const DraftField &field : draft.headers) {
        if (field.enabled && field.name.compare("Host", Qt::CaseInsensitive) == 0)
            draft.url = absoluteUrl(draft.url, field.value);
    }
}

/// One request: the lines between two separators.
class BlockReader
{
public:
    BlockReader(const Lines &lines, std::size_t first, std::size_t end, Collection &collection)
        : m_lines(lines), m_at(first), m_end(end), m_collection(collection)
    {
    }

    void read()
    {
        if (m_at < m_end && m_lines[m_at].startsWith("###"))
            m_title = m_lines[m_at++].mid(3).trimmed();
        readHead();
        if (m_isExact) {
            m_collection.requests.push_back(m_draft);
            return;
        }
        if (!m_hasRequest)
            return;
        m_draft.name = m_title.isEmpty() ? m_name : QString::fromUtf8(m_title);
        m_draft.about = m_about.join(QLatin1Char('\n'));
        completeUrl(m_draft);
        setBody(bodyText());
        insertOffFields();
        for (const QString &what : std::as_const(m_lost))
            m_collection.notCarried << (m_draft.name.isEmpty() ? what
                                                               : QStringLiteral("%1 of '%2'").arg(what, m_draft.name));
        m_collection.requests.push_back(std::move(m_draft));
    }

private:
    void lose(const QString &what) { m_lost << what; }

    void readHead()
    {
        for (; m_at < m_end; ++m_at) {
            const QByteArray line = withoutReturn(m_lines[m_at]);
            if (m_hasRequest && line.trimmed().isEmpty()) {
                ++m_at;
                return;
            }
            if (m_isExact && !isComment(line))
                return;
            if (isComment(line))
                readComment(commentText(line));
            else if (m_hasRequest)
                readHeader(line);
            else
                readStart(line);
        }
    }

    void readStart(const QByteArray &line)
    {
        const QByteArray text = line.trimmed();
        if (text.isEmpty())
            return;
        if (text.startsWith("< {%") || (text.startsWith("< ") && text.endsWith(".js"))) {
            lose(QStringLiteral("script before the request"));
            skipScript();
        } else if (const auto variable = fileVariable(text)) {
            addFileVariable(*variable);
        } else {
            readRequestLine(text);
        }
    }

    /// From a line with "{%" to the one with "%}", which may be the same; other lines are scripts by their names.
    void skipScript()
    {
        if (!m_lines[m_at].contains("{%"))
            return;
        while (!m_lines[m_at].contains("%}") && m_at + 1 < m_end)
            ++m_at;
    }

    void addFileVariable(const EnvironmentVariable &variable)
    {
        auto &list = m_collection.environments;
        const auto own =
            std::find_if(list.begin(), list.end(), [](const Environment &one) { return one.name.isEmpty(); });
        if (own == list.end())
            list.insert(list.begin(), Environment{{}, {variable}, false});
        else
            own->variables.push_back(variable);
    }

    void readRequestLine(const QByteArray &line)
    {
        m_hasRequest = true;
        const qsizetype blank = line.indexOf(' ');
        const bool hasMethod = blank > 0 && isTokenWord(QByteArrayView(line).first(blank));
        m_draft.method = hasMethod ? line.left(blank) : QByteArray("GET");
        m_draft.url = hasMethod ? line.mid(blank + 1).trimmed() : line;
        while (m_at + 1 < m_end && isContinued(m_lines[m_at + 1]))
            m_draft.url += m_lines[++m_at].trimmed();
        const qsizetype version = m_draft.url.lastIndexOf(" HTTP/");
        if (version >= 0)
            m_draft.url = m_draft.url.left(version).trimmed();
    }

    [[nodiscard]] static bool isContinued(const QByteArray &line)
    {
        const bool isIndented = line.startsWith(' ') || line.startsWith('\t');
        return (isIndented && !line.trimmed().isEmpty()) || line.startsWith('?') || line.startsWith('&');
    }

    void readHeader(const QByteArray &line)
    {
        const auto header = headerOf(line);
        if (!header)
            return lose(QStringLiteral("line without a colon in the head, '%1',").arg(QString::fromUtf8(line)));
        const bool isTypeOfBody = std::exchange(m_typeIsNext, false);
        if (std::exchange(m_authIsNext, false))
            readAuth(*header);
        else if (isTypeOfBody)
            m_bodyType = header->value;
        else if (!readBasic(*header))
            m_draft.headers.push_back(*header);
    }

    void readAuth(const DraftField &header)
    {
        AuthDraft &auth = m_draft.auth;
        if (header.name == "Authorization" && header.value.startsWith("Bearer ")) {
            auth.kind = AuthDraft::Kind::Bearer;
            auth.secret = header.value.mid(7);
        } else {
            auth.kind = AuthDraft::Kind::ApiKey;
            auth.name = header.name;
            auth.secret = header.value;
        }
    }

    /// "Basic user:password" and "Basic user password" stand for their base64.
    bool readBasic(const DraftField &header)
    {
        if (header.name != "Authorization" || !header.value.startsWith("Basic "))
            return false;
        const QByteArray credentials = header.value.mid(6).trimmed();
        const qsizetype colon = credentials.indexOf(':');
        const qsizetype split = colon >= 0 ? colon : credentials.indexOf(' ');
        if (split < 0)
            return false;
        m_draft.auth = {AuthDraft::Kind::Basic, {}, credentials.mid(split + 1), credentials.left(split), false};
        return true;
    }

    void readComment(const QByteArray &text)
    {
        if (text.startsWith("@errata "))
            return readDirective(Directive(text.mid(8)));
        if (text.startsWith("@name ")) {
            m_name = QString::fromUtf8(text.mid(6).trimmed());
        } else if (text.startsWith('@')) {
            lose(QStringLiteral("option '%1'").arg(QString::fromUtf8(text.trimmed())));
        } else if (const auto header = m_hasRequest ? headerOff(text) : std::nullopt) {
            m_draft.headers.push_back(*header);
        } else {
            m_about << QString::fromUtf8(text);
        }
    }

    void readDirective(const Directive &line)
    {
        if (readMark(line) || readField(line) || readEnvironment(line) || (m_isExact && readExact(line)))
            return;
        lose(QStringLiteral("comment '@errata %1'").arg(QString::fromUtf8(line.name())));
    }

    bool readMark(const Directive &line)
    {
        const QByteArray &name = line.name();
        if (name == "auth") {
            m_authIsNext = true;
        } else if (name == "body-type") {
            m_typeIsNext = true;
        } else if (name == "exact") {
            m_isExact = true;
        } else if (name == "policy") {
            m_draft.policy = line.text(0);
        } else if (name == "settings") {
            readSettings(line.rest(0));
        } else if (name == "folder") {
            for (int i = 0; i < line.size(); ++i)
                m_draft.folder << line.text(i);
        } else if (name == "auth-query") {
            m_draft.auth = {AuthDraft::Kind::ApiKey, line.word(0), line.rest(1), {}, true};
        } else if (name == "body") {
            m_bodyKind = line.word(0);
        } else if (name == "body-tail") {
            m_bodyTail = line.word(0);
        } else {
            return false;
        }
        return true;
    }

    void readSettings(const QByteArray &json)
    {
        if (auto settings = readSendSettings(json))
            m_draft.settings = std::move(settings).value();
        else
            lose(QStringLiteral("settings that cannot be read (%1)").arg(settings.error().text()));
    }

    bool readField(const Directive &line)
    {
        const QByteArray &name = line.name();
        if (name == "header-off" || name == "header") {
            m_draft.headers.push_back({line.word(0), line.rest(1), name == "header"});
        } else if (name == "parameter-off" || name == "parameter-parked") {
            m_draft.parkedParameters.push_back({line.word(0), line.rest(1), name == "parameter-parked"});
        } else if (name == "field-off") {
            m_offFields.push_back(
                {line.word(0).toLongLong(), {line.word(3), line.rest(4), false, line.word(1) == "file", line.word(2)}});
        } else {
            return false;
        }
        return true;
    }

    bool readEnvironment(const Directive &line)
    {
        const QByteArray &name = line.name();
        auto &list = m_collection.environments;
        if (name == "collection") {
            m_collection.name = QString::fromUtf8(line.rest(0));
        } else if (name == "environment") {
            list.push_back({QString::fromUtf8(line.rest(1)), {}, line.word(0) == "live"});
        } else if ((name == "variable" || name == "secret") && !list.empty()) {
            list.back().variables.push_back({line.text(0), QString::fromUtf8(line.rest(1)), name == "secret"});
        } else {
            return false;
        }
        return true;
    }

    bool readExact(const Directive &line)
    {
        const QByteArray &name = line.name();
        if (name == "name") {
            m_draft.name = QString::fromUtf8(line.rest(0));
        } else if (name == "about") {
            m_draft.about = QString::fromUtf8(line.rest(0));
        } else if (name == "method") {
            m_draft.method = line.word(0);
        } else if (name == "url") {
            m_draft.url = line.rest(0);
        } else if (name == "auth-exact") {
            m_draft.auth = {kindOf<AuthDraft::Kind>(line.word(0), {"none", "bearer", "basic", "api-key"}), line.word(2),
                            line.rest(4), line.word(3), line.word(1) == "query"};
        } else if (name == "body-exact") {
            m_draft.body.kind = kindOf<BodyDraft::Kind>(line.word(0), {"none", "text", "form", "multipart", "file"});
            m_draft.body.contentType = line.word(1);
            m_draft.body.file = line.text(2);
            m_draft.body.text = line.rest(3);
        } else if (name == "field") {
            m_draft.body.fields.push_back(
                {line.word(3), line.rest(4), line.word(0) == "on", line.word(1) == "file", line.word(2)});
        } else {
            return false;
        }
        return true;
    }

    /// What is sent: without scripts for the answer, and without the empty lines before the next request.
    QByteArray bodyText()
    {
        QByteArray body;
        for (; m_at < m_end; ++m_at) {
            const QByteArray &line = m_lines[m_at];
            const QByteArray text = line.trimmed();
            if (line.startsWith("> {%")) {
                lose(QStringLiteral("script for the answer"));
                skipScript();
            } else if (line.startsWith("> ") && text.endsWith(".js")) {
                lose(QStringLiteral("script for the answer, '%1',").arg(QString::fromUtf8(text.mid(2))));
            } else if (line.startsWith(">> ") || line.startsWith(">>! ")) {
                lose(QStringLiteral("file for the answer, '%1',")
                         .arg(QString::fromUtf8(text.mid(text.indexOf(' ') + 1))));
            } else if (line.startsWith("<> ")) {
                lose(QStringLiteral("answer to compare with, '%1',").arg(QString::fromUtf8(text.mid(3))));
            } else {
                body += line + '\n';
            }
        }
        while (body.endsWith('\n') || body.endsWith('\r'))
            body.chop(1);
        return body;
    }

    [[nodiscard]] QByteArray contentType() const
    {
        if (!m_bodyType.isEmpty())
            return m_bodyType;
        for (const DraftField &field : m_draft.headers) {
            if (field.enabled && field.name.compare("Content-Type", Qt::CaseInsensitive) == 0)
                return field.value;
        }
        return {};
    }

    void setBody(const QByteArray &text)
    {
        BodyDraft &body = m_draft.body;
        const bool isForm = contentType().toLower().startsWith("application/x-www-form-urlencoded");
        if (m_bodyKind == "form" && text.isEmpty()) {
            body.kind = BodyDraft::Kind::Form;
            return;
        }
        if (text.isEmpty() && m_bodyTail.isEmpty() && m_bodyKind != "text") {
            body.contentType = m_bodyType;
            return;
        }
        if ((isForm && setForm(text)) || setMultipart(text))
            return;
        body.contentType = m_bodyType;
        if (setFile(text))
            return;
        body.kind = BodyDraft::Kind::Text;
        body.text = text + m_bodyTail;
        for (const QByteArray &line : text.split('\n')) {
            if (line.startsWith("< ./") || line.startsWith("< ../") || line.startsWith("< /"))
                lose(QStringLiteral("file within the body, '%1',").arg(QString::fromUtf8(line.mid(2).trimmed())));
        }
    }

    bool setForm(QByteArray text)
    {
        // A row a line, as REST Client has it.
        text.replace("\r\n&", "&").replace("\n&", "&");
        auto fields = formFields(text, true);
        if (!fields)
            return false;
        m_draft.body.kind = BodyDraft::Kind::Form;
        m_draft.body.fields = std::move(*fields);
        return true;
    }

    bool setMultipart(const QByteArray &text)
    {
        const auto boundary = boundaryOf(contentType());
        const auto parts = boundary ? formParts(text, *boundary) : std::nullopt;
        if (!parts)
            return false;
        m_draft.body.kind = BodyDraft::Kind::Multipart;
        for (const FormPart &part : *parts) {
            const bool isFile = part.content.startsWith("< ") && !part.content.contains('\n');
            m_draft.body.fields.push_back(
                {part.name, isFile ? part.content.mid(2).trimmed() : part.content, true, isFile, part.contentType});
        }
        return true;
    }

    /// "< path"; "<@ path" and "<@latin1 path" ask for variables within it.
    bool setFile(const QByteArray &text)
    {
        if (text.contains('\n') || !(text.startsWith("< ") || text.startsWith("<@")))
            return false;
        if (text.startsWith("<@"))
            lose(QStringLiteral("variables in the file of the body"));
        m_draft.body.kind = BodyDraft::Kind::File;
        m_draft.body.file = QString::fromUtf8(text.mid(text.indexOf(' ') + 1).trimmed());
        return true;
    }

    void insertOffFields()
    {
        auto &fields = m_draft.body.fields;
        for (const auto &[index, field] : m_offFields)
            fields.insert(fields.begin() + std::clamp<qint64>(index, 0, qint64(fields.size())), field);
    }

    const Lines &m_lines;
    std::size_t m_at;
    std::size_t m_end;
    Collection &m_collection;
    RequestDraft m_draft;
    QByteArray m_title, m_bodyType, m_bodyKind, m_bodyTail;
    QString m_name;
    QStringList m_about, m_lost;
    std::vector<std::pair<qint64, FormField>> m_offFields;
    bool m_hasRequest = false;
    bool m_isExact = false;
    bool m_authIsNext = false;
    bool m_typeIsNext = false;
};

Lines linesOf(QByteArray text)
{
    if (text.startsWith("\xEF\xBB\xBF"))
        text.remove(0, 3);
    const QList<QByteArray> list = text.split('\n');
    return {list.begin(), list.end()};
}

} // namespace

bool looksLikeHttpFile(QByteArrayView text)
{
    constexpr int enough = 50;
    const Lines lines = linesOf(text.first(std::min<qsizetype>(text.size(), 16 * limits::Kilobyte)).toByteArray());
    for (std::size_t i = 0; i < lines.size() && i < enough; ++i) {
        const QByteArray line = lines[i].trimmed();
        if (line.startsWith("###") || line.startsWith("# @errata ") || line.startsWith("# @name ") ||
            line.startsWith("// @name ") || fileVariable(line))
            return true;
        if (line.isEmpty() || isComment(line))
            continue;
        const QByteArray word = line.left(line.indexOf(' '));
        const QByteArray target = line.mid(word.size()).trimmed();
        return line.contains(' ') && isTokenWord(word) && word == word.toUpper() &&
               (target.startsWith("http://") || target.startsWith("https://") || target.startsWith("{{") ||
                target.startsWith('/'));
    }
    return false;
}

Result<Collection> readHttpFile(const QByteArray &text)
{
    if (text.size() > limits::collectionFile)
        return Error{
            QStringLiteral("%1 bytes are more than the %2 allowed").arg(text.size()).arg(limits::collectionFile), {}};
    const Lines lines = linesOf(text);
    Collection collection;
    std::size_t first = 0;
    while (first < lines.size()) {
        std::size_t end = first + 1;
        while (end < lines.size() && !lines[end].startsWith("###"))
            ++end;
        BlockReader(lines, first, end, collection).read();
        first = end;
    }
    if (collection.requests.empty() && collection.environments.empty())
        return Error{QStringLiteral("no request, expected a line like 'GET https://api.example.com/'"),
                     QStringLiteral("line 1")};
    return collection;
}

} // namespace errata
