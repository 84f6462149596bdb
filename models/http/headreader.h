// The heads of messages as people paste them: what requests and responses have in common.
#pragma once

#include "models/base/result.h"
#include "models/http/headers.h"

#include <QByteArray>
#include <QByteArrayView>

namespace errata {

/// Walks the lines of a head. Lines end in CR LF or LF; all of them may be indented alike; folded fields are
/// unfolded (RFC 9112 section 5.2); the body may begin with { [ or < right below where the empty line was lost.
class HeadReader
{
public:
    /// One line, offsets without its CR LF and without the indentation of the head.
    struct Line
    {
        qsizetype start = 0;
        qsizetype end = 0;
        qsizetype next = 0; ///< start of the following line
    };

    /// A leading byte order mark is skipped. \a text must outlive the reader.
    explicit HeadReader(const QByteArray &text);

    /// False, with error(), when the text is larger than what is read.
    bool checkSize();
    /// Skips blank lines; the indentation of the line that follows is that of the head.
    Line firstLine();
    void advance(const Line &line);
    /// The fields, and the empty line behind them. False with error().
    bool readFields();
    /// Those of the last readFields().
    [[nodiscard]] Headers takeFields();

    /// Where the reader stands: after readFields() where the body starts, if one does.
    [[nodiscard]] qsizetype offset() const { return m_at; }
    [[nodiscard]] bool headEnded() const { return m_headEnded; }
    [[nodiscard]] QByteArrayView view(const Line &line) const
    {
        return {m_text.constData() + line.start, line.end - line.start};
    }
    bool fail(const QString &message);
    /// Its place is "line N".
    [[nodiscard]] const Error &error() const { return m_error; }

private:
    bool readField(const Line &line);
    void readContinuation(const Line &line);
    [[nodiscard]] QByteArrayView indentationHere() const;
    [[nodiscard]] Line lineHere() const;

    const QByteArray &m_text;
    qsizetype m_at = 0;
    qsizetype m_lineNumber = 1;
    QByteArrayView m_indent;      ///< of the head's lines
    std::vector<Header> m_fields; ///< of the head being read
    bool m_headEnded = false;     ///< by an empty line, or by a body
    Error m_error;
};

} // namespace errata
