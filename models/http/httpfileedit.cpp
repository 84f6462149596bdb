#include "models/http/httpfileedit.h"

#include "models/base/span.h"
#include "models/http/httpfile.h"

namespace errata {

namespace {

constexpr char separator[] = "###";

/// The parts between lines that begin with "###", each with that line.
std::vector<Span> blocksOf(const QByteArray &text)
{
    std::vector<Span> blocks;
    qsizetype start = 0;
    while (start < text.size()) {
        const qsizetype next = text.indexOf(QByteArray("\n") + separator, start);
        const qsizetype end = next < 0 ? text.size() : next + 1;
        blocks.push_back({start, end - start});
        start = end;
    }
    return blocks;
}

/// What the block says, nothing where it holds comments alone.
Collection collectionIn(const QByteArray &text)
{
    const auto collection = readHttpFile(text);
    return collection ? collection.value() : Collection{};
}

struct Block
{
    Span span;
    Collection content;
};

std::optional<Block> blockOf(const QByteArray &text, qsizetype index)
{
    qsizetype count = 0;
    for (const Span &span : blocksOf(text)) {
        Collection content = collectionIn(text.mid(span.start, span.length));
        if (content.requests.empty())
            continue;
        if (count++ == index)
            return Block{span, std::move(content)};
    }
    return {};
}

/// The length of the lines that the block's variables need: they belong to the file, not to the request.
qsizetype variablesLength(const QByteArray &block, const Collection &content)
{
    if (content.environments.empty() && content.name.isEmpty())
        return 0;
    for (qsizetype end = block.indexOf('\n') + 1; end > 0; end = block.indexOf('\n', end) + 1) {
        const Collection part = collectionIn(block.left(end));
        if (part.environments == content.environments && part.name == content.name)
            return part.requests.empty() ? end : 0;
    }
    return 0;
}

QByteArray blockText(const RequestDraft &draft)
{
    QByteArray text = writeHttpFile({{}, {draft}, {}, {}});
    if (!text.startsWith(separator))
        text.prepend(QByteArray(separator) + '\n');
    return text;
}

/// \a block with the line ends of the file around it.
QByteArray withLineEndsOf(const QByteArray &text, QByteArray block)
{
    return text.contains("\r\n") ? block.replace("\r\n", "\n").replace("\n", "\r\n") : block;
}

Error missing(qsizetype index)
{
    return {QStringLiteral("the file has no request number %1 any more").arg(index + 1), {}};
}

Error lossy(const Collection &content)
{
    return {QStringLiteral("would lose what Errata cannot keep: %1").arg(content.notCarried.join(QStringLiteral(", "))),
            {}};
}

/// A file with nothing but a name reads as nothing: the name is compared where there is more.
bool readsAs(const QByteArray &text, const Collection &wanted)
{
    const Collection found = collectionIn(text);
    return found.requests == wanted.requests && found.environments == wanted.environments &&
           (found.name == wanted.name || wanted.name.isEmpty() || wanted.requests.empty());
}

/// \a block between \a before and \a after, where all of it reads as meant. Line ends of a body are the request's:
/// there the file gets two kinds.
Result<QByteArray> joined(const QByteArray &before, const QByteArray &block, const QByteArray &after,
                          const Collection &wanted)
{
    for (const QByteArray &written : {withLineEndsOf(before + after, block), block}) {
        const QByteArray text = before + written + after;
        if (readsAs(text, wanted))
            return text;
    }
    return Error{QStringLiteral("cannot be changed in place: the requests beside it would read otherwise"), {}};
}

} // namespace

Result<QByteArray> withRequest(const QByteArray &text, qsizetype index, const RequestDraft &draft)
{
    const auto block = blockOf(text, index);
    if (!block)
        return missing(index);
    if (!block->content.notCarried.isEmpty())
        return lossy(block->content);
    const QByteArray old = text.mid(block->span.start, block->span.length);
    const qsizetype kept = variablesLength(old, block->content);
    QByteArray written = blockText(draft);
    // A file that begins with a request needs no separator before it.
    if (block->span.start == 0 && kept == 0 && !old.startsWith(separator) && written.startsWith("###\n"))
        written.remove(0, 4);
    const bool isLast = block->span.end() == text.size();
    if (!isLast)
        written += '\n';
    Collection wanted = collectionIn(text);
    wanted.requests[std::size_t(index)] = draft;
    return joined(text.left(block->span.start + kept), written, text.mid(block->span.end()), wanted);
}

Result<QByteArray> withRequestAdded(const QByteArray &text, const RequestDraft &draft)
{
    Collection wanted = collectionIn(text);
    wanted.requests.push_back(draft);
    const QByteArray gap = text.isEmpty() ? "" : text.endsWith('\n') ? "\n" : "\n\n";
    return joined(text, gap + blockText(draft), {}, wanted);
}

Result<QByteArray> withoutRequest(const QByteArray &text, qsizetype index)
{
    const auto block = blockOf(text, index);
    if (!block)
        return missing(index);
    const qsizetype kept = variablesLength(text.mid(block->span.start, block->span.length), block->content);
    Collection wanted = collectionIn(text);
    wanted.requests.erase(wanted.requests.begin() + index);
    return joined(text.left(block->span.start + kept), {}, text.mid(block->span.end()), wanted);
}

} // namespace errata
