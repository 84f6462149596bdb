#include "models/base/limits.h"
#include "models/http/bruno.h"
#include "models/json/jsondocument.h"

#include <algorithm>

namespace errata {

namespace {

struct Block
{
    QByteArray name;               ///< "body:json"
    QByteArray text;               ///< the lines inside, their two blanks taken away
    std::vector<DraftField> pairs; ///< the same as "key: value"; "~" in front switches off
};

QByteArray unindented(const QByteArray &line)
{
    return line.mid(line.startsWith("  ") ? 2 : 0);
}

/// key: value, "quoted: key": value, ~off: value
DraftField pairOf(QByteArray line)
{
    DraftField pair;
    if (line.startsWith('~')) {
        pair.enabled = false;
        line.remove(0, 1);
    }
    const qsizetype colon = line.indexOf(':');
    if (line.startsWith('"')) {
        const qsizetype quote = line.indexOf("\":", 1);
        if (quote > 0) {
            pair.name = line.mid(1, quote - 1).replace("\\\"", "\"");
            pair.value = line.mid(quote + 2).trimmed();
            return pair;
        }
    }
    pair.name = colon < 0 ? line : line.left(colon).trimmed();
    pair.value = colon < 0 ? QByteArray() : line.mid(colon + 1).trimmed();
    return pair;
}

/// Values between ''' may have several lines.
std::vector<DraftField> pairsOf(const QByteArray &text)
{
    std::vector<DraftField> pairs;
    const QList<QByteArray> lines = text.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].trimmed().isEmpty())
            continue;
        DraftField pair = pairOf(lines[i].trimmed());
        if (pair.value == "'''") {
            QByteArray value;
            for (++i; i < lines.size() && lines[i].trimmed() != "'''"; ++i)
                value += (value.isNull() ? "" : "\n") + unindented(lines[i]);
            pair.value = value;
        }
        pairs.push_back(std::move(pair));
    }
    return pairs;
}

Result<std::vector<Block>> blocksOf(const QByteArray &text)
{
    std::vector<Block> blocks;
    const QList<QByteArray> lines = QByteArray(text).replace("\r\n", "\n").split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray line = lines[i].trimmed();
        if (line.isEmpty())
            continue;
        const bool isList = line.endsWith('[');
        if (!line.endsWith('{') && !isList)
            return Error{
                QStringLiteral("expected a block like 'meta {', found '%1'").arg(QString::fromUtf8(line.left(40))),
                QStringLiteral("line %1").arg(i + 1)};
        Block block{line.chopped(1).trimmed(), {}, {}};
        const qsizetype start = i;
        const QByteArray end = isList ? "]" : "}";
        QList<QByteArray> inside;
        for (++i; i < lines.size() && lines[i] != end; ++i)
            inside << unindented(lines[i]);
        if (i == lines.size())
            return Error{QStringLiteral("the block '%1' has no end").arg(QString::fromUtf8(block.name)),
                         QStringLiteral("line %1").arg(start + 1)};
        block.text = inside.join('\n');
        if (isList)
            block.text.replace(',', '\n');
        block.pairs = pairsOf(block.text);
        blocks.push_back(std::move(block));
    }
    return blocks;
}

/// "@file(a.txt) @contentType(text/plain)": what stands in the brackets behind \a word.
std::optional<QByteArray> annotation(const QByteArray &value, const QByteArray &word)
{
    const qsizetype at = value.indexOf('@' + word + '(');
    const qsizetype start = at + word.size() + 2;
    const qsizetype end = at < 0 ? -1 : value.indexOf(')', start);
    return end < 0 ? std::nullopt : std::optional(value.mid(start, end - start));
}

class BrunoReader
{
public:
    explicit BrunoReader(const std::vector<Block> &blocks) : m_blocks(blocks) {}

    Collection read()
    {
        for (const Block &block : m_blocks)
            readBlock(block);
        readAuth();
        readBody();
        if (m_hasRequest) {
            for (const QString &what : std::as_const(m_lost))
                m_collection.notCarried << QStringLiteral("%1 of '%2'").arg(what, m_draft.name);
            m_collection.requests.push_back(std::move(m_draft));
        }
        return std::move(m_collection);
    }

    /// Bruno's order among the requests of a folder.
    [[nodiscard]] qint64 place() const { return m_place; }

private:
    [[nodiscard]] const Block *find(const QByteArray &name) const
    {
        const auto it =
            std::find_if(m_blocks.begin(), m_blocks.end(), [&name](const Block &one) { return one.name == name; });
        return it == m_blocks.end() ? nullptr : &*it;
    }

