#include "models/http/shellwords.h"

#include <algorithm>

namespace errata {

namespace {

bool isBetweenWords(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

class Splitter
{
public:
    Splitter(const QByteArray &text, Shell shell) : m_text(text), m_shell(shell) {}

    Result<ShellCommand> split()
    {
        while (m_at < m_text.size() && !m_isDone && !m_isOpen)
            step();
        if (m_isOpen) {
            const auto line = 1 + std::count(m_text.begin(), m_text.begin() + m_quoteAt, '\n');
            return Error{QStringLiteral("a quote that is not closed"), QStringLiteral("line %1").arg(line)};
        }
        endWord();
        return std::move(m_command);
    }

private:
    void step()
    {
        const char c = m_text[m_at];
        if (isBetweenWords(c)) {
            endWord();
            ++m_at;
        } else if (c == '\n') {
            endWord();
            m_isDone = !m_command.words.empty();
            ++m_at;
        } else if (!operatorHere(c)) {
            wordByte(c);
        }
    }

    /// What ends the command, and redirections.
    bool operatorHere(char c)
    {
        if (m_shell == Shell::Posix && c == '#' && !m_hasWord) {
            m_at = lineEnd(m_at);
            return true;
        }
        if (m_shell == Shell::Posix && c == '<' && next() == '<') {
            endWord();
            hereDocument();
            return true;
        }
        if (c == '>' || (c == '<' && m_shell == Shell::Posix)) {
            // 2>&1: the number is of the operator.
            if (m_hasWord && m_word.size() == 1 && digitOf(m_word.front()) < 10)
                m_hasWord = false;
            endWord();
            redirection();
            return true;
        }
        if (c == '|' || c == ';' || c == '&') {
            // PowerShell calls with it: & curl.exe
            const bool isCall = c == '&' && m_shell == Shell::PowerShell && m_command.words.empty();
            m_isDone = !isCall;
            ++m_at;
            return true;
        }
        return false;
    }

    void wordByte(char c)
    {
        if (c == '"')
            doubleQuoted();
        else if (c == '\'' && m_shell != Shell::Cmd)
            singleQuoted();
        else if (m_shell == Shell::Posix && c == '$' && (next() == '\'' || next() == '"'))
            dollarQuoted();
        else if (m_shell == Shell::Posix ? c == '\\' : c == escapeByte())
            escaped();
        else if (m_shell != Shell::Posix && c == '\\' && next() == '"')
            take(2, '"');
        else
            take(1, c);
    }

    [[nodiscard]] char escapeByte() const { return m_shell == Shell::Cmd ? '^' : '`'; }
    [[nodiscard]] char next() const { return m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0'; }

    void take(qsizetype length, char c)
    {
        m_word += c;
        m_hasWord = true;
        m_at += length;
    }

    [[nodiscard]] qsizetype lineEnd(qsizetype from) const
    {
        const qsizetype feed = m_text.indexOf('\n', from);
        return feed < 0 ? m_text.size() : feed;
    }

    /// The length of a line break at \a at.
    [[nodiscard]] qsizetype breakAt(qsizetype at) const
    {
        if (at < m_text.size() && m_text[at] == '\n')
            return 1;
        return m_text.size() - at >= 2 && m_text[at] == '\r' && m_text[at + 1] == '\n' ? 2 : 0;
    }

    /// A line break behind it vanishes, also where blanks were left behind it in copying.
    void escaped()
    {
        qsizetype at = m_at + 1;
        while (at < m_text.size() && isBetweenWords(m_text[at]) && breakAt(at) == 0)
            ++at;
        if (const qsizetype length = breakAt(at); length > 0 || at >= m_text.size()) {
            m_at = std::min(at + length, m_text.size());
            // cmd takes the byte behind as it stands, a second line break too.
            if (m_shell == Shell::Cmd && breakAt(m_at) > 0)
                take(breakAt(m_at), '\n');
            return;
        }
        // cmd's argument parser sees the quote that the shell did not.
        if (m_shell == Shell::Cmd && m_text[m_at + 1] == '"') {
            ++m_at;
            m_isCaretQuoted = true;
            doubleQuoted();
            m_isCaretQuoted = false;
            return;
        }
        take(2, m_text[m_at + 1]);
    }

    void beginQuote(qsizetype length)
    {
        m_quoteAt = m_at;
        m_isOpen = true;
        m_hasWord = true;
        m_at += length;
    }

    void endQuote()
    {
        m_isOpen = false;
        ++m_at;
    }

    void singleQuoted()
    {
        beginQuote(1);
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '\'' && !(m_shell == Shell::PowerShell && next() == '\'')) {
                endQuote();
                return;
            }
            if (c == '\'')
                ++m_at;
            // PowerShell hands \" on, and the program takes it for a quote.
            if (m_shell == Shell::PowerShell && c == '\\' && next() == '"')
                ++m_at;
            m_word += m_text[m_at++];
        }
    }

    void doubleQuoted()
    {
        beginQuote(1);
        while (m_at < m_text.size() && m_isOpen) {
            const char c = m_text[m_at];
            if (m_isCaretQuoted && c == '^')
                caretInQuotes();
            else if (c == '\\')
                backslashInQuotes();
            else if (m_shell == Shell::PowerShell && c == '`' && m_at + 1 < m_text.size())
                backtickInQuotes();
            else if (c == '"' && m_shell != Shell::Posix && next() == '"')
                take(2, '"');
            else if (c == '"')
                endQuote();
            else
                take(1, c);
        }
    }

    void backslashInQuotes()
    {
        if (m_shell != Shell::Posix) {
            const bool isQuote = next() == '"';
            // \\" is a backslash and the end.
            const bool isPair = next() == '\\' && m_at + 2 < m_text.size() && m_text[m_at + 2] == '"';
            take(isQuote || isPair ? 2 : 1, isQuote ? '"' : '\\');
            return;
        }
        if (const qsizetype length = breakAt(m_at + 1)) {
            m_at += 1 + length;
            return;
        }
        const bool isEscape = next() != '\0' && QByteArrayView("$`\"\\").contains(next());
        take(isEscape ? 2 : 1, isEscape ? next() : '\\');
    }

    /// ^" ends, ^\^" is a quote, ^ and a line break is nothing, ^x is x.
    void caretInQuotes()
    {
        const QByteArrayView rest = QByteArrayView(m_text).sliced(m_at);
        if (rest.startsWith("^\\^\"")) {
            take(4, '"');
        } else if (rest.startsWith("^\\^\\")) {
            take(4, '\\');
        } else if (rest.startsWith("^\"")) {
            ++m_at;
            endQuote();
        } else if (const qsizetype length = breakAt(m_at + 1)) {
            m_at += 1 + length;
            if (const qsizetype second = breakAt(m_at))
                take(second, '\n');
        } else if (m_at + 1 < m_text.size()) {
            take(2, next());
        } else {
            ++m_at;
        }
    }

    void backtickInQuotes()
    {
        constexpr QByteArrayView letters = "nrt0";
        constexpr char meanings[] = {'\n', '\r', '\t', '\0'};
        const qsizetype letter = letters.indexOf(next());
        take(2, letter < 0 ? next() : meanings[letter]);
    }

    /// $'..' of ANSI C; $".." is a double-quoted one.
    void dollarQuoted()
    {
        ++m_at;
        if (m_text[m_at] == '"') {
            doubleQuoted();
            return;
        }
        beginQuote(1);
        while (m_at < m_text.size() && m_text[m_at] != '\'') {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ansiEscape();
            else
                m_word += m_text[m_at++];
        }
        if (m_at < m_text.size())
            endQuote();
    }

    void ansiEscape()
    {
        constexpr QByteArrayView letters = "abefnrtvE";
        constexpr char meanings[] = {'\a', '\b', '\x1B', '\f', '\n', '\r', '\t', '\v', '\x1B'};
        const char c = m_text[m_at + 1];
        m_at += 2;
        const qsizetype letter = letters.indexOf(c);
        if (letter >= 0)
            m_word += meanings[letter];
        else if (c == 'x')
            appendByte(digits(2, 16, 0), "\\x");
        else if (c == 'u' || c == 'U')
            appendCharacter(digits(c == 'u' ? 4 : 8, 16, 0));
        else if (c >= '0' && c <= '7')
            appendByte(digits(2, 8, digitOf(c)), "");
        else if (QByteArrayView("\\'\"?").contains(c))
            m_word += c;
        else
            (m_word += '\\') += c;
    }

    /// -1 where there is not even one.
    int digits(int most, int base, int number)
    {
        int count = 0;
        while (count < most && m_at < m_text.size() && digitOf(m_text[m_at]) < base) {
            number = static_cast<int>(
                (static_cast<unsigned>(number) * unsigned(base) + unsigned(digitOf(m_text[m_at]))) & 0x7FFFFFFFU);
            ++m_at;
            ++count;
        }
        return count > 0 || base == 8 ? number : -1;
    }

    void appendByte(int number, const char *instead)
    {
        if (number < 0)
            m_word += instead;
        else
            m_word += static_cast<char>(number & 0xFF);
    }

    /// A pair of surrogates, as Chrome writes what is beyond U+FFFF, is one character.
    void appendCharacter(int number)
    {
        const bool isHigh = number >= 0xD800 && number < 0xDC00;
        if (isHigh && QByteArrayView(m_text).sliced(m_at).startsWith("\\u")) {
            m_at += 2;
            const int low = digits(4, 16, 0);
            number = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((number - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
        }
        const bool isCharacter = number >= 0 && number <= 0x10FFFF && (number < 0xD800 || number > 0xDFFF);
        const char32_t character = isCharacter ? static_cast<char32_t>(number) : 0xFFFD;
        m_word += QString::fromUcs4(&character, 1).toUtf8();
    }

    /// > file, 2>&1, < file
    void redirection()
    {
        while (m_at < m_text.size() && QByteArrayView("<>&").contains(m_text[m_at]))
            ++m_at;
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t'))
            ++m_at;
        while (m_at < m_text.size() && !isBetweenWords(m_text[m_at]) && m_text[m_at] != '\n' && !m_isOpen &&
               !QByteArrayView("|;&<>").contains(m_text[m_at]))
            wordByte(m_text[m_at]);
        m_word.clear();
        m_hasWord = false;
    }

    /// <<EOF ... EOF, <<-'EOF'
    void hereDocument()
    {
        m_at += 2;
        if (m_at < m_text.size() && m_text[m_at] == '-')
            ++m_at;
        const qsizetype end = lineEnd(m_at);
        QByteArray delimiter = m_text.mid(m_at, end - m_at).trimmed();
        const qsizetype blank = delimiter.indexOf(' ');
        if (blank > 0)
            delimiter.truncate(blank);
        delimiter.replace('\'', "").replace('"', "");
        for (qsizetype at = end + 1; at < m_text.size();) {
            const qsizetype lineStop = lineEnd(at);
            if (m_text.mid(at, lineStop - at).trimmed() == delimiter) {
                m_command.input = m_text.mid(end + 1, at - end - 1);
                break;
            }
            at = lineStop + 1;
        }
        m_isDone = true;
    }

    void endWord()
    {
        if (m_hasWord)
            m_command.words.push_back(m_word);
        m_word.clear();
        m_hasWord = false;
    }

    const QByteArray &m_text;
    Shell m_shell;
    qsizetype m_at = 0;
    qsizetype m_quoteAt = 0;
    bool m_isOpen = false; ///< a quote
    bool m_isCaretQuoted = false;
    bool m_isDone = false;
    bool m_hasWord = false;
    QByteArray m_word;
    ShellCommand m_command;
};

} // namespace

Result<ShellCommand> shellCommand(const QByteArray &text, Shell shell)
{
    return Splitter(text, shell).split();
}

Shell guessedShell(QByteArrayView text)
{
    const auto endsLines = [text](char c) {
        for (qsizetype at = text.indexOf(c); at >= 0; at = text.indexOf(c, at + 1)) {
            if (at + 1 < text.size() && (text[at + 1] == '\n' || text[at + 1] == '\r'))
                return true;
        }
        return false;
    };
    if (text.contains("^\"") || endsLines('^'))
        return Shell::Cmd;
    if (text.startsWith("curl.exe") || text.startsWith("& ") || endsLines('`'))
        return Shell::PowerShell;
    return Shell::Posix;
}

} // namespace errata
