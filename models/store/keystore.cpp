#include "models/store/keystore.h"

#include <QAbstractEventDispatcher>
#include <QPointer>
#include <QUrl>

#include <qt6keychain/keychain.h>

namespace errata {

namespace {

/// QtKeychain speaks to the Secret Service through libsecret, whose answers come by GLib's loop: without it they
/// would never come.
bool answersCanCome()
{
#ifdef Q_OS_LINUX
    const QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    return dispatcher && dispatcher->inherits("QEventDispatcherGlib");
#else
    return true;
#endif
}

QString coded(const QString &part)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(part));
}

} // namespace

KeyStore::KeyStore(QString service, QObject *parent) : QObject(parent), m_service(std::move(service)) {}

void KeyStore::settle(Place place, const QString &reason)
{
    m_reason = reason;
    if (place == m_place)
        return;
    m_place = place;
    Q_EMIT placeChanged(place);
}

bool KeyStore::hasServed(const QKeychain::Job *job)
{
    if (job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound) {
        settle(Place::Service, {});
        return true;
    }
    settle(Place::Memory,
           job->errorString().isEmpty() ? QStringLiteral("the key store does not answer") : job->errorString());
    return false;
}

/// Once memory is the place, the service is not asked again by itself: each question could open a dialog.
void KeyStore::run(QKeychain::Job *job, const QString &name, std::function<void(QKeychain::Job *)> finished)
{
    job->setKey(name);
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this,
            [finished = std::move(finished)](QKeychain::Job *done) { finished(done); });
    job->start();
}

void KeyStore::answer(QObject *context, std::function<void()> call)
{
    QMetaObject::invokeMethod(context, std::move(call), Qt::QueuedConnection);
}

void KeyStore::probe()
{
    if (!answersCanCome())
        return settle(Place::Memory, QStringLiteral("Qt runs without GLib's event loop"));
    run(new QKeychain::ReadPasswordJob(m_service), QStringLiteral("probe"), [this](const QKeychain::Job *job) {
        if (hasServed(job))
            moveToService();
    });
}

void KeyStore::moveToService()
{
    const QHash<QString, QByteArray> left = std::exchange(m_memory, {});
    for (auto it = left.begin(); it != left.end(); ++it)
        write(it.key(), it.value(), this, [] {});
}

void KeyStore::read(const QString &name, QObject *context, Found found)
{
    if (m_place == Place::Unknown && !answersCanCome())
        probe();
    if (m_place == Place::Memory || m_memory.contains(name)) {
        const auto it = m_memory.constFind(name);
        const auto secret = it == m_memory.constEnd() ? std::nullopt : std::optional(*it);
        return answer(context, [found = std::move(found), secret] { found(secret); });
    }
    run(new QKeychain::ReadPasswordJob(m_service), name,
        [this, name, context = QPointer(context), found = std::move(found)](QKeychain::Job *job) {
            const auto *read = static_cast<QKeychain::ReadPasswordJob *>(job);
            const bool served = hasServed(job);
            if (!context)
                return;
            if (served && job->error() == QKeychain::NoError)
                found(read->binaryData());
            else if (m_memory.contains(name))
                found(m_memory.value(name));
            else
                found(std::nullopt);
        });
}

void KeyStore::write(const QString &name, const QByteArray &secret, QObject *context, Done done)
{
    if (m_place == Place::Unknown && !answersCanCome())
        probe();
    if (m_place == Place::Memory) {
        m_memory.insert(name, secret);
        return answer(context, std::move(done));
    }
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setBinaryData(secret);
    run(job, name, [this, name, secret, context = QPointer(context), done = std::move(done)](QKeychain::Job *ended) {
        if (hasServed(ended))
            m_memory.remove(name);
        else
            m_memory.insert(name, secret);
        if (context)
            done();
    });
}

void KeyStore::remove(const QString &name, QObject *context, Done done)
{
    m_memory.remove(name);
    if (m_place == Place::Unknown && !answersCanCome())
        probe();
    if (m_place == Place::Memory)
        return answer(context, std::move(done));
    run(new QKeychain::DeletePasswordJob(m_service), name,
        [this, context = QPointer(context), done = std::move(done)](const QKeychain::Job *job) {
            static_cast<void>(hasServed(job));
            if (context)
                done();
        });
}

QString environmentSecretName(const QString &environment, const QString &variable)
{
    return QStringLiteral("environment/%1/%2").arg(coded(environment), coded(variable));
}

QString draftSecretName(const QString &draftId)
{
    return QStringLiteral("draft/") + coded(draftId);
}

} // namespace errata
