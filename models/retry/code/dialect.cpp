#include "models/retry/code/dialect.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace errata::code {

namespace {

using Kind = Expression::Kind;

/// From the weakest binding to the strongest.
enum Binding { Weakest, OrBinding, AndBinding, CompareBinding, AddBinding, MultiplyBinding, Atom };

Binding bindingOf(Kind kind)
{
    switch (kind) {
    case Kind::Choose:
        return Weakest;
    case Kind::Or:
        return OrBinding;
    case Kind::And:
        return AndBinding;
    case Kind::Less:
    case Kind::LessEqual:
    case Kind::Greater:
    case Kind::GreaterEqual:
    case Kind::Equal:
    case Kind::IsRead:
    case Kind::Present:
    case Kind::Failed:
        return CompareBinding;
    case Kind::Add:
    case Kind::Subtract:
    case Kind::Elapsed:
        return AddBinding;
    case Kind::Multiply:
    case Kind::Divide:
        return MultiplyBinding;
    default:
        return Atom;
    }
}

const char *operatorOf(const Dialect &dialect, Kind kind)
{
    switch (kind) {
    case Kind::Or:
        return dialect.logicalOr;
    case Kind::And:
        return dialect.logicalAnd;
    case Kind::Less:
        return " < ";
    case Kind::LessEqual:
        return " <= ";
    case Kind::Greater:
        return " > ";
    case Kind::GreaterEqual:
        return " >= ";
    case Kind::Equal:
        return dialect.equal;
    case Kind::Add:
        return " + ";
    case Kind::Subtract:
        return " - ";
    case Kind::Multiply:
        return " * ";
    case Kind::Divide:
        return " / ";
    default:
        return nullptr;
    }
}

const char *functionOf(const Dialect &dialect, Kind kind)
{
    switch (kind) {
    case Kind::Min:
        return dialect.min;
    case Kind::Max:
        return dialect.max;
    case Kind::Pow:
        return dialect.pow;
    case Kind::Floor:
        return dialect.floor;
    case Kind::Tanh:
        return dialect.tanh;
    case Kind::Sqrt:
        return dialect.sqrt;
    default:
        return nullptr;
    }
}

QByteArray numberText(const Dialect &dialect, double value)
{
    if (std::isinf(value))
        return dialect.infinity;
    const bool isPlain = value == 0 || (std::abs(value) >= 1e-6 && std::abs(value) < 1e16);
    QByteArray text = QByteArray::number(value, isPlain ? 'f' : 'e', QLocale::FloatingPointShortest);
    if (dialect.writesPoint && !text.contains('.') && !text.contains('e'))
        text += ".0";
    return text;
}

class Printer
{
public:
    explicit Printer(const Dialect &dialect) : m_dialect(dialect) {}

    [[nodiscard]] QByteArray text(const Expression &expression, Binding least = Weakest) const
    {
        const QByteArray written = plain(expression);
        return bindingOf(expression.kind) < least ? '(' + written + ')' : written;
    }

private:
    [[nodiscard]] QByteArray plain(const Expression &expression) const
    {
        if (operatorOf(m_dialect, expression.kind))
            return binary(expression);
        if (const char *function = functionOf(m_dialect, expression.kind))
            return call(function, expression);
        switch (expression.kind) {
        case Kind::Number:
            return numberText(m_dialect, expression.number);
        case Kind::Whole:
            return QByteArray::number(static_cast<int>(expression.number));
        case Kind::Name:
            return stateOr(expression.name);
        case Kind::Chance:
            return m_dialect.chance;
        case Kind::Elapsed:
            return m_dialect.elapsed;
        case Kind::Not:
            return m_dialect.logicalNot + text(expression.parts.front(), Atom);
        case Kind::Table:
            return tableText(expression);
        case Kind::Choose:
            return filled(m_dialect.choose, {{"condition", text(expression.parts[0], OrBinding)},
                                             {"then", text(expression.parts[1], OrBinding)},
                                             {"otherwise", text(expression.parts[2], OrBinding)}});
        case Kind::IsRead:
            return m_dialect.isRead;
        case Kind::Read:
            return m_dialect.read;
        case Kind::Present:
            return filled(m_dialect.present, {{"name", expression.name}});
        case Kind::Failed:
            return filled(m_dialect.failed, {{"name", expression.name}});
        case Kind::Yes:
            return m_dialect.yes;
        case Kind::No:
            return m_dialect.no;
        default:
            return expression.name;
        }
    }

    [[nodiscard]] QByteArray stateOr(const QByteArray &name) const
    {
        return name == "step" || name == "previous" ? m_dialect.statePrefix + name : name;
    }

