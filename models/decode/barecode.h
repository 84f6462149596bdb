// A code, a status or an exit status alone, without the reply it came in.
#pragma once

#include "models/decode/decoder.h"

namespace errata {

void decodeBareCode(Diagnosis &diagnosis, const QByteArray &text, const CatalogSet &catalogs,
                    const DecodeOptions &options);
void decodeExitStatus(Diagnosis &diagnosis, const QByteArray &text, const CatalogSet &catalogs,
                      const DecodeOptions &options);

/// A code quoted in other text, at \a where; adds nothing when no catalog owns it.
void decodeQuotedCode(Diagnosis &diagnosis, const QString &code, Span where, const CatalogSet &catalogs,
                      const DecodeOptions &options);

} // namespace errata
