// JSON indented straight from its bytes, with the way back: which byte of the text is which of the source.
#pragma once

#include "models/base/limits.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <optional>
#include <vector>

namespace errata {

/// Deeper levels stand where this one does: otherwise a small text nested deep would grow a thousandfold.
inline constexpr qsizetype deepestIndent = 64;

struct IndentLimits
{
    qsizetype source = limits::decoderInput; ///< bytes of the source to read
    qsizetype text = limits::decoderInput;   ///< bytes of text to make: nesting can make a small source large
};

/// What prettyJson makes of the same bytes, without a tree. Bytes that are no JSON are laid out by their brackets,
/// commas and quotes as far as those go; nothing but white space between tokens is ever changed.
class IndentedJson
{
public:
    /// Stops early when \a isCancelled says so; asked about every 100 kB.
    [[nodiscard]] static IndentedJson of(QByteArrayView source, IndentLimits limits = {},
                                         const std::function<bool()> &isCancelled = {});

    [[nodiscard]] const QByteArray &text() const { return m_text; }
    /// All of the source is in the text.
    [[nodiscard]] bool isComplete() const { return m_complete; }

    [[nodiscard]] qsizetype sourceOffset(QByteArrayView source, qsizetype textOffset) const;
    [[nodiscard]] qsizetype textOffset(QByteArrayView source, qsizetype sourceOffset) const;
    /// The line on which the container closes that opens last on \a line and not on the same; counts from 0.
    /// Nothing where none opens. \a lineStart is where the line begins in the text.
    [[nodiscard]] std::optional<qsizetype> closingLine(qsizetype line, qsizetype lineStart) const;

private:
    friend class JsonIndenter;
    /// The same place in both; at the start of a line.
    struct Mark
    {
        qsizetype text = 0;
        qsizetype source = 0;
    };
    /// A container of much text: finding its end by reading would take long.
    struct LongContainer
    {
        qsizetype open = 0;
        qsizetype close = 0;
    };

    QByteArray m_text;
    std::vector<Mark> m_marks{{0, 0}};
    std::vector<LongContainer> m_long; ///< by opening line
    bool m_complete = false;
};

} // namespace errata
