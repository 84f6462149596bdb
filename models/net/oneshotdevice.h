// A request body that can be read once.
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace errata {

/// Sequential and impossible to rewind, also when it is empty: QNetworkAccessManager sends a request a second
/// time when the connection closes, unless the body cannot be had again.
class OneShotDevice final : public QIODevice
{
    Q_OBJECT

public:
    explicit OneShotDevice(QByteArray data);

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override;
    /// Both answer false; QIODevice's own would also print a warning.
    bool seek(qint64 position) override;
    bool reset() override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_data;
    qint64 m_read = 0;
};

} // namespace errata
