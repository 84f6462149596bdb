#include "app/cli/sendcommand.h"

#include "app/cli/connectionoptions.h"
#include "app/cli/entryoutput.h"
#include "app/cli/findingoutput.h"
#include "app/cli/networkoutput.h"
#include "app/cli/options.h"
#include "app/cli/policychoice.h"
#include "app/cli/requestinput.h"
#include "models/decode/conventions.h"
#include "models/decode/decoder.h"
#include "models/http/bodyspool.h"
#include "models/http/networkerrors.h"
#include "models/http/statuscodes.h"
#include "models/retry/retryrunner.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <future>
#include <random>

namespace errata {

namespace {

struct Job
{
    HttpRequest request;
    SendOptions options;
    RetryPolicy policy;
    QString engine;
    QString output;
    bool asJson = false;
};

void writeHeaders(JsonWriter &json, QStringView key, const Headers &headers)
{
    json.key(key).beginArray();
    for (const Header &header : headers)
        json.beginArray().utf8(header.name).utf8(header.value).endArray();
    json.endArray();
}

void writeAttempt(JsonWriter &json, const Attempt &attempt, const QByteArray &method)
{
    const SendResult result = attempt.live.value_or(SendResult());
    json.beginObject().member(u"n", attempt.n).member(u"started_ms", attempt.starts.actual.count());
    json.member(u"status", result.response ? std::optional<int>(result.response->status) : std::nullopt);
    json.key(u"error");
    writeNetworkError(json, result, method);
    json.member(u"sends", result.sends);
    json.key(u"timings")
        .beginObject()
        .member(u"dns_ms", result.timings.dnsMs)
        .member(u"connect_ms", result.timings.connectMs);
    json.member(u"tls_ms", result.timings.tlsMs).member(u"first_byte_ms", result.timings.firstByteMs);
    json.member(u"total_ms", result.timings.totalMs).endObject();
    json.member(u"http_version", result.response && !result.response->version.isEmpty()
                                     ? std::optional<QString>(QString::fromLatin1(result.response->version))
                                     : std::nullopt);
    json.member(u"remote", result.remote.isEmpty() ? std::optional<QString>() : std::optional<QString>(result.remote));
    json.key(u"redirects").beginArray();
    for (const Redirect &redirect : result.redirects) {
        json.beginObject()
            .member(u"status", redirect.status)
            .key(u"from")
            .utf8(redirect.from)
            .key(u"to")
            .utf8(redirect.to);
        json.member(u"credentials_dropped", redirect.credentialsDropped).endObject();
    }
    json.endArray();
    writeConnection(json, result);
    json.key(u"decision").beginObject();
    json.member(u"action", attempt.action == Attempt::Action::Retry ? QStringLiteral("retry") : QStringLiteral("stop"));
    json.member(u"wait_ms", attempt.wait ? std::optional<double>(attempt.wait->actual.count()) : std::nullopt);
    json.member(u"reason", reasonId(attempt.reason)).endObject().endObject();
}

/// One send, or several under a policy, and what is said of them at the end.
class Sending : public QObject
{
public:
    Sending(Job job, std::future<LoadedCatalogs> loading, std::unique_ptr<Transport> transport, CliContext &context,
            Finish finish, QObject *parent)
        : QObject(parent)
        , m_job(std::move(job))
        , m_loading(std::move(loading))
        , m_transport(std::move(transport))
        , m_context(context)
        , m_finish(std::move(finish))
        , m_runner(*m_transport, *context.clock)
    {
        connect(&m_runner, &RetryRunner::finished, this, &Sending::ended);
        connect(&m_runner, &RetryRunner::waiting, this, [this](Millis duration) {
            if (!m_job.asJson)
                printLine(m_context.err, QStringLiteral("attempt %1: %2; waiting %3 s")
                                             .arg(m_runner.attempts().size())
                                             .arg(lastWords())
                                             .arg(duration.count() / 1000.0, 0, 'f', 1));
        });
    }

    void start()
    {
        m_runner.start(m_job.request, m_job.options, m_job.policy, RandomSource::seeded(std::random_device{}()));
    }

private:
    [[nodiscard]] QString lastWords() const
    {
        const SendResult &last = m_runner.lastResult();
        if (last.failure.kind != NetworkError::None || !last.response)
            return networkErrorId(last.failure.kind);
        return QStringLiteral("status %1").arg(last.response->status);
    }

