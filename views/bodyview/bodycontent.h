// A body made ready to be shown: its text, its lines, its indented form, read off the window's thread when large.
#pragma once

#include "models/base/latestjob.h"
#include "models/http/charset.h"
#include "models/json/jsondocument.h"
#include "models/json/jsonindent.h"
#include "views/bodyview/textsource.h"

#include <QObject>

#include <optional>

namespace errata {

struct Body
{
    QByteArray bytes; ///< null where there is none, which is not the same as an empty one
    QByteArray contentType;
    /// Kept as long as the bytes are used, by any thread: the mapping they are a view of. Null for bytes in memory.
    std::shared_ptr<const void> storage = nullptr;
};

enum class BodyForm { Empty, Text, Json, Xml, Image, Binary };

/// Why a body is not shown indented though it looks as if it could be.
enum class PrettyRefusal { None, Invalid, TooLarge, TooNested };

/// The indented form; the beginning of it while the rest is being made.
struct PrettyBody
{
    std::shared_ptr<const PlainText> text;   ///< null when refused
    IndentedJson json;                       ///< empty for XML
    bool isValid = false;                    ///< all of it has been read, and is JSON
    JsonDocument document;                   ///< null until then, and above BodyContent::LargestTree
    std::shared_ptr<const PlainText> source; ///< whose bytes the document is a tree of
    PrettyRefusal refusal = PrettyRefusal::None;
    JsonError error; ///< of PrettyRefusal::Invalid
};

/// Small bodies are ready when setBody returns. Of large ones the beginning is, and changed() tells of the rest.
class BodyContent : public QObject
{
    Q_OBJECT

public:
    /// Larger bodies are shown as they came: the indented text takes twice the body where it is dense.
    static constexpr qsizetype LargestPretty = limits::decoderInput;
    /// Of larger ones there are neither tree nor paths: those take three times the body more.
    static constexpr qsizetype LargestTree = 64 * limits::Megabyte;
    /// XML is laid out in one go, which cannot be stopped.
    static constexpr qsizetype LargestPrettyXml = 64 * limits::Megabyte;
    /// Bytes for the clipboard.
    static constexpr qsizetype LargestCopy = limits::responseBody;
    /// Read at once.
    static constexpr qsizetype SmallBody = 256 * limits::Kilobyte;
    /// Read at once of a larger one, for the first screen.
    static constexpr qsizetype FirstPart = 128 * limits::Kilobyte;

    explicit BodyContent(QObject *parent = nullptr);

    void setBody(Body body);
    /// Another charset than the one found; nothing goes back to that.
    void setCharset(std::optional<Charset> charset);
    /// Gives up reading; what is there stays.
    void stop();
    /// Reads again from the start.
    void resume();

    [[nodiscard]] const Body &body() const { return m_body; }
    [[nodiscard]] BodyForm form() const { return m_form; }
    [[nodiscard]] CharsetChoice charset() const { return m_charset; }
    /// As text in UTF-8; of a picture or of binary data too, for those who want to look.
    [[nodiscard]] const std::shared_ptr<const PlainText> &text() const { return m_text; }
    /// Null where the form has no indented one.
    [[nodiscard]] const std::shared_ptr<const PrettyBody> &pretty() const { return m_pretty; }
    [[nodiscard]] bool isWorking() const { return m_textJob.isRunning() || m_prettyJob.isRunning(); }
    [[nodiscard]] bool isStopped() const { return m_stopped; }
    /// The text is all there.
    [[nodiscard]] bool isWhole() const { return m_wholeText; }
    /// Counts the bodies and charsets set: texts of one number are parts of the same.
    [[nodiscard]] int generation() const { return m_generation; }

Q_SIGNALS:
    void changed();

private:
    using Text = std::shared_ptr<const PlainText>;
    using Pretty = std::shared_ptr<const PrettyBody>;

    void prepare();
    void readText();
    void readPretty();
    void takeText(const Text &text);

    Body m_body;
    BodyForm m_form = BodyForm::Empty;
    CharsetChoice m_charset;
    std::optional<Charset> m_chosenCharset;
    Text m_text;
    Pretty m_pretty;
    bool m_wholeText = true;
    bool m_stopped = false;
    int m_generation = 0;
    LatestJob<Text> m_textJob;
    LatestJob<Pretty> m_prettyJob;
};

} // namespace errata
