// Words in the comments of .http files: "# @errata header-off X-Trace a%20b".
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace errata {

/// One word without blanks: what is no text, blanks and '%' percent-encoded; an empty one is "-".
[[nodiscard]] QByteArray directiveWord(const QByteArray &bytes);
[[nodiscard]] QByteArray directiveWord(const QString &text);
/// The rest of a line: blanks inside it stay.
[[nodiscard]] QByteArray directiveRest(const QByteArray &bytes);

/// "# @errata NAME WORD..." with a line break.
[[nodiscard]] QByteArray directiveLine(const QByteArray &name, const QList<QByteArray> &words = {});

/// One directive taken apart.
class Directive
{
public:
    explicit Directive(const QByteArray &line);

    [[nodiscard]] const QByteArray &name() const { return m_name; }
    /// The word at \a index; empty where there is none.
    [[nodiscard]] QByteArray word(int index) const;
    [[nodiscard]] QString text(int index) const { return QString::fromUtf8(word(index)); }
    /// All behind the first \a words words.
    [[nodiscard]] QByteArray rest(int words) const;
    [[nodiscard]] qsizetype size() const { return m_words.size(); }

private:
    QByteArray m_name;
    QList<QByteArray> m_words;
};

} // namespace errata
