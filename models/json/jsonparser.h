// The strict RFC 8259 parser behind JsonDocument. Iterative: nesting costs memory, never stack.
#pragma once

#include "models/json/jsondocument.h"

namespace errata {

/// Reads one JSON value into a flat tree. One parser, one run.
class JsonParser
{
public:
    JsonParser(const QByteArray &bytes, JsonLimits limits);

    /// The value from \a offset on. With \a whole, only white space may follow. Line and column of
    /// an error count from \a offset.
    Result<std::shared_ptr<const JsonDocument::Tree>, JsonError> run(qsizetype offset, bool whole);
    /// What is wrong with the whole. Of the tree only the containers that are open are kept.
    std::optional<JsonError> check();

private:
    enum class Step { Value, AfterValue, Done, Failed };

    bool value();
    Step nextStep(Step step);
    Step scalarOrOpening();
    Step afterValue();
    Step open(JsonKind kind);
    Step close();
    Step key();
    Step literal(JsonKind kind, const char *word, int length);
    Step number();
    bool digits();
    bool stringToken();
    bool escape();
    void skipBlanks();

    std::uint32_t offsetOf(const char *p) const { return static_cast<std::uint32_t>(p - m_begin); }
    void addNode(JsonKind kind, const char *start, const char *end, bool isKey = false);
    [[nodiscard]] JsonDocument::Node nodeOf(JsonKind kind, const char *start, const char *end) const;
    /// "expected ..., found ..." at the present place.
    Step fail(const QString &expected);
    Step failWith(const QString &message);
    /// Tells how far it is, when enough has been read since the last time; false when it is to stop.
    bool goOn() { return m_at < m_ask || tell(); }
    bool tell();

    JsonLimits m_limits;
    const char *m_begin;
    const char *m_end;
    const char *m_at;
    const char *m_ask; ///< where progress is told next; the end when nobody asks
    const char *m_linesFrom;
    std::shared_ptr<JsonDocument::Tree> m_tree;
    bool m_keepsNodes = true;
    std::vector<std::uint32_t> m_open; ///< containers not closed yet, outermost first
    JsonError m_error;
};

} // namespace errata