    void ended()
    {
        const SendResult &last = m_runner.lastResult();
        Diagnosis diagnosis;
        if (last.response) {
            m_catalogs = withFaultsTold(m_context, m_loading.get());
            DecodeOptions options;
            options.now = m_context.clock->wallTime();
            Exchange exchange = Exchange::of(m_job.request, *last.response);
            if (exchange.body.size() > limits::responseBody)
                exchange.body = {}; // a download, no error reply
            diagnosis = decodeExchange(exchange, m_catalogs, options);
        }
        if (const auto fault = saveBody(last))
            return usageError(m_context, QStringLiteral("send"), *fault, m_finish);
        if (m_job.asJson)
            writeJson(last, diagnosis);
        else
            writeText(last, diagnosis);
        m_finish(!last.answered()                 ? Exit::Network
                 : holdsError(diagnosis.findings) ? Exit::ErrorRecognised
                                                  : Exit::Done);
    }

    [[nodiscard]] std::optional<QString> saveBody(const SendResult &last) const
    {
        if (m_job.output.isEmpty() || !last.response)
            return std::nullopt;
        const std::optional<QString> problem = writeBody(*last.response, m_job.output);
        return problem ? std::optional(m_job.output + QStringLiteral(": ") + *problem) : std::nullopt;
    }

    void writeJson(const SendResult &last, const Diagnosis &diagnosis)
    {
        JsonWriter json;
        json.beginObject().key(u"request").beginObject();
        json.key(u"method").utf8(m_job.request.method).key(u"url").utf8(m_job.request.url);
        writeHeaders(json, u"headers", last.sentHeaders.isEmpty() ? m_job.request.headers : last.sentHeaders);
        json.endObject().key(u"attempts").beginArray();
        for (const Attempt &attempt : m_runner.attempts())
            writeAttempt(json, attempt, m_job.request.method);
        json.endArray().key(u"response");
        if (last.response) {
            json.beginObject().member(u"status", last.response->status);
            writeHeaders(json, u"headers", last.response->headers);
            json.member(u"body_bytes", qint64(last.response->body.size()));
            json.member(u"sha256", QString::fromLatin1(sha256(*last.response).toHex())).endObject();
        } else {
            json.null();
        }
        writeFindings(json, m_catalogs, diagnosis.findings);
        m_context.out->write(json.endObject().result());
    }

    void writeText(const SendResult &last, const Diagnosis &diagnosis)
    {
        const Style style(m_context.colour);
        if (last.failure.kind != NetworkError::None) {
            printLine(m_context.err, QStringLiteral("errata send: ") + networkErrorText(last.failure));
            m_context.err->write(networkAdvice(last, m_job.request.method, Style(false), m_context.columns).toUtf8());
        }
        if (!last.response)
            return;
        const StatusInfo *info = statusInfo(last.response->status);
        printLine(m_context.out,
                  QStringLiteral("%1 %2  %3")
                      .arg(style.bold(QString::number(last.response->status)), info ? QString(info->phrase) : QString(),
                           style.dim(QStringLiteral("%1 bytes, %2 ms, %3 attempt(s), %4 send(s)")
                                         .arg(last.response->body.size())
                                         .arg(last.timings.totalMs, 0, 'f', 0)
                                         .arg(m_runner.attempts().size())
                                         .arg(sends()))));
        const QStringList lines = connectionLines(last, m_context.clock->wallTime());
        for (const QString &line : lines)
            printLine(m_context.out, style.dim(visible(line)));
        for (const Finding &finding : diagnosis.findings)
            m_context.out->write(findingText(m_catalogs, finding, style, m_context.columns).toUtf8());
        if (m_job.output.isEmpty() && !last.response->body.isEmpty()) {
            printLine(m_context.out, QString());
            m_context.out->write(last.response->body);
            if (!last.response->body.endsWith('\n'))
                m_context.out->write("\n");
        }
    }

    [[nodiscard]] int sends() const
    {
        int total = 0;
        for (const Attempt &attempt : m_runner.attempts())
            total += attempt.live ? attempt.live->sends : 0;
        return total;
    }

