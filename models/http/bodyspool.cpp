#include "models/http/bodyspool.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryFile>

#include <cstdio>
#include <mutex>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace errata {

namespace {

/// TMPDIR where it is set; else the folder for large files (file-hierarchy(7)): /tmp may itself be memory.
QString spoolFolder()
{
    const QString large = QStringLiteral("/var/tmp");
    return qEnvironmentVariableIsSet("TMPDIR") || !QFileInfo(large).isWritable() ? QDir::tempPath() : large;
}

/// The rights of the file at \a path; a new one is made, so that they are those the user gives new files.
std::optional<mode_t> modeOf(const QByteArray &path)
{
    const int file = open(path.constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        return std::nullopt;
    struct stat about = {};
    const bool told = fstat(file, &about) == 0;
    close(file);
    return told ? std::optional(about.st_mode & 0777U) : std::nullopt;
}

/// Puts the open file \a descriptor at \a path. False where that is another file system, or none that does this.
bool giveName(int descriptor, const QString &path)
{
    const QFileInfo target(path);
    if (target.isSymLink() || (target.exists() && !target.isFile()))
        return false; // links into elsewhere, and devices: the bytes are written there
    const QByteArray name = QFile::encodeName(path);
    const QByteArray own = "/proc/self/fd/" + QByteArray::number(descriptor);
    const QByteArray interim = name + ".part-" + QByteArray::number(getpid());
    if (linkat(AT_FDCWD, own.constData(), AT_FDCWD, interim.constData(), AT_SYMLINK_FOLLOW) != 0)
        return false;
    const std::optional<mode_t> mode = modeOf(name);
    if (mode && fchmod(descriptor, *mode) == 0 && rename(interim.constData(), name.constData()) == 0)
        return true;
    unlink(interim.constData());
    return false;
}

} // namespace

/// Views of it are given up in any thread, so each use of the file is locked.
class BodySpool::File
{
public:
    explicit File(const QString &folder)
        : m_file((folder.isEmpty() ? spoolFolder() : folder) + QStringLiteral("/errata-body-XXXXXX"))
    {
    }

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
    [[nodiscard]] int descriptor() const { return m_file.handle(); }
    [[nodiscard]] QString problem() const { return m_file.errorString(); }

private:
    QTemporaryFile m_file;
    std::mutex m_mutex;
};

bool BodySpool::moveToDisk()
{
    m_file = std::make_shared<File>(m_folder);
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
    response.storage.descriptor = m_file->descriptor();
}

QByteArray sha256(const HttpResponse &response)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    qint64 done = 0;
    if (response.storage.descriptor >= 0) {
        QByteArray piece(256 * limits::Kilobyte, Qt::Uninitialized);
        ssize_t got = 0;
        while ((got = pread(response.storage.descriptor, piece.data(), std::size_t(piece.size()), done)) > 0) {
            hash.addData(QByteArrayView(piece).first(got));
            done += got;
        }
    }
    hash.addData(QByteArrayView(response.body).sliced(done)); // of a file: what could not be read
    return hash.result();
}

std::optional<QString> writeBody(const HttpResponse &response, const QString &path)
{
    if (response.storage.descriptor >= 0 && giveName(response.storage.descriptor, path))
        return std::nullopt;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(response.body) != response.body.size() || !file.commit())
        return file.errorString();
    return std::nullopt;
}

} // namespace errata
