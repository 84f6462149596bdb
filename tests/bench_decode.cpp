// Bulk reading: a generated HAR and generated logs of 100 MB each. Budget: 300 MB/s; memory beyond the input below half
// of it. A generated text is not in the figures of memory: the most resident before and after reading is compared.
#include "models/http/har.h"
#include "models/http/logreader.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <QTest>

#include <sys/resource.h>

using namespace errata;

namespace {

constexpr qsizetype size = qsizetype(100) * 1000 * 1000;

double mostResidentMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

/// Runs \a read five times and tells the fastest.
template <typename Read>
void measure(const char *what, const QByteArray &text, Read read)
{
    const double before = mostResidentMegabytes();
    double best = 0;
    qsizetype count = 0;
    for (int i = 0; i < 5; ++i) {
        QElapsedTimer timer;
        timer.start();
        count = read(text);
        best = std::max(best, double(text.size()) / 1e6 / (double(timer.nsecsElapsed()) / 1e9));
    }
    qInfo("%s: %.0f MB/s, %lld records of %.0f MB, %.1f MB more memory than the input", what, best,
          static_cast<long long>(count), double(text.size()) / 1e6, mostResidentMegabytes() - before);
}

QByteArray harEntry(int number)
{
    QByteArray headers;
    for (int i = 0; i < 24; ++i)
        headers += "{\"name\":\"x-header-" + QByteArray::number(i) + "\",\"value\":\"some value of usual length " +
                   QByteArray::number(number) + "\"},";
    headers.chop(1);
    QByteArray body = "{\\\"error\\\":{\\\"code\\\":\\\"RATE_LIMITED\\\",\\\"message\\\":\\\"Slow down\\\","
                      "\\\"items\\\":[";
    for (int i = 0; i < 60; ++i)
        body += "{\\\"id\\\":" + QByteArray::number(number + i) + ",\\\"name\\\":\\\"item in a list of items\\\"},";
    body += "{}]}}";
    return "{\"_initiator\":{\"type\":\"script\",\"stack\":{\"callFrames\":[{\"functionName\":\"send\",\"url\":"
           "\"https://app.example.com/main.js\",\"lineNumber\":12}]}},\"startedDateTime\":\"2026-05-04T10:11:12.345Z\","
           "\"time\":87.5,\"request\":{\"method\":\"GET\",\"url\":\"https://api.example.com/v1/items?page=" +
           QByteArray::number(number) + "\",\"httpVersion\":\"h2\",\"headers\":[" + headers +
           "],\"queryString\":[],\"cookies\":[]},\"response\":{\"status\":429,\"statusText\":\"\",\"httpVersion\":"
           "\"h2\",\"headers\":[" +
           headers + "],\"content\":{\"size\":3000,\"mimeType\":\"application/json\",\"text\":\"" + body +
           "\"}},\"cache\":{},\"timings\":{\"send\":1,\"wait\":80,\"receive\":6.5}}";
}

/// Another program over the same file, the fastest of three runs, its start included.
void measureProgram(const QString &name, const QStringList &arguments, double megabytes)
{
    const QString program = QStandardPaths::findExecutable(name);
    if (program.isEmpty()) {
        qInfo("%s is not here", qPrintable(name));
        return;
    }
    double best = 0;
    for (int i = 0; i < 3; ++i) {
        QProcess process;
        process.setStandardOutputFile(QProcess::nullDevice());
        QElapsedTimer timer;
        timer.start();
        process.start(program, arguments);
        if (!process.waitForFinished(120000) || process.exitCode() != 0)
            qFatal("%s failed: %s", qPrintable(name), process.readAllStandardError().constData());
        best = std::max(best, megabytes / (double(timer.nsecsElapsed()) / 1e9));
    }
    qInfo("beside it, %s: %.0f MB/s", qPrintable(name), best);
}

template <typename Line>
void measureLog(const char *what, Line line)
{
    QByteArray text;
    text.reserve(size + 20000);
    for (int i = 0; text.size() < size; ++i)
        text += line(i);
    measure(what, text, [](const QByteArray &bytes) {
        const LogReading reading = readLog(bytes, [](LogRecord &&, qsizetype) { return true; });
        if (reading.unread > 0)
            qFatal("lines were not read");
        return reading.records;
    });
}

} // namespace

class DecodeBenchmark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Before the HAR, whose text is larger in memory than it was when the most was measured.
    void jsonLines()
    {
        measureLog("JSON lines", [](int number) {
            return "{\"time\":\"2026-05-04T10:11:12.345Z\",\"level\":\"info\",\"msg\":\"request completed\",\"method\":"
                   "\"GET\",\"url\":\"https://api.example.com/v1/items/" +
                   QByteArray::number(number) +
                   "\",\"status\":200,\"duration_ms\":87.5,\"request_id\":\"0b5c1f6e-4a37-4d0e-8a51-2f1f6b0f3c11\","
                   "\"service\":\"gateway\",\"version\":\"4.12.0\",\"region\":\"eu-central-1\",\"retries\":0}\n";
        });
    }

    void textLines()
    {
        measureLog("text lines", [](int number) {
            return "2026-05-04 10:11:12,345 INFO  [worker-3] client - GET https://api.example.com/v1/items/" +
                   QByteArray::number(number) + " returned 429 in 87ms {\"error\":{\"code\":\"rate_limited\"}}\n";
        });
    }

    void accessLog()
    {
        measureLog("access log", [](int number) {
            return "192.0.2.1 - - [04/May/2026:10:11:12 +0000] \"GET /v1/items/" + QByteArray::number(number) +
                   " HTTP/1.1\" 429 512 \"-\" \"curl/8.5.0\" 0.087\n";
        });
    }

    void har()
    {
        QByteArray text = "{\"log\":{\"version\":\"1.2\",\"entries\":[";
        text.reserve(size + 20000);
        for (int i = 0; text.size() < size; ++i)
            text += harEntry(i) + ',';
        text.chop(1);
        text += "]}}";
        measure("HAR", text, [](const QByteArray &bytes) {
            const HarReading reading = readHar(bytes, [](HarEntry &&, qsizetype) { return true; });
            if (!reading.problems.isEmpty())
                qFatal("entries were not read");
            return qsizetype(reading.entries);
        });
        QTemporaryFile file;
        QVERIFY(file.open() && file.write(text) == text.size() && file.flush());
        const double megabytes = double(text.size()) / 1e6;
        measureProgram(QStringLiteral("jq"), {QStringLiteral(".log.entries[].response.status"), file.fileName()},
                       megabytes);
        measureProgram(QStringLiteral("python3"),
                       {QStringLiteral("-c"),
                        QStringLiteral("import json, sys\n"
                                       "for e in json.load(open(sys.argv[1]))['log']['entries']:\n"
                                       "    e['response']['status']"),
                        file.fileName()},
                       megabytes);
    }
};

QTEST_APPLESS_MAIN(DecodeBenchmark)
#include "bench_decode.moc"
