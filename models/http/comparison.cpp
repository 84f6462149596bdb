#include "models/http/comparison.h"

#include "models/base/alignment.h"
#include "models/base/limits.h"
#include "models/base/rawview.h"
#include "models/http/charset.h"
#include "models/json/jsondiff.h"

#include <QCryptographicHash>
#include <QHash>
#include <QLocale>

#include <algorithm>

namespace errata {

namespace {

using Mark = ComparedRow::Mark;
using Kind = JsonDiffStep::Kind;

/// Equal rows kept on each side of a difference.
constexpr int context = 3;
/// Of one row: more than a screen is wide, less than slows it down.
constexpr qsizetype longestRow = 2000;
/// Lines of one object that is only on one side.
constexpr int mostValueLines = 400;
constexpr int mostRows = 200'000;

QString number(qint64 n)
{
    return QLocale(QLocale::English).toString(n);
}

QString rowText(const QByteArray &utf8)
{
    const QString text = QString::fromUtf8(utf8.left(longestRow));
    return utf8.size() > longestRow ? text + QStringLiteral(" …") : text;
}

/// Collects rows; equal ones far from a difference are left out.
class Rows
{
public:
    void heading(const char *text)
    {
        flush(false);
        const QString title = QString::fromLatin1(text);
        put({Mark::Heading, title, title});
    }
    void equal(const QString &left, const QString &right) { m_equal.push_back({Mark::Equal, left, right}); }
    /// A difference begins; its rows follow.
    void begin()
    {
        flush(true);
        ++m_result.differences;
    }
    void differs(Mark mark, const QString &left, const QString &right, const QString &where)
    {
        put({mark, left, right, where, m_result.differences - 1});
    }
    void more(const QString &text)
    {
        flush(false);
        put({Mark::More, text, text});
        m_result.isWhole = false;
    }
    void note(const char *text) { m_result.notes << QString::fromLatin1(text); }
    [[nodiscard]] bool isFull() const { return m_result.rows.size() >= mostRows; }
    Comparison take()
    {
        flush(false);
        return std::move(m_result);
    }

private:
    void put(ComparedRow row)
    {
        m_afterDifference = row.isDifference();
        m_result.rows.push_back(std::move(row));
    }
    void flush(bool differenceFollows)
    {
        const int count = static_cast<int>(m_equal.size());
        const int head = m_afterDifference ? context : 0;
        const int tail = differenceFollows ? context : 0;
        const int hidden = count - head - tail;
        for (int i = 0; i < count; ++i) {
            if (hidden > 1 && i == head) {
                const QString text = QStringLiteral("… %1 equal lines").arg(number(hidden));
                m_result.rows.push_back({Mark::Hidden, text, text});
                i += hidden;
                if (i >= count)
                    break;
            }
            m_result.rows.push_back(std::move(m_equal[std::size_t(i)]));
        }
        m_equal.clear();
    }

