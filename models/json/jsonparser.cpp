#include "models/json/jsonparser.h"

#include "models/base/bytes.h"
#include "models/json/jsonscan.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <limits>

namespace errata {

namespace {

constexpr qsizetype byteOrderMarkLength = 3;

/// Line and column of \a where, counted from \a from; lines end in LF, columns are code points.
void locate(JsonError &error, const char *from, const char *where)
{
    const char *lineStart = from;
    while (const void *feed = std::memchr(lineStart, '\n', static_cast<size_t>(where - lineStart))) {
        lineStart = static_cast<const char *>(feed) + 1;
        ++error.line;
    }
    error.column += std::count_if(lineStart, where, [](char c) { return (c & 0xC0) != 0x80; });
}

} // namespace

JsonParser::JsonParser(const QByteArray &bytes, JsonLimits limits)
    : m_limits(std::move(limits))
    , m_begin(bytes.constData())
    , m_end(m_begin + bytes.size())
    , m_at(m_begin)
    , m_ask(m_end)
    , m_linesFrom(m_begin)
    , m_tree(std::make_shared<JsonDocument::Tree>())
{
    m_tree->bytes = bytes;
}

Result<std::shared_ptr<const JsonDocument::Tree>, JsonError> JsonParser::run(qsizetype offset, bool whole)
{
    const qsizetype size = m_end - m_begin;
    const qsizetype most = std::min<qsizetype>(m_limits.bytes, JsonDocument::largest);
    if (size > most) {
        m_error.message = QStringLiteral("%1 bytes are more than the %2 allowed").arg(size).arg(most);
        return m_error;
    }
    Q_ASSERT(offset >= 0 && offset <= size);
    m_at = m_begin + offset;
    if (m_end - m_at >= byteOrderMarkLength && std::memcmp(m_at, byteOrderMark, byteOrderMarkLength) == 0)
        m_at += byteOrderMarkLength;
    m_linesFrom = m_at;
    if (m_limits.progress)
        m_ask = m_at + std::min<qsizetype>(ProgressStep, m_end - m_at);
    m_tree->nodes.reserve(whole && m_keepsNodes ? static_cast<size_t>(size) / 16 + 4 : 16);
    if (!value())
        return m_error;
    if (whole) {
        skipBlanks();
        if (m_at != m_end) {
            fail(QStringLiteral("the end of input"));
            return m_error;
        }
    }
    return std::shared_ptr<const JsonDocument::Tree>(std::move(m_tree));
}

std::optional<JsonError> JsonParser::check()
{
    m_keepsNodes = false;
    const auto read = run(0, true);
    return read ? std::nullopt : std::optional(read.error());
}

bool JsonParser::value()
{
    Step step = Step::Value;
    while (step == Step::Value || step == Step::AfterValue)
        step = goOn() ? nextStep(step) : Step::Failed;
    return step == Step::Done;
}

bool JsonParser::tell()
{
    if (m_at == m_end || !m_limits.progress)
        return true;
    m_ask = m_at + std::min<qsizetype>(ProgressStep, m_end - m_at);
    if (m_limits.progress(m_at - m_begin))
        return true;
    m_error.isCancelled = true;
    failWith(QStringLiteral("cancelled"));
    return false;
}

JsonParser::Step JsonParser::nextStep(Step step)
{
    if (step == Step::Value)
        return scalarOrOpening();
    return m_open.empty() ? Step::Done : afterValue();
}

JsonParser::Step JsonParser::scalarOrOpening()
{
    skipBlanks();
    const char *start = m_at;
    switch (m_at == m_end ? '\0' : *m_at) {
    case '"':
        if (!stringToken())
            return Step::Failed;
        addNode(JsonKind::String, start, m_at);
        return Step::AfterValue;
    case '{':
        return open(JsonKind::Object);
    case '[':
        return open(JsonKind::Array);
    case 't':
        return literal(JsonKind::True, "true", 4);
    case 'f':
        return literal(JsonKind::False, "false", 5);
    case 'n':
        return literal(JsonKind::Null, "null", 4);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return number();
    default:
        break;
    }
    const JsonDocument::Node *container = m_open.empty() ? nullptr : &m_tree->nodes[m_open.back()];
    const bool afterBracket = container && container->kind == JsonKind::Array && container->count == 0;
    return fail(afterBracket ? QStringLiteral("a value or ']'") : QStringLiteral("a value"));
}

/// After a complete value: the container goes on, or ends and is a complete value itself.
JsonParser::Step JsonParser::afterValue()
{
    JsonDocument::Node &container = m_tree->nodes[m_open.back()];
    ++container.count;
    skipBlanks();
    const bool isObject = container.kind == JsonKind::Object;
    const char c = m_at == m_end ? '\0' : *m_at;
    if (c == ',') {
        ++m_at;
        if (!isObject)
            return Step::Value;
        skipBlanks();
        return m_at != m_end && *m_at == '"' ? key() : fail(QStringLiteral("a key in double quotes"));
    }
    if (c == (isObject ? '}' : ']'))
        return close();
    return fail(isObject ? QStringLiteral("',' or '}'") : QStringLiteral("',' or ']'"));
}

JsonParser::Step JsonParser::open(JsonKind kind)
{
    if (m_open.size() >= static_cast<size_t>(std::max(m_limits.depth, 0)))
        return failWith(QStringLiteral("nested more than %1 deep").arg(m_limits.depth));
    m_open.push_back(static_cast<std::uint32_t>(m_tree->nodes.size()));
    m_tree->nodes.push_back(nodeOf(kind, m_at, m_at));
    ++m_at;
    skipBlanks();
    const char c = m_at == m_end ? '\0' : *m_at;
    if (c == (kind == JsonKind::Object ? '}' : ']'))
        return close();
    if (kind == JsonKind::Array)
        return Step::Value;
    return c == '"' ? key() : fail(QStringLiteral("a key in double quotes or '}'"));
}

JsonParser::Step JsonParser::close()
{
    ++m_at;
    JsonDocument::Node &container = m_tree->nodes[m_open.back()];
    container.end = offsetOf(m_at);
    container.next = static_cast<std::uint32_t>(m_tree->nodes.size());
    if (!m_keepsNodes)
        m_tree->nodes.pop_back(); // what is in it was not added
    m_open.pop_back();
    return Step::AfterValue;
}

JsonParser::Step JsonParser::key()
{
    const char *start = m_at;
    if (!stringToken())
        return Step::Failed;
    addNode(JsonKind::String, start, m_at, true);
    skipBlanks();
    if (m_at == m_end || *m_at != ':')
        return fail(QStringLiteral("':'"));
    ++m_at;
    return Step::Value;
}

JsonParser::Step JsonParser::literal(JsonKind kind, const char *word, int length)
{
    const char *start = m_at;
    for (int i = 0; i < length; ++i, ++m_at) {
        if (m_at == m_end || *m_at != word[i])
            return fail(QString::fromLatin1(word, length));
    }
    addNode(kind, start, m_at);
    return Step::AfterValue;
}

/// number = [ minus ] int [ frac ] [ exp ] (RFC 8259 section 6)
JsonParser::Step JsonParser::number()
{
    const char *start = m_at;
    if (*m_at == '-')
        ++m_at;
    if (m_at != m_end && *m_at == '0') {
        ++m_at;
        if (m_at != m_end && isDigit(*m_at))
            return fail(QStringLiteral("no digit after a leading 0"));
    } else if (!digits()) {
        return Step::Failed;
    }
    if (m_at != m_end && *m_at == '.') {
        ++m_at;
        if (!digits())
            return Step::Failed;
    }
    if (m_at != m_end && (*m_at | 0x20) == 'e') {
        ++m_at;
        if (m_at != m_end && (*m_at == '+' || *m_at == '-'))
            ++m_at;
        if (!digits())
            return Step::Failed;
    }
    addNode(JsonKind::Number, start, m_at);
    return Step::AfterValue;
}

bool JsonParser::digits()
{
    if (m_at == m_end || !isDigit(*m_at)) {
        fail(QStringLiteral("a digit"));
        return false;
    }
    while (m_at != m_end && isDigit(*m_at))
        ++m_at;
    return true;
}

bool JsonParser::stringToken()
{
    ++m_at;
    for (;;) {
        m_at = jsonscan::skipPlain(m_at, m_end);
        if (m_at == m_end)
            break;
        // A string may be as long as the text.
        if (!goOn())
            return false;
        const auto byte = static_cast<unsigned char>(*m_at);
        if (byte == '"') {
            ++m_at;
            return true;
        }
        if (byte == '\\') {
            if (!escape())
                return false;
        } else if (byte >= 0x80) {
            const int length = jsonscan::utf8Length(m_at, m_end);
            if (length == 0) {
                fail(QStringLiteral("UTF-8"));
                return false;
            }
            m_at += length;
        } else {
            break;
        }
    }
    fail(QStringLiteral("'\"' at the end of the string"));
    return false;
}

bool JsonParser::escape()
{
    ++m_at;
    const char c = m_at == m_end ? '\0' : *m_at;
    if (c == '\0' || !std::strchr("\"\\/bfnrtu", c)) {
        fail(QStringLiteral("one of \" \\ / b f n r t u after '\\'"));
        return false;
    }
    ++m_at;
    if (c != 'u')
        return true;
    if (m_end - m_at >= 4 && jsonscan::hexQuad(m_at) >= 0) {
        m_at += 4;
        return true;
    }
    while (m_at != m_end && std::isxdigit(static_cast<unsigned char>(*m_at)))
        ++m_at;
    fail(QStringLiteral("4 hexadecimal digits after '\\u'"));
    return false;
}

void JsonParser::skipBlanks()
{
    while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
        ++m_at;
}

void JsonParser::addNode(JsonKind kind, const char *start, const char *end, bool isKey)
{
    if (!m_keepsNodes)
        return;
    m_tree->nodes.push_back(nodeOf(kind, start, end));
    m_tree->nodes.back().isKey = isKey;
}

JsonDocument::Node JsonParser::nodeOf(JsonKind kind, const char *start, const char *end) const
{
    JsonDocument::Node node;
    node.kind = kind;
    node.start = offsetOf(start);
    node.end = offsetOf(end);
    node.next = static_cast<std::uint32_t>(m_tree->nodes.size() + 1);
    return node;
}

JsonParser::Step JsonParser::fail(const QString &expected)
{
    return failWith(QStringLiteral("expected %1, found %2").arg(expected, jsonscan::describe(m_at, m_end)));
}

JsonParser::Step JsonParser::failWith(const QString &message)
{
    m_error.message = message;
    m_error.offset = m_at - m_begin;
    locate(m_error, m_linesFrom, m_at);
    return Step::Failed;
}

} // namespace errata
