// What the TLS handshake of an answer settled: protocol, cipher, the server's certificates and how long they hold.
#pragma once

#include "models/http/connection.h"

#include <QScrollArea>

namespace errata {

class TlsPane : public QScrollArea
{
    Q_OBJECT

public:
    explicit TlsPane(QWidget *parent = nullptr);

    /// \a now is what the days left are counted from.
    void setDetails(const TlsDetails &details, const QDateTime &now);
};

/// "expired 3 days ago", "expires in 12 days", "valid for 80 days", "not valid before 2027-01-01".
[[nodiscard]] QString validityText(const Certificate &certificate, const QDateTime &now);

/// A certificate of the chain has expired or soon will.
[[nodiscard]] bool isNearItsEnd(const TlsDetails &details, const QDateTime &now);

} // namespace errata
