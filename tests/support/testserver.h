// An HTTP server on loopback that answers as it is told, byte by byte.
#pragma once

#include "models/http/headers.h"
#include "tests/support/testca.h"

#include <QByteArray>
#include <QHostAddress>
#include <QObject>
#include <QTcpServer>

#include <deque>
#include <memory>
#include <vector>

namespace errata {

/// TestServer server;
/// server.reply("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n");
/// server.replyJson(200, R"({"ok":true})");
///
/// Each request takes the next answer; the last one stays for all that follow. With none at all, requests
/// are not answered.
class TestServer : public QObject
{
    Q_OBJECT

public:
    enum class Security { Plain, Tls };
    /// What happens to the connection when the answer is written.
    enum class Then { Close, KeepOpen, Reset };
    enum class Pace {
        AtOnce,
        Drip,    ///< one byte a millisecond
        Endless, ///< the answer, then its last line for ever
    };

    struct Answer
    {
        QByteArray bytes;
        Then then = Then::Close;
        Pace pace = Pace::AtOnce;
    };

    /// Listens at once, on a free port. Tls shows the certificate in tests/data/tls.
    explicit TestServer(Security security = Security::Plain, const QHostAddress &address = QHostAddress::LocalHost);
    /// Shows this certificate; with \a clientCa, wants one from the client that this authority has signed.
    explicit TestServer(const TestIdentity &identity, const QString &clientCa = {});
    ~TestServer() override;

    void reply(Answer answer);
    void reply(const QByteArray &raw) { reply(Answer{raw}); }
    /// Adds Content-Type, Content-Length and "Connection: close".
    void replyJson(int status, const QByteArray &body, const Headers &headers = {});
    /// Reads the request and closes.
    void replyByClosing() { reply(Answer{}); }
    /// Reads the request and stays silent.
    void replyNever() { reply(Answer{{}, Then::KeepOpen}); }

    [[nodiscard]] quint16 port() const { return m_server->serverPort(); }
    /// "http://127.0.0.1:PORT" + path.
    [[nodiscard]] QByteArray url(const QByteArray &path = "/") const;

    /// Every request whole, in the order they were complete: head, blank line, body.
    [[nodiscard]] const std::vector<QByteArray> &requests() const { return m_requests; }
    [[nodiscard]] int connections() const { return m_connections; }
    /// "GET /x HTTP/1.1" of a request.
    [[nodiscard]] static QByteArray requestLine(const QByteArray &request);
    [[nodiscard]] static Headers requestHeaders(const QByteArray &request);
    [[nodiscard]] static QByteArray requestBody(const QByteArray &request);

Q_SIGNALS:
    void requestArrived();
    /// The client has gone, or the answer is over.
    void connectionClosed();

private:
    TestServer(Security security, std::unique_ptr<QTcpServer> server, const QHostAddress &address);
    void accept();
    void read(QTcpSocket *socket, QByteArray &pending);
    void answer(QTcpSocket *socket);
    [[nodiscard]] Answer nextAnswer();

    const Security m_security;
    std::unique_ptr<QTcpServer> m_server;
    std::deque<Answer> m_answers;
    std::vector<QByteArray> m_requests;
    int m_connections = 0;
};

} // namespace errata
