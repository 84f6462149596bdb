// Objects as programs print them: Python, JavaScript, Ruby, Java, CSV.
#pragma once

#include "models/base/span.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace errata {

/// An object as JSON, its members in order.
struct ObjectLiteral
{
    Span where;
    QByteArray json;
    /// Where its strings, numbers, booleans and nulls stand in the text, in the order of the JSON; strings without
    /// their quotes.
    std::vector<Span> scalars;
};

/// The objects in \a text that are no JSON, the outermost ones, at most that many. Only the first 64 kB are looked at.
///   {'error': {'code': 'x', 'retryable': True, 'n': None}}     Python: dicts, tuples, b'' and u'', calls as text
///   { error: { code: 'x' }, details: [Object] }                 JavaScript, as its console prints it
///   {:error=>"x", "n"=>nil}                                     Ruby
///   {error=invalid_token, error_description=Bad, or expired}    Java's maps
///   {""error"": ""x""}                                          JSON in a field of a CSV file
[[nodiscard]] std::vector<ObjectLiteral> objectLiteralsIn(QByteArrayView text, int atMost);

} // namespace errata
