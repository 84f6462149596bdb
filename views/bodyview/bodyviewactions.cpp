// What can be done in a BodyView: go somewhere, find, copy, fold, save.
#include "views/bodyview/bodyview.h"

#include "models/json/jsonplace.h"
#include "views/bodyview/bodytree.h"
#include "views/bodyview/bodywords.h"
#include "views/bodyview/findbar.h"

#include <QLineEdit>
#include <QStackedWidget>

#include <algorithm>

namespace errata {

namespace {

/// Searched at once; larger bodies off the window's thread.
constexpr qsizetype SearchedAtOnce = limits::Megabyte;

} // namespace

qsizetype BodyView::textOffset() const
{
    if (m_mode == BodyMode::Tree && hasTree()) {
        const auto node = m_tree->currentNode();
        return node ? m_content->pretty()->document.nodes()[*node].start : 0;
    }
    const qsizetype cursor = m_pane->cursor();
    if (m_shown == Shown::Pretty && m_content->form() == BodyForm::Json)
        return m_content->pretty()->json.sourceOffset(m_content->text()->bytes(), cursor);
    if (m_shown == Shown::Hex) {
        // Bytes and text are the same thing in UTF-8 alone.
        return m_content->charset().charset == Charset::Utf8 ? m_pane->source().bodyOffset(cursor) : 0;
    }
    return m_shown == Shown::Pretty ? 0 : cursor;
}

void BodyView::goToTextOffset(qsizetype offset)
{
    if (m_mode == BodyMode::Tree && hasTree())
        return m_tree->goToNode(jsonNodeAt(m_content->pretty()->document, offset));
    if (m_shown == Shown::Pretty && m_content->form() == BodyForm::Json)
        offset = m_content->pretty()->json.textOffset(m_content->text()->bytes(), offset);
    else if (m_shown == Shown::Hex)
        offset = m_pane->source().shownSpans({std::min(offset, m_content->body().bytes.size() - 1), 1}).front().start;
    m_pane->goTo(offset);
}

std::optional<std::uint32_t> BodyView::currentNode() const
{
    if (!hasTree() || m_mode == BodyMode::Hex)
        return {};
    return m_mode == BodyMode::Tree ? m_tree->currentNode() : jsonNodeAt(m_content->pretty()->document, textOffset());
}

std::optional<QString> BodyView::currentPath() const
{
    const auto node = currentNode();
    return node ? std::optional(jsonPointerOf(m_content->pretty()->document, *node)) : std::nullopt;
}

std::optional<QString> BodyView::currentValue() const
{
    const auto node = currentNode();
    if (!node)
        return {};
    const JsonValue value = m_content->pretty()->document.value(*node);
    return value.isString() ? value.string() : QString::fromUtf8(value.raw());
}

// Finding

void BodyView::clearMatches()
{
    m_searchJob.cancel();
    m_matches.reset();
    m_moreMatches = false;
    m_currentMatch = -1;
    m_pane->setMatches({}, -1);
    m_tree->setMatches({}, {});
}

void BodyView::search(bool go)
{
    clearMatches();
    const QString wanted = m_find->wanted();
    if (wanted.isEmpty() || m_mode == BodyMode::Image)
        return m_find->showCount(0, 0, false);
    // What is searched is kept by the job: the text, or the body with its storage.
    std::shared_ptr<const void> keeper = m_content->text();
    QByteArray bytes = m_content->text()->bytes();
    if (m_shown == Shown::Hex) {
        keeper = m_content->body().storage;
        bytes = m_content->body().bytes;
    } else if (m_shown == Shown::Pretty && m_mode != BodyMode::Tree) {
        keeper = m_content->pretty();
        bytes = m_content->pretty()->text->bytes();
    }
    const Qt::CaseSensitivity sensitivity = m_find->caseSensitivity();
    if (bytes.size() <= SearchedAtOnce)
        return takeMatches(findText(bytes, wanted, sensitivity, JobFlag()), go);
    m_find->showSearching();
    m_searchJob.start([keeper, bytes, wanted,
                       sensitivity](const JobFlag &flag) { return findText(bytes, wanted, sensitivity, flag); },
                      [this, go](TextMatches found) { takeMatches(std::move(found), go); });
}

qsizetype BodyView::searchPlace() const
{
    if (m_mode == BodyMode::Tree && hasTree())
        return textOffset();
    return m_shown == Shown::Hex ? m_pane->source().bodyOffset(m_pane->cursor()) : m_pane->cursor();
}

qsizetype BodyView::matchFrom(qsizetype place) const
{
    const auto next =
        std::partition_point(m_matches->begin(), m_matches->end(), [place](Span match) { return match.start < place; });
    return next - m_matches->begin();
}

void BodyView::takeMatches(TextMatches found, bool go)
{
    m_moreMatches = found.more;
    m_matches = std::make_shared<const std::vector<Span>>(std::move(found.spans));
    const qsizetype count = std::ssize(*m_matches);
    const qsizetype next = matchFrom(searchPlace());
    if (go && count > 0)
        return goToMatch(next % count);
    const bool isThere = next < count && (*m_matches)[std::size_t(next)].start == searchPlace();
    setCurrentMatch(isThere ? next : -1);
}

void BodyView::setCurrentMatch(qsizetype index)
{
    m_currentMatch = index;
    m_find->showCount(index + 1, std::ssize(*m_matches), m_moreMatches);
    m_pane->setMatches(m_matches, index);
    m_tree->setMatches(m_matches, index >= 0 ? (*m_matches)[std::size_t(index)] : Span{});
}

void BodyView::goToMatch(qsizetype index)
{
    setCurrentMatch(index);
    const Span match = (*m_matches)[std::size_t(index)];
    if (m_mode == BodyMode::Tree && hasTree())
        return m_tree->goToNode(jsonNodeAt(m_content->pretty()->document, match.start));
    const Span shown = m_pane->source().shownSpans(match).front();
    m_pane->goTo(shown.end()); // first its end, so that all of it is in view
    m_pane->goTo(shown.start);
}

void BodyView::stepMatch(int by)
{
    if (!m_matches || m_matches->empty())
        return;
    const qsizetype count = std::ssize(*m_matches);
    if (m_currentMatch >= 0)
        return goToMatch((m_currentMatch + by + count) % count);
    const qsizetype next = matchFrom(searchPlace());
    goToMatch((by > 0 ? next : next - 1 + count) % count);
}

void BodyView::beginFind()
{
    constexpr qsizetype LongestTaken = 200;
    const Span selected = m_pane->selection();
    const bool takes = m_pane->isVisible() && selected.length > 0 && selected.length <= LongestTaken &&
                       m_pane->source().lineOf(selected.start) == m_pane->source().lineOf(selected.end());
    m_find->begin(takes ? m_pane->textOf(selected) : QString());
}

void BodyView::beginGoTo()
{
    m_find->begin(QStringLiteral(":"));
}

void BodyView::goToLine(qsizetype line)
{
    if (m_mode == BodyMode::Tree && hasTree()) {
        const auto &text = *m_content->text();
        return goToTextOffset(text.lineStart(std::clamp<qsizetype>(line - 1, 0, text.lineCount() - 1)));
    }
    const TextSource &source = m_pane->source();
    m_pane->goTo(source.lineStart(std::clamp<qsizetype>(line - 1, 0, source.lineCount() - 1)));
    m_pane->setFocus(Qt::OtherFocusReason);
}

void BodyView::goToByte(qsizetype offset)
{
    goToTextOffset(std::clamp<qsizetype>(offset, 0, m_content->body().bytes.size()));
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

// Copying and saving

void BodyView::copySelection()
{
    const Span selected = m_pane->selection();
    if (selected.length == 0)
        return copyValue();
    if (selected.length <= BodyContent::LargestCopy)
        Q_EMIT copyRequested(m_pane->textOf(selected), tr("Copied: the selection."));
}

void BodyView::copyPath()
{
    if (const auto path = currentPath())
        Q_EMIT copyRequested(*path, path->isEmpty() ? tr("Copied: the path of the whole body, which is empty.")
                                                    : tr("Copied: %1").arg(*path));
}

void BodyView::copyValue()
{
    const auto path = currentPath();
    const auto value = currentValue();
    if (path && value)
        Q_EMIT copyRequested(*value, path->isEmpty() ? tr("Copied: the whole body.")
                                                     : tr("Copied: the value of %1").arg(*path));
}

void BodyView::copyAll()
{
    const Body &body = m_content->body();
    Q_EMIT copyRequested(QString::fromUtf8(toUtf8(body.bytes, m_content->charset().charset)),
                         tr("Copied: the body as it came."));
}

void BodyView::save()
{
    const Body &body = m_content->body();
    Q_EMIT saveRequested(body.bytes, words::suggestedName(body, m_content->form()), body.storage);
}

// Folding

void BodyView::foldHere()
{
    // The container that begins here, or else the one this line is in. An opening line stands above its members.
    constexpr qsizetype LinesUp = 100'000;
    const qsizetype here = m_pane->line();
    const TextSource &source = m_pane->source();
    const auto indentOf = [&source](qsizetype line) {
        const qsizetype start = source.lineStart(line);
        const QByteArray head = source.read(start, std::min(source.lineEnd(line), start + 256));
        return std::find_if(head.begin(), head.end(), [](char c) { return c != ' '; }) - head.begin();
    };
    const auto indent = indentOf(here);
    for (qsizetype line = here; line >= std::max<qsizetype>(here - LinesUp, 0); --line) {
        const bool opens = m_pane->canFold(line) && !m_pane->isFolded(line);
        if (opens && (line == here || indentOf(line) < indent))
            return m_pane->setFolded(line, true);
    }
}

void BodyView::unfoldHere()
{
    m_pane->setFolded(m_pane->line(), false);
}

void BodyView::unfoldAll()
{
    m_pane->unfoldAll();
}

} // namespace errata
