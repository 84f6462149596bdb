#include "app/window/bundling.h"

#include "app/bundle.h"
#include "app/redactionrules.h"
#include "models/base/wholefile.h"
#include "models/redact/redactor.h"

#include <QFileInfo>

namespace errata {

namespace {

/// All texts with their secrets masked, and what was masked in them together.
struct MaskedTexts
{
    std::vector<NamedText> texts;
    RedactionReport report;
};

MaskedTexts masked(const std::vector<NamedText> &texts, const CatalogSet &catalogs)
{
    // One redactor, so that one secret is the same placeholder in all of them.
    Redactor redactor(redactionRules(catalogs));
    MaskedTexts result;
    result.texts.reserve(texts.size());
    for (const NamedText &text : texts) {
        Redaction redaction = redactor.redact(text.text);
        result.texts.push_back({text.name, std::move(redaction.text)});
        result.report.add(std::move(redaction));
    }
    return result;
}

} // namespace

Result<std::size_t> writeBundle(const std::vector<NamedText> &texts, const DecodeOptions &options,
                                const CatalogSet &catalogs, const QString &path)
{
    const MaskedTexts safe = masked(texts, catalogs);
    const Diagnosis diagnosis = decodeTexts(safe.texts, catalogs, options);
    const QDateTime now = QDateTime::currentDateTime();
    const auto files = escalationBundle({diagnosis, catalogs, now, safe.report});
    if (files.empty())
        return Error{QStringLiteral("no error recognised, nothing to escalate"), path};
    const QByteArray archive = zipArchive(files, now);
    if (auto fault = writeWholeFile(path, archive))
        return *fault;
    return safe.report.masked.size();
}

void Bundling::save(const std::vector<NamedText> &texts, const DecodeOptions &options, const CatalogSet &catalogs,
                    const QString &path)
{
    Q_EMIT messageRequested(QStringLiteral("Making the bundle …"));
    m_pool.start([this, texts, options, catalogs, path] {
        const auto written = writeBundle(texts, options, catalogs, path);
        const QString said =
            !written ? QStringLiteral("The bundle is not saved: %1").arg(written.error().text())
            : written.value() == 1U
                ? QStringLiteral("Saved %1, 1 secret masked.").arg(QFileInfo(path).fileName())
                : QStringLiteral("Saved %1, %2 secrets masked.").arg(QFileInfo(path).fileName()).arg(written.value());
        QMetaObject::invokeMethod(this, [this, said] { Q_EMIT messageRequested(said); });
    });
}

} // namespace errata
