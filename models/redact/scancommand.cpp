#include "models/redact/scan.h"
#include "models/redact/wording.h"
#include "models/redact/wordstarts.h"

#include <algorithm>
#include <span>

namespace errata {

namespace {

enum class OptionValue : std::uint8_t { UserPassword, Secret, Cookies };

/// How a value may follow the option: "-pVALUE" alone for MySQL, where "-p VALUE" names a database.
enum class Written : std::uint8_t { Either, Glued, Apart };

} // namespace

struct CommandOption
{
    QByteArrayView name;
    OptionValue value = OptionValue::Secret;
    Written written = Written::Either;
    char between = ':'; ///< user and password
};

struct ShellCommand
{
    QByteArrayView name;
    std::span<const CommandOption> options;
    bool overLines = false;       ///< its options are looked for to the end of the text: bodies have line ends in them
    QByteArrayView switches = {}; ///< letters of options without a value, which may stand before another: "-sSu"
};

namespace {

constexpr CommandOption curlOptions[] = {
    {"-u", OptionValue::UserPassword},
    {"--user", OptionValue::UserPassword},
    {"-U", OptionValue::UserPassword},
    {"--proxy-user", OptionValue::UserPassword},
    {"-E", OptionValue::UserPassword},
    {"--cert", OptionValue::UserPassword},
    {"--proxy-cert", OptionValue::UserPassword},
    {"--oauth2-bearer"},
    {"--pass"},
    {"--proxy-pass"},
    {"--tlspassword"},
    {"--proxy-tlspassword"},
    {"-b", OptionValue::Cookies},
    {"--cookie", OptionValue::Cookies},
};
constexpr CommandOption gluedP[] = {{"-p", OptionValue::Secret, Written::Glued}};
constexpr CommandOption anyP[] = {{"-p"}};
constexpr CommandOption apartP[] = {{"-p", OptionValue::Secret, Written::Apart}};
constexpr CommandOption capitalP[] = {{"-P"}};
constexpr CommandOption apartCapitalP[] = {{"-P", OptionValue::Secret, Written::Apart}};
constexpr CommandOption redisOptions[] = {{"-a", OptionValue::Secret, Written::Apart}, {"--pass"}};
constexpr CommandOption ldapOptions[] = {{"-w", OptionValue::Secret, Written::Either}};
constexpr CommandOption sambaOptions[] = {{"-U", OptionValue::UserPassword, Written::Either, '%'},
                                          {"--user", OptionValue::UserPassword, Written::Either, '%'},
                                          {"--password"}};
constexpr CommandOption httpOptions[] = {{"-a", OptionValue::UserPassword, Written::Apart},
                                         {"--auth", OptionValue::UserPassword}};

/// "cu", "my", ... decide first; of two names with one beginning the longer is the first.
constexpr ShellCommand commands[] = {
    {"curl", curlOptions, true, "sSkLvifgINOqjGaMnRlpVZ#0123469"},
    {"mysqldump", gluedP},
    {"mysqladmin", gluedP},
    {"mysqlimport", gluedP},
    {"mysqlcheck", gluedP},
    {"mysql", gluedP},
    {"mariadb-dump", gluedP},
    {"mariadb-admin", gluedP},
    {"mariadb", gluedP},
    {"redis-cli", redisOptions},
    {"sshpass", anyP},
    {"mongodump", apartP},
    {"mongorestore", apartP},
    {"mongoexport", apartP},
    {"mongoimport", apartP},
    {"mongosh", apartP},
    {"mongo", apartP},
    {"docker login", anyP},
    {"podman login", anyP},
    {"az login", apartP},
    {"cqlsh", apartP},
    {"ldapsearch", ldapOptions},
    {"ldapmodify", ldapOptions},
    {"ldapadd", ldapOptions},
    {"ldapdelete", ldapOptions},
    {"ldapwhoami", ldapOptions},
    {"mosquitto_pub", apartCapitalP},
    {"mosquitto_sub", apartCapitalP},
    {"ipmitool", apartCapitalP},
    {"sqlcmd", capitalP},
    {"bcp", capitalP},
    {"unzip", apartCapitalP},
    {"zip", apartCapitalP},
    {"7z", gluedP},
    {"smbclient", sambaOptions},
    {"smbget", sambaOptions},
    {"smbcacls", sambaOptions},
    {"rpcclient", sambaOptions},
    {"http", httpOptions},
    {"https", httpOptions},
    {"xh", httpOptions},
};

void maskOrScan(Layer &layer, const Span &span, const NamedPlace &place)
{
    if (span.length > 0 && !maskNamed(layer, span, place))
        scanText(layer, span);
}

/// A value as a shell takes it, as far as it is without quotes, or the inside of its quotes.
struct ShellValue
{
    Span span;
    qsizetype end = 0; ///< behind the closing quote
};

ShellValue shellValue(QByteArrayView text, qsizetype at)
{
    if (at + 1 < text.size() && text[at] == '$' && (text[at + 1] == '\'' || text[at + 1] == '"'))
        ++at;
    const QuoteMark quote = quoteAt(text, at);
    if (!quote.isNull()) {
        const Span inside = quotedFrom(text, at + quote.bytes.size(), quote);
        const bool closed = text.sliced(inside.end()).startsWith(quote.bytes);
        return {inside, inside.end() + (closed ? quote.bytes.size() : 0)};
    }
    qsizetype end = at;
    while (end < text.size() && !isSpace(text[end]) && quoteAt(text, end).isNull())
        ++end;
    const qsizetype stop = end;
    while (end > at && QByteArrayView(";|,").contains(text[end - 1]))
        --end;
    return {{at, end - at}, stop};
}

/// "me:pw", 'me:p w', me:'p w', "me":'p w'.
qsizetype maskUserPassword(Layer &layer, qsizetype at, QByteArrayView text, const CommandOption &option)
{
    ShellValue value = shellValue(text, at);
    const qsizetype colon = layer.text(value.span).indexOf(option.between);
    Span user{value.span.start, colon < 0 ? value.span.length : colon};
    Span password{user.end(), 0};
    if (colon >= 0)
        password = {user.end() + 1, value.span.length - colon - 1};
    const bool goesOn = value.end < text.size() && value.end > at;
    if (colon < 0 && goesOn && text[value.end] == option.between) {
        const ShellValue second = shellValue(text, value.end + 1);
        password = second.span;
        value.end = second.end;
    } else if (colon >= 0 && password.length == 0 && goesOn && value.end == value.span.end() &&
               !quoteAt(text, value.end).isNull()) {
        const ShellValue second = shellValue(text, value.end);
        password = second.span;
        value.end = second.end;
    }
    maskCredentialPair(layer, user, password, {option.between == ':' ? "curl" : "option", option.name});
    return std::max(value.end, at);
}

qsizetype maskOption(Layer &layer, const CommandOption &option, qsizetype at, QByteArrayView text, const char *kind)
{
    if (option.value == OptionValue::UserPassword)
        return maskUserPassword(layer, at, text, option);
    const ShellValue value = shellValue(text, at);
    if (option.value == OptionValue::Secret) {
        const NameClass secret{NameVerdict::Secret, option.name == "--oauth2-bearer" ? "bearer-token" : "password", {}};
        maskOrScan(layer, value.span, {secret, kind, option.name});
        return value.end;
    }
    const NameClass cookies{NameVerdict::Cookies, "cookie", {}};
    if (layer.text(value.span).contains('='))
        static_cast<void>(maskNamed(layer, value.span, {cookies, kind, option.name}));
    scanText(layer, value.span);
    return value.end;
}

/// Words in a sentence about the option, or a name for the value in a synopsis: "-a PASSWORD".
bool isTold(QByteArrayView text, qsizetype at)
{
    if (!quoteAt(text, at).isNull())
        return false;
    const ShellValue value = shellValue(text, at);
    const QByteArrayView word = text.sliced(value.span.start, value.span.length);
    if (placeholderLength(word) > 0)
        return false;
    return readsLikeMessage(text.sliced(at, lineFrom(text.first(std::min(text.size(), at + 200)), at).length)) ||
           std::all_of(word.begin(), word.end(), [](char c) { return c == '_' || (c >= 'A' && c <= 'Z'); });
}

/// Words that begin with 'p' behind a single dash, as options of programs in the same line do.
bool isLongName(QByteArrayView word)
{
    static constexpr const char *names[] = {"-path", "-port", "-print", "-print0", "-prune", "-perm", "-protocol"};
    return std::any_of(std::begin(names), std::end(names), [word](const char *name) { return word == name; });
}

/// Blanks, and line ends that a shell takes for blanks: behind "\\", "^" (cmd) or "`" (PowerShell).
qsizetype behindBlanks(QByteArrayView text, qsizetype at)
{
    for (;;) {
        while (at < text.size() && isBlank(text[at]))
            ++at;
        const QByteArrayView rest = text.sliced(at);
        if (rest.isEmpty() || !QByteArrayView("\\^`").contains(rest[0]))
            return at;
        const qsizetype lineEnd = rest.sliced(1).startsWith("\n") ? 2 : rest.sliced(1).startsWith("\r\n") ? 3 : 0;
        if (lineEnd == 0)
            return at;
        at += lineEnd;
    }
}

/// Where the option's value starts; -1 where \a at has another option or none.
qsizetype valueStart(QByteArrayView text, qsizetype at, const CommandOption &option, QByteArrayView switches)
{
    qsizetype end = at;
    const bool isShort = option.name.size() == 2;
    if (isShort) {
        qsizetype letter = at + 1;
        // What has been masked is no row of switches: "-pREDACTED-...".
        while (letter < text.size() && placeholderLength(text.sliced(letter)) == 0 && switches.contains(text[letter]))
            ++letter;
        if (letter >= text.size() || text[letter] != option.name[1])
            return -1;
        end = letter + 1;
    } else if (text.sliced(at).startsWith(option.name)) {
        end = at + option.name.size();
    } else {
        return -1;
    }
    if (end >= text.size())
        return -1;
    if (isBlank(text[end])) {
        end = behindBlanks(text, end);
        const bool another = end >= text.size() || isSpace(text[end]) || text[end] == '-';
        return option.written == Written::Glued || another ? -1 : end;
    }
    if (!isShort)
        return text[end] == '=' ? end + 1 : -1;
    return option.written == Written::Apart || isSpace(text[end]) ? -1 : end;
}

} // namespace

const ShellCommand *commandAt(QByteArrayView text)
{
    for (const ShellCommand &command : commands) {
        if (!text.startsWith(command.name))
            continue;
        const QByteArrayView rest = text.sliced(command.name.size());
        if ((!rest.isEmpty() && isBlank(rest[0])) || rest.startsWith(".exe "))
            return &command;
    }
    return nullptr;
}

bool goesOverLines(const ShellCommand &command)
{
    return command.overLines;
}

void addCommandStarts(WordStarts &starts)
{
    for (const ShellCommand &command : commands)
        starts.add({command.name.data(), static_cast<std::size_t>(command.name.size())}, WordStarts::Command);
}

qsizetype scanCommandOption(Layer &layer, qsizetype at, const Span &region, const ShellCommand &command)
{
    const QByteArrayView text = layer.text().first(region.end());
    if (at > region.start && !isSpace(text[at - 1]))
        return at;
    for (const CommandOption &option : command.options) {
        const qsizetype start = valueStart(text, at, option, command.switches);
        if (start < 0)
            continue;
        const bool secret = option.value == OptionValue::Secret;
        const ShellValue word = shellValue(text, at);
        if (secret && (isTold(text, start) || isLongName(layer.text(word.span))))
            return at;
        return maskOption(layer, option, start, text, command.overLines ? "curl" : "option");
    }
    return at;
}

} // namespace errata
