#include "models/http/variables.h"

#include "models/base/bytes.h"
#include "models/base/limits.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>
#include <optional>

namespace errata {

namespace {

constexpr int mostDepth = 16;
/// Nested uses that are followed in one text: ten variables of ten uses each would be ten thousand millions.
constexpr int mostNestedUses = 100'000;

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
}

/// The use that starts at \a at, where "{{" stands.
std::optional<VariableUse> useAt(QByteArrayView text, qsizetype at)
{
    qsizetype start = at + 2;
    while (start < text.size() && isBlank(text[start]))
        ++start;
    qsizetype end = start;
    if (end < text.size() && text[end] == '$')
        ++end;
    const qsizetype firstByte = end;
    while (end < text.size() && isNameByte(text[end]))
        ++end;
    if (end == firstByte)
        return {};
    qsizetype close = end;
    while (close < text.size() && isBlank(text[close]))
        ++close;
    if (!text.sliced(close).startsWith("}}"))
        return {};
    return VariableUse{QString::fromLatin1(text.sliced(start, end - start)), {at, close + 2 - at}};
}

std::optional<QByteArray> madeValue(const QString &name)
{
    if (name == QLatin1String("$uuid"))
        return QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    if (name == QLatin1String("$timestamp"))
        return QByteArray::number(QDateTime::currentSecsSinceEpoch());
    if (name == QLatin1String("$isoTime"))
        return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
    return {};
}

class Filler
{
public:
    explicit Filler(const Variables &variables) : m_variables(variables) {}

    Substitution filled(const QByteArray &text)
    {
        append(text);
        return std::move(m_result);
    }

private:
    void append(const QByteArray &text)
    {
        qsizetype from = 0;
        for (const VariableUse &use : variablesIn(text)) {
            m_result.text += QByteArrayView(text).sliced(from, use.where.start - from);
            from = use.where.end();
            if (!appendValue(use.name)) {
                m_result.text += QByteArrayView(text).sliced(use.where.start, use.where.length);
                if (!m_result.unresolved.contains(use.name))
                    m_result.unresolved << use.name;
            }
        }
        m_result.text += QByteArrayView(text).sliced(from);
    }

    /// A value given wins over one that would be made.
    bool appendValue(const QString &name)
    {
        const auto given = m_variables.constFind(name);
        if (given == m_variables.constEnd()) {
            const auto made = madeValue(name);
            m_result.text += made.value_or(QByteArray());
            return made.has_value();
        }
        const bool isTooMuch = m_open.size() >= mostDepth || m_result.text.size() > limits::requestBody ||
                               (!m_open.isEmpty() && ++m_nestedUses > mostNestedUses);
        if (isTooMuch || m_open.contains(name))
            return false;
        m_open << name;
        append(given->toUtf8());
        m_open.removeLast();
        return true;
    }

    const Variables &m_variables;
    Substitution m_result;
    QStringList m_open; ///< whose values are being filled in, outermost first
    int m_nestedUses = 0;
};

} // namespace

std::vector<VariableUse> variablesIn(QByteArrayView text)
{
    std::vector<VariableUse> uses;
    for (qsizetype at = text.indexOf("{{"); at >= 0;) {
        const auto use = useAt(text, at);
        if (use)
            uses.push_back(*use);
        // "{{{x}}": the braces nearest to the name count.
        at = text.indexOf("{{", use ? use->where.end() : at + 1);
    }
    return uses;
}

Substitution substituted(const QByteArray &text, const Variables &variables)
{
    return Filler(variables).filled(text);
}

} // namespace errata
