#include "models/catalog/catalogreader.h"

#include "models/base/limits.h"
#include "models/catalog/fields.h"
#include "models/catalog/names.h"

#include <QDir>
#include <QFile>
#include <QResource>

#include <algorithm>

namespace errata {

namespace {

Fact<int> readNumber(Fields &fields)
{
    Fact<int> fact;
    fact.value = static_cast<int>(fields.requiredInteger("value"));
    fact.provenance = fields.requiredProvenance();
    fact.source = fields.string("source");
    fact.note = fields.string("note");
    return fact;
}

Fact<QString> readMeaning(Fields &fields, const char *name)
{
    return {fields.string(name), fields.requiredProvenance(), fields.string("source"), fields.string("note")};
}

RetryFact readRetry(Fields &fields, const char *verdictName, bool required)
{
    RetryFact retry;
    retry.verdict = fields.verdict(verdictName, required);
    retry.provenance = fields.requiredProvenance();
    retry.source = fields.string("source");
    retry.note = fields.string("note");
    if (const QString header = fields.string("wait_header"); !header.isEmpty())
        retry.waitHeader = header;
    retry.waitMs = fields.integer("wait_ms");
    return retry;
}

std::vector<Related> readRelated(Fields &fields, const char *name, const QString &ownApi)
{
    std::vector<Related> list;
    fields.objects(name, [&](Fields &item) {
        Related related{item.string("api"), item.requiredString("code"), item.string("note")};
        if (related.api.isEmpty())
            related.api = ownApi;
        list.push_back(related);
    });
    return list;
}

std::vector<std::pair<QString, QString>> readPairs(Fields &fields, const char *name)
{
    std::vector<std::pair<QString, QString>> pairs;
    for (const JsonValue &pair : fields.value(name).children()) {
        if (pair.size() == 2 && pair.at(0).isString() && pair.at(1).isString())
            pairs.emplace_back(pair.at(0).string(), pair.at(1).string());
        else
            fields.fault(name, QStringLiteral("expected pairs of strings"));
    }
    return pairs;
}

void readExample(Fields &fields, Entry &entry)
{
    fields.object("example", [&entry](Fields &example) {
        if (const std::optional<qint64> status = example.integer("status"))
            entry.exampleStatus = static_cast<int>(*status);
        static_cast<void>(readPairs(example, "headers"));
        const JsonValue body = example.value("body");
        const QString text = example.string("text");
        entry.example = body.isAbsent() ? text.toUtf8() : body.raw();
    });
}

Entry readEntry(Fields &fields, const Catalog &catalog)
{
    Entry entry;
    entry.api = catalog.id;
    entry.code = fields.requiredString("code");
    entry.document = fields.requiredString("document");
    const SourceDocument *source = catalog.document(entry.document);
    if (!source && !entry.document.isEmpty())
        fields.fault("document", QStringLiteral("no document '%1' in this catalog").arg(entry.document));
    entry.provenance = fields.provenance(source ? source->provenance : Provenance::Inferred);
    const Provenance own = entry.provenance;
    const QString &document = entry.document;

    entry.surface = fields.requiredString("surface");
    entry.alsoOn = fields.strings("also_on");
    for (const QString &surface : QStringList(entry.surface) + entry.alsoOn) {
        if (!surface.isEmpty() && !catalog.surface(surface))
            fields.fault("surface", QStringLiteral("no surface '%1' in this catalog").arg(surface));
    }
    entry.anchor = fields.string("anchor");
    entry.section = fields.string("section");
    entry.title = fields.requiredString("title");
    entry.meaning = fields.text("meaning", own, document);
    if (entry.meaning.value.isEmpty())
        fields.fault("meaning", QStringLiteral("is missing or empty"));
    entry.inference = fields.string("inference");
    fields.objects("statuses", [&](Fields &item) {
        const Fact<int> status = readNumber(item);
        if (status.value < 100 || status.value > 599)
            item.fault("value", QStringLiteral("%1 is no HTTP status").arg(status.value));
        entry.statuses.push_back(status);
    });
    fields.object("category", [&](Fields &item) {
        Fact<QString> category = readMeaning(item, "value");
        if (!catalog.category(category.value))
            item.fault("value", QStringLiteral("no category '%1' in this catalog").arg(category.value));
        entry.category = category;
    });
    fields.object("exit_code", [&](Fields &item) { entry.exitCode = readNumber(item); });
    if (fields.value("retry").isAbsent())
        fields.fault("retry", QStringLiteral("is missing"));
    fields.object("retry", [&](Fields &item) { entry.retry = readRetry(item, "verdict", true); });
    entry.isError = fields.boolean("is_error", true);
    entry.remedies = fields.texts("remedies", own, document);
    entry.pitfalls = fields.texts("pitfalls", own, document);
    entry.conflicts = fields.texts("conflicts", own, document);
    entry.aliases = fields.strings("aliases");
    entry.equivalents = readRelated(fields, "equivalents", catalog.id);
    entry.related = readRelated(fields, "related", catalog.id);
    entry.reply = fields.string("reply");
    readExample(fields, entry);
    return entry;
}

std::optional<Condition::Test> readTest(Fields &fields)
{
    static const QStringList words{QStringLiteral("present"), QStringLiteral("absent"),  QStringLiteral("string"),
                                   QStringLiteral("number"),  QStringLiteral("integer"), QStringLiteral("boolean"),
                                   QStringLiteral("true"),    QStringLiteral("false"),   QStringLiteral("null"),
                                   QStringLiteral("object"),  QStringLiteral("array")};
    const QString word = fields.string("is");
    if (word.isEmpty())
        return std::nullopt;
    const qsizetype index = words.indexOf(word);
    if (index < 0) {
        fields.fault("is", QStringLiteral("'%1' is none of %2").arg(word, words.join(QStringLiteral(", "))));
        return std::nullopt;
    }
    return static_cast<Condition::Test>(index);
}

Condition readCondition(Fields &fields)
{
    Condition condition;
    condition.isBody = !fields.value("at").isAbsent();
    condition.pointer = fields.string("at");
    condition.header = fields.string("header").toUtf8();
    condition.statuses = fields.string("status");
    if (int(condition.isBody) + int(!condition.header.isEmpty()) + int(!condition.statuses.isEmpty()) != 1)
        fields.fault("at", QStringLiteral("a condition tests exactly one of at, header, status"));
    condition.is = readTest(fields);
    condition.in = fields.strings("in");
    condition.matches = fields.pattern("matches");
    condition.points = static_cast<int>(fields.integer("points").value_or(0));
    condition.says = fields.string("says");
    return condition;
}

Envelope readEnvelope(Fields &fields, const Catalog &catalog)
{
    Envelope envelope;
    envelope.id = fields.requiredString("id");
    envelope.title = fields.requiredString("title");
    envelope.surface = fields.requiredString("surface");
    if (!envelope.surface.isEmpty() && !catalog.surface(envelope.surface))
        fields.fault("surface", QStringLiteral("no surface '%1' in this catalog").arg(envelope.surface));
    envelope.provenance = fields.requiredProvenance();
    static_cast<void>(fields.string("source"));
    static_cast<void>(fields.string("note"));
    envelope.isError = fields.boolean("is_error", true);
    envelope.points = static_cast<int>(fields.integer("points").value_or(0));
    fields.objects("require", [&](Fields &item) { envelope.require.push_back(readCondition(item)); });
    if (envelope.require.empty())
        fields.fault("require", QStringLiteral("needs at least one condition"));
    fields.objects("hints", [&](Fields &item) { envelope.hints.push_back(readCondition(item)); });
    envelope.code = fields.strings("code");
    envelope.message = fields.strings("message");
    envelope.category = fields.strings("category");
    envelope.retryFlag = fields.strings("retry_flag");
    envelope.docUrl = fields.strings("doc_url");
    envelope.details = fields.strings("details");
    envelope.status = fields.strings("status");
    envelope.suggestedAction = fields.strings("suggested_action");
    const JsonValue ids = fields.value("ids");
    for (const JsonValue &pointers : ids.children()) {
        QStringList list;
        for (const JsonValue &pointer : pointers.children())
            list << pointer.string();
        envelope.ids.emplace_back(pointers.key(), list);
    }
    fields.objects("code_headers", [&](Fields &item) {
        envelope.codeHeaders.push_back({item.requiredString("header").toUtf8(), item.pattern("pattern")});
    });
    fields.objects("message_headers", [&](Fields &item) {
        envelope.messageHeaders.push_back(
            {item.requiredString("header").toUtf8(), item.boolean("percent_encoded", false)});
    });
    envelope.carrierStatus = fields.string("carrier_status");
    envelope.codePattern = fields.pattern("code_pattern");
    envelope.each = fields.string("each");
    envelope.proof = fields.boolean("proof", false);
    return envelope;
}

void readDocuments(Fields &fields, Catalog &catalog)
{
    fields.objects("documents", [&](Fields &item) {
        SourceDocument document;
        document.id = item.requiredString("id");
        document.title = item.requiredString("title");
        document.url = item.requiredString("url");
        document.provenance = item.requiredProvenance();
        catalog.documents.push_back(document);
    });
    fields.objects("surfaces", [&](Fields &item) {
        catalog.surfaces.push_back({item.requiredString("id"), item.requiredString("title"), item.string("about")});
    });
    fields.objects("categories", [&](Fields &item) {
        Category category;
        category.id = item.requiredString("id");
        category.title = item.string("title");
        category.meaning = readMeaning(item, "meaning");
        category.retry = item.verdict("retry", false);
        catalog.categories.push_back(category);
    });
}

/// Members that only say where their fact is from.
void readOrigin(Fields &item)
{
    static_cast<void>(item.string("source"));
    static_cast<void>(item.string("note"));
}

void readAccess(Fields &fields, Catalog &catalog)
{
    fields.objects("hosts", [&](Fields &item) {
        catalog.hosts.push_back({item.requiredString("host"), item.requiredProvenance()});
        readOrigin(item);
    });
    fields.objects("base_urls", [&](Fields &item) {
        catalog.baseUrls.push_back({readMeaning(item, "url"), item.string("title")});
    });
    fields.objects("auth", [&](Fields &item) {
        AuthForm form;
        form.title = item.requiredString("title");
        form.header = item.requiredString("header");
        form.value = item.requiredString("value");
        form.provenance = item.requiredProvenance();
        form.note = item.string("note");
        static_cast<void>(item.string("source"));
        catalog.auth.push_back(form);
    });
    fields.objects("headers", [&](Fields &item) {
        HeaderOfInterest header;
        header.name = item.requiredString("name");
        header.isRequest = item.requiredString("direction") == QLatin1String("request");
        header.meaning = readMeaning(item, "meaning");
        catalog.headers.push_back(header);
    });
    fields.objects("secrets", [&](Fields &item) {
        static const QStringList kinds{QStringLiteral("header"), QStringLiteral("field"), QStringLiteral("query"),
                                       QStringLiteral("prefix")};
        const qsizetype kind = kinds.indexOf(item.requiredString("kind"));
        if (kind < 0)
            item.fault("kind", QStringLiteral("is none of %1").arg(kinds.join(QStringLiteral(", "))));
        catalog.secrets.push_back(
            {static_cast<Secret::Kind>(std::max<qsizetype>(kind, 0)), item.requiredString("name")});
        static_cast<void>(item.requiredProvenance());
        readOrigin(item);
    });
}

void readIds(Fields &fields, Catalog &catalog)
{
    fields.objects("ids", [&](Fields &item) {
        IdField id;
        id.name = item.requiredString("name");
        id.title = item.requiredString("title");
        id.prefix = item.string("prefix");
        id.provenance = item.requiredProvenance();
        id.note = item.string("note");
        static_cast<void>(item.string("source"));
        catalog.ids.push_back(id);
    });
    fields.objects("id_prefixes", [&](Fields &item) {
        catalog.idPrefixes.push_back({item.requiredString("prefix"), item.requiredString("means")});
        static_cast<void>(item.requiredProvenance());
        readOrigin(item);
    });
}

void readRules(Fields &fields, Catalog &catalog)
{
    fields.objects("status_rules", [&](Fields &item) {
        StatusRule rule;
        rule.statuses = item.requiredString("statuses");
        rule.meaning = item.string("meaning");
        rule.retry = readRetry(item, "retry", false);
        catalog.statusRules.push_back(rule);
    });
    fields.objects("exit_rules", [&](Fields &item) {
        ExitRule rule;
        rule.code = item.string("code");
        rule.suffix = item.string("suffix");
        rule.contains = item.string("contains");
        rule.exit = static_cast<int>(item.requiredInteger("exit"));
        rule.provenance = item.requiredProvenance();
        readOrigin(item);
        catalog.exitRules.push_back(rule);
    });
    fields.objects("envelopes", [&](Fields &item) {
        item.faults().enter(QStringLiteral("envelope %1").arg(item.string("id")));
        catalog.envelopes.push_back(readEnvelope(item, catalog));
    });
    fields.faults().enter({});
}

void readProbes(Fields &fields, Catalog &catalog)
{
    fields.objects("probes", [&](Fields &item) {
        Probe probe;
        probe.id = item.requiredString("id");
        probe.title = item.requiredString("title");
        probe.method = item.requiredString("method").toUtf8();
        probe.path = item.requiredString("path");
        probe.base = item.string("base");
        probe.headers = readPairs(item, "headers");
        const JsonValue body = item.value("body");
        probe.body = body.isString() ? body.string().toUtf8() : body.raw();
        for (const JsonValue &field : item.value("form").children())
            probe.form.emplace_back(field.key(), field.string());
        probe.readOnly = item.boolean("read_only", false);
        probe.checks = item.requiredString("checks");
        probe.cost = item.string("cost");
        probe.provenance = item.requiredProvenance();
        readOrigin(item);
        catalog.probes.push_back(probe);
    });
    fields.object("escalation", [&](Fields &escalation) {
        const Provenance own = catalog.documents.empty() ? Provenance::Inferred : catalog.documents.front().provenance;
        catalog.escalationAdvice = escalation.texts("advice", own, {});
        escalation.objects("needs", [&](Fields &item) {
            catalog.needs.push_back(
                {item.requiredString("id"), item.requiredString("title"), item.string("ask"), item.string("absent")});
            static_cast<void>(item.requiredProvenance());
            readOrigin(item);
        });
    });
}

/// The member "entries"; \a catalog has what they refer to.
std::vector<Entry> readEntries(Fields &fields, const Catalog &catalog)
{
    std::vector<Entry> entries;
    int index = 0;
    fields.objects("entries", [&](Fields &item) {
        const QString code = item.json()["code"].string();
        item.faults().enter(
            QStringLiteral("entries[%1] (%2)").arg(index++).arg(code.isEmpty() ? QStringLiteral("no code") : code));
        const std::size_t before = item.faults().count();
        Entry entry = readEntry(item, catalog);
        const auto twin = std::find_if(entries.begin(), entries.end(), [&entry](const Entry &other) {
            return other.code == entry.code && other.surface == entry.surface;
        });
        if (twin != entries.end())
            item.fault("code", QStringLiteral("stands twice on surface %1").arg(entry.surface));
        // A faulty entry could mislead: it is left out, and named.
        if (item.faults().count() == before)
            entries.push_back(std::move(entry));
    });
    fields.faults().enter({});
    for (Entry &entry : entries) {
        const auto sameCode = std::count_if(entries.begin(), entries.end(),
                                            [&entry](const Entry &other) { return other.code == entry.code; });
        entry.id = entry.api + QLatin1Char(':') + entry.code;
        if (sameCode > 1)
            entry.id += QLatin1Char('@') + entry.surface;
    }
    return entries;
}

} // namespace

QString CatalogFault::text() const
{
    QString text = line > 0 ? QStringLiteral("%1:%2").arg(file).arg(line) : file;
    for (const QString &part : {entry, field, reason}) {
        if (!part.isEmpty())
            text += QStringLiteral(": ") + part;
    }
    return text;
}

namespace {

/// All but the entries.
Catalog readHead(Fields &fields, const QString &file)
{
    Catalog catalog;
    catalog.file = file;
    static_cast<void>(fields.string("$schema"));
    static_cast<void>(fields.string("format"));
    catalog.id = fields.requiredString("id");
    catalog.name = fields.requiredString("name");
    catalog.about = fields.string("about");
    catalog.homepage = fields.string("homepage");
    catalog.version = fields.string("version");
    catalog.order = static_cast<int>(fields.integer("order").value_or(catalog.order));
    catalog.codeStyle = fields.pattern("code_style");
    readDocuments(fields, catalog);
    readAccess(fields, catalog);
    readIds(fields, catalog);
    readRules(fields, catalog);
    readProbes(fields, catalog);
    return catalog;
}

} // namespace

CatalogReading readCatalog(const QByteArray &bytes, const QString &file)
{
    CatalogReading reading;
    if (bytes.size() > limits::catalogFile) {
        reading.faults.push_back(
            {file, {}, {}, QStringLiteral("larger than %1 MB").arg(limits::catalogFile / limits::Megabyte), 0});
        return reading;
    }
    const auto document = JsonDocument::parse(bytes);
    if (!document) {
        reading.faults.push_back({file, {}, {}, document.error().text(), document.error().line});
        return reading;
    }
    FaultList faults(file, bytes, reading.faults);
    const JsonValue root = document.value().root();
    if (!root.isObject() || root["format"].string() != QLatin1String("errata-catalog/1")) {
        faults.add(root, QStringLiteral("format"),
                   QStringLiteral("expected an object with \"format\": \"errata-catalog/1\""));
        return reading;
    }
    Fields fields(root, {}, faults);
    Catalog catalog = readHead(fields, file);
    catalog.entries = readEntries(fields, catalog);
    fields.finish();
    if (!catalog.id.isEmpty())
        reading.catalog = std::move(catalog);
    return reading;
}

namespace {

QStringList catalogFiles(const QStringList &folders)
{
    QStringList paths;
    for (const QString &folder : folders) {
        // QDir takes an empty name for the current folder.
        if (folder.isEmpty())
            continue;
        for (const QFileInfo &file : QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
            if (!file.fileName().endsWith(QLatin1String(".schema.json")))
                paths << file.filePath();
        }
    }
    return paths;
}

bool isShipped(const QString &path)
{
    return path.startsWith(QLatin1String(":/"));
}

/// A shipped file in two goes: its entries, which stand last, when somebody asks for one. That it has no fault, is
/// indented as ours are, and has nothing behind the entries, is what tests say.
CatalogReading readShipped(const QString &path)
{
    const QByteArray bytes = QResource(path).uncompressedData();
    const qsizetype start = bytes.indexOf("\n  \"entries\": ["); // no string holds a line's end
    if (start < 0)
        return readCatalog(bytes, path);
    CatalogReading reading = readCatalog(bytes.first(start) + "\"entries\":[]}", path);
    if (!reading.catalog)
        return reading;
    Catalog &catalog = *reading.catalog;
    Catalog head; // what entries refer to
    head.id = catalog.id;
    head.documents = catalog.documents;
    head.surfaces = catalog.surfaces;
    head.categories = catalog.categories;
    catalog.entries = Entries::readWhenAsked([path, head = std::move(head), bytes, start] {
        const QByteArray rest = '{' + bytes.sliced(start);
        std::vector<CatalogFault> faults;
        FaultList list(path, rest, faults);
        const auto document = JsonDocument::parse(rest);
        Fields fields(document ? document.value().root() : JsonValue(), {}, list);
        return readEntries(fields, head);
    });
    return reading;
}

CatalogReading readCatalogFile(const QString &path)
{
    if (isShipped(path))
        return readShipped(path);
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        return readCatalog(file.read(limits::catalogFile + 1), path);
    CatalogReading unread;
    unread.faults.push_back({path, {}, {}, QStringLiteral("cannot be read: %1").arg(file.errorString()), 0});
    return unread;
}

} // namespace

LoadedCatalogs loadCatalogs(const QStringList &folders, const QStringList &files)
{
    return readCatalogs(catalogFiles(QStringList(QStringLiteral(":/errata/catalogs")) + folders) + files);
}

LoadedCatalogs readCatalogs(const QStringList &paths)
{
    LoadedCatalogs loaded;
    loaded.files = paths;
    std::vector<Catalog> catalogs;
    for (const QString &path : paths) {
        CatalogReading reading = readCatalogFile(path);
        loaded.faults.insert(loaded.faults.end(), reading.faults.begin(), reading.faults.end());
        if (!reading.catalog)
            continue;
        const auto same = std::find_if(catalogs.begin(), catalogs.end(),
                                       [&](const Catalog &other) { return other.id == reading.catalog->id; });
        if (same == catalogs.end())
            catalogs.push_back(std::move(*reading.catalog));
        else
            *same = std::move(*reading.catalog);
    }
    std::stable_sort(catalogs.begin(), catalogs.end(),
                     [](const Catalog &a, const Catalog &b) { return a.order < b.order; });
    loaded.set = CatalogSet(std::move(catalogs));
    return loaded;
}

std::vector<CatalogFault> checkLinks(const CatalogSet &set)
{
    std::vector<CatalogFault> faults;
    for (const Catalog &catalog : set.catalogs()) {
        for (const Entry &entry : catalog.entries) {
            const auto check = [&](const std::vector<Related> &links, const QString &field) {
                for (const Related &link : links) {
                    if (set.exact(link.code, link.api).empty())
                        faults.push_back({catalog.file, entry.code, field,
                                          QStringLiteral("no code '%1' in %2").arg(link.code, link.api), 0});
                }
            };
            check(entry.equivalents, QStringLiteral("equivalents"));
            check(entry.related, QStringLiteral("related"));
        }
    }
    return faults;
}

} // namespace errata
