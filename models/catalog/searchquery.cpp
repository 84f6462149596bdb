#include "models/catalog/searchquery.h"

#include "models/catalog/catalog.h"
#include "models/catalog/names.h"

namespace errata {

namespace {

struct Token
{
    QString text;
    bool quoted = false;
    bool negated = false;
};

/// Words and "quoted phrases", each with an optional '-' before it. key:"two words" stays one token.
std::vector<Token> tokens(QStringView text)
{
    std::vector<Token> list;
    qsizetype at = 0;
    while (at < text.size()) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        Token token;
        if (text[at] == QLatin1Char('-') && at + 1 < text.size() && !text[at + 1].isSpace()) {
            token.negated = true;
            ++at;
        }
        bool inQuotes = false;
        const bool startsQuoted = text[at] == QLatin1Char('"');
        for (; at < text.size() && (inQuotes || !text[at].isSpace()); ++at) {
            if (text[at] == QLatin1Char('"'))
                inQuotes = !inQuotes;
            else
                token.text += text[at];
        }
        token.quoted = startsQuoted;
        if (!token.text.isEmpty())
            list.push_back(token);
    }
    return list;
}

const QStringList &filterKeys()
{
    static const QStringList keys{QStringLiteral("api"),     QStringLiteral("status"),  QStringLiteral("retry"),
                                  QStringLiteral("is"),      QStringLiteral("surface"), QStringLiteral("section"),
                                  QStringLiteral("category")};
    return keys;
}

bool isStatusPattern(const QString &value)
{
    static const QRegularExpression shape(QStringLiteral("^(none|[1-5]xx|[1-5][0-9]{2}(-[1-5][0-9]{2})?)$"));
    return shape.match(value).hasMatch();
}

/// What is wrong with a filter's value, or nothing.
std::optional<QString> filterProblem(const SearchFilter &filter, const QStringList &apis)
{
    const auto expectOneOf = [&filter](const QStringList &allowed) -> std::optional<QString> {
        if (allowed.contains(filter.value))
            return std::nullopt;
        return QStringLiteral("%1:%2 - expected one of %3")
            .arg(filter.key, filter.value, allowed.join(QStringLiteral(", ")));
    };
    if (filter.key == QLatin1String("api"))
        return expectOneOf(apis);
    if (filter.key == QLatin1String("retry"))
        return expectOneOf(retryVerdictIds());
    if (filter.key == QLatin1String("is"))
        return expectOneOf(provenanceIds() + QStringList{QStringLiteral("error"), QStringLiteral("note"),
                                                         QStringLiteral("pinned"), QStringLiteral("noted")});
    if (filter.key == QLatin1String("status") && !isStatusPattern(filter.value))
        return QStringLiteral("status:%1 - expected 429, 4xx, 500-504 or none").arg(filter.value);
    return std::nullopt;
}

QString foldedWords(const QString &text)
{
    QString folded = foldedCode(text);
    folded.replace(QLatin1Char('_'), QLatin1Char(' '));
    return folded.simplified();
}

} // namespace

SearchQuery SearchQuery::parse(QStringView text, const QStringList &apis)
{
    SearchQuery query;
    for (const Token &token : tokens(text)) {
        QString word = token.text;
        const qsizetype colon = token.quoted ? -1 : word.indexOf(QLatin1Char(':'));
        if (colon > 0) {
            const QString key = word.first(colon).toLower();
            const QString value = word.mid(colon + 1).toLower();
            if (apis.contains(key)) {
                query.filters.push_back({QStringLiteral("api"), key, token.negated});
                word = word.mid(colon + 1);
            } else if (filterKeys().contains(key)) {
                // "retry:" while still being typed narrows nothing yet.
                if (value.isEmpty())
                    continue;
                const SearchFilter filter{key, value, token.negated};
                if (const std::optional<QString> problem = filterProblem(filter, apis))
                    query.problems << *problem;
                else
                    query.filters.push_back(filter);
                continue;
            }
        }
        const QString folded = foldedWords(word);
        if (folded.isEmpty())
            continue;
        const bool phrase = token.quoted && folded.contains(QLatin1Char(' '));
        query.terms.push_back({folded, word, phrase, token.negated});
    }
    return query;
}

} // namespace errata
