// Retry policies from other libraries' configuration, where that is data.
#pragma once

#include "models/retry/retrypolicy.h"

namespace errata {

struct ImportedPolicy
{
    RetryPolicy policy;
    QStringList notes; ///< what was not read, and what was taken for granted
};

/// gRPC service configs, Envoy route retry policies, Polly and .NET resilience options, resilience4j instances,
/// Temporal RetryPolicies, AWS SDK settings, axios-retry, got, ky, urllib3: JSON, known by its keys, whose case and
/// dashes do not matter. What is not said is as the library's preset has it. An error names the file, the place (a JSON
/// pointer, or line and column) and what was expected.
[[nodiscard]] Result<ImportedPolicy> importPolicy(const QByteArray &bytes, const QString &fileName);

/// A policy file of our own form, or one that importPolicy() knows.
[[nodiscard]] Result<ImportedPolicy> readOrImportPolicy(const QByteArray &bytes, const QString &fileName);

} // namespace errata
