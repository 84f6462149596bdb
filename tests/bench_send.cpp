// Sending: one `errata send` against curl, 5,000 sends on one connection, 200 MB to disk.
// Budgets: time of one send <= 2 x, rate of the download >= 0.7 x, memory flat.
#include "models/base/limits.h"
#include "models/http/transport.h"
#include "tests/support/childrun.h"
#include "tests/support/sending.h"

#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <memory>

#include <unistd.h>

using namespace errata;
using namespace errata::test;

namespace {

constexpr qint64 downloadBytes = 200 * limits::Megabyte;

void compare(const char *what, int count, const QStringList &ours, const QStringList &theirs)
{
    const ChildPairs pairs = runPairs(count, ours, theirs);
    qInfo(
        "%s: %.1f ms of CPU against %.1f, ratio %.2f; %.1f ms against %.1f, ratio %.2f; %.0f MB (medians of %d pairs)",
        what, pairs.ourMedian(&ChildRun::cpuMs), pairs.theirMedian(&ChildRun::cpuMs), pairs.ratio(&ChildRun::cpuMs),
        pairs.ourMedian(&ChildRun::wallMs), pairs.theirMedian(&ChildRun::wallMs), pairs.ratio(&ChildRun::wallMs),
        pairs.ourMedian(&ChildRun::megabytes), count);
}

/// Answers every request with a body of \a size bytes, from a thread of its own.
class Server
{
public:
    explicit Server(qint64 size)
    {
        m_thread.start();
        m_listener = new QTcpServer;
        m_listener->moveToThread(&m_thread);
        QMetaObject::invokeMethod(
            m_listener, [this, size] { listen(size); }, Qt::BlockingQueuedConnection);
    }
    ~Server()
    {
        QMetaObject::invokeMethod(
            m_listener, [this] { delete m_listener; }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    [[nodiscard]] QByteArray url() const { return "http://127.0.0.1:" + QByteArray::number(m_port) + "/x"; }

private:
    void listen(qint64 size)
    {
        QObject::connect(m_listener, &QTcpServer::newConnection, m_listener, [this, size] {
            QTcpSocket *socket = m_listener->nextPendingConnection();
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, size] { answer(socket, size); });
        });
        if (!m_listener->listen(QHostAddress::LocalHost))
            qFatal("cannot listen on loopback");
        m_port = m_listener->serverPort();
    }

    /// Requests without a body come whole on loopback.
    static void answer(QTcpSocket *socket, qint64 size)
    {
        if (!socket->readAll().endsWith("\r\n\r\n"))
            return;
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                      QByteArray::number(size) + "\r\n\r\n");
        delete socket->findChild<QObject *>(QStringLiteral("pump")); // that of the request before
        auto *pump = new QObject(socket);
        pump->setObjectName(QStringLiteral("pump"));
        const auto left = std::make_shared<qint64>(size);
        const auto feed = [socket, left] {
            constexpr qint64 most = 256 * limits::Kilobyte;
            static const QByteArray piece(most, '7');
            while (*left > 0 && socket->bytesToWrite() < 4 * most)
                *left -= socket->write(piece.constData(), std::min(*left, most));
        };
        QObject::connect(socket, &QTcpSocket::bytesWritten, pump, feed);
        feed();
    }

    QThread m_thread;
    QTcpServer *m_listener = nullptr;
    quint16 m_port = 0;
};

double residentMegabytes()
{
    QFile status(QStringLiteral("/proc/self/statm"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    return status.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1e6;
}

} // namespace

class BenchSend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
        m_curl = QStandardPaths::findExecutable(QStringLiteral("curl"));
        QVERIFY2(!m_curl.isEmpty(), "curl is needed: apt install curl");
    }

    void oneSendAgainstCurl()
    {
        const Server server(200);
        const QString url = QString::fromLatin1(server.url());
        compare("one send", 31, {m_errata, QStringLiteral("send"), url}, {m_curl, QStringLiteral("-s"), url});
    }

    void manySendsOnOneConnection()
    {
        constexpr int count = 5000;
        const Server server(2000);
        const std::unique_ptr<Transport> transport = transportOf(Engine::Curl);
        QElapsedTimer timer;
        double before = 0;
        int reused = 0;
        for (int i = 0; i < count; ++i) {
            if (i == count / 10)
                before = residentMegabytes();
            if (i == 1)
                timer.start();
            const auto pending = transport->send(get(server.url()), {});
            const SendResult result = resultOf(*pending);
            QVERIFY2(result.answered(), qPrintable(result.failure.detail));
            reused += result.reused ? 1 : 0;
        }
        qInfo("%d sends, %d on the kept connection: %.0f a second; %.1f MB after a tenth, %.1f MB at the end", count,
              reused, (count - 1) * 1e3 / double(timer.elapsed()), before, residentMegabytes());
    }

    void aLargeDownloadAgainstCurl()
    {
        const Server server(downloadBytes);
        const QTemporaryDir folder;
        const QString url = QString::fromLatin1(server.url());
        const QString ours = folder.filePath(QStringLiteral("ours"));
        const QString theirs = folder.filePath(QStringLiteral("theirs"));
        compare("200 MB to disk", 3,
                {m_errata, QStringLiteral("send"), url, QStringLiteral("--max-size"), QStringLiteral("200"),
                 QStringLiteral("--output"), ours},
                {m_curl, QStringLiteral("-s"), QStringLiteral("-o"), theirs, url});
        QCOMPARE(QFile(ours).size(), downloadBytes);
    }

private:
    const QString m_errata = QStringLiteral(ERRATA_BINARY_DIR "/errata");
    QString m_curl;
};

QTEST_GUILESS_MAIN(BenchSend)
#include "bench_send.moc"
