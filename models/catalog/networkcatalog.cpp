#include "models/catalog/networkcatalog.h"

#include "models/catalog/fields.h"
#include "models/http/networkerrors.h"

#include <QFile>

#include <algorithm>
#include <array>

namespace errata {

namespace {

constexpr std::array<const char *, 3> processedIds{"no", "maybe", "answered"};
constexpr std::array<const char *, 3> resendIds{"safe", "idempotent", "risky"};

void readEntry(Fields &fields, NetworkCatalog &catalog)
{
    NetworkEntry entry;
    entry.id = fields.requiredString("id");
    const QString kind = fields.requiredString("kind");
    const std::optional<NetworkError> known = networkErrorFromId(kind);
    if (!known || *known == NetworkError::None)
        fields.fault("kind", QStringLiteral("'%1' is no kind of failure").arg(kind));
    entry.kind = known.value_or(NetworkError::Other);
    entry.words = fields.strings("words");
    entry.title = fields.requiredString("title");
    entry.meaning = fields.requiredString("meaning");
    entry.provenance = fields.requiredProvenance();
    entry.source = fields.requiredString("source");
    entry.remedies = fields.strings("remedies");
    if (entry.remedies.isEmpty())
        fields.fault("remedies", QStringLiteral("is missing or empty"));
    entry.retry = fields.verdict("retry", true);
    entry.retryNote = fields.string("retry_note");
    const QString processed = fields.requiredString("processed");
    if (processed == QLatin1String(processedIds[0]))
        entry.processed = Processed::No;
    else if (processed != QLatin1String(processedIds[1]))
        fields.fault("processed", QStringLiteral("expected 'no' or 'maybe'"));
    catalog.entries.push_back(std::move(entry));
}

void checkKinds(const NetworkCatalog &catalog, const JsonValue &root, FaultList &faults)
{
    for (const NetworkError kind : networkErrors()) {
        const auto ofKind = [kind](const NetworkEntry &entry) { return entry.kind == kind; };
        const auto last = std::find_if(catalog.entries.rbegin(), catalog.entries.rend(), ofKind);
        if (last == catalog.entries.rend() || !last->words.isEmpty())
            faults.add(
                root, QStringLiteral("entries"),
                QStringLiteral("the last entry of kind '%1' must be one without words").arg(networkErrorId(kind)));
    }
}

/// RFC 9110 section 9.2.2.
bool isIdempotent(QByteArrayView method)
{
    constexpr std::array<const char *, 6> methods{"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
    return std::any_of(methods.begin(), methods.end(), [method](const char *one) { return method == one; });
}

Processed processedBy(const SendResult &result, const NetworkEntry &entry)
{
    if (result.response)
        return Processed::Answered;
    // A redirect that was followed is the word of a server that had read the request.
    if (!result.redirects.empty())
        return Processed::Maybe;
    return result.sends == 0 ? Processed::No : entry.processed;
}

} // namespace

const NetworkEntry *NetworkCatalog::entryOf(const NetworkFailure &failure) const
{
    const auto fits = [&failure](const NetworkEntry &entry) {
        const auto says = [&failure](const QString &word) {
            return failure.detail.contains(word, Qt::CaseInsensitive);
        };
        return entry.kind == failure.kind &&
               (entry.words.isEmpty() || std::any_of(entry.words.begin(), entry.words.end(), says));
    };
    const auto found = std::find_if(entries.begin(), entries.end(), fits);
    return found == entries.end() ? nullptr : &*found;
}

NetworkCatalogReading readNetworkCatalog(const QByteArray &bytes, const QString &file)
{
    NetworkCatalogReading reading;
    const auto document = JsonDocument::parse(bytes);
    if (!document) {
        reading.faults.push_back({file, {}, {}, document.error().text(), document.error().line});
        return reading;
    }
    FaultList faults(file, bytes, reading.faults);
    const JsonValue root = document.value().root();
    if (root["format"].string() != QLatin1String("errata-network/1")) {
        faults.add(root, QStringLiteral("format"), QStringLiteral("expected \"errata-network/1\""));
        return reading;
    }
    Fields fields(root, {}, faults);
    static_cast<void>(fields.string("format"));
    NetworkCatalog &catalog = reading.catalog;
    fields.object("processed", [&catalog](Fields &texts) {
        for (std::size_t i = 0; i < processedIds.size(); ++i)
            catalog.processedTexts[i] = texts.requiredString(processedIds[i]);
    });
    fields.object("resend", [&catalog](Fields &texts) {
        for (std::size_t i = 0; i < resendIds.size(); ++i)
            catalog.resendTexts[i] = texts.requiredString(resendIds[i]);
    });
    fields.objects("entries", [&catalog](Fields &entry) { readEntry(entry, catalog); });
    fields.finish();
    checkKinds(catalog, root, faults);
    return reading;
}

const NetworkCatalog &networkCatalog()
{
    static const NetworkCatalog shipped = [] {
        QFile file(QStringLiteral(":/errata/network/network.json"));
        const bool open = file.open(QIODevice::ReadOnly);
        Q_ASSERT(open);
        return readNetworkCatalog(open ? file.readAll() : QByteArray(), file.fileName()).catalog;
    }();
    return shipped;
}

std::optional<NetworkVerdict> networkVerdict(const SendResult &result, QByteArrayView method)
{
    const NetworkCatalog &catalog = networkCatalog();
    const NetworkEntry *entry = catalog.entryOf(result.failure);
    if (!entry)
        return std::nullopt;
    NetworkVerdict verdict;
    verdict.entry = *entry;
    verdict.processed = processedBy(result, *entry);
    verdict.resend = verdict.processed == Processed::No ? Resend::Safe
                     : isIdempotent(method)             ? Resend::Idempotent
                                                        : Resend::Risky;
    verdict.processedText = catalog.processedTexts[static_cast<std::size_t>(verdict.processed)];
    verdict.resendText = catalog.resendTexts[static_cast<std::size_t>(verdict.resend)];
    return verdict;
}

QString processedId(Processed processed)
{
    return QString::fromLatin1(processedIds[static_cast<std::size_t>(processed)]);
}

QString resendId(Resend resend)
{
    return QString::fromLatin1(resendIds[static_cast<std::size_t>(resend)]);
}

} // namespace errata
