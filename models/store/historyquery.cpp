#include "models/store/historyquery.h"

#include <QStringList>

#include <algorithm>

namespace errata {

namespace {

bool hasLetter(const QString &word)
{
    // Halves of a character beyond the first plane are letters to no function that looks at one QChar.
    return std::any_of(word.cbegin(), word.cend(), [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
}

/// Blanks part words, except between quotes.
QStringList wordsOf(const QString &text)
{
    QStringList words{QString()};
    bool isQuoted = false;
    for (const QChar c : text) {
        if (c == u'"')
            isQuoted = !isQuoted;
        if (c == u'"' || c.isNull() || (c.isSpace() && !isQuoted))
            words << QString();
        else
            words.back() += c;
    }
    words.removeIf([](const QString &word) { return !hasLetter(word); });
    return words;
}

class Conditions
{
public:
    explicit Conditions(HistoryQuery &query) : m_query(query) {}

    void add(const QString &condition, const QVariantList &values = {})
    {
        m_query.where += QStringLiteral(" AND ") + condition;
        m_query.values += values;
    }
    template <typename T>
    void add(const QString &condition, const std::optional<T> &value)
    {
        if (value)
            add(condition, QVariantList{QVariant(*value)});
    }

private:
    HistoryQuery &m_query;
};

} // namespace

QString searchExpression(const QString &text)
{
    QStringList terms;
    for (const QString &word : wordsOf(text))
        terms << QLatin1Char('"') + word + QLatin1Char('"');
    return terms.isEmpty() ? QString() : terms.join(QLatin1Char(' ')) + QLatin1Char('*');
}

HistoryQuery historyQuery(const HistoryFilter &filter)
{
    HistoryQuery query{QStringLiteral("attempts a"), QStringLiteral("a.removed = 0"), {}};
    Conditions conditions(query);
    if (const QString expression = searchExpression(filter.text); !expression.isEmpty()) {
        // CROSS JOIN keeps the index in front: it gives rows by their id already, as far as they are asked for.
        query.from = QStringLiteral("search CROSS JOIN attempts a ON a.id = search.rowid");
        conditions.add(QStringLiteral("search MATCH ?"), {expression});
    }
    conditions.add(QStringLiteral("a.api = ?"), filter.api);
    conditions.add(QStringLiteral("a.method = CAST(? AS TEXT)"), filter.method);
    conditions.add(QStringLiteral("a.host = ?"), filter.host);
    conditions.add(QStringLiteral("a.run = ?"), filter.run);
    conditions.add(QStringLiteral("a.started >= ?"), filter.fromMs);
    conditions.add(QStringLiteral("a.started < ?"), filter.toMs);
    if (filter.statusClass && *filter.statusClass == 0)
        conditions.add(QStringLiteral("a.status IS NULL"));
    else
        conditions.add(QStringLiteral("a.status / 100 = ?"), filter.statusClass);
    if (filter.errorsOnly)
        conditions.add(QStringLiteral("a.is_error"));
    if (filter.pinnedOnly)
        conditions.add(QStringLiteral("a.pinned"));
    return query;
}

} // namespace errata
