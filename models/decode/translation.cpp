#include "models/decode/translation.h"

#include "models/http/grpcstatus.h"
#include "models/http/objectliteral.h"
#include "models/json/jsonwriter.h"

#include <QUrl>
#include <QXmlStreamReader>

#include <algorithm>

namespace errata {

namespace {

constexpr int deepest = 64;

/// The places of the translation's scalars in the order they were written, put beside their offsets.
void collect(const JsonValue &value, const std::vector<Span> &written, TextPlaces &places)
{
    const bool isScalar = !value.isObject() && !value.isArray();
    if (isScalar && places.size() < written.size())
        places.emplace_back(value.span().start, written[places.size()]);
    for (const JsonValue &child : value.children())
        collect(child, written, places);
}

Translation translated(const JsonWriter &writer, const std::vector<Span> &written)
{
    Translation result;
    if (auto document = JsonDocument::parse(writer.result()))
        result.document = std::move(document).value();
    collect(result.document.root(), written, result.places);
    return result;
}

struct XmlNode
{
    QString name;
    QString text;
    Span where;
    std::vector<XmlNode> children; ///< attributes as "@name" among them
};

/// QXmlStreamReader counts UTF-16 units; spans are bytes. Offsets are asked for in ascending order.
class ByteOffsets
{
public:
    ByteOffsets(const QString &text, qsizetype skipped) : m_text(text), m_bytes(skipped) {}

    qsizetype at(qint64 units)
    {
        const auto end = std::min<qsizetype>(units, m_text.size());
        if (end > m_units) {
            m_bytes += QStringView(m_text).mid(m_units, end - m_units).toUtf8().size();
            m_units = end;
        }
        return m_bytes;
    }

private:
    const QString &m_text;
    qsizetype m_units = 0;
    qsizetype m_bytes;
};

class XmlTranslator
{
public:
    XmlTranslator(const QByteArray &xml, const Progress &progress)
        : m_xml(xml)
        , m_progress(progress)
        , m_text(QString::fromUtf8(xml))
        , m_offsets(m_text, xml.startsWith("\xef\xbb\xbf") ? 3 : 0)
        , m_reader(m_text)
    {
    }

    Result<Translation> run()
    {
        if (!m_reader.readNextStartElement())
            return failure();
        XmlNode root = element(1);
        if (m_reader.hasError())
            return failure();
        m_writer.beginObject().key(root.name);
        write(root);
        m_writer.endObject();
        Translation result = translated(m_writer, m_written);
        // Bytes that are no UTF-8 became U+FFFD, of another length: no place behind them is known.
        if (m_text.contains(QChar::ReplacementCharacter))
            result.places.clear();
        return result;
    }

private:
    [[nodiscard]] Error failure() const
    {
        return {m_reader.errorString(),
                QStringLiteral("line %1, column %2").arg(m_reader.lineNumber()).arg(m_reader.columnNumber())};
    }

    /// The element the reader stands at, read to its end.
    XmlNode element(int depth)
    {
        XmlNode node;
        node.name = m_reader.name().toString();
        if (!m_reader.namespaceUri().isEmpty())
            node.children.push_back({QStringLiteral("@xmlns"), m_reader.namespaceUri().toString(), {}, {}});
        for (const QXmlStreamAttribute &attribute : m_reader.attributes())
            node.children.push_back(
                {QLatin1Char('@') + attribute.name().toString(), attribute.value().toString(), {}, {}});
        if (depth > deepest) {
            m_reader.raiseError(QStringLiteral("nested deeper than %1").arg(deepest));
            return node;
        }
        qsizetype from = m_offsets.at(m_reader.characterOffset());
        while (m_reader.readNext() != QXmlStreamReader::EndElement && !m_reader.hasError()) {
            const qsizetype to = m_offsets.at(m_reader.characterOffset());
            goOn(to);
            if (m_reader.isCharacters() && !m_reader.isWhitespace()) {
                node.text += m_reader.text();
                const Span own = textAt(from, to);
                node.where = node.where.isNull() ? own : Span{node.where.start, own.end() - node.where.start};
            } else if (m_reader.isStartElement()) {
                node.children.push_back(element(depth + 1));
            }
            from = m_offsets.at(m_reader.characterOffset());
        }
        return node;
    }

    /// The reader has looked at the '<' behind the text already.
    [[nodiscard]] Span textAt(qsizetype from, qsizetype to) const
    {
        // Offsets behind bytes that are no UTF-8 are too large.
        if (from >= m_xml.size())
            return {};
        to = std::min(to, m_xml.size());
        const qsizetype tag = m_xml.indexOf('<', from);
        const QByteArrayView raw = QByteArrayView(m_xml).sliced(from, std::min(tag < 0 ? to : tag, to) - from);
        const QByteArrayView text = raw.trimmed();
        return {text.data() - m_xml.constData(), text.size()};
    }

