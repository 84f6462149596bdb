#include "app/cli/convertcommand.h"

#include "app/cli/entryoutput.h"
#include "app/cli/options.h"
#include "app/cli/requestinput.h"
#include "app/redactionrules.h"
#include "models/base/wholefile.h"
#include "models/http/bruno.h"
#include "models/http/har.h"
#include "models/http/httpfile.h"
#include "models/http/openapi.h"
#include "models/http/postman.h"
#include "models/http/programs.h"
#include "models/json/jsonwriter.h"
#include "models/redact/draftredaction.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace errata {

namespace {

QString commandName()
{
    return QStringLiteral("convert");
}

QStringList outputKinds()
{
    return {QStringLiteral("curl"),   QStringLiteral("har"),    QStringLiteral("http"), QStringLiteral("httpie"),
            QStringLiteral("python"), QStringLiteral("fetch"),  QStringLiteral("go"),   QStringLiteral("postman"),
            QStringLiteral("bruno"),  QStringLiteral("catalog")};
}

struct Order
{
    QString file;
    QString to;
    std::optional<QString> environment; ///< set: variables are filled in
    bool withSecrets = false;
    bool intoFolder = false;
};

struct Converted
{
    std::vector<CollectionFile> files; ///< one without a path goes to standard output
    QStringList notCarried;
    RedactionReport report;
    qsizetype count = 0;
};

class Converter
{
public:
    Converter(CliContext &context, const Order &order, const RequestInput &input)
        : m_order(order), m_input(input), m_redactor(redactionRules(loadCatalogsOf(context)))
    {
        m_done.notCarried = input.collection.notCarried;
        m_done.count = qsizetype(input.collection.requests.size());
    }

    Result<Converted> convert()
    {
        std::optional<Error> error;
        if (m_order.to == QLatin1String("catalog"))
            error = writeCatalog();
        else if (m_order.to == QLatin1String("har") || programFormat(m_order.to))
            error = writeRequests();
        else
            error = writeCollection();
        if (error)
            return *error;
        return std::move(m_done);
    }

private:
    std::optional<Error> writeCatalog()
    {
        if (m_input.description.isEmpty())
            return Error{QStringLiteral("only an OpenAPI description becomes a catalog, this is %1").arg(m_input.kind),
                         m_order.file};
        auto catalog = openApiCatalog(m_input.description);
        if (!catalog)
            return Error{catalog.error().message, m_order.file};
        m_done.files.push_back({{}, catalog->json});
        m_done.count = catalog->codes;
        return {};
    }

    Result<std::vector<HttpRequest>> requests()
    {
        const Collection &collection = m_input.collection;
        const Variables variables = variablesFor(collection, m_order.environment.value_or(QString()));
        const FileReader readFile = filesBeside(m_order.file);
        std::vector<HttpRequest> list;
        for (std::size_t i = 0; i < collection.requests.size(); ++i) {
            const RequestDraft &draft = collection.requests[i];
            const bool isFilled = m_order.environment.has_value();
            if (!isFilled && i < m_input.requests.size()) {
                list.push_back(m_input.requests[i]);
                continue;
            }
            if (!isFilled && (!sendsFiles(draft) || !variablesOf(draft).isEmpty())) {
                if (sendsFiles(draft))
                    m_done.notCarried << QStringLiteral("content of the files that '%1' sends").arg(draft.name);
                list.push_back(literalRequest(draft));
                continue;
            }
            auto request = resolvedRequest(draft, variables, readFile);
            if (!request)
                return Error{request.error().text(), QStringLiteral("%1: '%2'").arg(m_order.file, draft.name)};
            list.push_back(std::move(request).value());
        }
        return list;
    }

