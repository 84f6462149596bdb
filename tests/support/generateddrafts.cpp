#include "tests/support/generateddrafts.h"

#include "models/base/random.h"

#include <iterator>

namespace errata {

namespace {

class Generator
{
public:
    Generator(quint64 seed, bool isTame) : m_random(seed), m_isTame(isTame) {}

    Collection collection()
    {
        Collection made;
        made.name = m_isTame ? QStringLiteral("Shop") : text();
        const int environments = below(3);
        for (int i = 0; i < environments; ++i)
            made.environments.push_back(environment(i));
        const int requests = 1 + below(4);
        for (int i = 0; i < requests; ++i)
            made.requests.push_back(draft(i));
        return made;
    }

private:
    int below(int bound) { return int(m_random.next() % quint64(bound)); }
    bool coin() { return below(2) == 0; }

    template <typename T, std::size_t N>
    const T &oneOf(const T (&list)[N])
    {
        return list[std::size_t(below(int(N)))];
    }

    QByteArray word()
    {
        static constexpr const char *words[] = {"a", "X-Trace", "{{token}}", "id", "caf\xC3\xA9", "q.r_s"};
        return oneOf(words);
    }

    /// Anything at all, mostly what a reader of lines could stumble over.
    QByteArray bytes()
    {
        if (m_isTame)
            return tameBytes();
        static constexpr const char *pieces[] = {"###",   "\n",   "\r\n",     "# @errata exact",
                                                 "< ./f", "> {%", "%}",       "//",
                                                 " ",     ":",    "{{v}}",    "=",
                                                 "&",     "%20",  "\xFF",     "@",
                                                 "\t",    "-",    "--b",      "\"",
                                                 "'",     "?",    "+",        "GET /",
                                                 "~",     ">> f", "{\"a\":1}"};
        QByteArray out;
        const int count = below(5);
        for (int i = 0; i < count; ++i)
            out += below(3) == 0 ? word() : QByteArray(oneOf(pieces));
        return out;
    }

    QByteArray tameBytes()
    {
        static constexpr const char *texts[] = {
            "1",      "{\"a\": [1, 2]}",    "two words", "{{v}}/x", "\xE2\x82\xAC 5", "a=b&c", "line 1\nline 2",
            "tail\n", "\"quoted\" 'too' \\"};
        return oneOf(texts);
    }

    QString text() { return QString::fromUtf8(bytes()); }
    QByteArray oneLine() { return m_isTame ? tameBytes().replace('\n', ' ').trimmed() : bytes(); }

    DraftField field(bool enabled) { return {m_isTame ? word() : coin() ? word() : bytes(), oneLine(), enabled}; }

    Environment environment(int index)
    {
        Environment made{QStringLiteral("env%1").arg(index), {}, coin()};
        if (!m_isTame && index == 0 && coin())
            made = {{}, {}, false};
        const int count = below(3);
        for (int i = 0; i < count; ++i) {
            const bool isSecret = coin();
            made.variables.push_back(
                {QStringLiteral("v%1").arg(i), isSecret ? QString() : QString::fromUtf8(oneLine()), isSecret});
        }
        return made;
    }

    AuthDraft auth()
    {
        AuthDraft made;
        made.kind = static_cast<AuthDraft::Kind>(below(4));
        if (made.kind == AuthDraft::Kind::None && m_isTame)
            return made;
        made.secret = oneLine();
        if (made.kind == AuthDraft::Kind::Basic || (!m_isTame && coin()))
            made.user = word();
        if (made.kind == AuthDraft::Kind::ApiKey || (!m_isTame && coin())) {
            made.name = "X-Key";
            made.inQuery = coin();
        }
        return made;
    }

    FormField formField(bool isMultipart)
    {
        FormField made{word(), oneLine(), coin()};
        if (isMultipart || (!m_isTame && below(6) == 0)) {
            made.isFile = coin();
            if (made.isFile)
                made.value = "dir/a.txt";
            if (coin())
                made.contentType = "text/plain";
        }
        return made;
    }

    BodyDraft body()
    {
        BodyDraft made;
        made.kind = static_cast<BodyDraft::Kind>(below(5));
        const bool isMultipart = made.kind == BodyDraft::Kind::Multipart;
        if (made.kind == BodyDraft::Kind::Text || (!m_isTame && below(8) == 0))
            made.text = bytes();
        if (made.kind == BodyDraft::Kind::File || (!m_isTame && below(8) == 0))
            made.file = QStringLiteral("dir/body.bin");
        if (made.kind == BodyDraft::Kind::Text)
            made.contentType = "application/json";
        if (isMultipart || made.kind == BodyDraft::Kind::Form || (!m_isTame && below(8) == 0)) {
            const int count = m_isTame ? 1 + below(3) : below(4);
            for (int i = 0; i < count; ++i)
                made.fields.push_back(formField(isMultipart));
        }
        return made;
    }

    RequestDraft draft(int index)
    {
        static constexpr const char *methods[] = {"GET", "POST", "PUT", "DELETE", "PATCH"};
        RequestDraft made;
        made.name = m_isTame ? QStringLiteral("Request %1").arg(index) : text();
        if (coin())
            made.folder = {QStringLiteral("Users and teams"), QStringLiteral("Admin")};
        if (coin())
            made.about = text();
        made.method = !m_isTame && below(8) == 0 ? bytes() : QByteArray(oneOf(methods));
        made.url = "https://{{host}}/items?a=1&b=%20x";
        if (!m_isTame && coin())
            made.url += bytes();
        int count = below(3);
        for (int i = 0; i < count; ++i)
            made.parkedParameters.push_back(field(!m_isTame && below(6) == 0));
        count = below(4);
        for (int i = 0; i < count; ++i)
            made.headers.push_back(field(coin()));
        made.auth = auth();
        made.body = body();
        if (!m_isTame && coin())
            made.policy = coin() ? QStringLiteral("intended-docs") : text();
        if (!m_isTame && below(3) == 0)
            made.settings = settings();
        return made;
    }

    SendSettings settings()
    {
        SendSettings made;
        if (coin())
            made.proxy = ProxySettings{ProxySettings::Mode::Manual, "http://proxy.example:3128", {"a b", "*"}, coin()};
        if (coin())
            made.tls = TlsSettings{coin(), text(), QStringLiteral("my  certificate.pem"), {}, "p w"};
        if (coin())
            made.version = HttpVersion::Http2;
        if (coin())
            made.followRedirects = coin();
        if (coin())
            made.maxRedirects = below(20);
        if (coin())
            made.deadline = Millis{below(100'000)};
        if (coin())
            made.cookies = coin();
        return made;
    }

    Xoshiro256pp m_random;
    bool m_isTame;
};

} // namespace

Collection generatedCollection(quint64 seed)
{
    return Generator(seed, false).collection();
}

Collection tameCollection(quint64 seed)
{
    return Generator(seed, true).collection();
}

} // namespace errata
