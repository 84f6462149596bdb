// One text under redaction: the input itself, or what was decoded out of it (a JSON string, a percent-encoded value,
// base64). Scanners add edits to their layer; an inner layer's edits are carried outwards.
#pragma once

#include "models/redact/coding.h"
#include "models/redact/redaction.h"
#include "models/redact/redactionbook.h"

#include <functional>

namespace errata {

/// Where a scanner is, in words, asked only when something is found.
class Surroundings
{
public:
    explicit Surroundings(const Surroundings *outer) : m_outer(outer) {}
    virtual ~Surroundings() = default;
    Surroundings(const Surroundings &) = delete;
    Surroundings &operator=(const Surroundings &) = delete;

    /// "JSON /a/text > query token" for the inner words "query token".
    [[nodiscard]] QByteArray place(const QByteArray &inner) const;

protected:
    [[nodiscard]] virtual QByteArray words() const = 0;

private:
    const Surroundings *m_outer;
};

/// Surroundings that are always the same words.
class NamedSurroundings final : public Surroundings
{
public:
    NamedSurroundings(const Surroundings *outer, const QByteArray &words) : Surroundings(outer), m_words(words) {}

protected:
    [[nodiscard]] QByteArray words() const override { return m_words; }

private:
    QByteArray m_words;
};

struct Edit
{
    Span span;
    QByteArray text;
    std::vector<Masked> masked; ///< more than one where base64 was encoded anew
};

class Layer
{
public:
    /// Deeper than this, text is scanned as it stands.
    static constexpr int maxDepth = 8;

    Layer(RedactionBook &book, QByteArrayView text, const Surroundings *around = nullptr, int depth = 0)
        : m_book(book), m_text(text), m_around(around), m_depth(depth)
    {
    }

    [[nodiscard]] RedactionBook &book() const { return m_book; }
    [[nodiscard]] QByteArrayView text() const { return m_text; }
    [[nodiscard]] QByteArrayView text(const Span &span) const { return m_text.sliced(span.start, span.length); }
    [[nodiscard]] bool mayGoDeeper() const { return m_depth < maxDepth; }
    [[nodiscard]] bool isEdited() const { return !m_edits.empty(); }
    [[nodiscard]] std::size_t editCount() const { return m_edits.size(); }

    /// Replaces \a span by the placeholder of \a secret, with quotes around where it was a JSON number. \a kind and
    /// \a name say where: "query", "api_key".
    void mask(const Span &span, const QByteArray &type, const char *kind, QByteArrayView name, QByteArrayView secret,
              bool quoted = false);
    void mask(const Span &span, const QByteArray &type, const char *kind, QByteArrayView name = {});
    void doubt(const Span &span, const QByteArray &reason, const char *kind, QByteArrayView name);

    /// Calls \a scan with what \a raw holds decoded, and takes what it found.
    void decode(const Span &raw, Coding coding, const std::function<void(Layer &)> &scan);
    /// The same for base64 text, which is encoded anew where something was found.
    void decode(const Span &raw, const Base64Run &run, const std::function<void(Layer &)> &scan);

    /// The same for what was unpacked; there is no way to write it anew, so all of \a raw is masked where something
    /// was found.
    void decodeCompressed(const Span &raw, QByteArrayView unpacked, const std::function<void(Layer &)> &scan);

    /// Sets the surroundings of what comes next; gives those before.
    const Surroundings *setAround(const Surroundings *around) { return std::exchange(m_around, around); }
    [[nodiscard]] const Surroundings *around() const { return m_around; }

    /// Whether what stands at \a at, which a scanner is just at, has been masked.
    [[nodiscard]] bool isMasked(qsizetype at) const { return at < m_maskedTo; }

    /// The text with all edits made, piece by piece; gives what they were.
    [[nodiscard]] RedactionReport write(const std::function<void(QByteArrayView)> &piece);
    [[nodiscard]] Redaction result();

private:
    void add(Edit edit);
    void settle();
    void takeDoubts(const Layer &inner, const std::function<Span(const Span &)> &outside);
    [[nodiscard]] QByteArray placeOf(const char *kind, QByteArrayView name) const;

    RedactionBook &m_book;
    QByteArrayView m_text;
    const Surroundings *m_around;
    int m_depth;
    std::vector<Edit> m_edits;
    qsizetype m_maskedTo = 0;
    std::vector<Doubtful> m_doubts;
    qsizetype m_doubtCount = 0;
};

} // namespace errata
