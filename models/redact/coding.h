// Texts written inside other texts, and the way back from a place inside to the place outside.
#pragma once

#include "models/base/span.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace errata {

enum class Coding {
    Json,    ///< the inside of a JSON string
    Percent, ///< RFC 3986 section 2.1
    Entities ///< the five of XML and numeric ones
};

/// A coded stretch of text, decoded. What is no valid code stands for itself.
class Decoded
{
public:
    Decoded(QByteArrayView raw, Coding coding);

    [[nodiscard]] const QByteArray &text() const { return m_text; }
    /// The stretch of the raw text behind a stretch of text(). Cheap when asked in order.
    [[nodiscard]] Span toRaw(const Span &span);

private:
    void moveTo(qsizetype at);

    QByteArrayView m_raw;
    Coding m_coding;
    QByteArray m_text;
    qsizetype m_rawAt = 0; ///< start of the unit that holds or follows m_textAt
    qsizetype m_textAt = 0;
};

/// Base64 as found: the bytes and how to write others in the same form.
struct Base64Run
{
    qsizetype length = 0; ///< in the text, line ends included
    QByteArray bytes;
    bool urlAlphabet = false;
    bool padded = false;
    qsizetype lineLength = 0; ///< 0: one line
    QByteArray lineEnd;

    [[nodiscard]] QByteArray encoded(const QByteArray &content) const;
};

/// The base64 text (RFC 4648 sections 4 and 5, also broken into lines) that \a text begins with, when it is of
/// 20 characters or more and holds plain text.
[[nodiscard]] std::optional<Base64Run> base64Run(QByteArrayView text);

/// Base64 of gzip or zlib data.
struct CompressedRun
{
    qsizetype length = 0;           ///< in the text, line ends included
    std::optional<QByteArray> text; ///< what was compressed, where all of it could be unpacked and is plain text
};

/// The compressed data \a text begins with; not unpacked beyond \a limit bytes.
[[nodiscard]] std::optional<CompressedRun> compressedRun(QByteArrayView text, qint64 limit);

} // namespace errata
