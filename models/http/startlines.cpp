#include "models/http/startlines.h"

#include "models/base/bytes.h"
#include "models/http/headers.h"

#include <algorithm>

namespace errata {

namespace {

qsizetype skipBlanks(QByteArrayView line, qsizetype from)
{
    while (from < line.size() && isBlank(line[from]))
        ++from;
    return from;
}

qsizetype skipDigits(QByteArrayView line, qsizetype from)
{
    while (from < line.size() && line[from] >= '0' && line[from] <= '9')
        ++from;
    return from;
}

bool isTarget(QByteArrayView method, QByteArrayView target)
{
    if (target.isEmpty() || std::any_of(target.begin(), target.end(), isBlank))
        return false;
    return target.front() == '/' || target == "*" || target.indexOf("://") > 0 ||
           (method == "CONNECT" && target.indexOf(':') > 0);
}

} // namespace

qsizetype versionLength(QByteArrayView line)
{
    constexpr QByteArrayView name = "HTTP/";
    if (line.size() < name.size() || line.first(name.size()).compare(name, Qt::CaseInsensitive) != 0)
        return 0;
    qsizetype at = skipDigits(line, name.size());
    if (at == name.size())
        return 0;
    if (at < line.size() && line[at] == '.') {
        const qsizetype minor = at + 1;
        at = skipDigits(line, minor);
        if (at == minor)
            return 0;
    }
    return at;
}

std::optional<StatusLine> statusLine(QByteArrayView line)
{
    const qsizetype version = versionLength(line);
    const qsizetype code = skipBlanks(line, version);
    const qsizetype codeEnd = skipDigits(line, code);
    if (version == 0 || code == version || codeEnd - code != 3 || line[code] == '0')
        return {};
    if (codeEnd < line.size() && !isBlank(line[codeEnd]))
        return {};
    return StatusLine{line.first(version), code, line.sliced(code, 3).toInt(), line.sliced(codeEnd).trimmed()};
}

std::optional<RequestLine> requestLine(QByteArrayView line)
{
    line = line.trimmed();
    const qsizetype methodEnd = line.indexOf(' ');
    const qsizetype targetEnd = line.lastIndexOf(' ');
    if (methodEnd <= 0 || targetEnd <= methodEnd)
        return {};
    const QByteArrayView method = line.first(methodEnd);
    const QByteArrayView version = line.sliced(targetEnd + 1);
    const QByteArrayView target = line.sliced(methodEnd, targetEnd - methodEnd).trimmed();
    const bool isMethod = std::all_of(method.begin(), method.end(),
                                      [](char c) { return (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; });
    if (!isMethod || versionLength(version) != version.size() || !isTarget(method, target))
        return {};
    return RequestLine{method, target, version};
}

std::optional<FieldLine> fieldLine(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':', 1);
    const QByteArrayView name = line.first(std::max<qsizetype>(colon, 0)).trimmed();
    if (!Headers::isValidName(name.startsWith(':') ? name.sliced(1) : name))
        return {};
    const qsizetype value = skipBlanks(line, colon + 1);
    return FieldLine{name, QByteArrayView(line.sliced(value)).trimmed().isEmpty() ? line.sliced(value, 0)
                                                                                  : line.sliced(value).trimmed()};
}

} // namespace errata
