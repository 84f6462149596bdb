// A body as it is received: in memory while it is small, in a temporary file beyond that.
#pragma once

#include "models/base/limits.h"
#include "models/http/message.h"

#include <QByteArrayView>
#include <QString>

#include <memory>
#include <optional>
#include <utility>

namespace errata {

/// The file has no name and is readable by nobody else; it goes with the last view of it.
class BodySpool
{
public:
    /// The file is made in \a folder; where that is empty, in the one for temporary files.
    explicit BodySpool(QString folder = {}, qint64 memoryLimit = limits::memoryBody)
        : m_folder(std::move(folder)), m_memoryLimit(memoryLimit)
    {
    }

    /// False where the disk takes no more; see problem().
    [[nodiscard]] bool append(QByteArrayView bytes);
    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] bool isOnDisk() const { return m_file != nullptr; }
    /// What the system says about the file.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    /// A copy of all from there on.
    [[nodiscard]] QByteArray from(qint64 offset) const;
    /// Puts all of it into \a response: bytes in memory, or a view of the mapped file and what keeps that.
    void give(HttpResponse &response) const;

private:
    class File;

    [[nodiscard]] bool moveToDisk();

    QString m_folder;
    qint64 m_memoryLimit;
    qint64 m_size = 0;
    QByteArray m_memory;
    std::shared_ptr<File> m_file;
    QString m_problem;
};

/// Of the body of \a response. A body in a file is read piece by piece, not through its view, so that memory stays
/// flat.
[[nodiscard]] QByteArray sha256(const HttpResponse &response);

/// Writes the body of \a response to the file \a path, in place of what stands there; what was there stays when
/// that fails. A body in a nameless file on the same file system gets the name, and no byte is copied. What the
/// system says where it cannot be.
[[nodiscard]] std::optional<QString> writeBody(const HttpResponse &response, const QString &path);

} // namespace errata
