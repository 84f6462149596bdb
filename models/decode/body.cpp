#include "models/decode/body.h"

#include "models/decode/salvage.h"
#include "models/http/jsonintext.h"

namespace errata {

namespace {

/// Documents of one body that are looked at: a stream of events ends with its error.
constexpr int mostDocuments = 1000;

QByteArrayView trimmedBody(const QByteArray &body)
{
    QByteArrayView view(body);
    if (view.startsWith("\xef\xbb\xbf"))
        view = view.sliced(3);
    return view.trimmed();
}

QByteArray mediaType(const Exchange &exchange)
{
    const QByteArray value = exchange.headers.value("Content-Type").value_or(QByteArray()).toLower();
    return value.left(value.indexOf(';') < 0 ? value.size() : value.indexOf(';')).trimmed();
}

bool isXmlType(const QByteArray &type)
{
    return type == "application/xml" || type == "text/xml" || type.endsWith("+xml");
}

JsonLimits limitsWith(const Progress &progress)
{
    return {limits::jsonDepth, limits::decoderInput, progress};
}

bool isStopped(const Progress &progress, qsizetype bytes)
{
    return progress && !progress(bytes);
}

ReadBody cancelledBody()
{
    ReadBody read;
    read.cancelled = true;
    return read;
}

/// The documents of "{…}\n{…}" or an event stream behind the first.
void addFurther(ReadBody &read, const QByteArray &body, qsizetype from, const Progress &progress)
{
    for (qsizetype told = from; static_cast<int>(read.further.size()) < mostDocuments;) {
        if (from - told >= ProgressStep) {
            told = from;
            if (isStopped(progress, from))
                return;
        }
        while (from < body.size() && QByteArrayView(" \t\r\n,\x1e").contains(body[from]))
            ++from;
        const auto next = from < body.size() ? JsonDocument::parsePrefix(body, from, limitsWith(progress))
                                             : Result<JsonDocument, JsonError>(JsonError());
        if (!next)
            return;
        from = next.value().root().span().end();
        read.further.push_back(next.value().root());
    }
}

ReadBody ofTranslation(Translation translation)
{
    ReadBody read;
    read.root = translation.document.root();
    read.places = std::move(translation.places);
    read.translated = true;
    return read;
}

/// What a program printed of an object it had read.
std::optional<ReadBody> readLiterals(const QByteArray &body)
{
    auto translation = translateLiterals(body, mostDocuments);
    if (!translation)
        return std::nullopt;
    ReadBody read = ofTranslation(std::move(*translation));
    read.note = QStringLiteral("no JSON as it stands: read as a program prints an object");
    return read;
}

/// \a isSaidToBeJson: the sender says so, and what is wrong with it is told.
ReadBody readJson(const QByteArray &body, bool isSaidToBeJson, const Progress &progress)
{
    ReadBody read;
    const auto whole = JsonDocument::parse(body, limitsWith(progress));
    if (whole) {
        read.root = whole.value().root();
        return read;
    }
    if (whole.error().isCancelled)
        return cancelledBody();
    read.problem = QStringLiteral("The body is not valid JSON: %1.").arg(whole.error().text());
    const auto first = JsonDocument::parsePrefix(body, body.startsWith("\xef\xbb\xbf") ? 3 : 0, limitsWith(progress));
    if (first && !first.value().root().is(JsonKind::Number)) {
        read.root = first.value().root();
        addFurther(read, body, read.root.span().end(), progress);
        if (!read.further.empty())
            read.problem.clear();
        else
            read.problem += QStringLiteral(" What stands before that was read.");
    } else if (const auto salvaged = salvageTruncatedJson(body, whole.error(), progress)) {
        read.root = salvaged->root();
        read.problem += QStringLiteral(" It is cut off; what stands before the cut was read.");
    } else if (auto literals = readLiterals(body)) {
        // JSON up to a name and its colon is JSON with a fault.
        if (isSaidToBeJson || QByteArrayView(body).first(whole.error().offset).contains(':'))
            literals->problem = read.problem;
        return *literals;
    }
    return read;
}

ReadBody readXml(const QByteArray &body, const Progress &progress)
{
    bool stopped = false;
    auto translation = translateXml(body, [&](qsizetype bytes) {
        stopped = stopped || isStopped(progress, bytes);
        return !stopped;
    });
    if (stopped)
        return cancelledBody();
    if (translation)
        return ofTranslation(std::move(translation).value());
    ReadBody read;
    read.problem = QStringLiteral("The body is not valid XML: %1.").arg(translation.error().text());
    return read;
}

/// A body that is a string with JSON in it, or text with JSON somewhere.
ReadBody readEmbedded(const QByteArray &body, const Progress &progress)
{
    ReadBody read;
    if (const auto inner = unquotedJson(body, progress)) {
        if (const auto document = JsonDocument::parse(*inner, limitsWith(progress))) {
            read.root = document.value().root();
            read.offset = -1;
            return read;
        }
    }
    for (const Span &span : jsonIn(body, mostDocuments, progress)) {
        const auto document = JsonDocument::parsePrefix(body, span.start, limitsWith(progress));
        if (!document)
            continue;
        if (read.root.isAbsent())
            read.root = document.value().root();
        else
            read.further.push_back(document.value().root());
    }
    if (read.root.isAbsent()) {
        if (auto literals = readLiterals(body))
            return *literals;
        if (auto status = translateGrpcStatus(body))
            return ofTranslation(std::move(*status));
    }
    return read;
}

bool namesError(const std::vector<Parameter> &parameters)
{
    return std::any_of(parameters.begin(), parameters.end(),
                       [](const Parameter &parameter) { return parameter.name == QLatin1String("error"); });
}

} // namespace

ReadBody readBody(const Exchange &exchange, bool mustBeJson, const Progress &progress)
{
    const QByteArray &body = exchange.body;
    const QByteArrayView view = trimmedBody(body);
    const QByteArray type = mediaType(exchange);
    if (view.isEmpty())
        return {};
    if (mustBeJson || view.startsWith('{') || view.startsWith('['))
        return readJson(body, type.endsWith("json"), progress);
    if (looksLikeHtml(view)) {
        ReadBody read;
        read.page = readHtmlPage(body);
        return read;
    }
    if (view.startsWith('<')) {
        ReadBody read = readXml(body, progress);
        if (read.cancelled || read.problem.isEmpty() || isXmlType(type))
            return read;
        ReadBody embedded = readEmbedded(body, progress);
        return embedded.root.isAbsent() ? read : embedded;
    }
    if (type == "application/x-www-form-urlencoded" || view.startsWith("error=")) {
        auto parameters = parametersIn(body, 0);
        if (namesError(parameters))
            return ofTranslation(translateParameters(parameters));
    }
    ReadBody read = readEmbedded(body, progress);
    if (read.root.isAbsent() && (type.endsWith("json") || isXmlType(type)))
        return isXmlType(type) ? readXml(body, progress) : readJson(body, true, progress);
    return read;
}

} // namespace errata
