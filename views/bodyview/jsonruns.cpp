#include "views/bodyview/jsonruns.h"

#include <algorithm>

namespace errata {

namespace {

/// Keys are short; one that is not is shown as the string it is.
constexpr qsizetype LookedAt = 4096;

qsizetype behindString(const QByteArray &text, qsizetype at)
{
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return text.size();
}

QColor colourOf(char first, const Syntax &colours)
{
    if (first == '"')
        return colours.string;
    return first == 't' || first == 'f' || first == 'n' ? colours.word : colours.number;
}

} // namespace

std::vector<TextRun> jsonRuns(const TextSource &source, Span line, const Syntax &colours)
{
    std::vector<TextRun> runs;
    const QByteArray head = source.read(line.start, std::min(line.end(), line.start + LookedAt));
    const auto firstInk = [&head](qsizetype from) {
        const auto ink = std::find_if(head.begin() + from, head.end(), [](char c) { return c != ' '; });
        return static_cast<qsizetype>(ink - head.begin());
    };
    qsizetype at = firstInk(0);
    if (at < head.size() && head[at] == '"') {
        const qsizetype behind = behindString(head, at);
        if (behind < head.size() && head[behind] == ':') {
            runs.push_back({{line.start + at, behind - at}, colours.key});
            at = firstInk(behind + 1);
        }
    }
    if (at >= head.size() || head[at] == '{' || head[at] == '[' || head[at] == '}' || head[at] == ']')
        return runs;
    qsizetype end = line.end();
    if (source.read(end - 1, end) == ",")
        --end;
    runs.push_back({{line.start + at, end - line.start - at}, colourOf(head[at], colours)});
    return runs;
}

} // namespace errata
