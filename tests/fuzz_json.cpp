// Whatever bytes come, the parser refuses them with a place inside them, or reads a tree that is
// whole: spans nest, text indents and reads back, every accessor answers.
#include "models/json/jsondocument.h"
#include "tests/support/require.h"

using namespace errata;

namespace {

/// Each node once: spans lie inside one another, in order.
void visit(const JsonValue &value, const Span &outer)
{
    const Span span = value.span();
    require(span.start >= outer.start && span.end() <= outer.end() && span.length > 0);
    require(value.keySpan().isNull() || value.keySpan().end() < span.start);
    static_cast<void>(value.key());
    static_cast<void>(value.string());
    static_cast<void>(value.number());
    static_cast<void>(value.integer());
    const auto children = value.children();
    require(qsizetype(children.size()) == value.size());
    qsizetype from = span.start;
    for (const JsonValue &child : children) {
        require(child.span().start >= from);
        from = child.span().end();
        visit(child, span);
    }
    if (value.isObject() && !children.empty())
        require(value[children.front().key()].span() == children.front().span());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text = QByteArray::fromRawData(data, static_cast<qsizetype>(size));
    const auto document = JsonDocument::parse(text, {64, 1 << 20});
    if (!document) {
        require(document.error().offset >= 0 && document.error().offset <= text.size());
        require(document.error().line > 0 && document.error().column > 0 && !document.error().message.isEmpty());
    } else {
        visit(document->root(), {0, text.size()});
        const QByteArray pretty = prettyJson(document->root());
        const auto again = JsonDocument::parse(pretty, {64, 1 << 30});
        require(again.ok() && prettyJson(again->root()) == pretty);
    }
    const auto prefix = JsonDocument::parsePrefix(text, 0, {64, 1 << 20});
    require(!document || (prefix && prefix->root().span() == document->root().span()));
    if (prefix)
        visit(prefix->root(), {0, text.size()});
    else
        require(!document && prefix.error().offset <= document.error().offset);
    return 0;
}