    [[nodiscard]] QByteArray value(const QByteArray &block, const QByteArray &key) const
    {
        if (const Block *found = find(block)) {
            for (const DraftField &pair : found->pairs) {
                if (pair.name == key)
                    return pair.value;
            }
        }
        return {};
    }

    void readBlock(const Block &block)
    {
        static const QList<QByteArray> methods{"get",     "post", "put",     "delete", "patch",
                                               "options", "head", "connect", "trace",  "http"};
        const QByteArray kind = block.name.split(':').constFirst();
        if (block.name == "meta") {
            m_draft.name = QString::fromUtf8(value("meta", "name"));
            m_place = value("meta", "seq").toLongLong();
        } else if (methods.contains(block.name)) {
            m_hasRequest = true;
            m_draft.method = block.name == "http" ? value("http", "method") : block.name.toUpper();
            m_draft.url = value(block.name, "url");
            m_bodyKind = value(block.name, "body");
            m_authKind = value(block.name, "auth");
        } else if (block.name == "headers") {
            m_draft.headers = block.pairs;
        } else if (block.name == "docs") {
            m_draft.about = QString::fromUtf8(block.text);
        } else if (block.name == "params:query" || block.name == "query") {
            std::copy_if(block.pairs.begin(), block.pairs.end(), std::back_inserter(m_draft.parkedParameters),
                         [](const DraftField &pair) { return !pair.enabled; });
        } else if (block.name == "params:path") {
            m_pathValues = block.pairs;
        } else if (block.name == "vars" || block.name == "vars:secret") {
            addVariables(block);
        } else if (kind != "body" && kind != "auth" && !block.text.trimmed().isEmpty()) {
            m_lost << QStringLiteral("'%1'").arg(QString::fromUtf8(block.name));
        }
        if (m_hasRequest)
            setPathValues();
    }

    void setPathValues()
    {
        for (const DraftField &pair : m_pathValues) {
            const QByteArray value = pair.value.isEmpty() ? "{{" + pair.name + "}}" : pair.value;
            const qsizetype at = m_draft.url.indexOf("/:" + pair.name);
            const qsizetype end = at + 2 + pair.name.size();
            if (at >= 0 && (end == m_draft.url.size() || QByteArrayView("/?#").contains(m_draft.url[end])))
                m_draft.url.replace(at + 1, pair.name.size() + 1, value);
        }
    }

    void addVariables(const Block &block)
    {
        auto &list = m_collection.environments;
        if (list.empty())
            list.emplace_back();
        const bool isSecret = block.name == "vars:secret";
        for (const DraftField &pair : block.pairs) {
            if (pair.enabled)
                list.front().variables.push_back(
                    {QString::fromUtf8(pair.name), QString::fromUtf8(pair.value), isSecret});
        }
    }

    void readAuth()
    {
        AuthDraft &auth = m_draft.auth;
        if (m_authKind == "bearer") {
            auth.kind = AuthDraft::Kind::Bearer;
            auth.secret = value("auth:bearer", "token");
        } else if (m_authKind == "basic") {
            auth.kind = AuthDraft::Kind::Basic;
            auth.user = value("auth:basic", "username");
            auth.secret = value("auth:basic", "password");
        } else if (m_authKind == "apikey") {
            auth.kind = AuthDraft::Kind::ApiKey;
            auth.name = value("auth:apikey", "key");
            auth.secret = value("auth:apikey", "value");
            auth.inQuery = value("auth:apikey", "placement") == "queryparams";
        } else if (!m_authKind.isEmpty() && m_authKind != "none") {
            m_lost << QStringLiteral("authentication '%1'").arg(QString::fromUtf8(m_authKind));
        }
    }

    void setText(const QByteArray &kind, const QByteArray &contentType)
    {
        const Block *block = find("body:" + kind);
        if (!block && kind == "json")
            block = find("body");
        m_draft.body.kind = BodyDraft::Kind::Text;
        m_draft.body.text = block ? block->text : QByteArray();
        m_draft.body.contentType = contentType;
    }