    Comparison m_result;
    std::vector<ComparedRow> m_equal;
    bool m_afterDifference = false;
};

void compareStatus(const HttpResponse &left, const HttpResponse &right, Rows &rows)
{
    const auto line = [](const HttpResponse &response) {
        return QString::fromUtf8(
            (response.version + ' ' + QByteArray::number(response.status) + ' ' + response.reason).trimmed());
    };
    rows.heading("Status");
    if (line(left) == line(right))
        return rows.equal(line(left), line(right));
    rows.begin();
    rows.differs(Mark::Changed, line(left), line(right), QStringLiteral("status"));
}

/// By name, the n-th of a name with the n-th.
void compareHeaders(const Headers &left, const Headers &right, Rows &rows)
{
    using Key = std::pair<QByteArray, int>;
    const auto keysOf = [](const Headers &headers) {
        QHash<QByteArray, int> seen;
        std::vector<std::pair<Key, Header>> list;
        for (const Header &header : headers) {
            const QByteArray name = header.name.toLower();
            list.push_back({{name, seen[name]++}, header}); // NOLINT(performance-inefficient-vector-operation)
        }
        return list;
    };
    const auto line = [](const Header &header) { return rowText(header.name + ": " + header.value); };
    const auto ofRight = keysOf(right);
    QHash<Key, Header> values;
    for (const auto &[key, header] : ofRight)
        values.insert(key, header);
    QHash<Key, bool> paired;
    rows.heading("Headers");
    for (const auto &[key, header] : keysOf(left)) {
        const QString where = QString::fromUtf8(header.name);
        const auto partner = values.constFind(key);
        if (partner == values.constEnd()) {
            rows.begin();
            rows.differs(Mark::Removed, line(header), {}, where);
            continue;
        }
        paired.insert(key, true);
        if (partner->value == header.value) {
            rows.equal(line(header), line(*partner));
        } else {
            rows.begin();
            rows.differs(Mark::Changed, line(header), line(*partner), where);
        }
    }
    for (const auto &[key, header] : ofRight) {
        if (paired.contains(key))
            continue;
        rows.begin();
        rows.differs(Mark::Added, {}, line(header), QString::fromUtf8(header.name));
    }
}

// JSON

QString indentOf(int depth)
{
    return QString(qsizetype(2) * std::min(depth, 40), QLatin1Char(' '));
}

QString keyOf(const JsonValue &value)
{
    if (value.keySpan().isNull())
        return {};
    return QLatin1Char('"') + value.key() + QStringLiteral("\": ");
}

/// All on one line, whatever the layout was.
QByteArray onOneLine(const JsonValue &value)
{
    QByteArray text;
    const QList<QByteArray> lines = prettyJson(value).split('\n');
    for (const QByteArray &one : lines)
        text += (text.isEmpty() ? "" : " ") + one.trimmed();
    return text;
}

/// A value on one line: small ones whole, large ones by their number of members.
QString summary(const JsonValue &value)
{
    constexpr qsizetype small = 80;
    constexpr qsizetype mostMembersOnALine = 20;
    if (!value.isObject() && !value.isArray())
        return rowText(value.raw());
    if (value.size() <= mostMembersOnALine && value.span().length <= 4 * small) {
        if (const QByteArray text = onOneLine(value); text.size() <= small)
            return QString::fromUtf8(text);
    }
    return value.isObject() ? QStringLiteral("{ … %1 members }").arg(number(value.size()))
                            : QStringLiteral("[ … %1 elements ]").arg(number(value.size()));
}

QString line(const JsonDiffStep &step, const JsonValue &value)
{
    return value.isAbsent() ? QString() : indentOf(step.depth) + keyOf(value) + summary(value);
}

/// All of a value that is on one side alone.
QStringList linesOf(const JsonDiffStep &step, const JsonValue &value)
{
    constexpr qsizetype mostBytes = 64 * limits::Kilobyte;
    if ((!value.isObject() && !value.isArray()) || value.size() == 0 || value.span().length > mostBytes)
        return {line(step, value)};
    QStringList lines;
    const QList<QByteArray> pretty = prettyJson(value).split('\n');
    for (const QByteArray &one : pretty) {
        if (lines.size() == mostValueLines)
            return lines << indentOf(step.depth) + QStringLiteral("… %1 lines more").arg(pretty.size() - lines.size());
        lines << indentOf(step.depth) + (lines.isEmpty() ? keyOf(value) : QString()) + rowText(one);
    }
    return lines;
}

void addStep(const JsonDiffStep &step, Rows &rows)
{
    const auto bracket = [&step](const JsonValue &value, bool open) {
        const QString sign = value.isObject() ? (open ? QStringLiteral("{") : QStringLiteral("}"))
                                              : (open ? QStringLiteral("[") : QStringLiteral("]"));
        return indentOf(step.depth) + (open ? keyOf(value) : QString()) + sign;
    };
    const QString where = step.leftPath == step.rightPath || step.rightPath.isEmpty() ? step.leftPath
                          : step.leftPath.isEmpty()                                   ? step.rightPath
                                                    : step.leftPath + QStringLiteral(" → ") + step.rightPath;
    switch (step.kind) {
    case Kind::Equal:
        return rows.equal(line(step, step.left), line(step, step.right));
    case Kind::Close:
        return rows.equal(bracket(step.left, false), bracket(step.right, false));
    case Kind::Open:
        if (!step.moved)
            return rows.equal(bracket(step.left, true), bracket(step.right, true));
        rows.begin();
        return rows.differs(Mark::Moved, bracket(step.left, true), bracket(step.right, true), where);
    case Kind::Moved:
        rows.begin();
        return rows.differs(Mark::Moved, line(step, step.left), line(step, step.right), where);
    case Kind::Changed:
        rows.begin();
        return rows.differs(Mark::Changed, line(step, step.left), line(step, step.right), where);
    case Kind::Added:
        rows.begin();
        for (const QString &text : linesOf(step, step.right))
            rows.differs(Mark::Added, {}, text, where);
        return;
    case Kind::Removed:
        rows.begin();
        for (const QString &text : linesOf(step, step.left))
            rows.differs(Mark::Removed, text, {}, where);
        return;
    }
}

void compareJson(const JsonDocument &left, const JsonDocument &right, Rows &rows)
{
    const JsonDiff diff = diffJson(left, right);
    for (const JsonDiffStep &step : diff.steps) {
        if (rows.isFull())
            return rows.more(QStringLiteral("… more than can be shown"));
        addStep(step, rows);
    }
    if (!diff.isWhole)
        rows.more(QStringLiteral("… there is more than is compared"));
    if (diff.isReordered())
        rows.note("Keys stand in another order, which is no difference; the left's order is shown.");
    else if (diff.differences() == 0 && left.bytes() != right.bytes())
        rows.note("The bodies are the same JSON in another layout.");
}

// Text

std::vector<QByteArrayView> splitLines(const QByteArray &text)
{
    std::vector<QByteArrayView> lines;
    const QByteArrayView all(text);
    for (qsizetype from = 0; from < all.size();) {
        const qsizetype end = text.indexOf('\n', from);
        const qsizetype to = end < 0 ? all.size() : end;
        lines.push_back(all.sliced(from, to - from)); // NOLINT(performance-inefficient-vector-operation)
        from = to + 1;
    }
    return lines;
}

void compareLines(const QByteArray &left, const QByteArray &right, Rows &rows)
{
    const std::vector<QByteArrayView> leftLines = splitLines(left);
    const std::vector<QByteArrayView> rightLines = splitLines(right);
    // Numbers for lines: equal ones have equal numbers.
    QHash<QByteArray, std::uint64_t> numbers;
    const auto numbered = [&numbers](const std::vector<QByteArrayView> &lines) {
        std::vector<std::uint64_t> list;
        list.reserve(lines.size());
        for (const QByteArrayView &one : lines) {
            const auto next = static_cast<std::uint64_t>(numbers.size());
            const QByteArray key = rawView(one);
            const auto known = numbers.constFind(key);
            list.push_back(known == numbers.constEnd() ? next : *known);
            if (known == numbers.constEnd())
                numbers.insert(key, next);
        }
        return list;
    };
    const std::vector<std::uint64_t> leftNumbers = numbered(leftLines);
    const std::vector<std::uint64_t> rightNumbers = numbered(rightLines);
    Alignment pairs = align(leftNumbers, rightNumbers);
    pairs.emplace_back(static_cast<int>(leftLines.size()), static_cast<int>(rightLines.size()));
    const auto text = [](QByteArrayView one) {
        return rowText((one.endsWith('\r') ? one.chopped(1) : one).toByteArray());
    };
    // Where lines differ, it may be by this alone.
    const auto exact = [&text](QByteArrayView one) {
        return one.endsWith('\r') ? text(one) + QChar(0x240D) : text(one);
    };
    std::size_t i = 0;
    std::size_t j = 0;
    for (const auto &[endLeft, endRight] : pairs) {
        if (rows.isFull())
            return rows.more(QStringLiteral("… more than can be shown"));
        const auto toLeft = static_cast<std::size_t>(endLeft);
        const auto toRight = static_cast<std::size_t>(endRight);
        if (i < toLeft || j < toRight)
            rows.begin();
        const QString where = QStringLiteral("line %1 → line %2").arg(i + 1).arg(j + 1);
        for (; i < toLeft && j < toRight; ++i, ++j)
            rows.differs(Mark::Changed, exact(leftLines[i]), exact(rightLines[j]), where);
        for (; i < toLeft; ++i)
            rows.differs(Mark::Removed, exact(leftLines[i]), {}, where);
        for (; j < toRight; ++j)
            rows.differs(Mark::Added, {}, exact(rightLines[j]), where);
        if (i < leftLines.size())
            rows.equal(text(leftLines[i]), text(rightLines[j]));
        ++i;
        ++j;
    }
    if (left != right && splitLines(left).size() == splitLines(right).size() &&
        left.endsWith('\n') != right.endsWith('\n'))
        rows.note("One of them has no line end at its end.");
}

void compareDigests(const HttpResponse &left, const HttpResponse &right, Rows &rows)
{
    const auto line = [](const HttpResponse &response) {
        const QByteArray digest = QCryptographicHash::hash(response.body, QCryptographicHash::Sha256).toHex();
        return QStringLiteral("%1 bytes, SHA-256 %2").arg(number(response.body.size()), QString::fromLatin1(digest));
    };
    if (left.body == right.body)
        return rows.equal(line(left), line(right));
    rows.begin();
    rows.differs(Mark::Changed, line(left), line(right), QStringLiteral("body"));
}

void compareBodies(const HttpResponse &left, const HttpResponse &right, Rows &rows)
{
    rows.heading("Body");
    if (left.body.size() > largestComparedBody || right.body.size() > largestComparedBody) {
        rows.note("Too large to be compared in detail: only whether they are the same.");
        return compareDigests(left, right, rows);
    }
    const auto charsetOf = [](const HttpResponse &response) {
        return chooseCharset(response.headers.value("Content-Type").value_or(QByteArray()), response.body).charset;
    };
    const QByteArray leftText = toUtf8(left.body, charsetOf(left));
    const QByteArray rightText = toUtf8(right.body, charsetOf(right));
    const auto leftJson = JsonDocument::parse(leftText);
    const auto rightJson = JsonDocument::parse(rightText);
    if (leftJson && rightJson)
        return compareJson(*leftJson, *rightJson, rows);
    if (looksBinary(left.body, charsetOf(left)) || looksBinary(right.body, charsetOf(right)))
        return compareDigests(left, right, rows);
    compareLines(leftText, rightText, rows);
}

} // namespace

Comparison compareAnswers(const HttpResponse &left, const HttpResponse &right)
{
    Rows rows;
    compareStatus(left, right, rows);
    compareHeaders(left.headers, right.headers, rows);
    compareBodies(left, right, rows);
    return rows.take();
}

QString comparisonText(const Comparison &comparison)
{
    QString text;
    for (const ComparedRow &row : comparison.rows) {
        switch (row.mark) {
        case Mark::Heading:
            text += QStringLiteral("@@ ") + row.left + QLatin1Char('\n');
            break;
        case Mark::Equal:
        case Mark::Hidden:
        case Mark::More:
            text += QStringLiteral("  ") + row.left + QLatin1Char('\n');
            break;
        default:
            if (row.mark == Mark::Moved)
                text += QStringLiteral("@@ moved: ") + row.where + QLatin1Char('\n');
            if (row.mark != Mark::Added)
                text += QStringLiteral("- ") + row.left + QLatin1Char('\n');
            if (row.mark != Mark::Removed)
                text += QStringLiteral("+ ") + row.right + QLatin1Char('\n');
        }
    }
    return text;
}

} // namespace errata
