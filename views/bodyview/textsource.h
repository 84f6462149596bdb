// Lines of text for a TextPane: real ones, or hexadecimal rows made as they are asked for.
#pragma once

#include "models/base/lineindex.h"
#include "models/base/span.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace errata {

/// Positions are byte offsets in the UTF-8 text, whether that exists as a whole or not.
class TextSource
{
public:
    TextSource() = default;
    virtual ~TextSource() = default;
    TextSource(const TextSource &) = delete;
    TextSource &operator=(const TextSource &) = delete;

    [[nodiscard]] virtual qsizetype size() const = 0;
    [[nodiscard]] virtual qsizetype lineCount() const = 0;
    [[nodiscard]] virtual qsizetype lineStart(qsizetype line) const = 0;
    /// Without the line end.
    [[nodiscard]] virtual qsizetype lineEnd(qsizetype line) const = 0;
    [[nodiscard]] virtual qsizetype lineOf(qsizetype position) const = 0;
    /// Bytes of the longest line.
    [[nodiscard]] virtual qsizetype longestLine() const = 0;
    [[nodiscard]] virtual QByteArray read(qsizetype from, qsizetype to) const = 0;
    [[nodiscard]] virtual bool hasLineNumbers() const { return true; }

    /// Where bytes of the body that was searched stand in this text, in order.
    [[nodiscard]] virtual std::vector<Span> shownSpans(Span body) const { return {body}; }
    /// The byte of that body a position belongs to.
    [[nodiscard]] virtual qsizetype bodyOffset(qsizetype position) const { return position; }
};

/// Bytes that are there, in memory or mapped.
class PlainText final : public TextSource
{
public:
    /// \a storage is kept as long as the bytes are: they may be a view of a mapping.
    PlainText(QByteArray bytes, LineIndex lines, std::shared_ptr<const void> storage)
        : m_storage(std::move(storage)), m_bytes(std::move(bytes)), m_lines(std::move(lines))
    {
    }

    [[nodiscard]] qsizetype size() const override { return m_bytes.size(); }
    [[nodiscard]] qsizetype lineCount() const override { return m_lines.lineCount(); }
    [[nodiscard]] qsizetype lineStart(qsizetype line) const override { return m_lines.start(m_bytes, line); }
    [[nodiscard]] qsizetype lineEnd(qsizetype line) const override { return m_lines.end(m_bytes, line); }
    [[nodiscard]] qsizetype lineOf(qsizetype position) const override { return m_lines.lineOf(m_bytes, position); }
    [[nodiscard]] qsizetype longestLine() const override { return m_lines.longest(); }
    [[nodiscard]] QByteArray read(qsizetype from, qsizetype to) const override;
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

private:
    std::shared_ptr<const void> m_storage;
    QByteArray m_bytes;
    LineIndex m_lines;
};

/// "0000001f0  7b 22 61 22 3a 31 7d 0a …  {"a":1}.": offset, sixteen bytes, the same as ASCII.
class HexText final : public TextSource
{
public:
    HexText(QByteArray bytes, std::shared_ptr<const void> storage);

    [[nodiscard]] qsizetype size() const override { return lineCount() * (RowLength + 1) - 1; }
    [[nodiscard]] qsizetype lineCount() const override;
    [[nodiscard]] qsizetype lineStart(qsizetype line) const override { return line * (RowLength + 1); }
    [[nodiscard]] qsizetype lineEnd(qsizetype line) const override { return lineStart(line) + RowLength; }
    [[nodiscard]] qsizetype lineOf(qsizetype position) const override { return position / (RowLength + 1); }
    [[nodiscard]] qsizetype longestLine() const override { return RowLength; }
    [[nodiscard]] QByteArray read(qsizetype from, qsizetype to) const override;
    [[nodiscard]] bool hasLineNumbers() const override { return false; }
    [[nodiscard]] std::vector<Span> shownSpans(Span body) const override;
    [[nodiscard]] qsizetype bodyOffset(qsizetype position) const override;

    static constexpr qsizetype BytesPerRow = 16;

private:
    static constexpr qsizetype OffsetDigits = 9;
    static constexpr qsizetype HexColumn = OffsetDigits + 2;
    static constexpr qsizetype AsciiColumn = HexColumn + 3 * BytesPerRow + 2;
    static constexpr qsizetype RowLength = AsciiColumn + BytesPerRow;

    /// A gap after eight bytes helps counting.
    [[nodiscard]] static qsizetype hexColumn(qsizetype byte) { return HexColumn + 3 * byte + (byte >= 8 ? 1 : 0); }
    [[nodiscard]] QByteArray row(qsizetype line) const;

    std::shared_ptr<const void> m_storage;
    QByteArray m_bytes;
};

} // namespace errata