    /// How each is sent.
    Result<std::vector<SendSettings>> settingsOfRequests()
    {
        const Variables variables = variablesFor(m_input.collection, m_order.environment.value_or(QString()));
        std::vector<SendSettings> list;
        list.reserve(m_input.collection.requests.size());
        for (const RequestDraft &draft : m_input.collection.requests) {
            auto filled = m_order.environment ? resolvedSettings(draft.settings, variables) : draft.settings;
            if (!filled)
                return Error{filled.error().text(), QStringLiteral("%1: '%2'").arg(m_order.file, draft.name)};
            list.push_back(std::move(filled).value());
            if (m_order.withSecrets)
                continue;
            Redacted<SendSettings> masked = redactedSettings(m_redactor, list.back());
            list.back() = masked.value;
            m_done.report.add(std::move(masked));
        }
        return list;
    }

    std::optional<Error> writeRequests()
    {
        auto list = requests();
        if (!list)
            return list.error();
        if (!m_order.withSecrets) {
            for (HttpRequest &request : list.value()) {
                Redacted<HttpRequest> masked = redactedRequest(m_redactor, request);
                request = masked.value;
                m_done.report.add(std::move(masked));
            }
        }
        auto settings = settingsOfRequests();
        if (!settings)
            return settings.error();
        if (m_order.to == QLatin1String("har"))
            writeHarFile(list.value());
        else
            return writePrograms(*programFormat(m_order.to), list.value(), settings.value());
        return {};
    }

    void writeHarFile(const std::vector<HttpRequest> &list)
    {
        std::vector<Exchange> exchanges;
        for (const HttpRequest &request : list) {
            Exchange exchange;
            exchange.index = int(exchanges.size());
            exchange.request = request;
            exchanges.push_back(std::move(exchange));
        }
        m_done.files.push_back({{}, writeHar(exchanges, QStringLiteral(ERRATA_VERSION))});
    }

    std::optional<Error> writePrograms(const ProgramFormat &format, const std::vector<HttpRequest> &list,
                                       const std::vector<SendSettings> &settings)
    {
        if (list.size() > 1 && !format.holdsSeveral && !m_order.intoFolder)
            return Error{
                QStringLiteral("%1 requests make as many programs: name one with --only, or a folder with --output")
                    .arg(list.size()),
                m_order.file};
        QByteArray all;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const QString name = m_input.collection.requests[i].name;
            if (m_order.to == QLatin1String("fetch") && !fetchProblem(list[i]).isEmpty())
                m_done.notCarried << QStringLiteral("%1: '%2'").arg(QString::fromUtf8(fetchProblem(list[i])), name);
            QByteArray text = format.write(list[i], settings[i]);
            if (!format.carriesSettings && (settings[i].proxy || settings[i].tls))
                m_done.notCarried << QStringLiteral("proxy and certificates of '%1'").arg(name);
            text += text.endsWith('\n') ? "" : "\n";
            if (m_order.intoFolder)
                m_done.files.push_back({QStringLiteral("%1 %2%3")
                                            .arg(i + 1, 3, 10, QLatin1Char('0'))
                                            .arg(safeFileName(name), QLatin1String(format.ending)),
                                        text});
            else
                all += (all.isEmpty() ? "" : "\n") + (list.size() > 1 ? comment(format, name) : QByteArray()) + text;
        }
        if (!m_order.intoFolder)
            m_done.files.push_back({{}, all});
        return {};
    }

    /// A name is one line, whatever it holds.
    static QByteArray comment(const ProgramFormat &format, const QString &name)
    {
        const QByteArray line = name.simplified().toUtf8();
        return line.isEmpty() ? line : format.comment + line + '\n';
    }

    std::optional<Error> writeCollection()
    {
        Collection collection = m_input.collection;
        if (m_order.environment) {
            auto filled = requests();
            if (!filled)
                return filled.error();
            for (std::size_t i = 0; i < collection.requests.size(); ++i)
                fill(collection.requests[i], filled.value()[i]);
            collection.environments.clear();
        }
        if (!m_order.withSecrets) {
            Redacted<Collection> masked = redactedCollection(m_redactor, collection);
            collection = masked.value;
            m_done.report.add(std::move(masked));
        }
        return writeFiles(collection);
    }