    /// The operators stand left to right; a second operand as strong as a - or / gets its parentheses.
    [[nodiscard]] QByteArray binary(const Expression &expression) const
    {
        const Binding binding = bindingOf(expression.kind);
        const bool isLogical = binding == OrBinding || binding == AndBinding;
        const auto stronger = static_cast<Binding>(binding + 1);
        // "a && b || c" is right, and warned about all the same.
        const Binding left = binding == OrBinding && m_dialect.bracesConditions ? CompareBinding : binding;
        const auto operand = [&](const Expression &part, Binding least) {
            return text(part, part.kind == expression.kind && isLogical ? binding : least);
        };
        return operand(expression.parts[0], isLogical ? left : binding) + operatorOf(m_dialect, expression.kind) +
               operand(expression.parts[1], isLogical ? left : stronger);
    }

    [[nodiscard]] QByteArray call(const char *function, const Expression &expression) const
    {
        QByteArrayList arguments;
        for (const Expression &part : expression.parts)
            arguments += text(part);
        return function + ('(' + arguments.join(", ") + ')');
    }

    [[nodiscard]] QByteArray tableText(const Expression &expression) const
    {
        QByteArrayList values;
        for (const double value : expression.table)
            values += numberText(m_dialect, value);
        const Expression last = number(static_cast<double>(expression.table.size()));
        return filled(m_dialect.table, {{"values", values.join(", ")},
                                        {"index", text(node(Kind::Min, {expression.parts.front(), last}))}});
    }

    const Dialect &m_dialect;
};

class Lines
{
public:
    Lines(const Dialect &dialect, int depth) : m_dialect(dialect), m_depth(depth) {}

    QByteArray of(const Statements &statements)
    {
        for (const Statement &statement : statements)
            write(statement);
        return m_out;
    }

private:
    void line(const QByteArray &text) { m_out += QByteArray(m_dialect.indent).repeated(m_depth) + text + '\n'; }
    void ended(const QByteArray &text) { line(text + m_dialect.end); }
    void lines(const QByteArray &text)
    {
        for (const QByteArray &one : text.split('\n'))
            line(one);
    }

    void write(const Statement &statement)
    {
        const QByteArray value = printed(m_dialect, statement.value);
        switch (statement.kind) {
        case Statement::Kind::Number:
            return ended(filled(m_dialect.declareNumber, {{"name", statement.name}, {"value", value}}));
        case Statement::Kind::Truth:
            return ended(filled(m_dialect.declareTruth, {{"name", statement.name}, {"value", value}}));
        case Statement::Kind::Assign:
            return ended(printed(m_dialect, variable(statement.name)) + " = " + value);
        case Statement::Kind::If:
            return condition(statement, value);
        case Statement::Kind::ReadWait:
            return ended(m_dialect.readWait);
        case Statement::Kind::ReadFlag:
            return ended(m_dialect.readFlag);
        case Statement::Kind::Return:
            return lines(m_dialect.returns);
        case Statement::Kind::GiveUp:
            return lines(filled(m_dialect.giveUp, {{"reason", statement.name}}));
        case Statement::Kind::Sleep:
            return lines(m_dialect.sleep);
        case Statement::Kind::Wait:
            return lines(m_dialect.wait);
        }
    }

    void block(const Statements &statements)
    {
        ++m_depth;
        for (const Statement &statement : statements)
            write(statement);
        --m_depth;
    }

    void condition(const Statement &statement, const QByteArray &value)
    {
        if (m_dialect.indentsOnly) {
            line("if " + value + ':');
            block(statement.then);
            if (!statement.otherwise.empty())
                line("else:");
            return block(statement.otherwise);
        }
        const QByteArray head = m_dialect.bracesConditions ? "if (" + value + ')' : "if " + value;
        if (m_dialect.bracesOnOwnLine) {
            line(head);
            line("{");
        } else {
            line(head + " {");
        }
        block(statement.then);
        if (!statement.otherwise.empty()) {
            if (m_dialect.bracesOnOwnLine) {
                line("}");
                line("else");
                line("{");
            } else {
                line("} else {");
            }
            block(statement.otherwise);
        }
        line("}");
    }

