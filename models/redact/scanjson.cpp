#include "models/base/limits.h"
#include "models/redact/scan.h"

#include <algorithm>
#include <cstring>

namespace errata {

namespace {

/// How members of what stands under this name are to be taken: "headers", "queryString", "cookies".
NamePlace placeUnder(QByteArrayView key)
{
    static constexpr const char *queries[] = {"query",           "querystring", "queryparams",
                                              "queryparameters", "params",      "form"};
    const QByteArray low = key.toByteArray().toLower();
    if (low.endsWith("headers"))
        return NamePlace::Header;
    if (low.endsWith("cookies"))
        return NamePlace::Cookie;
    const bool query =
        std::any_of(std::begin(queries), std::end(queries), [&low](const char *name) { return low == name; });
    return query ? NamePlace::Query : NamePlace::Field;
}

const char *kindOf(NamePlace place)
{
    switch (place) {
    case NamePlace::Header:
        return "header";
    case NamePlace::Query:
        return "parameter";
    case NamePlace::Cookie:
        return "cookie";
    case NamePlace::Field:
        break;
    }
    return "";
}

/// Reads tokens without building a tree, so that memory stays small and what is cut off can be read. The parser of
/// models/json would hold 20 bytes for each value.
class JsonScan final : public Surroundings
{
public:
    JsonScan(Layer &layer, const Span &region)
        : Surroundings(layer.around()), m_layer(layer), m_text(layer.text().first(region.end())), m_at(region.start)
    {
    }

    /// Gives the place where it could not go on, or where the value ended.
    qsizetype run()
    {
        const Surroundings *outer = m_layer.setAround(this);
        Step step = Step::Value;
        while (step != Step::Stop) {
            while (m_at < m_text.size() && isSpace(m_text[m_at]))
                ++m_at;
            if (m_at >= m_text.size())
                break;
            step = next(step, m_text[m_at]);
        }
        m_layer.setAround(outer);
        return m_at;
    }

protected:
    QByteArray words() const override
    {
        QByteArray path("JSON ");
        for (const Frame &frame : m_open) {
            path += '/';
            if (frame.isArray)
                path += QByteArray::number(frame.index);
            else
                path += frame.keyHidden ? QByteArray("...") : pointerToken(m_layer.text(frame.key));
        }
        return path;
    }

private:
    enum class Step { Value, Key, After, Stop };

    struct Frame
    {
        bool isArray = false;
        bool keyHidden = false; ///< the key holds a secret itself
        qsizetype index = 0;
        Span key = {0, 0};
        NameClass inherited;                    ///< from the secret name all of it stands under
        NamePlace place = NamePlace::Field;     ///< of its members
        NamePlace pairPlace = NamePlace::Field; ///< of the names in {"name": ..., "value": ...}
        QByteArray pairName;
        Span pairValue;
        bool pairValueEscaped = false;
    };

    static QByteArray pointerToken(QByteArrayView key)
    {
        constexpr qsizetype longest = 60;
        return key.first(std::min(key.size(), longest)).toByteArray().replace('~', "~0").replace('/', "~1");
    }

    Step next(Step step, char c)
    {
        switch (step) {
        case Step::Value:
            return value(c);
        case Step::Key:
            return c == '}' ? close() : key(c);
        case Step::After:
            return after(c);
        case Step::Stop:
            break;
        }
        return Step::Stop;
    }

    Step value(char c)
    {
        if (c == '{' || c == '[')
            return open(c == '[');
        if (c == ']' && m_open.back().isArray)
            return close();
        if (c == '"') {
            bool escaped = false;
            const Span inside = stringInside(escaped);
            string(inside, escaped);
            return Step::After;
        }
        if (!isAlnum(c) && c != '-')
            return Step::Stop;
        const qsizetype start = m_at;
        while (m_at < m_text.size() && (isAlnum(m_text[m_at]) || QByteArrayView("+-.").contains(m_text[m_at])))
            ++m_at;
        if (isDigit(c) || c == '-')
            number({start, m_at - start});
        return Step::After;
    }

    Step open(bool isArray)
    {
        if (m_open.size() >= std::size_t(limits::jsonDepth))
            return Step::Stop;
        Frame frame;
        frame.isArray = isArray;
        if (!m_open.empty()) {
            const NameClass is = classOfValue();
            const bool hands = is.verdict != NameVerdict::DoubtfulIfRandom && !is.isHarmless();
            const Frame &outer = m_open.back();
            const NamePlace here = outer.isArray ? outer.pairPlace : placeUnder(m_layer.text(outer.key));
            if (hands)
                frame.inherited = is;
            frame.pairPlace = here == NamePlace::Field ? outer.pairPlace : here;
            // Members of an object right under "cookies" are cookies; those of objects in a list there are not.
            frame.place = !outer.isArray && !isArray ? here : NamePlace::Field;
        }
        m_open.push_back(std::move(frame));
        ++m_at;
        return isArray ? Step::Value : Step::Key;
    }

    Step close()
    {
        m_open.pop_back();
        ++m_at;
        return m_open.empty() ? Step::Stop : Step::After;
    }

    Step key(char c)
    {
        if (c != '"')
            return Step::Stop;
        bool escaped = false;
        Frame &frame = m_open.back();
        frame.keyHidden = false;
        frame.key = {m_at, 0};
        const Span inside = stringInside(escaped);
        const std::size_t edits = m_layer.editCount();
        constexpr qsizetype shortestSecret = 8;
        if (inside.length >= shortestSecret) {
            frame.keyHidden = true;
            scanInside(inside, escaped);
        }
        frame.key = inside;
        frame.keyHidden = m_layer.editCount() > edits;
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
        if (m_at >= m_text.size() || m_text[m_at] != ':')
            return Step::Stop;
        ++m_at;
        return Step::Value;
    }