    Job m_job;
    std::future<LoadedCatalogs> m_loading;
    CatalogSet m_catalogs;
    std::unique_ptr<Transport> m_transport;
    CliContext &m_context;
    Finish m_finish;
    RetryRunner m_runner;
};

/// No retries: what `send` does unless a policy is named.
RetryPolicy once()
{
    RetryPolicy policy;
    policy.id = QStringLiteral("none");
    policy.maxAttempts = 1;
    return policy;
}

struct Wanted
{
    HttpRequest request;
    SendSettings settings;
};

/// \a draft with its variables filled in.
Result<Wanted> wanted(const RequestDraft &draft, const Variables &variables, const FileReader &readFile)
{
    auto request = resolvedRequest(draft, variables, readFile);
    if (!request)
        return request.error();
    auto settings = resolvedSettings(draft.settings, variables);
    if (!settings)
        return settings.error();
    return Wanted{std::move(request).value(), std::move(settings).value()};
}

/// The one request a file holds, or the one --only names; with --env its variables are filled in.
Result<Wanted> readRequestFile(const Options &options, CliContext &context)
{
    const bool isCurl = options.isSet(QStringLiteral("curl-file"));
    const QString file = options.value(isCurl ? QStringLiteral("curl-file") : QStringLiteral("request"));
    auto read = readRequests(context, file, isCurl ? QStringLiteral("curl") : QString(), filesBeside(file));
    if (!read)
        return read.error();
    RequestInput &input = read.value();
    if (options.isSet(QStringLiteral("only"))) {
        if (const auto error = keepOnly(options.value(QStringLiteral("only")), input))
            return *error;
    }
    if (input.collection.requests.size() != 1) {
        QStringList names;
        for (const RequestDraft &draft : input.collection.requests)
            names << draft.name;
        return Error{QStringLiteral("has %1 requests; --only takes one of: %2")
                         .arg(names.size())
                         .arg(names.join(QStringLiteral(", "))),
                     file};
    }
    for (const QString &what : std::as_const(input.collection.notCarried))
        printLine(context.err, QStringLiteral("errata send: not carried over: %1").arg(what));
    const QString environment = options.value(QStringLiteral("env"));
    if (!environment.isEmpty()) {
        if (const auto error = findEnvironment(context, environment, input.collection))
            return *error;
    }
    // What the file says byte for byte goes out like that.
    const RequestDraft &draft = input.collection.requests.front();
    if (input.requests.size() == 1 && !options.isSet(QStringLiteral("env")))
        return Wanted{input.requests.front(), draft.settings};
    return wanted(draft, variablesFor(input.collection, environment), filesBeside(file));
}

Result<Wanted> readRequestWords(const Options &options, CliContext &context)
{
    const QStringList words = options.positional();
    if (words.isEmpty() || words.size() > 2)
        return Error{QStringLiteral("takes [METHOD] URL, see 'errata send --help'"), {}};
    HttpRequest request;
    request.url = words.constLast().toUtf8();
    for (const QString &field : options.values(QStringLiteral("H"))) {
        const qsizetype colon = field.indexOf(QLatin1Char(':'));
        if (colon <= 0)
            return Error{QStringLiteral("-H takes 'Name: value', not '%1'").arg(field), {}};
        request.headers.add(field.first(colon).trimmed().toUtf8(), field.mid(colon + 1).trimmed().toUtf8());
    }
    const bool hasBody = options.isSet(QStringLiteral("d"));
    if (hasBody) {
        const QString body = options.value(QStringLiteral("d"));
        if (body.startsWith(QLatin1Char('@'))) {
            const auto bytes = readInput(context, body.mid(1), limits::requestBody);
            if (!bytes)
                return bytes.error();
            request.body = bytes.value();
        } else {
            request.body = body.toUtf8();
        }
    }
    const QString method = options.isSet(QStringLiteral("method")) ? options.value(QStringLiteral("method"))
                           : words.size() == 2                     ? words.constFirst()
                           : hasBody                               ? QStringLiteral("POST")
                                                                   : QStringLiteral("GET");
    request.method = method.toUpper().toUtf8();
    // Most bodies sent by hand are JSON; a wrong guess here would be an error of its own.
    if (hasBody && !request.headers.contains("Content-Type")) {
        const QByteArrayView start = QByteArrayView(request.body).trimmed();
        request.headers.add("Content-Type", start.startsWith('{') || start.startsWith('[')
                                                ? "application/json"
                                                : "application/x-www-form-urlencoded");
    }
    if (!options.isSet(QStringLiteral("env")))
        return Wanted{request, {}};
    Collection none;
    const QString environment = options.value(QStringLiteral("env"));
    if (const auto error = findEnvironment(context, environment, none))
        return *error;
    return wanted(draftOf(request), variablesFor(none, environment), {});
}

Result<Wanted> readRequest(const Options &options, CliContext &context)
{
    const bool isCurl = options.isSet(QStringLiteral("curl-file"));
    const bool isFile = options.isSet(QStringLiteral("request"));
    if (isCurl && isFile)
        return Error{QStringLiteral("takes --curl-file or --request, not both"), {}};
    if ((isCurl || isFile) && !options.positional().isEmpty())
        return Error{QStringLiteral("takes a URL or a file with the request, not both"), {}};
    auto read = isCurl || isFile ? readRequestFile(options, context) : readRequestWords(options, context);
    if (!read)
        return read;
    if (const auto problem = requestProblem(read->request))
        return Error{*problem, {}};
    return read;
}

Result<Job> readJob(const Options &options, CliContext &context)
{
    Job job;
    auto read = readRequest(options, context);
    if (!read)
        return read.error();
    job.request = std::move(read.value().request);
    const auto settings = connectionSettings(options, read->settings);
    if (!settings)
        return settings.error();
    job.options = applied(settings.value(), job.options);
    const auto timeout = options.real(QStringLiteral("timeout"), 0, 86'400);
    if (!timeout)
        return timeout.error();
    if (timeout.value())
        job.options.deadline = Millis(*timeout.value() * 1000);
    job.policy = once();
    if (options.isSet(QStringLiteral("retry"))) {
        auto policy = choosePolicy(context, options.value(QStringLiteral("retry")));
        if (!policy)
            return policy.error();
        job.policy = std::move(policy).value();
    }
    job.engine =
        options.isSet(QStringLiteral("engine")) ? options.value(QStringLiteral("engine")) : QStringLiteral("curl");
    job.output = options.value(QStringLiteral("output"));
    if (!job.output.isEmpty()) {
        job.options.bodyLimit = limits::downloadedBody;
        const QFileInfo folder(QFileInfo(job.output).absolutePath());
        if (folder.isWritable()) // there it needs no copying
            job.options.bodyFolder = folder.filePath();
    }
    job.asJson = options.isSet(QStringLiteral("json"));
    return job;
}

/// What an answer is told by, read while the engine is loaded and the request is under way.
std::future<LoadedCatalogs> loading(const CliContext &context)
{
    return std::async(std::launch::async, [folder = context.catalogDir, files = context.catalogFiles] {
        static_cast<void>(conventions()); // read by whoever asks first
        return loadCatalogs({folder}, files);
    });
}

void runSend(const QStringList &arguments, CliContext &context, QObject *lifetime, const Finish &finish)
{
    const QString name = QStringLiteral("send");
    Options options(
        name, QStringLiteral("[METHOD] URL [-H 'N: V']... [-d BODY|@FILE] | --curl-file F | --request F"),
        QStringLiteral(
            "Sends one request, decodes the reply; with --retry follows the policy live.\n"
            "METHOD is GET, or POST with a body. Exit status 4: the reply is an API error; 3: no answer came."));
    options
        .value({QStringLiteral("H"), QStringLiteral("header")}, QStringLiteral("N: V"),
               QStringLiteral("A header; may be given several times."))
        .value({QStringLiteral("d"), QStringLiteral("data")}, QStringLiteral("BODY|@FILE"),
               QStringLiteral("The body, sent byte for byte."))
        .value({QStringLiteral("method")}, QStringLiteral("METHOD"), QStringLiteral("The method."))
        .value({QStringLiteral("curl-file")}, QStringLiteral("FILE"),
               QStringLiteral("Send what the curl command in this file would; '-' is standard input."))
        .value({QStringLiteral("request")}, QStringLiteral("FILE"),
               QStringLiteral("Send the request of this file: .http, HAR, Postman, Bruno, OpenAPI, raw."))
        .value({QStringLiteral("only")}, QStringLiteral("NAME"),
               QStringLiteral("Of several requests in the file, the one of this name."))
        .value({QStringLiteral("env")}, QStringLiteral("NAME"),
               QStringLiteral("Fill in {{variables}} from this environment of the file, or from this file."))
        .value({QStringLiteral("engine")}, QStringLiteral("curl|qt"), QStringLiteral("What sends (default curl)."))
        .value({QStringLiteral("retry")}, QStringLiteral("POLICY"),
               QStringLiteral("Retry by this policy: its id, or a file."))
        .value({QStringLiteral("timeout")}, QStringLiteral("S"),
               QStringLiteral("Seconds for one attempt (default 30, 0 none)."))
        .value({QStringLiteral("output")}, QStringLiteral("FILE"),
               QStringLiteral("Write the body of the last reply there."));
    addConnectionOptions(options);
    if (!options.parse(arguments, context, finish))
        return;
    auto job = readJob(options, context);
    if (!job)
        return usageError(context, name, job.error().text(), finish);
    auto catalogs = loading(context);
    auto transport = context.transport(job.value().engine);
    if (!transport)
        return usageError(context, name, transport.error().text(), finish);
    if (const auto warning = connectionWarning(job.value().options))
        printLine(context.err, QStringLiteral("errata send: ") + *warning);
    auto *sending = new Sending(std::move(job).value(), std::move(catalogs), std::move(transport).value(), context,
                                finish, lifetime);
    sending->start();
}

} // namespace

Command sendCommand()
{
    return {QStringLiteral("send"), QStringLiteral("send a request, decode the reply, retry by a policy"), runSend};
}

} // namespace errata
