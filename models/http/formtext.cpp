#include "models/http/formtext.h"

#include <algorithm>

namespace errata {

namespace {

/// Encodes what stands between uses of variables.
template <typename Encode>
QByteArray aroundVariables(const QByteArray &text, bool keepVariables, Encode encode)
{
    if (!keepVariables)
        return encode(text);
    QByteArray out;
    qsizetype from = 0;
    for (const VariableUse &use : variablesIn(text)) {
        out += encode(text.mid(from, use.where.start - from)) + text.mid(use.where.start, use.where.length);
        from = use.where.end();
    }
    return out + encode(text.mid(from));
}

/// Quotes and line breaks in names, as browsers write them (WHATWG HTML, multipart/form-data encoding).
QByteArray dispositionValue(QByteArray text)
{
    return '"' + text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A") + '"';
}

QByteArray dispositionText(QByteArray text)
{
    return text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
}

bool startsWith(QByteArrayView text, QByteArrayView start)
{
    return text.size() >= start.size() && text.first(start.size()).compare(start, Qt::CaseInsensitive) == 0;
}

/// name="value" behind a ';'; nothing where there is none.
std::optional<QByteArray> parameter(const QByteArray &field, const QByteArray &name)
{
    const qsizetype at = field.indexOf("; " + name + "=\"");
    if (at < 0)
        return {};
    const qsizetype start = at + name.size() + 4;
    const qsizetype end = field.indexOf('"', start);
    if (end < 0)
        return {};
    return dispositionText(field.mid(start, end - start));
}

std::optional<FormPart> partOf(const QByteArray &text)
{
    FormPart part;
    qsizetype at = 0;
    bool isNamed = false;
    for (;;) {
        const qsizetype end = text.indexOf('\n', at);
        if (end < 0)
            return {};
        const QByteArray line = text.mid(at, end - at).trimmed();
        at = end + 1;
        if (line.isEmpty())
            break;
        if (startsWith(line, "content-disposition:")) {
            part.name = parameter(line, "name").value_or(QByteArray());
            part.fileName = parameter(line, "filename");
            isNamed = parameter(line, "name").has_value();
        } else if (startsWith(line, "content-type:")) {
            part.contentType = line.mid(13).trimmed();
        } else {
            return {};
        }
    }
    part.content = text.mid(at);
    return isNamed ? std::optional(part) : std::nullopt;
}

} // namespace

QByteArray formEncoded(const QByteArray &text, bool keepVariables)
{
    return aroundVariables(text, keepVariables, [](const QByteArray &plain) {
        // toPercentEncoding() leaves '-', '.', '_' and '~' as they are.
        return plain.toPercentEncoding(" *", "~").replace(' ', '+');
    });
}

QByteArray formDecoded(QByteArray text)
{
    return QByteArray::fromPercentEncoding(text.replace('+', ' '));
}

QByteArray formText(const std::vector<FormField> &fields, bool keepVariables)
{
    QByteArray text;
    for (const FormField &field : fields) {
        if (field.enabled)
            text += (text.isEmpty() ? "" : "&") + formEncoded(field.name, keepVariables) + '=' +
                    formEncoded(field.value, keepVariables);
    }
    return text;
}

std::optional<std::vector<FormField>> formFields(const QByteArray &text, bool keepVariables)
{
    std::vector<FormField> fields;
    for (const QByteArray &pair : text.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        if (equals < 0)
            return {};
        FormField field;
        field.name = formDecoded(pair.left(equals));
        field.value = formDecoded(pair.mid(equals + 1));
        fields.push_back(field);
    }
    return formText(fields, keepVariables) == text ? std::optional(fields) : std::nullopt;
}

QByteArray queryEncoded(const QByteArray &text, bool keepVariables)
{
    return aroundVariables(text, keepVariables, [](const QByteArray &plain) { return plain.toPercentEncoding(); });
}

QByteArray withParameter(const QByteArray &url, const QByteArray &nameAndValue)
{
    const qsizetype hash = url.indexOf('#');
    const QByteArray start = hash < 0 ? url : url.left(hash);
    const bool isOpen = start.endsWith('?') || start.endsWith('&');
    return start + (isOpen ? "" : start.contains('?') ? "&" : "?") + nameAndValue + url.mid(start.size());
}

std::vector<DraftField> parametersOf(const QByteArray &url)
{
    const qsizetype hash = url.indexOf('#');
    const QByteArray start = hash < 0 ? url : url.left(hash);
    const qsizetype question = start.indexOf('?');
    std::vector<DraftField> fields;
    if (question < 0 || question + 1 == start.size())
        return fields;
    for (const QByteArray &pair : start.mid(question + 1).split('&')) {
        const qsizetype equals = pair.indexOf('=');
        fields.push_back({equals < 0 ? pair : pair.left(equals), equals < 0 ? QByteArray() : pair.mid(equals + 1)});
    }
    return fields;
}

QByteArray unusedBoundary(const std::vector<FormPart> &parts)
{
    const auto holds = [&parts](const QByteArray &boundary) {
        return std::any_of(parts.begin(), parts.end(), [&boundary](const FormPart &part) {
            return part.content.contains(boundary) || part.name.contains(boundary) ||
                   part.contentType.contains(boundary) || part.fileName.value_or(QByteArray()).contains(boundary);
        });
    };
    // Not by chance: what is shown before a request is sent is what goes over the wire.
    for (int n = 1;; ++n) {
        const QByteArray boundary = "----errata-boundary-" + QByteArray::number(n);
        if (!holds(boundary))
            return boundary;
    }
}

QByteArray multipartText(const std::vector<FormPart> &parts, const QByteArray &boundary)
{
    QByteArray text;
    for (const FormPart &part : parts) {
        text += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + dispositionValue(part.name);
        if (part.fileName)
            text += "; filename=" + dispositionValue(*part.fileName);
        text += "\r\n";
        if (!part.contentType.isEmpty())
            text += "Content-Type: " + part.contentType + "\r\n";
        text += "\r\n" + part.content + "\r\n";
    }
    return text + "--" + boundary + "--\r\n";
}

std::optional<QByteArray> boundaryOf(const QByteArray &contentType)
{
    if (!startsWith(contentType, "multipart/form-data"))
        return {};
    const qsizetype at = contentType.toLower().indexOf("boundary=");
    if (at < 0)
        return {};
    QByteArray boundary = contentType.mid(at + 9);
    if (boundary.startsWith('"'))
        return boundary.mid(1, std::max<qsizetype>(0, boundary.indexOf('"', 1) - 1));
    boundary = boundary.left(boundary.indexOf(';') < 0 ? boundary.size() : boundary.indexOf(';')).trimmed();
    return boundary.isEmpty() ? std::nullopt : std::optional(boundary);
}

std::optional<std::vector<FormPart>> formParts(const QByteArray &body, const QByteArray &boundary)
{
    const QByteArray delimiter = "--" + boundary;
    if (boundary.isEmpty() || !body.startsWith(delimiter))
        return {};
    std::vector<FormPart> parts;
    qsizetype at = delimiter.size();
    while (!body.mid(at, 2).startsWith("--")) {
        const qsizetype lineEnd = body.indexOf('\n', at);
        const qsizetype next = lineEnd < 0 ? -1 : body.indexOf('\n' + delimiter, lineEnd);
        if (next < 0)
            return {};
        qsizetype end = next;
        if (body[end - 1] == '\r')
            --end;
        const auto part = partOf(body.mid(lineEnd + 1, std::max<qsizetype>(0, end - lineEnd - 1)));
        if (!part)
            return {};
        parts.push_back(*part);
        at = next + 1 + delimiter.size();
    }
    return parts;
}

} // namespace errata
