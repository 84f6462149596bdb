#include "models/json/jsondocument.h"
#include "models/json/jsonindent.h"

#include <algorithm>

namespace errata {

namespace {

using Node = JsonDocument::Node;

struct OpenContainer
{
    std::uint32_t next; ///< first node behind it
    char closing;
};

void newLine(QByteArray &out, size_t level)
{
    out += '\n';
    out.append(2 * static_cast<qsizetype>(std::min(level, size_t(deepestIndent))), ' ');
}

void appendBytes(QByteArray &out, const JsonDocument::Tree &tree, const Node &node)
{
    out.append(tree.bytes.constData() + node.start, static_cast<qsizetype>(node.end - node.start));
}

} // namespace

QByteArray prettyJson(const JsonValue &value)
{
    QByteArray out;
    if (value.isAbsent())
        return out;
    const JsonDocument::Tree &tree = *value.m_tree;
    std::vector<OpenContainer> open;
    bool first = true;
    bool afterKey = false;
    for (std::uint32_t i = value.m_node, end = tree.nodes[i].next; i < end; ++i) {
        const Node &node = tree.nodes[i];
        if (!first && !afterKey)
            out += ',';
        if (!open.empty() && !afterKey)
            newLine(out, open.size());
        first = false;
        afterKey = node.isKey;
        if (node.kind != JsonKind::Array && node.kind != JsonKind::Object) {
            appendBytes(out, tree, node);
            if (node.isKey)
                out += ": ";
        } else {
            const bool isObject = node.kind == JsonKind::Object;
            out += isObject ? '{' : '[';
            open.push_back({node.next, isObject ? '}' : ']'});
            first = true;
        }
        for (; !open.empty() && open.back().next == i + 1; first = false) {
            const char closing = open.back().closing;
            open.pop_back();
            if (!first)
                newLine(out, open.size());
            out += closing;
        }
    }
    return out;
}

} // namespace errata
