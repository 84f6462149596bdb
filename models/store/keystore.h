// Secrets in the key store of the desktop; where there is none, in memory, and said so.
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace QKeychain {
class Job;
}

namespace errata {

/// By names of the caller's choice. Nothing is ever written to a file of ours. Answers come from the event loop, also
/// those that are known at once, and not when their context is gone.
class KeyStore : public QObject
{
    Q_OBJECT

public:
    enum class Place {
        Unknown, ///< nothing was asked yet
        Service, ///< GNOME's keyring, KWallet, ...
        Memory,  ///< gone with the program
    };
    /// The secret, or nothing where there is none of that name.
    using Found = std::function<void(const std::optional<QByteArray> &secret)>;
    using Done = std::function<void()>;

    /// \a service is what the key store shows as the owner.
    explicit KeyStore(QString service = QStringLiteral("errata"), QObject *parent = nullptr);

    [[nodiscard]] Place place() const { return m_place; }
    /// Why it is Memory, in the words of the key store.
    [[nodiscard]] QString reason() const { return m_reason; }

    /// Finds out the place. Asked again after Memory, it may have become Service: then what is in memory is taken
    /// there.
    void probe();
    void read(const QString &name, QObject *context, Found found);
    /// Done is called when the secret is kept, wherever that is.
    void write(const QString &name, const QByteArray &secret, QObject *context, Done done);
    void remove(const QString &name, QObject *context, Done done);

Q_SIGNALS:
    void placeChanged(errata::KeyStore::Place place);

private:
    void settle(Place place, const QString &reason);
    /// Whether the service did its part; what it did not, memory does from then on.
    [[nodiscard]] bool hasServed(const QKeychain::Job *job);
    void run(QKeychain::Job *job, const QString &name, std::function<void(QKeychain::Job *)> finished);
    void answer(QObject *context, std::function<void()> call);
    void moveToService();

    QString m_service;
    Place m_place = Place::Unknown;
    QString m_reason;
    QHash<QString, QByteArray> m_memory; ///< what the service did not take
};

/// Names for read() and write().
[[nodiscard]] QString environmentSecretName(const QString &environment, const QString &variable);
[[nodiscard]] QString draftSecretName(const QString &draftId);

} // namespace errata
