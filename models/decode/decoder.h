// Text or an exchange in, a Diagnosis out.
#pragma once

#include "models/base/progress.h"
#include "models/base/result.h"
#include "models/decode/diagnosis.h"

#include <QDateTime>

#include <functional>

namespace errata {

struct DecodeOptions
{
    std::optional<InputKind> kind; ///< read the text as this, whatever it looks like
    QString api;                   ///< consider this API alone
    std::optional<int> status;     ///< HTTP status told beside the text
    bool listsQuiet = true;        ///< Diagnosis::lines has the exchanges that went well, too
    /// Of the input, whatever it is, where reading it takes long. Stopped, what was found stands.
    Progress progress;
    QDateTime now; ///< to measure dates against when the reply has no Date; invalid: the clock
};

/// What the text looks like.
[[nodiscard]] InputKind sniff(const QByteArray &text, const CatalogSet &catalogs);

/// Recognises whatever error the text holds. Spans in the result are bytes of \a given.
[[nodiscard]] Diagnosis decodeText(const QByteArray &given, const CatalogSet &catalogs,
                                   const DecodeOptions &options = {});

/// The same for an exchange we have as values (a reply of the probe).
[[nodiscard]] Diagnosis decodeExchange(const Exchange &exchange, const CatalogSet &catalogs,
                                       const DecodeOptions &options = {});

/// Ids used in machine output and on the command line ("http-response", "problem+json", "certain").
[[nodiscard]] QString inputKindId(InputKind kind);
[[nodiscard]] std::optional<InputKind> inputKindFromId(QStringView id);
/// The kinds decodeText can be told to read.
[[nodiscard]] QStringList readableKinds();
[[nodiscard]] QString conventionId(Convention convention);
[[nodiscard]] QString confidenceId(Confidence confidence);

} // namespace errata
