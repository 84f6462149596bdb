// The status of a gRPC call as clients print it.
#pragma once

#include "models/base/span.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace errata {

struct GrpcStatus
{
    QByteArray name; ///< as google.rpc.Code writes it: "DEADLINE_EXCEEDED"
    Span where;
    QByteArray message;
    Span messageSpan;
};

/// The first status other than OK in the first 64 kB.
///   rpc error: code = DeadlineExceeded desc = too late               Go
///   Error: 14 UNAVAILABLE: No connection established                 Node
///   io.grpc.StatusRuntimeException: UNAVAILABLE: io exception        Java
///   status = StatusCode.UNAVAILABLE … details = "failed"             Python
///   Status(StatusCode="Unavailable", Detail="failed")                .NET
[[nodiscard]] std::optional<GrpcStatus> grpcStatusIn(QByteArrayView text);

} // namespace errata