    static void fill(RequestDraft &draft, const HttpRequest &request)
    {
        RequestDraft filled = draftOf(request);
        filled.name = draft.name;
        filled.folder = draft.folder;
        filled.about = draft.about;
        filled.policy = draft.policy;
        filled.settings = draft.settings;
        draft = std::move(filled);
    }

    std::optional<Error> writeFiles(const Collection &collection)
    {
        if (m_order.to == QLatin1String("http")) {
            if (m_order.intoFolder)
                m_done.files = writeHttpFolder(collection);
            else
                m_done.files.push_back({{}, writeHttpFile(collection)});
            return {};
        }
        const bool isPostman = m_order.to == QLatin1String("postman");
        WrittenCollection written = isPostman ? writePostman(collection) : writeBruno(collection);
        m_done.notCarried += written.notCarried;
        if (m_order.intoFolder) {
            m_done.files = std::move(written.files);
            return {};
        }
        // bruno.json comes first there, the collection here.
        const std::size_t first = isPostman ? 0 : 1;
        if (!isPostman && collection.requests.size() > 1)
            return Error{
                QStringLiteral("%1 requests make as many files: name one with --only, or a folder with --output")
                    .arg(collection.requests.size()),
                m_order.file};
        for (const Environment &environment : collection.environments) {
            if (!isPostman || !environment.name.isEmpty())
                m_done.notCarried << QStringLiteral(
                                         "environment '%1' (it is a file of its own: name a folder with --output)")
                                         .arg(environment.name);
        }
        m_done.files.push_back({{}, written.files[first].bytes});
        return {};
    }

    const Order &m_order;
    const RequestInput &m_input;
    Redactor m_redactor;
    Converted m_done;
};

/// Of a folder nothing is overwritten.
std::optional<Error> writeAll(const Converted &done, const QString &target)
{
    if (done.files.size() == 1 && done.files.front().path.isEmpty())
        return writeWholeFile(target, done.files.front().bytes);
    for (const CollectionFile &file : done.files) {
        if (QFileInfo::exists(QDir(target).filePath(file.path)))
            return Error{QStringLiteral("is there already; name a new folder"), QDir(target).filePath(file.path)};
    }
    for (const CollectionFile &file : done.files) {
        const QString path = QDir(target).filePath(file.path);
        if (!QDir().mkpath(QFileInfo(path).path()))
            return Error{QStringLiteral("the folder cannot be made"), QFileInfo(path).path()};
        if (auto fault = writeWholeFile(path, file.bytes))
            return fault;
    }
    return {};
}

QByteArray asJson(const Order &order, const QString &kind, const Converted &done)
{
    JsonWriter json;
    json.beginObject().member(u"from", kind).member(u"to", order.to);
    json.member(order.to == QLatin1String("catalog") ? u"codes" : u"requests", qint64(done.count));
    json.key(u"files").beginArray();
    for (const CollectionFile &file : done.files)
        json.beginObject().member(u"path", file.path).key(u"text").utf8(file.bytes).endObject();
    json.endArray().key(u"not_carried").beginArray();
    for (const QString &what : done.notCarried)
        json.string(what);
    json.endArray().key(u"masked").beginObject();
    for (const auto &[type, count] : done.report.tally())
        json.member(QString::fromUtf8(type), count);
    return json.endObject().endObject().result();
}

void report(CliContext &context, const Converted &done)
{
    for (const QString &what : done.notCarried)
        printLine(context.err, QStringLiteral("errata convert: not carried over: ") + what);
    if (!done.report.masked.empty())
        printLine(context.err, QStringLiteral("errata convert: %1 secret%2 masked; --with-secrets keeps them")
                                   .arg(done.report.masked.size())
                                   .arg(done.report.masked.size() == 1 ? QString() : QStringLiteral("s")));
}

