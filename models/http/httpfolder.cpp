#include "models/http/httpfile.h"
#include "models/json/jsondocument.h"
#include "models/json/jsonwriter.h"

#include <algorithm>
#include <map>

namespace errata {

namespace {

constexpr char environmentFile[] = "http-client.env.json";
constexpr char ownFile[] = "errata.json";
constexpr char topFile[] = "requests";

QString pathOf(const QStringList &folder)
{
    QStringList names;
    for (const QString &name : folder)
        names << safeFileName(name);
    return names.isEmpty() ? QLatin1String(topFile) : names.join(QLatin1Char('/'));
}

/// {"staging": {"host": "a.example"}}; the values of secrets are never in it.
QByteArray environmentJson(const std::vector<Environment> &environments)
{
    JsonWriter json;
    json.beginObject();
    for (const Environment &environment : environments) {
        json.key(environment.name).beginObject();
        for (const EnvironmentVariable &variable : environment.variables)
            json.member(variable.name, variable.isSecret ? QString() : variable.value);
        json.endObject();
    }
    return json.endObject().result();
}

/// What the shared form has no word for.
QByteArray ownJson(const Collection &collection)
{
    JsonWriter json;
    json.beginObject().member(u"format", u"errata-collection/1").member(u"name", collection.name);
    json.key(u"environments").beginArray();
    for (const Environment &environment : collection.environments) {
        json.beginObject().member(u"name", environment.name).member(u"live", environment.isLive);
        json.key(u"secrets").beginArray();
        for (const EnvironmentVariable &variable : environment.variables) {
            if (variable.isSecret)
                json.string(variable.name);
        }
        json.endArray().endObject();
    }
    return json.endArray().endObject().result();
}

std::vector<Environment> environmentsOf(const JsonValue &root)
{
    std::vector<Environment> list;
    for (const JsonValue &member : root.children()) {
        Environment environment{member.key(), {}, false};
        for (const JsonValue &value : member.children())
            environment.variables.push_back(
                {value.key(), value.isString() ? value.string() : QString::fromUtf8(value.raw()), false});
        list.push_back(std::move(environment));
    }
    return list;
}

void applyOwn(const JsonValue &root, Collection &collection)
{
    collection.name = root["name"].string();
    for (const JsonValue &own : root["environments"].children()) {
        const auto it = std::find_if(collection.environments.begin(), collection.environments.end(),
                                     [&own](const Environment &one) { return one.name == own["name"].string(); });
        if (it == collection.environments.end())
            continue;
        it->isLive = own["live"].boolean().value_or(false);
        for (const JsonValue &secret : own["secrets"].children()) {
            for (EnvironmentVariable &variable : it->variables)
                variable.isSecret = variable.isSecret || variable.name == secret.string();
        }
    }
}

} // namespace

QString httpFileOf(const QStringList &folder)
{
    return pathOf(folder) + QStringLiteral(".http");
}

std::vector<CollectionFile> writeHttpFolder(const Collection &collection)
{
    std::vector<CollectionFile> files{{QLatin1String(ownFile), ownJson(collection)}};
    if (!collection.environments.empty())
        files.push_back({QLatin1String(environmentFile), environmentJson(collection.environments)});
    // Two folders whose names are the same once made safe share a file: each request knows its own.
    std::map<QString, Collection> byPath;
    for (const RequestDraft &draft : collection.requests)
        byPath[pathOf(draft.folder).toLower()].requests.push_back(draft);
    for (const auto &entry : byPath)
        files.push_back({httpFileOf(entry.second.requests.front().folder), writeHttpFile(entry.second)});
    return files;
}

Result<Collection> readHttpFolder(std::vector<CollectionFile> files)
{
    std::sort(files.begin(), files.end(),
              [](const CollectionFile &a, const CollectionFile &b) { return a.path < b.path; });
    Collection collection;
    JsonDocument own;
    for (const CollectionFile &file : files) {
        if (file.path.endsWith(QLatin1String(".http")) || file.path.endsWith(QLatin1String(".rest"))) {
            if (file.bytes.trimmed().isEmpty())
                continue;
            auto part = readHttpFile(file.bytes);
            if (!part)
                return Error{part.error().text(), file.path};
            std::move(part.value().requests.begin(), part.value().requests.end(),
                      std::back_inserter(collection.requests));
            std::move(part.value().environments.begin(), part.value().environments.end(),
                      std::back_inserter(collection.environments));
            collection.notCarried += part.value().notCarried;
        } else if (file.path == QLatin1String(ownFile) || file.path == QLatin1String(environmentFile)) {
            const auto document = JsonDocument::parse(file.bytes);
            if (!document)
                return Error{document.error().text(), file.path};
            if (file.path == QLatin1String(ownFile)) {
                own = document.value();
            } else {
                auto environments = environmentsOf(document->root());
                std::move(environments.begin(), environments.end(), std::back_inserter(collection.environments));
            }
        }
    }
    if (!own.isNull())
        applyOwn(own.root(), collection);
    return collection;
}

} // namespace errata
