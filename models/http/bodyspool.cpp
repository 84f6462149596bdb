#include "models/http/bodyspool.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryFile>

#include <mutex>

namespace errata {

namespace {

/// TMPDIR where it is set; else the folder for large files (file-hierarchy(7)): /tmp may itself be memory.
QString spoolFolder()
{
    const QString large = QStringLiteral("/var/tmp");
    return qEnvironmentVariableIsSet("TMPDIR") || !QFileInfo(large).isWritable() ? QDir::tempPath() : large;
}

} // namespace

/// Views of it are given up in any thread, so each use of the file is locked.
class BodySpool::File
{
public:
    File() : m_file(spoolFolder() + QStringLiteral("/errata-body-XXXXXX")) {}

    [[nodiscard]] bool open()
    {
        // Without a name from the start, where the file system can do that; with mode 0600 in any case.
        return m_file.open();
    }
    [[nodiscard]] bool write(QByteArrayView bytes)
    {
        const std::lock_guard lock(m_mutex);
        return m_file.seek(m_file.size()) && m_file.write(bytes.data(), bytes.size()) == bytes.size() && m_file.flush();
    }
    [[nodiscard]] QByteArray readFrom(qint64 offset)
    {
        const std::lock_guard lock(m_mutex);
        return m_file.seek(offset) ? m_file.readAll() : QByteArray();
    }
    [[nodiscard]] uchar *map(qint64 size)
    {
        const std::lock_guard lock(m_mutex);
        return m_file.map(0, size);
    }
    void unmap(uchar *bytes)
    {
        const std::lock_guard lock(m_mutex);
        m_file.unmap(bytes);
    }
    [[nodiscard]] QString problem() const { return m_file.errorString(); }

private:
    QTemporaryFile m_file;
    std::mutex m_mutex;
};

bool BodySpool::moveToDisk()
{
    m_file = std::make_shared<File>();
    if (!m_file->open() || !m_file->write(m_memory)) {
        m_problem = m_file->problem();
        m_file.reset();
        return false;
    }
    m_memory = {};
    return true;
}

bool BodySpool::append(QByteArrayView bytes)
{
    if (!m_file && m_size + bytes.size() > m_memoryLimit && !moveToDisk())
        return false;
    if (!m_file) {
        m_memory.append(bytes);
    } else if (!m_file->write(bytes)) {
        m_problem = m_file->problem();
        return false;
    }
    m_size += bytes.size();
    return true;
}

QByteArray BodySpool::from(qint64 offset) const
{
    if (offset >= m_size)
        return {};
    // A copy, not a part that shares: the next append would then copy all of it.
    return m_file ? m_file->readFrom(offset) : QByteArrayView(m_memory).sliced(offset).toByteArray();
}

void BodySpool::give(HttpResponse &response) const
{
    response.body = m_memory;
    response.storage = {};
    if (!m_file)
        return;
    uchar *mapped = m_file->map(m_size);
    if (!mapped) { // no room left among the addresses: rather in memory than not at all
        response.body = m_file->readFrom(0);
        return;
    }
    response.body = QByteArray::fromRawData(reinterpret_cast<const char *>(mapped), m_size);
    response.storage.handle =
        std::shared_ptr<const void>(mapped, [file = m_file, mapped](const void *) { file->unmap(mapped); });
}

} // namespace errata
