#include "tests/support/sending.h"

#include "models/net/qttransport.h"

#include <QCoreApplication>
#include <QSignalSpy>

namespace errata {

namespace {

constexpr int generousMs = 60'000; // never reached by a test that passes

} // namespace

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

SendResult sent(const HttpRequest &request, const SendOptions &options)
{
    QtTransport transport;
    const std::unique_ptr<PendingSend> pending = transport.send(request, options);
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
