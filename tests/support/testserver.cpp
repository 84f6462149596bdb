#include "tests/support/testserver.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

#if defined(__SANITIZE_ADDRESS__)
// OpenSSL frees what it keeps for a thread after QThread::wait() has returned: at the end of a test that
// used TLS the sanitizer may look in between.
extern "C" const char *__lsan_default_suppressions();
extern "C" const char *__lsan_default_suppressions()
{
    return "leak:libcrypto.so\n";
}
#endif

namespace errata {

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return file.readAll();
}

std::unique_ptr<QTcpServer> tlsServer(const TestIdentity &identity, const QString &clientCa)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(identity.certificate));
    configuration.setPrivateKey(QSslKey(contents(identity.key), QSsl::Ec));
    configuration.setPeerVerifyMode(clientCa.isEmpty() ? QSslSocket::VerifyNone : QSslSocket::VerifyPeer);
    if (!clientCa.isEmpty())
        configuration.setCaCertificates(QSslCertificate::fromPath(clientCa));
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    return server;
}

std::unique_ptr<QTcpServer> serverOf(TestServer::Security security)
{
    return security == TestServer::Security::Tls ? tlsServer(loopbackIdentity(), {}) : std::make_unique<QTcpServer>();
}

/// Where the first whole request in \a bytes ends, -1 while it is not all there.
qsizetype endOfRequest(const QByteArray &bytes)
{
    const qsizetype head = bytes.indexOf("\r\n\r\n");
    if (head < 0)
        return -1;
    const Headers headers = TestServer::requestHeaders(bytes);
    if (headers.value("Transfer-Encoding") == QByteArray("chunked")) {
        const qsizetype last = bytes.indexOf("0\r\n\r\n", head + 4);
        return last < 0 ? -1 : last + 5;
    }
    const qsizetype end = head + 4 + headers.value("Content-Length").value_or("0").toLongLong();
    return end <= bytes.size() ? end : -1;
}

void reset(QTcpSocket *socket)
{
    // Lingering for no time turns the close into an RST.
    const linger none{1, 0};
    ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
    socket->abort();
}

bool isFlushed(const QTcpSocket *socket)
{
    const auto *tls = qobject_cast<const QSslSocket *>(socket);
    return socket->bytesToWrite() == 0 && (!tls || tls->encryptedBytesToWrite() == 0);
}

void end(QTcpSocket *socket, TestServer::Then then)
{
    if (then == TestServer::Then::KeepOpen)
        return;
    if (then == TestServer::Then::Close)
        return socket->disconnectFromHost();
    // Let what was written arrive first: an RST would overtake it.
    if (isFlushed(socket))
        return reset(socket);
    const auto tryAgain = [socket] {
        if (socket->state() == QAbstractSocket::ConnectedState && isFlushed(socket))
            reset(socket);
    };
    // Not from inside the signals: QSslSocket goes on writing behind them.
    QObject::connect(socket, &QTcpSocket::bytesWritten, socket, tryAgain, Qt::QueuedConnection);
    if (auto *tls = qobject_cast<QSslSocket *>(socket))
        QObject::connect(tls, &QSslSocket::encryptedBytesWritten, socket, tryAgain, Qt::QueuedConnection);
}

void drip(QTcpSocket *socket, const TestServer::Answer &answer)
{
    auto *timer = new QTimer(socket);
    const auto step = [socket, timer, answer, at = qsizetype(0)]() mutable {
        socket->write(answer.bytes.mid(at++, 1));
        if (at >= answer.bytes.size()) {
            timer->stop();
            end(socket, answer.then);
        }
    };
    QObject::connect(timer, &QTimer::timeout, socket, step);
    timer->start(std::chrono::milliseconds(1));
}

void flood(QTcpSocket *socket, const QByteArray &bytes)
{
    const QByteArray line = bytes.mid(bytes.lastIndexOf('\n', bytes.size() - 2) + 1);
    // Little in flight: a client that reads byte by byte takes seconds for what the system would buffer.
    socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 16 * 1024);
    socket->write(bytes);
    QObject::connect(socket, &QTcpSocket::bytesWritten, socket, [socket, line] {
        if (socket->bytesToWrite() < 65536)
            socket->write(line.repeated(100));
    });
}

} // namespace

TestServer::TestServer(Security security, std::unique_ptr<QTcpServer> server, const QHostAddress &address)
    : m_security(security), m_server(std::move(server))
{
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &TestServer::accept);
    if (!m_server->listen(address))
        qFatal("cannot listen on loopback: %s", qPrintable(m_server->errorString()));
}

TestServer::TestServer(Security security, const QHostAddress &address)
    : TestServer(security, serverOf(security), address)
{
}

TestServer::TestServer(const TestIdentity &identity, const QString &clientCa)
    : TestServer(Security::Tls, tlsServer(identity, clientCa), QHostAddress::LocalHost)
{
}

TestServer::~TestServer() = default;

void TestServer::reply(Answer answer)
{
    m_answers.push_back(std::move(answer));
}

void TestServer::replyJson(int status, const QByteArray &body, const Headers &headers)
{
    QByteArray raw = "HTTP/1.1 " + QByteArray::number(status) + " Status\r\nContent-Type: application/json\r\n";
    for (const Header &header : headers)
        raw += header.name + ": " + header.value + "\r\n";
    raw += "Content-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
    reply(raw);
}

QByteArray TestServer::url(const QByteArray &path) const
{
    const QByteArray scheme = m_security == Security::Tls ? "https" : "http";
    const bool six = m_server->serverAddress().protocol() == QAbstractSocket::IPv6Protocol;
    return scheme + (six ? "://[::1]:" : "://127.0.0.1:") + QByteArray::number(port()) + path;
}

QByteArray TestServer::requestLine(const QByteArray &request)
{
    return request.left(request.indexOf("\r\n"));
}

Headers TestServer::requestHeaders(const QByteArray &request)
{
    Headers headers;
    QList<QByteArray> lines = request.left(request.indexOf("\r\n\r\n")).split('\n');
    lines.removeFirst();
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        headers.add(line.left(colon), line.mid(colon + 1).trimmed());
    }
    return headers;
}

QByteArray TestServer::requestBody(const QByteArray &request)
{
    return request.mid(request.indexOf("\r\n\r\n") + 4);
}

void TestServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        ++m_connections;
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QTcpSocket::disconnected, this, &TestServer::connectionClosed);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        auto pending = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, pending] { read(socket, *pending); });
        read(socket, *pending); // what came before we listened
    }
}

void TestServer::read(QTcpSocket *socket, QByteArray &pending)
{
    pending += socket->readAll();
    for (qsizetype size = endOfRequest(pending); size >= 0; size = endOfRequest(pending)) {
        m_requests.push_back(pending.left(size));
        pending.remove(0, size);
        answer(socket);
        Q_EMIT requestArrived();
    }
}

TestServer::Answer TestServer::nextAnswer()
{
    if (m_answers.empty())
        return {{}, Then::KeepOpen};
    const Answer next = m_answers.front();
    if (m_answers.size() > 1)
        m_answers.pop_front();
    return next;
}

void TestServer::answer(QTcpSocket *socket)
{
    const Answer next = nextAnswer();
    switch (next.pace) {
    case Pace::AtOnce:
        socket->write(next.bytes);
        end(socket, next.then);
        break;
    case Pace::Drip:
        drip(socket, next);
        break;
    case Pace::Endless:
        flood(socket, next.bytes);
        break;
    }
}

} // namespace errata
