#include "views/bodyview/bodywords.h"

#include "views/decode/pastetext.h"

#include <QLocale>

namespace errata::words {

QString bodyMode(BodyMode mode)
{
    switch (mode) {
    case BodyMode::Pretty:
        return QStringLiteral("Pretty");
    case BodyMode::Tree:
        return QStringLiteral("Tree");
    case BodyMode::Raw:
        break;
    case BodyMode::Hex:
        return QStringLiteral("Hex");
    case BodyMode::Image:
        return QStringLiteral("Image");
    }
    return QStringLiteral("Raw");
}

QString bodyModeMeaning(BodyMode mode)
{
    switch (mode) {
    case BodyMode::Pretty:
        return QStringLiteral("Line breaks and blanks are added; numbers, keys and their order stay as they came");
    case BodyMode::Tree:
        return QStringLiteral("Keys and values, to open and to close");
    case BodyMode::Raw:
        break;
    case BodyMode::Hex:
        return QStringLiteral("Sixteen bytes a line");
    case BodyMode::Image:
        return QStringLiteral("The picture");
    }
    return QStringLiteral("The text as it came");
}

QString charsetSource(CharsetSource source)
{
    switch (source) {
    case CharsetSource::Header:
        return QStringLiteral("As Content-Type says");
    case CharsetSource::ByteOrderMark:
        return QStringLiteral("As the byte order mark says");
    case CharsetSource::Assumed:
        break;
    case CharsetSource::Guessed:
        return QStringLiteral("A guess: nothing names the charset, and the bytes are no UTF-8");
    }
    return QStringLiteral("The charset the bytes are read in");
}

QString bodySize(qsizetype bytes, qsizetype lines)
{
    if (bytes == 0)
        return {};
    QString text = sizeText(bytes);
    if (lines > 1)
        text += QStringLiteral(" · %1 lines").arg(QLocale(QLocale::English).toString(lines));
    return text;
}

QString reading(qsizetype bytes, bool stopped, bool wholeText)
{
    if (!stopped)
        return wholeText ? QStringLiteral("Indenting %1 …").arg(sizeText(bytes))
                         : QStringLiteral("Reading %1 …").arg(sizeText(bytes));
    return wholeText ? QStringLiteral("Stopped: only the beginning is indented, “Raw” has all of it.")
                     : QStringLiteral("Stopped: only the beginning is shown.");
}

QString refusal(PrettyRefusal refusal, BodyForm form)
{
    switch (refusal) {
    case PrettyRefusal::TooLarge:
        return QStringLiteral("Larger than %1: shown as it came.")
            .arg(sizeText(form == BodyForm::Json ? BodyContent::LargestPretty : BodyContent::LargestPrettyXml));
    case PrettyRefusal::TooNested:
        return QStringLiteral("Nested so deep that indenting would take too much memory: shown as it came.");
    case PrettyRefusal::None:
    case PrettyRefusal::Invalid:
        break;
    }
    return {};
}

QString suggestedName(const Body &body, BodyForm form)
{
    switch (form) {
    case BodyForm::Json:
        return QStringLiteral("body.json");
    case BodyForm::Xml:
        return QStringLiteral("body.xml");
    case BodyForm::Image:
        return body.bytes.startsWith("\x89PNG")        ? QStringLiteral("body.png")
               : body.bytes.startsWith("GIF8")         ? QStringLiteral("body.gif")
               : body.bytes.startsWith("\xFF\xD8\xFF") ? QStringLiteral("body.jpg")
                                                       : QStringLiteral("body.bin");
    case BodyForm::Binary:
        return QStringLiteral("body.bin");
    case BodyForm::Empty:
    case BodyForm::Text:
        break;
    }
    return body.contentType.toLower().contains("html") ? QStringLiteral("body.html") : QStringLiteral("body.txt");
}

} // namespace errata::words
