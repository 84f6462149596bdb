// Text decoded with the shipped catalogs, at a fixed time.
#pragma once

#include "models/decode/decoder.h"
#include "tests/support/shippedcatalogs.h"

#include <QTest>

namespace errata::test {

inline DecodeOptions options(int status = 0, const QString &api = {})
{
    DecodeOptions decode;
    decode.now = QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    decode.api = api;
    if (status)
        decode.status = status;
    return decode;
}

inline Diagnosis decode(const QByteArray &text, int status = 0, const QString &api = {})
{
    return decodeText(text, shippedCatalogs(), options(status, api));
}

inline const Finding &only(const Diagnosis &diagnosis)
{
    if (diagnosis.findings.size() != 1)
        qFatal("%d findings, expected one", int(diagnosis.findings.size()));
    return diagnosis.findings.front();
}

} // namespace errata::test
