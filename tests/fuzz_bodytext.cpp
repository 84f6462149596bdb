// Bytes as a body: charset, lines, indentation with the way back, places in a document.
#include "models/base/lineindex.h"
#include "models/base/xmlindent.h"
#include "models/http/charset.h"
#include "models/json/jsonindent.h"
#include "models/json/jsonplace.h"
#include "tests/support/require.h"

using namespace errata;

namespace {

void checkLines(const QByteArray &text)
{
    const LineIndex lines = LineIndex::of(text);
    require(lines.lineCount() == text.count('\n') + 1);
    qsizetype start = 0;
    for (qsizetype line = 0; line < lines.lineCount(); ++line) {
        require(lines.start(text, line) == start);
        const qsizetype end = lines.end(text, line);
        require(end >= start && lines.lineOf(text, end) == line && lines.lineOf(text, start) == line);
        const qsizetype feed = text.indexOf('\n', start);
        start = feed < 0 ? text.size() : feed + 1;
    }
}

void checkIndent(const QByteArray &text)
{
    const IndentedJson indented = IndentedJson::of(text);
    require(indented.isComplete());
    for (qsizetype at = 0; at <= text.size(); at += 1 + text.size() / 8) {
        const qsizetype shown = indented.textOffset(text, at);
        require(shown >= 0 && shown <= indented.text().size());
    }
    for (qsizetype at = 0; at <= indented.text().size(); at += 1 + indented.text().size() / 8) {
        const qsizetype source = indented.sourceOffset(text, at);
        require(source >= 0 && source <= text.size());
    }
    const LineIndex lines = LineIndex::of(indented.text());
    for (qsizetype line = 0; line < lines.lineCount(); line += 1 + lines.lineCount() / 16) {
        const auto close = indented.closingLine(line, lines.start(indented.text(), line));
        require(!close || (*close > line && *close < lines.lineCount()));
    }
    const auto document = JsonDocument::parse(text);
    if (!document)
        return;
    // A byte order mark is the document's, not the text's.
    if (!text.startsWith("\xEF\xBB\xBF"))
        require(indented.text() == prettyJson(document->root()));
    for (qsizetype at = 0; at <= text.size(); at += 1 + text.size() / 8) {
        const std::uint32_t node = jsonNodeAt(*document, at);
        require(!document->nodes()[node].isKey);
        (void)jsonPointerOf(*document, node);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const CharsetChoice choice = chooseCharset({}, bytes);
    for (const Charset charset :
         {choice.charset, Charset::Latin1, Charset::Windows1252, Charset::Utf16Le, Charset::Utf16Be})
        (void)toUtf8(bytes, charset);
    (void)looksBinary(bytes, choice.charset);
    (void)charsetOfContentType(bytes);
    const QByteArray text = toUtf8(bytes, choice.charset);
    checkLines(text);
    checkIndent(text);
    (void)indentedXml(text);
    return 0;
}
