// YAML as JSON, for OpenAPI descriptions. yaml-cpp stays within this module.
#include "models/base/bytes.h"
#include "models/base/limits.h"
#include "models/base/result.h"

#include <QByteArray>
#include <QString>

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <stdexcept>

namespace errata {

namespace {

/// Aliases make a small text large; without them JSON is two or three times as long as its YAML.
qsizetype mostBytes(qsizetype yaml)
{
    return limits::Megabyte + 8 * yaml;
}

constexpr int mostDepth = 256;

/// RFC 8259 section 6; other ways of writing a number stay texts.
bool isJsonNumber(const std::string &text)
{
    std::size_t at = text[0] == '-' ? 1 : 0;
    const auto digits = [&] {
        const std::size_t start = at;
        while (at < text.size() && isDigit(text[at]))
            ++at;
        return at > start;
    };
    const bool isZero = at < text.size() && text[at] == '0';
    const std::size_t first = at;
    if (!digits() || (isZero && at - first > 1))
        return false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!digits())
            return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        if (!digits())
            return false;
    }
    return at == text.size();
}

class Translator
{
public:
    explicit Translator(qsizetype most) : m_mostBytes(most) {}

    QByteArray translated(const YAML::Node &root)
    {
        write(root, 0);
        return std::move(m_out);
    }

private:
    void write(const YAML::Node &node, int depth)
    {
        if (depth > mostDepth)
            throw std::runtime_error("nested too deeply");
        if (m_out.size() > m_mostBytes)
            throw std::runtime_error("too large with its aliases put in");
        switch (node.Type()) {
        case YAML::NodeType::Map:
            return writeMap(node, depth);
        case YAML::NodeType::Sequence:
            return writeSequence(node, depth);
        case YAML::NodeType::Scalar:
            return writeScalar(node);
        case YAML::NodeType::Null:
        case YAML::NodeType::Undefined:
            m_out += "null";
        }
    }

    void writeSequence(const YAML::Node &node, int depth)
    {
        m_out += '[';
        bool isFirst = true;
        for (const YAML::Node &item : node) {
            m_out += isFirst ? "" : ",";
            isFirst = false;
            write(item, depth + 1);
        }
        m_out += ']';
    }

    void writeMap(const YAML::Node &node, int depth)
    {
        m_out += '{';
        bool isFirst = true;
        writeMembers(node, depth, isFirst);
        m_out += '}';
    }

    /// "<<" puts the members of another map in, behind those of this one: the first of a name counts.
    void writeMembers(const YAML::Node &node, int depth, bool &isFirst)
    {
        if (depth > mostDepth)
            throw std::runtime_error("nested too deeply");
        for (const auto &member : node) {
            if (!member.first.IsScalar())
                throw std::runtime_error("a key that is no text has no place in JSON");
            const std::string &key = member.first.Scalar();
            if (key == "<<" && !member.second.IsScalar())
                continue;
            m_out += isFirst ? "" : ",";
            isFirst = false;
            writeText(key);
            m_out += ':';
            write(member.second, depth + 1);
        }
        for (const auto &member : node) {
            if (member.first.Scalar() != "<<")
                continue;
            if (member.second.IsMap())
                writeMembers(member.second, depth + 1, isFirst);
            for (std::size_t i = 0; member.second.IsSequence() && i < member.second.size(); ++i)
                writeMembers(member.second[i], depth + 1, isFirst);
        }
    }

    /// YAML 1.2 core schema; the tag "!" says that it was quoted.
    void writeScalar(const YAML::Node &node)
    {
        const std::string &text = node.Scalar();
        const bool isPlain = node.Tag() == "?" || node.Tag().empty();
        const auto isOneOf = [&text](std::initializer_list<const char *> words) {
            return std::any_of(words.begin(), words.end(), [&text](const char *word) { return text == word; });
        };
        if (isPlain && (text.empty() || isOneOf({"~", "null", "Null", "NULL"})))
            m_out += "null";
        else if (isPlain && isOneOf({"true", "True", "TRUE"}))
            m_out += "true";
        else if (isPlain && isOneOf({"false", "False", "FALSE"}))
            m_out += "false";
        else if (isPlain && isJsonNumber(text))
            m_out += text.c_str();
        else
            writeText(text);
    }

    void writeText(const std::string &text)
    {
        constexpr char digits[] = "0123456789abcdef";
        m_out += '"';
        for (const char c : text) {
            if (c == '"' || c == '\\')
                m_out += '\\';
            if (static_cast<unsigned char>(c) < 0x20) {
                m_out += "\\u00";
                m_out += digits[c >> 4];
                m_out += digits[c & 15];
            } else {
                m_out += c;
            }
        }
        m_out += '"';
    }

    QByteArray m_out;
    const qsizetype m_mostBytes;
};

} // namespace

} // namespace errata

extern "C" Q_DECL_EXPORT bool errata_yaml_to_json(const QByteArray &yaml, QByteArray *json, errata::Error *error);

bool errata_yaml_to_json(const QByteArray &yaml, QByteArray *json, errata::Error *error)
{
    if (yaml.size() > errata::limits::collectionFile) {
        *error = {QStringLiteral("larger than %1 MB, the most that is read")
                      .arg(errata::limits::collectionFile / errata::limits::Megabyte),
                  {}};
        return false;
    }
    try {
        *json = errata::Translator(errata::mostBytes(yaml.size())).translated(YAML::Load(yaml.toStdString()));
        return true;
    } catch (const YAML::Exception &fault) {
        *error = {QString::fromStdString(fault.msg), {}};
        if (!fault.mark.is_null())
            error->where = QStringLiteral("line %1, column %2").arg(fault.mark.line + 1).arg(fault.mark.column + 1);
    } catch (const std::exception &fault) {
        *error = {QString::fromUtf8(fault.what()), {}};
    }
    return false;
}
