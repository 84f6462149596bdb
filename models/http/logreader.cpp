#include "models/http/logreader.h"

#include "models/base/bytes.h"
#include "models/base/rawview.h"
#include "models/http/loglines.h"
#include "models/http/logsentence.h"
#include "models/json/jsondocument.h"

#include <algorithm>
#include <array>

namespace errata {

namespace {

constexpr int problemsKept = 20;
struct Line
{
    qsizetype start = 0;
    qsizetype next = 0;
    QByteArrayView text; ///< without CR LF
};

Line lineAt(QByteArrayView text, qsizetype at)
{
    const qsizetype feed = text.indexOf('\n', at);
    Line line{at, feed < 0 ? text.size() : feed + 1, text.sliced(at, (feed < 0 ? text.size() : feed) - at)};
    if (line.text.endsWith('\r'))
        line.text.chop(1);
    return line;
}

bool isBlank(QByteArrayView line)
{
    return std::all_of(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\t'; });
}

/// Indented, or how Java and Python go on.
bool looksContinued(QByteArrayView line)
{
    constexpr QByteArrayView beginnings[] = {" ", "\t", "at ", "Caused by", "Traceback", "}", "]", "..."};
    return std::any_of(std::begin(beginnings), std::end(beginnings),
                       [line](QByteArrayView beginning) { return line.startsWith(beginning); });
}

class Reader
{
public:
    using Each = std::function<bool(LogRecord &&, qsizetype)>;

    Reader(const QByteArray &bytes, const Each &each) : m_bytes(bytes), m_each(each) {}

    LogReading read()
    {
        for (qsizetype at = m_bytes.startsWith(byteOrderMark) ? 3 : 0; at < m_bytes.size() && !m_reading.cancelled;) {
            const Line line = lineAt(m_bytes, at);
            ++m_lineNumber;
            if (!isBlank(line.text))
                readLine(line);
            at = line.next;
        }
        if (!m_reading.cancelled)
            handOver(m_bytes.size());
        return std::move(m_reading);
    }

private:
    void readLine(const Line &line)
    {
        LogRecord record;
        const LogKind kind = readLogLine(line.text, line.start, record);
        // An answer's body on a line of its own.
        const bool isData =
            kind == LogKind::Json && m_kind != LogKind::None && m_kind != LogKind::Json && !isLogRecord(record);
        if (kind == LogKind::None || isData) {
            continueRecord(line);
            return;
        }
        handOver(line.start);
        m_record = std::move(record);
        m_record.span = {line.start, line.text.size()};
        m_record.line = m_lineNumber;
        m_kind = kind;
        m_isContinued = false;
    }

    void continueRecord(const Line &line)
    {
        const bool isBroken = m_kind == LogKind::Json && line.text.startsWith('{');
        if (m_kind == LogKind::None || isBroken) {
            ++m_reading.unread;
            addProblem(line);
            return;
        }
        m_record.span.length = line.start + line.text.size() - m_record.span.start;
        m_isContinued = true;
    }

    void addProblem(const Line &line)
    {
        if (m_reading.problems.size() >= problemsKept)
            return;
        QString what = QStringLiteral("not a log record");
        if (line.text.startsWith('{')) {
            const auto document = JsonDocument::parse(rawView(line.text), {limits::jsonDepth, line.text.size()});
            if (!document)
                what = QStringLiteral("column %1: %2").arg(document.error().column).arg(document.error().message);
        }
        m_reading.problems << QStringLiteral("line %1: %2").arg(m_lineNumber).arg(what);
    }

    /// The record that has ended, if there is one.
    void handOver(qsizetype bytesRead)
    {
        if (m_kind == LogKind::None)
            return;
        if (m_kind == LogKind::Text || m_isContinued)
            searchText(QByteArrayView(m_bytes).sliced(m_record.span.start, m_record.span.length), m_record.span.start,
                       m_record);
        ++m_reading.records;
        m_reading.cancelled = !m_each(std::move(m_record), bytesRead);
        m_kind = m_reading.cancelled ? LogKind::None : m_kind;
    }

    const QByteArray &m_bytes;
    const Each &m_each;
    LogReading m_reading;
    qsizetype m_lineNumber = 0;
    LogRecord m_record; ///< may go on in the next line
    LogKind m_kind = LogKind::None;
    bool m_isContinued = false;
};

} // namespace

void LogRecord::keep()
{
    // A view has no memory of its own, so detaching copies it.
    for (QByteArray *text : {&level, &method, &url, &host, &message})
        text->detach();
    for (auto &[name, value] : fields) {
        name.detach();
        value.detach();
    }
}

bool looksLikeLog(QByteArrayView text)
{
    constexpr int enough = 50;
    if (text.startsWith(byteOrderMark))
        text = text.sliced(3);
    std::array<int, 5> counts{};
    int lines = 0;
    for (qsizetype at = 0; at < text.size() && lines < enough;) {
        const Line line = lineAt(text, at);
        at = line.next;
        if (isBlank(line.text) || (lines > 0 && looksContinued(line.text)))
            continue;
        ++lines;
        LogRecord record;
        const LogKind kind = readLogLine(line.text, line.start, record);
        if (kind != LogKind::None && (kind != LogKind::Json || isLogRecord(record)))
            ++counts[static_cast<std::size_t>(kind)];
    }
    return *std::max_element(counts.begin(), counts.end()) * 2 > lines;
}

LogReading readLog(const QByteArray &bytes, const std::function<bool(LogRecord &&, qsizetype bytesRead)> &each)
{
    return Reader(bytes, each).read();
}

} // namespace errata
