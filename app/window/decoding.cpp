#include "app/window/decoding.h"

#include "models/base/limits.h"
#include "views/decode/decodepage.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>

namespace errata {

namespace {

/// Below this a verdict takes less than a frame; above, the window must not wait for it.
constexpr qsizetype DecodedAtOnce = 256 * limits::Kilobyte;

QString samplesFolder()
{
    return QStringLiteral(":/errata/samples");
}

} // namespace

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{file.errorString(), path};
    // One byte more than the limit, so that a file without a size (a pipe) is caught as well.
    QByteArray bytes = file.read(limits::decoderInput + 1);
    if (bytes.size() > limits::decoderInput)
        return Error{
            QStringLiteral("larger than the %1 MB that are decoded").arg(limits::decoderInput / limits::Megabyte),
            path};
    if (file.error() != QFileDevice::NoError)
        return Error{file.errorString(), path};
    return bytes;
}

Decoding::Decoding(DecodePage *page) : QObject(page), m_page(page)
{
    page->setSamples(QDir(samplesFolder()).entryList(QDir::Files, QDir::Name));
    connect(page, &DecodePage::decodeRequested, this, &Decoding::decode);
    connect(page, &DecodePage::openFileRequested, this, &Decoding::chooseFile);
    connect(page, &DecodePage::sampleRequested, this, &Decoding::openSample);
    connect(page, &DecodePage::filesDropped, this, [this](const QList<QUrl> &files) {
        QStringList paths;
        for (const QUrl &file : files)
            paths << file.toLocalFile();
        openFiles(paths);
    });
}

void Decoding::decode(const QByteArray &text, const DecodeOptions &options, int job)
{
    if (text.size() <= DecodedAtOnce)
        return m_page->setDiagnosis(decodeText(text, m_catalogs, options), job);
    m_page->setBusy(true);
    m_pool.start([this, text, options, job, catalogs = m_catalogs] {
        const Diagnosis diagnosis = decodeText(text, catalogs, options);
        QMetaObject::invokeMethod(this, [this, diagnosis, job] { m_page->setDiagnosis(diagnosis, job); });
    });
}

void Decoding::openFiles(const QStringList &paths)
{
    if (paths.isEmpty())
        return;
    const auto bytes = readFile(paths.first());
    if (!bytes)
        return m_page->showProblem(bytes.error().text());
    m_page->pasteText(bytes.value());
    if (paths.size() > 1)
        Q_EMIT messageRequested(
            QStringLiteral("the first of %1 files; one at a time is decoded here").arg(paths.size()));
}

void Decoding::chooseFile()
{
    auto *dialog = new QFileDialog(m_page, QStringLiteral("Open a reply, a log or a HAR recording"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { openFiles({path}); });
    dialog->open();
}

void Decoding::openSample(const QString &name)
{
    openFiles({samplesFolder() + QLatin1Char('/') + name});
}

} // namespace errata
