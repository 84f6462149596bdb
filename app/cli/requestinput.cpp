#include "app/cli/requestinput.h"

#include "app/cli/options.h"
#include "models/http/bruno.h"
#include "models/http/curlreader.h"
#include "models/http/har.h"
#include "models/http/httpfile.h"
#include "models/http/httprequesttext.h"
#include "models/http/openapi.h"
#include "models/http/postman.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace errata {

namespace {

/// Files of a folder that are read; a collection has hundreds at most.
constexpr std::size_t mostFiles = 10'000;

QString guessedKind(const QByteArray &text)
{
    if (looksLikeHar(text))
        return QStringLiteral("har");
    if (looksLikePostman(text))
        return QStringLiteral("postman");
    if (looksLikeOpenApi(text) || looksLikeOpenApiYaml(text))
        return QStringLiteral("openapi");
    if (looksLikeCurlCommand(text))
        return QStringLiteral("curl");
    if (looksLikeBruno(text))
        return QStringLiteral("bruno");
    if (startsLikeHttpRequest(text) && !text.contains("\n###"))
        return QStringLiteral("raw");
    return looksLikeHttpFile(text) ? QStringLiteral("http") : QString();
}

void addRequest(RequestInput &input, const HttpRequest &request)
{
    RequestDraft draft = draftOf(request);
    const QByteArray url = request.url.left(request.url.contains('?') ? request.url.indexOf('?') : request.url.size());
    draft.name = QString::fromUtf8(request.method + ' ' + url);
    input.collection.requests.push_back(std::move(draft));
    input.requests.push_back(request);
}

Result<RequestInput> readHarInput(const QByteArray &text)
{
    RequestInput input;
    const HarReading reading = readHar(text, [&input](HarEntry &&entry, qsizetype) {
        if (entry.exchange.request)
            addRequest(input, *entry.exchange.request);
        return true;
    });
    input.collection.notCarried = reading.problems;
    return input;
}

Result<RequestInput> readCurlInput(const QByteArray &text, const FileReader &readFile)
{
    const auto reading = readCurlCommand(text, readFile);
    if (!reading)
        return reading.error();
    RequestInput input;
    addRequest(input, reading->request);
    input.collection.requests.back().settings = reading->settings;
    // Whoever sends does as they say; the forms of other tools have no place for them.
    if (!readFile)
        input.collection.notCarried = reading->connection;
    input.collection.notCarried += reading->notCarried;
    return input;
}

Result<RequestInput> readRawInput(const QByteArray &text)
{
    const auto request = parseHttpRequest(text);
    if (!request)
        return request.error();
    RequestInput input;
    addRequest(input, request.value());
    return input;
}

Result<RequestInput> inputOf(Result<Collection> collection)
{
    if (!collection)
        return collection.error();
    RequestInput input;
    input.collection = std::move(collection).value();
    return input;
}

Result<RequestInput> readOpenApiInput(CliContext &context, QByteArray text)
{
    if (!text.trimmed().startsWith('{')) {
        auto json = context.yamlToJson ? context.yamlToJson(text)
                                       : Result<QByteArray>(Error{QStringLiteral("YAML is not read here"), {}});
        if (!json)
            return json.error();
        text = std::move(json).value();
    }
    auto input = inputOf(readOpenApi(text));
    if (input)
        input.value().description = text;
    return input;
}

Result<RequestInput> readText(CliContext &context, const QByteArray &text, const QString &kind,
                              const FileReader &readFile)
{
    if (kind == QLatin1String("har"))
        return readHarInput(text);
    if (kind == QLatin1String("curl"))
        return readCurlInput(text, readFile);
    if (kind == QLatin1String("raw"))
        return readRawInput(text);
    if (kind == QLatin1String("postman"))
        return inputOf(readPostman(text));
    if (kind == QLatin1String("bruno"))
        return inputOf(readBruno(text));
    if (kind == QLatin1String("openapi"))
        return readOpenApiInput(context, text);
    return inputOf(readHttpFile(text));
}

Result<std::vector<CollectionFile>> filesIn(CliContext &context, const QString &folder)
{
    std::vector<CollectionFile> files;
    qint64 left = limits::collectionFile;
    QDirIterator it(
        folder, {QStringLiteral("*.http"), QStringLiteral("*.rest"), QStringLiteral("*.bru"), QStringLiteral("*.json")},
        QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        auto bytes = readInput(context, path, left);
        if (!bytes)
            return bytes.error();
        if (files.size() == mostFiles)
            return Error{QStringLiteral("more than %1 files").arg(mostFiles), folder};
        left -= bytes->size();
        files.push_back({QDir(folder).relativeFilePath(path), std::move(bytes).value()});
    }
    return files;
}

Result<RequestInput> readFolder(CliContext &context, const QString &folder, const QString &from)
{
    auto files = filesIn(context, folder);
    if (!files)
        return files.error();
    const auto holds = [&files](const char *ending) {
        return std::any_of(files->begin(), files->end(),
                           [ending](const CollectionFile &file) { return file.path.endsWith(QLatin1String(ending)); });
    };
    const QString kind = !from.isEmpty() ? from : holds(".bru") ? QStringLiteral("bruno") : QStringLiteral("http");
    if (kind != QLatin1String("bruno") && kind != QLatin1String("http"))
        return Error{QStringLiteral("a folder holds http or bruno files, not %1").arg(kind), folder};
    auto input = inputOf(kind == QLatin1String("bruno") ? readBrunoFolder(std::move(files).value())
                                                        : readHttpFolder(std::move(files).value()));
    if (input)
        input.value().kind = kind;
    return input;
}

} // namespace

