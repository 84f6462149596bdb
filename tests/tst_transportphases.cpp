// Both engines: a send can be cancelled, and meets its deadline, wherever it stands.
#include "tests/support/resolver.h"
#include "tests/support/sending.h"
#include "tests/support/testserver.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <array>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace errata;
using Answer = TestServer::Answer;
using Then = TestServer::Then;

namespace {

constexpr int patientMs = 5000; // nothing here ends by itself

enum class Phase { Dns, Connect, Handshake, Upload, Silence, Head, Body };

/// Listens, and answers no further connection: its queue is full.
class FullServer
{
public:
    FullServer() : m_listener(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *plain = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_listener, plain, size) != 0 || ::listen(m_listener, 0) != 0 ||
            ::getsockname(m_listener, plain, &size) != 0)
            qFatal("cannot listen on loopback");
        m_port = ntohs(address.sin_port);
        for (int &filler : m_fillers) {
            filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            // The first is queued, the others wait like the one to be tested.
            [[maybe_unused]] const int state = ::connect(filler, plain, size);
        }
    }
    ~FullServer()
    {
        for (const int filler : m_fillers)
            ::close(filler);
        ::close(m_listener);
    }
    Q_DISABLE_COPY_MOVE(FullServer)

    [[nodiscard]] quint16 port() const { return m_port; }

private:
    int m_listener;
    std::array<int, 3> m_fillers{};
    quint16 m_port = 0;
};

/// A server and a request that come as far as the phase and stay there.
class Stage
{
public:
    explicit Stage(Phase phase) : m_phase(phase)
    {
        if (phase == Phase::Head)
            m_server.reply({"HTTP/1.1 200 OK\r\nContent-Le", Then::KeepOpen});
        if (phase == Phase::Body)
            m_server.reply({"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello", Then::KeepOpen});
        if (!m_deaf.listen(QHostAddress::LocalHost))
            qFatal("cannot listen on loopback");
        // Never read from: what comes stays in the system's buffers.
        QObject::connect(&m_deaf, &QTcpServer::newConnection, &m_deaf, [this] {
            m_deaf.nextPendingConnection()->setReadBufferSize(1);
            m_reached = true;
        });
        QObject::connect(&m_server, &TestServer::requestArrived, &m_server, [this] { m_reached = true; });
    }

    [[nodiscard]] HttpRequest request() const
    {
        switch (m_phase) {
        case Phase::Dns:
            return get("http://stuck" + QByteArray::number(m_server.port()) + ".test/"); // Qt remembers names
        case Phase::Connect:
            return get(local("http", m_full.port()));
        case Phase::Handshake:
            return get(local("https", m_deaf.serverPort()));
        case Phase::Upload:
            return {"POST", local("http", m_deaf.serverPort()), {}, QByteArray(qsizetype(32) * 1024 * 1024, 'x')};
        default:
            return get(m_server.url());
        }
    }
    [[nodiscard]] bool isReached() const
    {
        return m_phase == Phase::Dns ? m_stuck.lookups() > 0 : m_reached || m_phase == Phase::Connect;
    }

private:
    static QByteArray local(const QByteArray &scheme, quint16 port)
    {
        return scheme + "://127.0.0.1:" + QByteArray::number(port) + '/';
    }

    const Phase m_phase;
    StuckName m_stuck;
    FullServer m_full;
    TestServer m_server;
    QTcpServer m_deaf;
    bool m_reached = false;
};

} // namespace

Q_DECLARE_METATYPE(Phase)

class TransportPhasesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancel_endsAtOnce_data() { addPhases(); }
    void cancel_endsAtOnce();
    void deadline_isMet_data() { addPhases(); }
    void deadline_isMet();
    void destruction_doesNotWait_data() { addPhases(); }
    void destruction_doesNotWait();

private:
    static void addPhases();
};

void TransportPhasesTest::addPhases()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<Phase>("phase");
    for (const Engine engine : {Engine::Curl, Engine::Qt}) {
        const auto row = [engine](const char *name, Phase phase) {
            QTest::addRow("%s: %s", nameOf(engine), name) << engine << phase;
        };
        row("the name is looked up", Phase::Dns);
        row("connecting", Phase::Connect);
        row("in the handshake", Phase::Handshake);
        row("uploading", Phase::Upload);
        row("before the answer", Phase::Silence);
        row("in the head", Phase::Head);
        row("in the body", Phase::Body);
    }
}

void TransportPhasesTest::cancel_endsAtOnce()
{
    QFETCH(Engine, engine);
    QFETCH(Phase, phase);
    const Stage stage(phase);
    const auto transport = transportOf(engine);
    const auto pending = transport->send(stage.request(), within(Millis(0)));
    QSignalSpy finished(pending.get(), &PendingSend::finished);
    QTRY_VERIFY(stage.isReached());
    QCoreApplication::processEvents();

    QElapsedTimer watch;
    watch.start();
    pending->cancel();
    QVERIFY(!finished.isEmpty() || finished.wait(patientMs));

    QVERIFY2(watch.elapsed() < patientMs, qPrintable(QString::number(watch.elapsed())));
    const auto result = finished.at(0).at(0).value<SendResult>();
    QCOMPARE(result.failure.kind, NetworkError::Cancelled);
    QVERIFY(result.sends == 0 || phase >= Phase::Upload || engine == Engine::Qt);
}

void TransportPhasesTest::deadline_isMet()
{
    QFETCH(Engine, engine);
    QFETCH(Phase, phase);
    const Stage stage(phase);
    const SendResult result = sent(engine, stage.request(), within(Millis(60)));
    QCOMPARE(result.failure.kind, NetworkError::Timeout);
    QVERIFY(result.timings.totalMs >= 60);
    QVERIFY2(result.timings.totalMs < patientMs, qPrintable(QString::number(result.timings.totalMs)));
    QVERIFY(!result.response || phase == Phase::Body);
}

void TransportPhasesTest::destruction_doesNotWait()
{
    QFETCH(Engine, engine);
    QFETCH(Phase, phase);
    const Stage stage(phase);
    auto transport = transportOf(engine);
    auto pending = transport->send(stage.request(), within(Millis(0)));
    QTRY_VERIFY(stage.isReached());
    QElapsedTimer watch;
    watch.start();
    transport.reset(); // a send may outlive it
    pending.reset();
    QVERIFY2(watch.elapsed() < patientMs, qPrintable(QString::number(watch.elapsed())));
}

QTEST_GUILESS_MAIN(TransportPhasesTest)
#include "tst_transportphases.moc"
