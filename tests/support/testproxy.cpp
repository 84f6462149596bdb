#include "tests/support/testproxy.h"

#include <QHostAddress>
#include <QtEndian>

#include <memory>

namespace errata {

TestProxy::TestProxy()
{
    connect(&m_server, &QTcpServer::newConnection, this, &TestProxy::accept);
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("cannot listen on loopback: %s", qPrintable(m_server.errorString()));
}

QByteArray TestProxy::url(const QByteArray &scheme) const
{
    return scheme + "://127.0.0.1:" + QByteArray::number(m_server.serverPort());
}

void TestProxy::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        auto pending = std::make_shared<QByteArray>();
        connect(client, &QTcpSocket::readyRead, this, [this, client, pending] { read(client, *pending); });
        read(client, *pending);
    }
}

void TestProxy::read(QTcpSocket *client, QByteArray &pending)
{
    pending += client->readAll();
    if (pending.startsWith('\x05'))
        readSocks(client, pending);
    else if (pending.contains("\r\n\r\n"))
        readConnect(client, pending);
}

void TestProxy::readConnect(QTcpSocket *client, QByteArray &pending)
{
    m_heads << pending;
    const QByteArray target =
        pending.mid(pending.indexOf(' ') + 1, pending.indexOf(" HTTP/") - pending.indexOf(' ') - 1);
    pending.clear();
    if (!m_refusal.isEmpty()) {
        m_targets << target;
        client->write(m_refusal);
        client->disconnectFromHost();
        return;
    }
    const qsizetype colon = target.lastIndexOf(':');
    open(client, target.left(colon), target.mid(colon + 1).toUShort(), "HTTP/1.1 200 Go on\r\nX-Proxy: 1\r\n\r\n");
}

/// RFC 1928: greeting, choice of no authentication, request of a connection to a name or an IPv4 address.
void TestProxy::readSocks(QTcpSocket *client, QByteArray &pending)
{
    const qsizetype methods = pending.size() > 1 ? pending[1] : 0;
    if (pending.size() == 2 + methods) {
        pending.clear();
        client->write(QByteArray("\x05\x00", 2));
        return;
    }
    if (pending.size() < 10 || pending[1] != 1)
        return;
    const bool named = pending[3] == 3;
    const qsizetype length = named ? pending[4] : 4;
    const qsizetype start = named ? 5 : 4;
    if (pending.size() < start + length + 2)
        return;
    const QByteArray host = named ? pending.mid(start, length) : QByteArray("ADDRESS");
    const auto port = qFromBigEndian<quint16>(pending.constData() + start + length);
    pending.clear();
    open(client, host, port, QByteArray("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00", 10));
}

void TestProxy::open(QTcpSocket *client, const QByteArray &host, quint16 port, const QByteArray &agreement)
{
    m_targets << host + ':' + QByteArray::number(port);
    client->disconnect(this);
    auto *server = new QTcpSocket(client);
    connect(server, &QTcpSocket::connected, client, [client, agreement] { client->write(agreement); });
    connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
    connect(client, &QTcpSocket::readyRead, server, [client, server] { server->write(client->readAll()); });
    connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
}

} // namespace errata