    void writeText(const XmlNode &node)
    {
        m_writer.string(QStringView(node.text).trimmed());
        m_written.push_back(node.where);
    }

    void write(const XmlNode &node)
    {
        const bool onlyNamespace = node.children.size() == 1 && node.children.front().name == QLatin1String("@xmlns");
        if (node.children.empty() || (onlyNamespace && !node.text.isEmpty()))
            return writeText(node);
        m_writer.beginObject();
        std::vector<bool> done(node.children.size());
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (!done[i])
                writeNamed(node, i, done);
        }
        if (!node.text.isEmpty()) {
            m_writer.key(u"#text");
            writeText(node);
        }
        m_writer.endObject();
    }

    /// The child \a first and, as a list, those of its name.
    void writeNamed(const XmlNode &node, std::size_t first, std::vector<bool> &done)
    {
        const QString &name = node.children[first].name;
        std::vector<const XmlNode *> same;
        for (std::size_t i = first; i < node.children.size(); ++i) {
            if (node.children[i].name == name) {
                same.push_back(&node.children[i]);
                done[i] = true;
            }
        }
        m_writer.key(name);
        if (same.size() == 1)
            return write(*same.front());
        m_writer.beginArray();
        for (const XmlNode *child : same)
            write(*child);
        m_writer.endArray();
    }

    /// XML is read slower than JSON: asked more often.
    void goOn(qsizetype bytes)
    {
        constexpr qsizetype step = ProgressStep / 10;
        if (bytes - m_told < step)
            return;
        m_told = bytes;
        if (m_progress && !m_progress(bytes))
            m_reader.raiseError(QStringLiteral("cancelled"));
    }

    const QByteArray &m_xml;
    const Progress &m_progress;
    qsizetype m_told = 0;
    QString m_text;
    ByteOffsets m_offsets;
    QXmlStreamReader m_reader;
    JsonWriter m_writer;
    std::vector<Span> m_written;
};

QString decoded(QByteArrayView text)
{
    QByteArray bytes = text.toByteArray();
    bytes.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(bytes));
}

} // namespace

Result<Translation> translateXml(const QByteArray &xml, const Progress &progress)
{
    if (xml.size() > limits::xmlBody)
        return Error{QStringLiteral("XML above %1 MB is not read for errors").arg(limits::xmlBody / limits::Megabyte),
                     {}};
    return XmlTranslator(xml, progress).run();
}

std::vector<Parameter> parametersIn(QByteArrayView text, qsizetype offset)
{
    std::vector<Parameter> parameters;
    qsizetype start = 0;
    while (start <= text.size()) {
        const qsizetype found = text.indexOf('&', start);
        const qsizetype end = found < 0 ? text.size() : found;
        const QByteArrayView pair = text.sliced(start, end - start);
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0)
            parameters.push_back({decoded(pair.first(equals)),
                                  decoded(pair.sliced(equals + 1)),
                                  {offset + start + equals + 1, pair.size() - equals - 1}});
        start = end + 1;
    }
    return parameters;
}

Translation translateParameters(const std::vector<Parameter> &parameters)
{
    JsonWriter writer;
    std::vector<Span> written;
    QStringList names;
    writer.beginObject();
    for (const Parameter &parameter : parameters) {
        if (names.contains(parameter.name))
            continue;
        names << parameter.name;
        writer.member(parameter.name, parameter.value);
        written.push_back(parameter.where);
    }
    return translated(writer.endObject(), written);
}

std::optional<Translation> translateLiterals(QByteArrayView text, int atMost)
{
    const std::vector<ObjectLiteral> literals = objectLiteralsIn(text, atMost);
    if (literals.empty())
        return std::nullopt;
    JsonWriter writer;
    std::vector<Span> written;
    if (literals.size() > 1)
        writer.beginArray();
    for (const ObjectLiteral &literal : literals) {
        writer.raw(literal.json);
        written.insert(written.end(), literal.scalars.begin(), literal.scalars.end());
    }
    if (literals.size() > 1)
        writer.endArray();
    return translated(writer, written);
}

std::optional<Translation> translateGrpcStatus(QByteArrayView text)
{
    const auto status = grpcStatusIn(text);
    if (!status)
        return std::nullopt;
    JsonWriter writer;
    std::vector<Span> written{status->where};
    writer.beginObject().key(u"grpc_status").utf8(status->name);
    if (!status->messageSpan.isNull()) {
        writer.key(u"grpc_message").utf8(status->message);
        written.push_back(status->messageSpan);
    }
    return translated(writer.endObject(), written);
}

} // namespace errata