    void readBody()
    {
        BodyDraft &body = m_draft.body;
        if (m_bodyKind == "json") {
            setText("json", "application/json");
        } else if (m_bodyKind == "text") {
            setText("text", "text/plain");
        } else if (m_bodyKind == "xml") {
            setText("xml", "application/xml");
        } else if (m_bodyKind == "sparql") {
            setText("sparql", "application/sparql-query");
        } else if (m_bodyKind == "formUrlEncoded" || m_bodyKind == "form-urlencoded") {
            body.kind = BodyDraft::Kind::Form;
            addFields("body:form-urlencoded");
        } else if (m_bodyKind == "multipartForm" || m_bodyKind == "multipart-form") {
            body.kind = BodyDraft::Kind::Multipart;
            addFields("body:multipart-form");
            std::for_each(body.fields.begin(), body.fields.end(), readAnnotations);
        } else if (m_bodyKind == "file") {
            body.kind = BodyDraft::Kind::File;
            const QByteArray row = value("body:file", "file");
            body.file = QString::fromUtf8(annotation(row, "file").value_or(row));
            body.contentType = annotation(row, "contentType").value_or(QByteArray());
        } else if (!m_bodyKind.isEmpty() && m_bodyKind != "none") {
            m_lost << QStringLiteral("body '%1'").arg(QString::fromUtf8(m_bodyKind));
        }
    }

    void addFields(const QByteArray &name)
    {
        const Block *block = find(name);
        if (!block)
            return;
        for (const DraftField &pair : block->pairs)
            m_draft.body.fields.push_back({pair.name, pair.value, pair.enabled});
    }

    static void readAnnotations(FormField &field)
    {
        field.contentType = annotation(field.value, "contentType").value_or(QByteArray());
        const auto file = annotation(field.value, "file");
        field.isFile = file.has_value();
        if (file)
            field.value = file->left(file->contains('|') ? file->indexOf('|') : file->size());
        else if (!field.contentType.isEmpty())
            field.value = field.value.left(field.value.indexOf("@contentType(")).trimmed();
    }

    const std::vector<Block> &m_blocks;
    Collection m_collection;
    RequestDraft m_draft;
    QByteArray m_bodyKind, m_authKind;
    std::vector<DraftField> m_pathValues;
    QStringList m_lost;
    qint64 m_place = 0;
    bool m_hasRequest = false;
};

struct PlacedRequest
{
    qint64 place;
    RequestDraft draft;
};

} // namespace

bool looksLikeBruno(QByteArrayView text)
{
    const QByteArrayView start = text.first(std::min<qsizetype>(text.size(), 4 * limits::Kilobyte)).trimmed();
    return start.startsWith("meta {") || start.startsWith("vars {") || start.startsWith("vars:secret [");
}

Result<Collection> readBruno(const QByteArray &text)
{
    if (text.size() > limits::collectionFile)
        return Error{
            QStringLiteral("%1 bytes are more than the %2 allowed").arg(text.size()).arg(limits::collectionFile), {}};
    const auto blocks = blocksOf(text);
    if (!blocks)
        return blocks.error();
    Collection collection = BrunoReader(blocks.value()).read();
    if (collection.requests.empty() && collection.environments.empty())
        return Error{QStringLiteral("neither a request nor variables, expected a block like 'get {'"), {}};
    return collection;
}

Result<Collection> readBrunoFolder(std::vector<CollectionFile> files)
{
    std::sort(files.begin(), files.end(),
              [](const CollectionFile &a, const CollectionFile &b) { return a.path < b.path; });
    Collection collection;
    std::vector<PlacedRequest> requests;
    for (const CollectionFile &file : files) {
        QStringList folder = file.path.split(QLatin1Char('/'));
        const QString name = folder.takeLast();
        if (name == QLatin1String("bruno.json")) {
            if (const auto document = JsonDocument::parse(file.bytes))
                collection.name = document->root()["name"].string();
        }
        if (!name.endsWith(QLatin1String(".bru")))
            continue;
        const auto blocks = blocksOf(file.bytes);
        if (!blocks)
            return Error{blocks.error().text(), file.path};
        if (name == QLatin1String("collection.bru") || name == QLatin1String("folder.bru")) {
            collection.notCarried << QStringLiteral("what all requests share in '%1'").arg(file.path);
            continue;
        }
        BrunoReader reader(blocks.value());
        Collection part = reader.read();
        for (RequestDraft &draft : part.requests) {
            draft.folder = folder;
            requests.push_back({reader.place(), std::move(draft)});
        }
        for (Environment &environment : part.environments) {
            environment.name = name.chopped(4);
            collection.environments.push_back(std::move(environment));
        }
        collection.notCarried += part.notCarried;
    }
    std::stable_sort(requests.begin(), requests.end(), [](const PlacedRequest &a, const PlacedRequest &b) {
        return a.draft.folder == b.draft.folder ? a.place < b.place : a.draft.folder < b.draft.folder;
    });
    for (PlacedRequest &request : requests)
        collection.requests.push_back(std::move(request.draft));
    return collection;
}

} // namespace errata
