#include "app/window/decoding.h"

#include "app/redactionrules.h"
#include "models/base/gunzip.h"
#include "models/base/limits.h"
#include "models/redact/redactor.h"
#include "views/decode/decodepage.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>
#include <numeric>

namespace errata {

namespace {

/// Below this a verdict takes less than a frame; above, the window must not wait for it.
constexpr qsizetype DecodedAtOnce = 256 * limits::Kilobyte;
/// The same for counting secrets; and above the second, they are counted only when something is copied or saved.
constexpr qsizetype CountedAtOnce = 16 * limits::Kilobyte;
constexpr qsizetype CountedAtAll = 8 * limits::Megabyte;

QString samplesFolder()
{
    return QStringLiteral(":/errata/samples");
}

qsizetype bytesOf(const std::vector<NamedText> &texts)
{
    return std::accumulate(texts.begin(), texts.end(), qsizetype(0),
                           [](qsizetype sum, const NamedText &text) { return sum + text.text.size(); });
}

int secretsIn(const std::vector<NamedText> &texts, const RedactionRules &rules)
{
    Redactor redactor(rules);
    std::size_t count = 0;
    for (const NamedText &text : texts)
        count += redactor.redact(text.text).masked.size();
    return static_cast<int>(count);
}

struct FilesRead
{
    std::vector<NamedText> texts;
    QStringList problems;
};

FilesRead readFiles(const QStringList &paths)
{
    FilesRead read;
    qsizetype bytes = 0;
    for (const QString &path : paths) {
        auto text = readFile(path);
        if (!text) {
            read.problems << text.error().text();
            continue;
        }
        bytes += text.value().size();
        if (bytes > limits::decoderInput) {
            read.problems << QStringLiteral("%1 and what follows is left out: together the files are larger than the "
                                            "%2 MB that are decoded")
                                 .arg(path)
                                 .arg(limits::decoderInput / limits::Megabyte);
            break;
        }
        // Files of the same name, from two folders, are told apart by their paths.
        const QString name = QFileInfo(path).fileName();
        const bool taken = std::any_of(read.texts.begin(), read.texts.end(),
                                       [&name](const NamedText &other) { return other.name == name; });
        read.texts.push_back({taken ? path : name, std::move(text).value()});
    }
    return read;
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
    // Unpacked here, so that what the verdict points at is what is shown; what is broken, the verdict tells.
    if (looksLikeGzip(bytes)) {
        if (auto unpacked = gunzip(bytes, limits::decoderInput))
            return unpacked;
    }
    return bytes;
}

Decoding::Decoding(DecodePage *page, Decoder decoder) : QObject(page), m_page(page), m_decoder(std::move(decoder))
{
    page->setSamples(QDir(samplesFolder()).entryList(QDir::Files, QDir::Name));
    connect(page, &DecodePage::decodeRequested, this,
            [this](const QByteArray &text, const DecodeOptions &options, int job) {
                decode({{QString(), text}}, options, job);
            });
    connect(page, &DecodePage::batchRequested, this, &Decoding::decode);
    connect(page, &DecodePage::cancelRequested, this, &Decoding::cancel);
    connect(page, &DecodePage::openFileRequested, this, &Decoding::chooseFile);
    connect(page, &DecodePage::sampleRequested, this, &Decoding::openSample);
    connect(page, &DecodePage::filesDropped, this, [this](const QList<QUrl> &files) {
        QStringList paths;
        for (const QUrl &file : files) {
            if (file.isLocalFile())
                paths << file.toLocalFile();
        }
        openFiles(paths);
    });
}

Decoding::~Decoding()
{
    stop();
}

void Decoding::setCatalogs(const CatalogSet &catalogs)
{
    m_catalogs = catalogs;
    m_rules = redactionRules(catalogs);
}

void Decoding::stop()
{
    if (m_stop)
        *m_stop = true;
    m_stop.reset();
}

void Decoding::cancel()
{
    stop();
    if (!m_readsFiles)
        return; // the job ends by itself and brings what it has found
    m_readsFiles = false;
    ++m_reading;
    m_page->setBusy(false);
    m_page->showProblem(QStringLiteral("Cancelled before the files were read."));
}

void Decoding::decode(const std::vector<NamedText> &texts, const DecodeOptions &options, int job)
{
    stop();
    m_readsFiles = false;
    ++m_reading;
    if (bytesOf(texts) > DecodedAtOnce)
        return decodeBeside(texts, options, job);
    m_page->setDiagnosis(m_decoder(texts, m_catalogs, options), job);
    countSecrets(texts, job);
}

void Decoding::decodeBeside(const std::vector<NamedText> &texts, DecodeOptions options, int job)
{
    m_page->setBusy(true);
    m_stop = std::make_shared<std::atomic<bool>>(false);
    options.progress = [this, job, stop = m_stop](qsizetype bytes) {
        QMetaObject::invokeMethod(this, [this, bytes, job] { m_page->setProgress(bytes, job); });
        return !*stop;
    };
    m_pool.start([this, texts, options, job, catalogs = m_catalogs, decoder = m_decoder] {
        const auto digest = std::make_shared<const Digest>(digestOf(decoder(texts, catalogs, options)));
        QMetaObject::invokeMethod(this, [this, digest, texts, job] {
            m_page->setDigest(digest, job);
            countSecrets(texts, job);
        });
    });
}

void Decoding::countSecrets(const std::vector<NamedText> &texts, int job)
{
    const qsizetype bytes = bytesOf(texts);
    if (bytes <= CountedAtOnce)
        return m_page->setMaskedCount(secretsIn(texts, m_rules), job);
    if (bytes > CountedAtAll)
        return;
    m_pool.start([this, texts, job, rules = m_rules] {
        const int count = secretsIn(texts, rules);
        QMetaObject::invokeMethod(this, [this, count, job] { m_page->setMaskedCount(count, job); });
    });
}

void Decoding::openFiles(const QStringList &paths)
{
    if (paths.isEmpty())
        return;
    stop();
    const int reading = ++m_reading;
    m_readsFiles = true;
    m_page->showReading(paths.size() == 1 ? QStringLiteral("Reading %1 …").arg(QFileInfo(paths.first()).fileName())
                                          : QStringLiteral("Reading %1 files …").arg(paths.size()));
    m_pool.start([this, paths, reading] {
        const FilesRead read = readFiles(paths);
        QMetaObject::invokeMethod(this, [this, read, reading] { filesRead(read.texts, read.problems, reading); });
    });
}

void Decoding::filesRead(const std::vector<NamedText> &texts, const QStringList &problems, int reading)
{
    if (reading != m_reading)
        return;
    m_readsFiles = false;
    m_page->setBusy(false);
    if (!texts.empty())
        m_page->openTexts(texts);
    if (!problems.isEmpty())
        m_page->showProblem(problems.join(QLatin1Char('\n')));
}

void Decoding::chooseFile()
{
    auto *dialog = new QFileDialog(m_page, QStringLiteral("Open replies, logs or HAR recordings"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &Decoding::openFiles);
    dialog->open();
}

void Decoding::openSample(const QString &name)
{
    openFiles({samplesFolder() + QLatin1Char('/') + name});
}

} // namespace errata
