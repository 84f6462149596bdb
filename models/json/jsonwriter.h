// Writes JSON in the order it is told: for machine-readable output, exports and tests.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

#include <optional>

namespace errata {

/// Appends one JSON text to a buffer. Keys and values alternate inside objects; the writer places
/// commas and indents by two spaces. Nothing is checked beyond Q_ASSERT.
class JsonWriter
{
public:
    JsonWriter &beginObject();
    JsonWriter &endObject();
    JsonWriter &beginArray();
    JsonWriter &endArray();
    JsonWriter &key(QStringView name);
    JsonWriter &string(QStringView text);
    /// UTF-8 bytes as a string; invalid sequences become U+FFFD.
    JsonWriter &utf8(QByteArrayView bytes);
    JsonWriter &number(qint64 value);
    /// Shortest text that reads back as the same double; null where not finite.
    JsonWriter &number(double value);
    JsonWriter &boolean(bool value);
    JsonWriter &null();
    /// Bytes that are JSON already.
    JsonWriter &raw(QByteArrayView json);

    /// key(name) and a value in one call; an empty optional writes null.
    JsonWriter &member(QStringView name, QStringView text) { return key(name).string(text); }
    JsonWriter &member(QStringView name, qint64 value) { return key(name).number(value); }
    JsonWriter &member(QStringView name, int value) { return key(name).number(qint64(value)); }
    JsonWriter &member(QStringView name, double value) { return key(name).number(value); }
    JsonWriter &member(QStringView name, bool value) { return key(name).boolean(value); }
    JsonWriter &member(QStringView name, const char16_t *text) { return key(name).string(text); }
    /// Any other pointer would quietly become a boolean.
    JsonWriter &member(QStringView name, const void *pointer) = delete;
    JsonWriter &memberNull(QStringView name) { return key(name).null(); }
    template <typename T>
    JsonWriter &member(QStringView name, const std::optional<T> &value)
    {
        return value ? member(name, *value) : memberNull(name);
    }

    /// The text so far, with a final newline once complete.
    [[nodiscard]] QByteArray result() const { return m_out + '\n'; }

private:
    JsonWriter &begin(char opening);
    JsonWriter &end(char closing);
    void beforeValue();
    void newline();

    QByteArray m_out;
    int m_depth = 0;
    bool m_first = true;
    bool m_afterKey = false;
};

} // namespace errata
