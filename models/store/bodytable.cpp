#include "models/store/bodytable.h"

#include <QCryptographicHash>

namespace errata {

Result<QVariant> putBody(const Database &database, const QByteArray &body)
{
    if (body.isEmpty())
        return QVariant();
    const QByteArray digest = QCryptographicHash::hash(body, QCryptographicHash::Sha256);
    auto known =
        database.query(QStringLiteral("SELECT id, packed IS NULL FROM bodies WHERE sha256 = ?"), {QVariant(digest)});
    if (!known)
        return known.error();
    if (known.value().next()) {
        const QVariant id = known.value().value(0);
        if (known.value().value(1).toBool()) {
            if (auto error =
                    database.run(QStringLiteral("UPDATE bodies SET packed = ? WHERE id = ?"), {qCompress(body), id}))
                return *error;
        }
        return id;
    }
    auto added = database.query(QStringLiteral("INSERT INTO bodies (sha256, size, packed) VALUES (?, ?, ?)"),
                                {digest, body.size(), qCompress(body)});
    if (!added)
        return added.error();
    return added.value().lastInsertId();
}

Result<KeptBody> body(const Database &database, const QVariant &id)
{
    if (id.isNull())
        return KeptBody{};
    auto found = database.query(QStringLiteral("SELECT size, packed FROM bodies WHERE id = ?"), {id});
    if (!found)
        return found.error();
    if (!found.value().next())
        return Error{QStringLiteral("a body is missing"), database.file()};
    if (found.value().isNull(1))
        return KeptBody{{}, true};
    const QByteArray bytes = qUncompress(found.value().value(1).toByteArray());
    if (bytes.size() != found.value().value(0).toLongLong())
        return Error{QStringLiteral("a body cannot be unpacked"), database.file()};
    return KeptBody{bytes, false};
}

} // namespace errata