    Step after(char c)
    {
        Frame &frame = m_open.back();
        if (c == ',') {
            ++m_at;
            ++frame.index;
            return frame.isArray ? Step::Value : Step::Key;
        }
        return c == (frame.isArray ? ']' : '}') ? close() : Step::Stop;
    }

    /// The inside of the string at m_at; one that does not end goes to the end of the text.
    Span stringInside(bool &escaped)
    {
        const qsizetype start = ++m_at;
        const char *const begin = m_text.data() + start;
        const char *const end = m_text.data() + m_text.size();
        const char *at = begin;
        while (at < end) {
            at = static_cast<const char *>(std::memchr(at, '"', std::size_t(end - at)));
            if (!at)
                break;
            const char *slash = at;
            while (slash > begin && slash[-1] == '\\')
                --slash;
            if ((at - slash) % 2 == 0)
                break;
            ++at;
        }
        const qsizetype length = (at ? at : end) - begin;
        escaped = length > 0 && std::memchr(begin, '\\', std::size_t(length));
        m_at = std::min(start + length + 1, m_text.size());
        return {start, length};
    }

    void scanInside(const Span &inside, bool escaped)
    {
        if (escaped && m_layer.mayGoDeeper())
            m_layer.decode(inside, Coding::Json, [](Layer &inner) { scanText(inner, {0, inner.text().size()}); });
        else
            scanText(m_layer, inside);
    }

    bool mask(const Span &inside, bool escaped, const NamedPlace &place)
    {
        return escaped ? maskNamed(m_layer, inside, Coding::Json, place) : maskNamed(m_layer, inside, place);
    }

    QByteArray decoded(const Span &inside, bool escaped) const
    {
        return escaped ? Decoded(m_layer.text(inside), Coding::Json).text() : m_layer.text(inside).toByteArray();
    }

    /// What the names around the present value say of it.
    NameClass classOfValue()
    {
        const Frame &frame = m_open.back();
        if (frame.isArray)
            return frame.inherited;
        const QByteArrayView key = m_layer.text(frame.key);
        const NameClass &is = m_layer.book().names.classify(key, frame.place);
        const bool inherits = is.isHarmless() && !frame.inherited.isHarmless() && !isPlainMember(key);
        return inherits ? frame.inherited : is;
    }

    void string(const Span &inside, bool escaped)
    {
        if (inside.length == 0)
            return;
        if (!m_open.empty()) {
            if (pair(inside, escaped))
                return;
            const NameClass is = classOfValue();
            if (!is.isHarmless() && mask(inside, escaped, {is, "", {}}))
                return;
        }
        scanInside(inside, escaped);
    }

    /// {"name": "authorization", "value": "..."} in either order, ["authorization", "..."] among headers.
    bool pair(const Span &inside, bool escaped)
    {
        Frame &frame = m_open.back();
        if (frame.isArray) {
            const bool named =
                frame.pairPlace == NamePlace::Header && frame.index % 2 == 1 && !frame.pairName.isEmpty();
            const bool masked = named && maskPair(frame, inside, escaped);
            frame.pairName =
                masked ? QByteArray() : decoded({inside.start, std::min<qsizetype>(inside.length, 100)}, escaped);
            return masked;
        }
        const QByteArrayView key = m_layer.text(frame.key);
        if (isOneOf(key, {"value"})) {
            if (!frame.pairName.isEmpty())
                return maskPair(frame, inside, escaped);
            frame.pairValue = inside;
            frame.pairValueEscaped = escaped;
        } else if (isOneOf(key, {"name", "key", "header", "field", "param", "path"})) {
            frame.pairName = decoded({inside.start, std::min<qsizetype>(inside.length, 100)}, escaped);
            if (!frame.pairValue.isNull())
                maskPair(frame, frame.pairValue, frame.pairValueEscaped);
        }
        return false;
    }

    bool maskPair(const Frame &frame, const Span &inside, bool escaped)
    {
        const NameClass is = m_layer.book().names.classify(frame.pairName, frame.pairPlace);
        return !is.isHarmless() && mask(inside, escaped, {is, kindOf(frame.pairPlace), frame.pairName});
    }

    /// A PIN, or a password of digits. A placeholder is a string.
    void number(const Span &span)
    {
        const QByteArrayView digits = m_layer.text(span);
        for (const UserPattern &pattern : m_layer.book().patterns) {
            if (pattern.expression.match(QString::fromLatin1(digits)).hasMatch())
                return m_layer.mask(span, pattern.name, "pattern", pattern.name, digits, true);
        }
        if (m_open.empty() || m_open.back().isArray)
            return;
        const NameClass is = classOfValue();
        const bool isShort = is.type == "password" || is.type == "one-time-code" || is.type == "card-code";
        if (is.verdict == NameVerdict::Secret && digits.size() >= (isShort ? 3 : 6) &&
            std::all_of(digits.begin(), digits.end(), isDigit))
            m_layer.mask(span, is.type, "", {}, digits, true);
    }

    Layer &m_layer;
    QByteArrayView m_text;
    qsizetype m_at;
    std::vector<Frame> m_open;
};

} // namespace

qsizetype scanJson(Layer &layer, const Span &region)
{
    return JsonScan(layer, region).run();
}

} // namespace errata
