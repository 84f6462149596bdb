#include "models/json/jsonplace.h"

namespace errata {

namespace {

using Node = JsonDocument::Node;

bool isContainer(const Node &node)
{
    return node.kind == JsonKind::Array || node.kind == JsonKind::Object;
}

/// A child and its place among its siblings.
struct Child
{
    std::uint32_t node = 0; ///< 0: none
    std::uint32_t index = 0;
};

/// The child of \a parent for which \a isIt holds first.
template <typename Test>
Child childOf(const std::vector<Node> &nodes, std::uint32_t parent, Test isIt)
{
    Child child{parent + 1, 0};
    for (const std::uint32_t end = nodes[parent].next; child.node < end; child.node = nodes[child.node].next) {
        if (nodes[child.node].isKey)
            continue;
        if (isIt(child.node))
            return child;
        ++child.index;
    }
    return {};
}

} // namespace

std::uint32_t jsonNodeAt(const JsonDocument &document, qsizetype offset)
{
    const std::vector<Node> &nodes = document.nodes();
    const auto at = static_cast<std::uint32_t>(std::max<qsizetype>(offset, 0));
    std::uint32_t node = 0;
    while (isContainer(nodes[node])) {
        const Child child = childOf(nodes, node, [&](std::uint32_t i) { return at < nodes[i].end; });
        if (child.node == 0)
            break;
        const bool hasKey = nodes[child.node - 1].isKey;
        if (at < (hasKey ? nodes[child.node - 1].start : nodes[child.node].start))
            break;
        node = child.node;
        if (at < nodes[node].start)
            break; // on the key of it
    }
    return node;
}

QString jsonPointerOf(const JsonDocument &document, std::uint32_t wanted)
{
    const std::vector<Node> &nodes = document.nodes();
    QString pointer;
    for (std::uint32_t node = 0; node != wanted;) {
        const Child child = childOf(nodes, node, [&](std::uint32_t i) { return wanted < nodes[i].next; });
        if (child.node == 0)
            return {};
        QString token = QString::number(child.index);
        if (nodes[node].kind == JsonKind::Object) {
            token = document.value(child.node).key();
            token.replace(QLatin1Char('~'), QLatin1String("~0")).replace(QLatin1Char('/'), QLatin1String("~1"));
        }
        pointer += QLatin1Char('/') + token;
        node = child.node;
    }
    return pointer;
}

} // namespace errata
