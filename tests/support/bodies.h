// Bodies that tests of the body view show.
#pragma once

#include <QByteArray>

namespace errata::test {

inline QByteArray small()
{
    return "{\"error\":{\"code\":\"RATE_LIMIT\",\"n\":1.00,\"n\":2},\"list\":[10,{\"a/b\":\"x\\u00e9\"},[]]}";
}

/// More than what is read at once: an array of \a count objects.
inline QByteArray largeJson(int count)
{
    QByteArray json = "[";
    for (int i = 0; i < count; ++i)
        json += (i > 0 ? ",{\"id\":" : "{\"id\":") + QByteArray::number(i) + ",\"name\":\"item\"}";
    return json + "]";
}

} // namespace errata::test