void addOptions(Options &options)
{
    options.value({QStringLiteral("to")}, QStringLiteral("KIND"), outputKinds().join(QLatin1Char('|')));
    options.value({QStringLiteral("from")}, QStringLiteral("KIND"),
                  requestInputKinds().join(QLatin1Char('|')) + QStringLiteral("; recognised by itself without."));
    options.value({QStringLiteral("env")}, QStringLiteral("NAME"),
                  QStringLiteral("Fill in variables from this environment of the input, or from this file. An empty\n"
                                 "name takes the input's own variables alone."));
    options.value({QStringLiteral("only")}, QStringLiteral("NAME"), QStringLiteral("Only the request of this name."));
    options.value({QStringLiteral("o"), QStringLiteral("output")}, QStringLiteral("FILE|DIR/"),
                  QStringLiteral("Write there; into a folder if it is one or ends with '/'."));
    options.flag({QStringLiteral("with-secrets")}, QStringLiteral("Keep secrets. Without it they are masked."));
}

/// What was asked for, or one sentence on what is wrong with it.
Result<Order> orderOf(const Options &options)
{
    if (options.positional().size() > 1)
        return Error{QStringLiteral("takes one file or folder at most"), {}};
    const auto to = options.choice(QStringLiteral("to"), outputKinds());
    if (!to)
        return to.error();
    if (!to.value())
        return Error{
            QStringLiteral("--to is missing, expected one of %1").arg(outputKinds().join(QStringLiteral(", "))), {}};
    if (const auto from = options.choice(QStringLiteral("from"), requestInputKinds()); !from)
        return from.error();
    Order order{options.positional().value(0), *to.value(), {}, options.isSet(QStringLiteral("with-secrets")), false};
    if (options.isSet(QStringLiteral("env")))
        order.environment = options.value(QStringLiteral("env"));
    const QString target = options.value(QStringLiteral("output"));
    order.intoFolder = target.endsWith(QLatin1Char('/')) || QFileInfo(target).isDir();
    return order;
}

Result<RequestInput> inputFor(CliContext &context, const Order &order, const Options &options)
{
    auto input = readRequests(context, order.file, options.value(QStringLiteral("from")));
    if (!input)
        return input.error();
    if (options.isSet(QStringLiteral("only"))) {
        if (const auto error = keepOnly(options.value(QStringLiteral("only")), input.value()))
            return *error;
    }
    if (order.environment && !order.environment->isEmpty()) {
        if (const auto error = findEnvironment(context, *order.environment, input.value().collection))
            return *error;
    }
    return input;
}

void runConvert(const QStringList &arguments, CliContext &context, QObject * /*lifetime*/, const Finish &finish)
{
    Options options(
        commandName(), QStringLiteral("[FILE|DIR] --to KIND [--from KIND] [--env NAME] [--output FILE] [--json]"),
        QStringLiteral("Requests from and to other tools' formats, and programs that send them. An OpenAPI\n"
                       "description also becomes a catalog of its error codes. Secrets are masked unless\n"
                       "--with-secrets is given. What a format has no place for is named on standard\n"
                       "error. With no FILE, or '-', reads standard input."));
    addOptions(options);
    if (!options.parse(arguments, context, finish))
        return;
    const auto order = orderOf(options);
    if (!order)
        return usageError(context, commandName(), order.error().text(), finish);
    const auto input = inputFor(context, order.value(), options);
    if (!input)
        return usageError(context, commandName(), input.error().text(), finish);
    if (input->collection.requests.empty()) {
        printLine(context.err, QStringLiteral("errata convert: no request found"));
        return finish(Exit::NothingFound);
    }
    const auto done = Converter(context, order.value(), input.value()).convert();
    if (!done)
        return usageError(context, commandName(), done.error().text(), finish);
    const QString target = options.value(QStringLiteral("output"));
    if (!target.isEmpty()) {
        if (const auto fault = writeAll(done.value(), target))
            return usageError(context, commandName(), fault->text(), finish);
    }
    if (options.isSet(QStringLiteral("json")))
        context.out->write(asJson(order.value(), input->kind, done.value()));
    else if (target.isEmpty())
        context.out->write(done->files.front().bytes);
    report(context, done.value());
    finish(Exit::Done);
}

} // namespace

Command convertCommand()
{
    return {commandName(), QStringLiteral("requests from and to other tools' formats"), runConvert};
}

} // namespace errata
