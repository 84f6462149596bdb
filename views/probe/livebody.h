// A body that is still coming: its newest part as text, at a cost that does not grow with it.
#pragma once

#include "views/widgets/welledit.h"

#include <QStringDecoder>

namespace errata {

class LiveBody : public WellEdit
{
    Q_OBJECT

public:
    /// Bytes shown at least, where as many have come; twice as many at most.
    static constexpr qsizetype Tail = 65'536;

    explicit LiveBody(QWidget *parent = nullptr);

    void begin();
    /// Where the next piece should begin, now that \a received bytes are there: what scrolls away at once is left out.
    [[nodiscard]] qint64 wantedFrom(qint64 received) const;
    /// The bytes from \a offset on. Stays at the end where it was there, else where it is.
    void addBytes(const QByteArray &bytes, qint64 offset);
    /// Bytes have been left out or have scrolled away.
    [[nodiscard]] bool isPartial() const { return m_partial; }

private:
    void addText(const QString &text);

    qint64 m_next = 0;
    bool m_partial = false;
    bool m_endsInReturn = false; ///< a line feed next belongs to that line end
    QStringDecoder m_decoder{QStringDecoder::Utf8};
};

} // namespace errata
