// One request and its answer, whatever the engine; redirects are followed above it.
#pragma once

#include "models/base/result.h"
#include "models/http/transport.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>

namespace errata {

/// Under way from its construction; destroyed, it closes its connection at once.
class Hop : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// What came, also after part of it; without a status there is none.
    [[nodiscard]] virtual std::optional<HttpResponse> response() const = 0;
    /// A copy of the body from there on, as far as it has come.
    [[nodiscard]] virtual QByteArray bodyFrom(qint64 offset) const = 0;
    /// After done().
    [[nodiscard]] virtual NetworkFailure failure() const = 0;
    /// Fills in everything but response, failure, redirects and the total time. May be asked at any moment.
    virtual void report(SendResult &result) const = 0;

Q_SIGNALS:
    /// The head of the answer is there, 1xx aside: response() has it.
    void headReceived();
    void progress(qint64 received, qint64 total);
    void done();
};

/// How near the request target must come to the address given, where an engine rewrites addresses.
enum class TargetRule {
    Exact,      ///< what a person typed: refused when the bytes would change
    Equivalent, ///< a Location header
};

class HopEngine
{
public:
    HopEngine() = default;
    virtual ~HopEngine() = default;
    HopEngine(const HopEngine &) = delete;
    HopEngine &operator=(const HopEngine &) = delete;

    /// Starts a hop. \a sinceStart is the clock of the whole send. The error says what cannot be sent.
    [[nodiscard]] virtual Result<std::unique_ptr<Hop>>
    open(const HttpRequest &request, TargetRule rule, const SendOptions &options, const QElapsedTimer &sinceStart) = 0;
    /// A Location as it would go out: servers write spaces and raw UTF-8 into it.
    [[nodiscard]] virtual QByteArray sendable(const QByteArray &address) const = 0;
};

} // namespace errata
