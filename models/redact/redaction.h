// What redaction is told and what it says: rules, findings, results. Values only.
#pragma once

#include "models/base/result.h"
#include "models/base/span.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QRegularExpression>

#include <map>
#include <vector>

namespace errata {

/// A user's own expression; its first group is masked where there is one, else the whole match. It sees one line
/// of decoded text at a time: inside JSON the inside of one string.
struct UserPattern
{
    QByteArray name; ///< becomes the type in placeholders
    QRegularExpression expression;
};

/// What counts as a secret beyond what is built in. Names compare without case, '-' and '_'.
struct RedactionRules
{
    std::vector<QByteArray> headers;
    std::vector<QByteArray> fields; ///< JSON members, form fields, XML elements, log fields
    std::vector<QByteArray> query;
    std::vector<QByteArray> prefixes; ///< what keys begin with, wherever they stand: "sk_live_"
    std::vector<UserPattern> patterns;
};

/// Lines "name: expression"; empty lines and lines that begin with '#' are none. An error's place is "line N".
[[nodiscard]] Result<std::vector<UserPattern>> parseUserPatterns(const QByteArray &text);

/// One secret that was replaced.
struct Masked
{
    QByteArray type;        ///< "bearer-token", "api-key", "password", ...
    QByteArray place;       ///< "header authorization", "query api_key", "JSON /a/b/token"
    QByteArray placeholder; ///< what stands there now
    Span span;              ///< in the text given, or in the part that place names
};

/// What looked like a secret and was left.
struct Doubtful
{
    QByteArray reason; ///< "a paging token as a rule", "a compressed body is not looked into", ...
    QByteArray place;
    Span span;
};

struct RedactionReport
{
    std::vector<Masked> masked;     ///< in the order of the text
    std::vector<Doubtful> doubtful; ///< the first 1000
    qsizetype doubtfulCount = 0;    ///< all of them

    /// How many of each type.
    [[nodiscard]] std::map<QByteArray, int> tally() const;
    void add(RedactionReport other);
};

struct Redaction : RedactionReport
{
    QByteArray text;
};

/// A message with its secrets replaced.
template <typename T>
struct Redacted : RedactionReport
{
    T value;
};

} // namespace errata
