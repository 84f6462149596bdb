#include "tests/support/sending.h"

#include "models/net/curltransport.h"
#include "models/net/qttransport.h"
#include "tests/support/resolver.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

namespace errata {

namespace {

constexpr int generousMs = 60'000; // never reached by a test that passes

} // namespace

const char *nameOf(Engine engine)
{
    return engine == Engine::Curl ? "curl" : "qt";
}

std::unique_ptr<Transport> transportOf(Engine engine)
{
    keepNamesHere();
    if (engine == Engine::Curl)
        return std::make_unique<CurlTransport>();
    return std::make_unique<QtTransport>();
}

void addEngineRows()
{
    QTest::addColumn<Engine>("engine");
    for (const Engine engine : {Engine::Curl, Engine::Qt})
        QTest::newRow(nameOf(engine)) << engine;
}

HttpRequest get(const QByteArray &url)
{
    return {"GET", url, {}, {}};
}

SendOptions within(Millis deadline)
{
    SendOptions options;
    options.deadline = deadline;
    return options;
}

SendResult resultOf(PendingSend &pending)
{
    QSignalSpy spy(&pending, &PendingSend::finished);
    if (!spy.wait(generousMs))
        return {};
    QCoreApplication::processEvents();
    return spy.size() == 1 ? spy.at(0).at(0).value<SendResult>() : SendResult{};
}

SendResult sent(Engine engine, const HttpRequest &request, const SendOptions &options)
{
    const std::unique_ptr<Transport> transport = transportOf(engine);
    const std::unique_ptr<PendingSend> pending = transport->send(request, options);
    return resultOf(*pending);
}

QByteArrayList lines(const Headers &headers)
{
    QByteArrayList all;
    for (const Header &header : headers)
        all.append(header.name + ": " + header.value);
    return all;
}

QByteArrayList headLines(const QByteArray &request)
{
    QByteArrayList all = request.left(request.indexOf("\r\n\r\n")).replace("\r\n", "\n").split('\n');
    all.removeFirst();
    return all;
}

QByteArray ok(const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace errata
