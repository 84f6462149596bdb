#include "models/net/oneshotdevice.h"

#include <algorithm>
#include <cstring>

namespace errata {

OneShotDevice::OneShotDevice(QByteArray data) : m_data(std::move(data))
{
    // Unbuffered: the bytes lie in memory already.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneShotDevice::bytesAvailable() const
{
    return m_data.size() - m_read + QIODevice::bytesAvailable();
}

bool OneShotDevice::seek(qint64 /*position*/)
{
    return false;
}

bool OneShotDevice::reset()
{
    return false;
}

qint64 OneShotDevice::readData(char *data, qint64 maxSize)
{
    const qint64 count = std::min<qint64>(maxSize, m_data.size() - m_read);
    if (count == 0 && maxSize > 0)
        return -1; // the end, for good
    std::memcpy(data, m_data.constData() + m_read, static_cast<size_t>(count));
    m_read += count;
    return count;
}

qint64 OneShotDevice::writeData(const char * /*data*/, qint64 /*size*/)
{
    return -1;
}

} // namespace errata
