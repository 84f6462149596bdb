#include "models/base/wholefile.h"

#include <QSaveFile>

namespace errata {

std::optional<Error> writeWholeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return std::nullopt;
    return Error{QStringLiteral("cannot be written: %1").arg(file.errorString()), path};
}

} // namespace errata
