// An answer as libcurl hands it over, line by line and piece by piece.
#pragma once

#include "models/http/bodyspool.h"
#include "models/http/transport.h"

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace errata {

/// Heads of 1xx, the final head, the body, the trailers, in this order; each within its limit.
class CurlAnswer
{
public:
    /// \a headOnly: the request was HEAD.
    CurlAnswer(const SendOptions &options, bool headOnly)
        : m_bodyLimit(options.bodyLimit), m_headOnly(headOnly), m_body(options.bodyFolder)
    {
    }

    /// A line of a head with its line end. False: read no further, see failure() and isWhole().
    [[nodiscard]] bool addHeadLine(QByteArrayView line);
    /// A piece of the body, content decoding undone. False likewise.
    [[nodiscard]] bool addBody(QByteArrayView bytes);

    /// The head that counts has ended.
    [[nodiscard]] bool hasHead() const { return m_headEnded; }
    /// Nothing more belongs to it, although the connection may go on.
    [[nodiscard]] bool isWhole() const { return m_whole; }
    /// Why reading was stopped.
    [[nodiscard]] const NetworkFailure &failure() const { return m_failure; }

    [[nodiscard]] std::optional<HttpResponse> response() const;
    [[nodiscard]] const HttpResponse &head() const { return m_current; }
    /// Of the final head, or of as much as came of it.
    [[nodiscard]] const QByteArray &headBytes() const { return m_headBytes; }
    [[nodiscard]] const std::vector<HttpResponse> &informational() const { return m_informational; }
    [[nodiscard]] Headers trailers() const;
    [[nodiscard]] qint64 bodySize() const { return m_body.size(); }
    /// A copy of the body from there on, as far as it has come.
    [[nodiscard]] QByteArray bodyFrom(qint64 offset) const { return m_body.from(offset); }
    /// As announced; -1 when unknown, or when it is the size of a packed body.
    [[nodiscard]] qint64 announcedSize() const;

private:
    void readStatusLine(const QByteArray &line);
    bool endHead();

    const qint64 m_bodyLimit;
    const bool m_headOnly;
    HttpResponse m_current; ///< the final one once m_headEnded, without its body
    BodySpool m_body;
    std::vector<Header> m_fields; ///< of the head being read, or the trailers
    QByteArray m_headBytes;
    qint64 m_headSize = 0; ///< of all heads and the trailers
    std::vector<HttpResponse> m_informational;
    NetworkFailure m_failure;
    bool m_headEnded = false;
    bool m_whole = false;
};

} // namespace errata