QStringList requestInputKinds()
{
    return {QStringLiteral("curl"),    QStringLiteral("har"),   QStringLiteral("http"),   QStringLiteral("raw"),
            QStringLiteral("postman"), QStringLiteral("bruno"), QStringLiteral("openapi")};
}

Result<RequestInput> readRequests(CliContext &context, const QString &file, const QString &from,
                                  const FileReader &readFile)
{
    if (QFileInfo(file).isDir())
        return readFolder(context, file, from);
    const QString name = file.isEmpty() || file == QLatin1String("-") ? QStringLiteral("standard input") : file;
    const auto text = readInput(context, file, limits::decoderInput);
    if (!text)
        return text.error();
    const QString kind = from.isEmpty() ? guessedKind(text.value()) : from;
    if (kind.isEmpty())
        return Error{QStringLiteral("no requests recognised, expected one of %1 (--from says which)")
                         .arg(requestInputKinds().join(QStringLiteral(", "))),
                     name};
    auto input = readText(context, text.value(), kind, readFile);
    if (!input)
        return Error{input.error().text(), name};
    input.value().kind = kind;
    return input;
}

FileReader filesBeside(const QString &file)
{
    const QFileInfo info(file);
    const QString folder = info.isDir() ? info.canonicalFilePath() : QFileInfo(info.absolutePath()).canonicalFilePath();
    return [folder](const QString &path) -> Result<QByteArray> {
        const QString whole = QFileInfo(QDir(folder).filePath(path)).canonicalFilePath();
        if (whole.isEmpty())
            return Error{QStringLiteral("no such file"), path};
        if (!whole.startsWith(folder + QLatin1Char('/')))
            return Error{QStringLiteral("lies outside the folder of the requests, and is not read"), path};
        CliContext none;
        return readInput(none, whole, limits::requestBody);
    };
}

std::optional<Error> findEnvironment(CliContext &context, const QString &name, Collection &collection)
{
    QStringList names;
    for (const Environment &environment : collection.environments) {
        if (environment.name == name)
            return {};
        if (!environment.name.isEmpty())
            names << environment.name;
    }
    if (QFileInfo::exists(name)) {
        auto input = readRequests(context, name, {});
        if (!input)
            return input.error();
        for (Environment &environment : input.value().collection.environments) {
            environment.name = name;
            collection.environments.push_back(std::move(environment));
        }
        return {};
    }
    return Error{names.isEmpty()
                     ? QStringLiteral("no such environment, the input has none")
                     : QStringLiteral("no such environment, expected one of %1").arg(names.join(QStringLiteral(", "))),
                 name};
}

std::optional<Error> keepOnly(const QString &name, RequestInput &input)
{
    auto &drafts = input.collection.requests;
    const auto it =
        std::find_if(drafts.begin(), drafts.end(), [&name](const RequestDraft &one) { return one.name == name; });
    if (it == drafts.end())
        return Error{QStringLiteral("no request of that name"), name};
    const auto index = it - drafts.begin();
    drafts = {*it};
    if (!input.requests.empty())
        input.requests = {input.requests[std::size_t(index)]};
    return {};
}

} // namespace errata
