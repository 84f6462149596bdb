// Whatever a server sets, a jar keeps what it may and sends what fits into one field.
#include "models/http/cookiejar.h"
#include "tests/support/require.h"

using namespace errata;

/// Each line is a Set-Cookie; one that begins with "http" is the address from there on.
extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    QDateTime now(QDate(2026, 5, 4), QTime(12, 0), Qt::UTC);
    CookieJar jar([&now] { return now; });
    QByteArray url = "https://api.example.com/v1/items";
    const QList<QByteArray> lines = QByteArray(data, static_cast<qsizetype>(size)).split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("http"))
            url = line;
        if (const auto date = cookieDate(line))
            require(date->isValid() && date->date().year() >= 1601);
        if (const auto cookie = readSetCookie(line, url, now)) {
            require(!cookie->name.isEmpty() && cookie->path.startsWith('/'));
            require(!cookie->expires || *cookie->expires <= now.addDays(400));
        }
        jar.receive(url, {{"Set-Cookie", line}});
        const QByteArray field = jar.cookieField(url);
        require(Headers::isValidValue(field));
        require(withCookies({{"Cookie", line}}, field).values("Cookie").size() == 1);
        now = now.addSecs(7);
    }
    require(jar.cookies().size() <= 1000 && jar.refusals().size() <= 20);
    return 0;
}
