#include "models/redact/layer.h"

#include <algorithm>

namespace errata {

namespace {

constexpr std::size_t doubtsKept = 1000;

} // namespace

QByteArray Surroundings::place(const QByteArray &inner) const
{
    const QByteArray here = inner.isEmpty() ? words() : words() + " > " + inner;
    return m_outer ? m_outer->place(here) : here;
}

QByteArray Layer::placeOf(const char *kind, QByteArrayView name) const
{
    QByteArray words(kind);
    if (!name.isEmpty())
        words += (words.isEmpty() ? "" : " ") + name.first(std::min<qsizetype>(name.size(), 60)).toByteArray();
    return m_around ? m_around->place(words) : words;
}

void Layer::mask(const Span &span, const QByteArray &type, const char *kind, QByteArrayView name, QByteArrayView secret,
                 bool quoted)
{
    if (span.length <= 0)
        return;
    const Placeholders::Given given = m_book.placeholders.of(secret, type);
    add({span, quoted ? '"' + given.text + '"' : given.text, {{given.type, placeOf(kind, name), given.text, span}}});
}

void Layer::add(Edit edit)
{
    m_maskedTo = std::max(m_maskedTo, edit.span.end());
    m_edits.push_back(std::move(edit));
}

void Layer::mask(const Span &span, const QByteArray &type, const char *kind, QByteArrayView name)
{
    mask(span, type, kind, name, text(span));
}

void Layer::doubt(const Span &span, const QByteArray &reason, const char *kind, QByteArrayView name)
{
    ++m_doubtCount;
    if (m_doubts.size() < doubtsKept)
        m_doubts.push_back({reason, placeOf(kind, name), span});
}

void Layer::takeDoubts(const Layer &inner, const std::function<Span(const Span &)> &outside)
{
    m_doubtCount += inner.m_doubtCount;
    for (const Doubtful &doubt : inner.m_doubts) {
        if (m_doubts.size() < doubtsKept)
            m_doubts.push_back({doubt.reason, doubt.place, outside(doubt.span)});
    }
}

void Layer::decode(const Span &raw, Coding coding, const std::function<void(Layer &)> &scan)
{
    Decoded decoded(text(raw), coding);
    Layer inner(m_book, decoded.text(), m_around, m_depth + 1);
    scan(inner);
    inner.settle();
    const auto outside = [&](const Span &span) {
        const Span there = decoded.toRaw(span);
        return Span{raw.start + there.start, there.length};
    };
    for (Edit &edit : inner.m_edits) {
        edit.span = outside(edit.span);
        for (Masked &masked : edit.masked)
            masked.span = edit.span;
        add(std::move(edit));
    }
    takeDoubts(inner, outside);
}

void Layer::decode(const Span &raw, const Base64Run &run, const std::function<void(Layer &)> &scan)
{
    const NamedSurroundings around(m_around, "base64");
    Layer inner(m_book, run.bytes, &around, m_depth + 1);
    scan(inner);
    takeDoubts(inner, [&raw](const Span &) { return raw; });
    if (!inner.isEdited())
        return;
    Redaction redaction = inner.result();
    for (Masked &masked : redaction.masked)
        masked.span = raw;
    add({raw, run.encoded(redaction.text), std::move(redaction.masked)});
}

void Layer::decodeCompressed(const Span &raw, QByteArrayView unpacked, const std::function<void(Layer &)> &scan)
{
    const NamedSurroundings around(m_around, "base64 > compressed");
    Layer inner(m_book, unpacked, &around, m_depth + 1);
    scan(inner);
    takeDoubts(inner, [&raw](const Span &) { return raw; });
    if (!inner.isEdited())
        return;
    inner.settle();
    const Placeholders::Given given = m_book.placeholders.of(text(raw), "compressed");
    add({raw, given.text, {{given.type, inner.m_edits.front().masked.front().place, given.text, raw}}});
}

void Layer::settle()
{
    std::stable_sort(m_edits.begin(), m_edits.end(), [](const Edit &a, const Edit &b) {
        return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.length > b.span.length;
    });
    std::vector<Edit> settled;
    settled.reserve(m_edits.size());
    for (Edit &edit : m_edits) {
        if (settled.empty() || edit.span.start >= settled.back().span.end()) {
            settled.push_back(std::move(edit));
            continue;
        }
        // Two scanners found the same stretch; what either of them would hide is hidden, and counted once.
        Edit &kept = settled.back();
        const qsizetype end = std::max(kept.span.end(), edit.span.end());
        if (kept.masked.size() > 1 || kept.masked.front().placeholder != kept.text)
            std::swap(kept.text, edit.text), std::swap(kept.masked, edit.masked);
        kept.span.length = end - kept.span.start;
        for (Masked &masked : kept.masked)
            masked.span = kept.span;
    }
    m_edits = std::move(settled);
}

RedactionReport Layer::write(const std::function<void(QByteArrayView)> &piece)
{
    settle();
    RedactionReport report;
    report.doubtful = std::move(m_doubts);
    report.doubtfulCount = m_doubtCount;
    report.masked.reserve(m_edits.size());
    qsizetype at = 0;
    for (Edit &edit : m_edits) {
        piece(m_text.sliced(at, edit.span.start - at));
        piece(edit.text);
        at = edit.span.end();
        std::move(edit.masked.begin(), edit.masked.end(), std::back_inserter(report.masked));
    }
    piece(m_text.sliced(at));
    m_edits.clear();
    return report;
}

Redaction Layer::result()
{
    settle();
    qsizetype size = m_text.size();
    for (const Edit &edit : m_edits)
        size += edit.text.size() - edit.span.length;
    Redaction redaction;
    redaction.text.reserve(size);
    static_cast<RedactionReport &>(redaction) =
        write([&redaction](QByteArrayView piece) { redaction.text.append(piece); });
    return redaction;
}

} // namespace errata
