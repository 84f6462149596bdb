// A body as it is received: in memory while it is small, in a temporary file beyond that.
#pragma once

#include "models/base/limits.h"
#include "models/http/message.h"

#include <QByteArrayView>
#include <QString>

#include <memory>

namespace errata {

/// The file has no name and is readable by nobody else; it goes with the last view of it.
class BodySpool
{
public:
    explicit BodySpool(qint64 memoryLimit = limits::memoryBody) : m_memoryLimit(memoryLimit) {}

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

    qint64 m_memoryLimit;
    qint64 m_size = 0;
    QByteArray m_memory;
    std::shared_ptr<File> m_file;
    QString m_problem;
};

} // namespace errata
