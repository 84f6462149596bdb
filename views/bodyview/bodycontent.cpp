#include "views/bodyview/bodycontent.h"

#include "models/base/xmlindent.h"
#include "views/bodyview/imagepane.h"

#include <algorithm>

namespace errata {

namespace {

/// Lines are looked for in slices, between which the job may be cancelled.
constexpr qsizetype IndexSlice = 8 * limits::Megabyte;
/// Deep nesting makes much indentation of little: no more than this is made.
constexpr qsizetype LargestIndented = 768 * limits::Megabyte;

using Text = std::shared_ptr<const PlainText>;
using Pretty = std::shared_ptr<const PrettyBody>;

BodyForm formOf(const Body &body, Charset charset)
{
    if (body.bytes.isEmpty())
        return BodyForm::Empty;
    if (ImagePane::isImage(body.bytes))
        return BodyForm::Image;
    if (looksBinary(body.bytes, charset))
        return BodyForm::Binary;
    constexpr qsizetype Looked = 4096;
    const QByteArray head = toUtf8(body.bytes.left(Looked), charset).trimmed();
    const QByteArray type = body.contentType.toLower();
    if (head.startsWith('{') || head.startsWith('[') || type.contains("json"))
        return BodyForm::Json;
    if (head.startsWith("<?xml") || (type.contains("xml") && head.startsWith('<')))
        return BodyForm::Xml;
    return BodyForm::Text;
}

Text textOf(const Body &body, Charset charset, const JobFlag &flag)
{
    const QByteArray utf8 = toUtf8(body.bytes, charset);
    LineIndex lines;
    for (qsizetype to = 0; to < utf8.size() && !flag.isCancelled();) {
        to = std::min(to + IndexSlice, utf8.size());
        lines.advance(utf8, to);
    }
    return std::make_shared<PlainText>(utf8, std::move(lines), body.storage);
}

std::shared_ptr<PrettyBody> indented(const QByteArray &utf8, IndentLimits limits, const JobFlag &flag)
{
    auto pretty = std::make_shared<PrettyBody>();
    pretty->json = IndentedJson::of(utf8, limits, [&flag] { return flag.isCancelled(); });
    pretty->text = std::make_shared<PlainText>(pretty->json.text(), LineIndex::of(pretty->json.text()), nullptr);
    return pretty;
}

/// The tree where the body is small enough for one; what is wrong with it otherwise.
Result<JsonDocument, JsonError> treeOf(const QByteArray &utf8, const JobFlag &flag)
{
    const JsonLimits limits{limits::jsonDepth, BodyContent::LargestPretty,
                            [&flag](qsizetype) { return !flag.isCancelled(); }};
    if (utf8.size() <= BodyContent::LargestTree)
        return JsonDocument::parse(utf8, limits);
    if (const auto error = JsonDocument::check(utf8, limits))
        return *error;
    return JsonDocument();
}

Pretty prettyJsonOf(const Text &text, const JobFlag &flag)
{
    auto refused = std::make_shared<PrettyBody>();
    const auto document = treeOf(text->bytes(), flag);
    if (flag.isCancelled())
        return refused; // to nobody
    if (!document) {
        refused->refusal = PrettyRefusal::Invalid;
        refused->error = document.error();
        return refused;
    }
    auto pretty = indented(text->bytes(), {BodyContent::LargestPretty, LargestIndented}, flag);
    if (!pretty->json.isComplete()) {
        pretty = refused;
        pretty->refusal = PrettyRefusal::TooNested;
    }
    pretty->document = document.value();
    pretty->isValid = true;
    pretty->source = text;
    return pretty;
}

Pretty prettyXmlOf(const Text &text)
{
    auto pretty = std::make_shared<PrettyBody>();
    const QByteArray xml = indentedXml(text->bytes());
    pretty->text = std::make_shared<PlainText>(xml, LineIndex::of(xml), nullptr);
    return pretty;
}

} // namespace

BodyContent::BodyContent(QObject *parent) : QObject(parent)
{
    prepare();
}

void BodyContent::setBody(Body body)
{
    // Jobs of the body before own it as long as they run.
    m_body = std::move(body);
    m_chosenCharset.reset();
    prepare();
}

void BodyContent::setCharset(std::optional<Charset> charset)
{
    m_chosenCharset = charset;
    prepare();
}

void BodyContent::stop()
{
    m_textJob.cancel();
    m_prettyJob.cancel();
    m_stopped = true;
    Q_EMIT changed();
}

void BodyContent::resume()
{
    prepare();
}

void BodyContent::prepare()
{
    m_textJob.cancel();
    m_prettyJob.cancel();
    ++m_generation;
    m_stopped = false;
    m_pretty.reset();
    m_charset = chooseCharset(m_body.contentType, m_body.bytes);
    if (m_chosenCharset)
        m_charset = {*m_chosenCharset, CharsetSource::Assumed};
    m_form = formOf(m_body, m_charset.charset);
    readText();
    Q_EMIT changed();
}

void BodyContent::readText()
{
    const JobFlag never;
    m_wholeText = m_body.bytes.size() <= SmallBody;
    if (m_wholeText)
        return takeText(textOf(m_body, m_charset.charset, never));
    Body first = m_body;
    first.bytes = m_body.bytes.left(FirstPart);
    m_text = textOf(first, m_charset.charset, never);
    if (m_form == BodyForm::Json && m_body.bytes.size() <= LargestPretty)
        m_pretty = indented(m_text->bytes(), {}, never);
    m_textJob.start(
        [body = m_body, charset = m_charset.charset](const JobFlag &flag) { return textOf(body, charset, flag); },
        [this](const Text &text) {
            m_wholeText = true;
            takeText(text);
            Q_EMIT changed();
        });
}

void BodyContent::takeText(const Text &text)
{
    m_text = text;
    readPretty();
}

void BodyContent::readPretty()
{
    if (m_form != BodyForm::Json && m_form != BodyForm::Xml)
        return;
    if (m_text->size() > (m_form == BodyForm::Json ? LargestPretty : LargestPrettyXml)) {
        auto refused = std::make_shared<PrettyBody>();
        refused->refusal = PrettyRefusal::TooLarge;
        m_pretty = refused;
        return;
    }
    const auto work = [text = m_text, isXml = m_form == BodyForm::Xml](const JobFlag &flag) {
        return isXml ? prettyXmlOf(text) : prettyJsonOf(text, flag);
    };
    if (m_text->size() <= SmallBody) {
        m_pretty = work(JobFlag());
        return;
    }
    m_prettyJob.start(work, [this](const Pretty &pretty) {
        m_pretty = pretty;
        Q_EMIT changed();
    });
}

} // namespace errata