    const Dialect &m_dialect;
    int m_depth;
    QByteArray m_out;
};

/// What one header says, as lines of readWait.
QByteArray linesOf(const Language &language, const RetryPolicy &policy, const WaitHeader &header)
{
    const HeaderLines &form = language.headers;
    const NumberReaders::Reader *reader = language.numbers.of(header.number);
    const bool hasDate = header.date != DateForm::None;
    const auto text = [&](double value) { return numberText(language.dialect, value); };
    QByteArray out = filled(form.open, {{"header", header.name}});
    if (reader && header.epochFrom)
        out += filled(form.epoch, {{"function", reader->name}, {"epoch", text(*header.epochFrom)}});
    if (reader && header.number == NumberForm::JsNumber && !hasDate)
        out += filled(form.always, {{"function", reader->name}, {"unit", text(header.unit.count())}});
    else if (reader)
        out += filled(form.value, {{"function", reader->name}, {"unit", text(header.unit.count())}});
    if (readsDate(language, header))
        out += form.date;
    const bool alwaysReturns = reader && header.number == NumberForm::JsNumber && !hasDate;
    if (policy.retryAfter->pick == RetryAfterRule::Pick::FirstPresent && !alwaysReturns)
        out += form.none;
    return out + form.close;
}

} // namespace

QByteArray printed(const Dialect &dialect, const Expression &expression)
{
    return Printer(dialect).text(expression);
}

QByteArray printed(const Dialect &dialect, const Statements &statements, int depth)
{
    return Lines(dialect, depth).of(statements);
}

QByteArray filled(QByteArray text, std::initializer_list<std::pair<const char *, QByteArray>> replacements)
{
    for (const auto &[name, value] : replacements)
        text.replace('{' + QByteArray(name) + '}', value);
    return text;
}

const NumberReaders::Reader *NumberReaders::of(NumberForm form) const
{
    const auto given = [](const Reader &reader) { return reader.name ? &reader : nullptr; };
    switch (form) {
    case NumberForm::None:
    case NumberForm::RateLimit:
        break;
    case NumberForm::Digits:
        return given(digits);
    case NumberForm::Integer:
        return given(integer);
    case NumberForm::Float:
        return given(decimal);
    case NumberForm::JsNumber:
        return given(jsNumber);
    case NumberForm::LeadingDigits:
        return given(leadingDigits);
    }
    return nullptr;
}

bool readsDate(const Language &language, const WaitHeader &header)
{
    return header.date != DateForm::None && language.dates != DateReach::None;
}

bool looksAtHeaders(const RetryPolicy &policy)
{
    return !policy.shouldRetryHeaders.isEmpty() || (policy.retryAfter && !policy.retryAfter->headers.empty());
}

QByteArray headerFunctions(const Language &language, const RetryPolicy &policy)
{
    if (!looksAtHeaders(policy))
        return {};
    QByteArray out = language.headerOf;
    const std::vector<WaitHeader> headers = policy.retryAfter ? policy.retryAfter->headers : std::vector<WaitHeader>();
    const bool needsDate = std::any_of(headers.begin(), headers.end(), [&language](const WaitHeader &header) {
        return readsDate(language, header) || (header.epochFrom && language.dates != DateReach::None);
    });
    std::vector<const NumberReaders::Reader *> written;
    for (const WaitHeader &header : headers) {
        const NumberReaders::Reader *reader = language.numbers.of(header.number);
        if (!reader || std::find(written.begin(), written.end(), reader) != written.end())
            continue;
        written.push_back(reader);
        out += '\n' + QByteArray(reader->text);
    }
    if (needsDate)
        out += '\n' +
               filled(language.readDate, {{"past", numberText(language.dialect, policy.retryAfter->pastDate.count())}});
    if (!headers.empty()) {
        out += '\n' + QByteArray(language.headers.begin);
        for (const WaitHeader &header : headers)
            out += linesOf(language, policy, header);
        out += language.headers.end;
    }
    if (!policy.shouldRetryHeaders.isEmpty()) {
        out += '\n' + QByteArray(language.headers.flagBegin);
        for (const QByteArray &name : policy.shouldRetryHeaders)
            out += filled(language.headers.flag, {{"header", name}});
        out += language.headers.flagEnd;
    }
    return out;
}

QByteArray commentText(const QString &name)
{
    QString text = name.simplified();
    for (QChar &c : text) {
        // A backslash joins lines in C++ and begins a character's number in Java, comments included.
        if (c == u'\\')
            c = u'/';
        else if (!c.isPrint())
            c = u' ';
    }
    return text.toUtf8();
}

QByteArray className(const RetryPolicy &policy)
{
    QByteArray name;
    bool begins = true;
    for (const QChar c : policy.id) {
        const bool isWord = c.unicode() < 0x80 && c.isLetterOrNumber();
        if (isWord)
            name += static_cast<char>((begins ? c.toUpper() : c).unicode());
        begins = !isWord;
    }
    const bool isName = !name.isEmpty() && name.front() >= 'A';
    return (isName ? name : "Policy" + name) + "Retry";
}

} // namespace errata::code
