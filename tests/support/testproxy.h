// A proxy on loopback: CONNECT and SOCKS5, told apart by the first byte.
#pragma once

#include <QByteArrayList>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

namespace errata {

/// Wherever the client wants to go, the tunnel ends at that port of 127.0.0.1.
class TestProxy : public QObject
{
    Q_OBJECT

public:
    TestProxy();

    /// Answers CONNECT with this instead of opening a tunnel: "HTTP/1.1 407 No\r\n...\r\n\r\n".
    void refuseWith(const QByteArray &answer) { m_refusal = answer; }

    /// "socks5h://127.0.0.1:PORT"
    [[nodiscard]] QByteArray url(const QByteArray &scheme) const;
    /// "host:port" as each client named it; an address in SOCKS5 as "ADDRESS:port".
    [[nodiscard]] const QByteArrayList &targets() const { return m_targets; }
    /// The heads of CONNECT.
    [[nodiscard]] const QByteArrayList &heads() const { return m_heads; }

private:
    void accept();
    void read(QTcpSocket *client, QByteArray &pending);
    void readConnect(QTcpSocket *client, QByteArray &pending);
    void readSocks(QTcpSocket *client, QByteArray &pending);
    void open(QTcpSocket *client, const QByteArray &host, quint16 port, const QByteArray &agreement);

    QTcpServer m_server;
    QByteArray m_refusal;
    QByteArrayList m_targets;
    QByteArrayList m_heads;
};

} // namespace errata
