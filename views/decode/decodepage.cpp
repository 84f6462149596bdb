#include "views/decode/decodepage.h"

#include "views/decode/batchview.h"
#include "views/decode/pasteedit.h"
#include "views/decode/pastetext.h"
#include "views/decode/readingbar.h"
#include "views/decode/verdictview.h"
#include "views/texts/texts.h"
#include "views/theme/theme.h"
#include "views/widgets/emptystate.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QSplitter>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <numeric>

namespace errata {

namespace {

/// Waits for the next key before decoding what is typed.
constexpr std::chrono::milliseconds TypingPause{200};

} // namespace

DecodePage::DecodePage(QWidget *parent)
    : QWidget(parent)
    , m_digest(std::make_shared<const Digest>())
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_typing(new QTimer(this))
    , m_escape(new QShortcut(QKeySequence(Qt::Key_Escape), this))
{
    setAcceptDrops(true);
    m_typing->setSingleShot(true);
    m_typing->setInterval(TypingPause);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(buildLeft());
    m_splitter->addWidget(buildRight());
    m_splitter->setSizes({520, 690});
    setFocusProxy(m_edit);

    connect(m_typing, &QTimer::timeout, this, &DecodePage::decodeNow);
    connect(m_edit, &PasteEdit::edited, this, [this](bool atOnce) {
        m_texts.clear();
        atOnce ? decodeNow() : decodeSoon();
    });
    connect(m_edit, &PasteEdit::copyRequested, this, &DecodePage::copyRequested);
    connect(m_edit, &PasteEdit::partChanged, this, &DecodePage::showInputNote);
    // On only while there is something to end: Esc closes pop-ups otherwise.
    m_escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(m_escape, &QShortcut::activated, this,
            [this] { m_reading->isHidden() ? m_batch->clearFilter() : cancel(); });
    watchEscape();
    connect(m_edit, &PasteEdit::urlsDropped, this, &DecodePage::filesDropped);
    showDiagnosis();
}

void DecodePage::setCatalogs(const CatalogSet &catalogs)
{
    m_catalogs = catalogs;
    m_batch->setCatalogs(catalogs);
    const QString chosen = m_api->currentData().toString();
    m_api->clear();
    m_api->addItem(tr("any API"));
    for (const Catalog &catalog : catalogs.catalogs())
        m_api->addItem(catalog.name, catalog.id);
    m_api->setCurrentIndex(std::max(0, m_api->findData(chosen)));
    if (!text().isEmpty())
        decodeNow();
}

void DecodePage::setSamples(const QStringList &names)
{
    m_samples->clear();
    auto *row = new QWidget;
    auto *flow = new FlowLayout(row);
    flow->addWidget(mutedLabel(tr("Or try a sample:"), row));
    for (const QString &name : names) {
        const auto ask = [this, name] { Q_EMIT sampleRequested(name); };
        connect(m_samples->addAction(name), &QAction::triggered, this, ask);
        QPushButton *link = linkButton(name, row);
        connect(link, &QPushButton::clicked, this, ask);
        flow->addWidget(link);
    }
    delete m_sampleRow;
    m_sampleRow = names.isEmpty() ? nullptr : row;
    if (m_sampleRow) {
        m_empty->addWidget(m_sampleRow);
        m_sampleRow->show();
    } else {
        delete row;
    }
    m_samplesButton->setVisible(!names.isEmpty());
}

const QByteArray &DecodePage::text() const
{
    return m_edit->bytes();
}

std::vector<NamedText> DecodePage::texts() const
{
    return m_texts.empty() ? std::vector<NamedText>{{QString(), text()}} : m_texts;
}

qint64 DecodePage::totalBytes() const
{
    if (m_texts.empty())
        return text().size();
    return std::accumulate(m_texts.begin(), m_texts.end(), qint64(0),
                           [](qint64 sum, const NamedText &text) { return sum + text.text.size(); });
}

void DecodePage::pasteText(const QByteArray &text)
{
    m_texts.clear();
    m_edit->setBytes(text);
    decodeNow();
}

void DecodePage::openTexts(const std::vector<NamedText> &texts)
{
    if (texts.size() < 2)
        return pasteText(texts.empty() ? QByteArray() : texts.front().text);
    m_texts = texts;
    m_textShown = 0;
    m_edit->setBytes(texts.front().text, false);
    decodeNow();
}

void DecodePage::showFile(const QString &name)
{
    const auto it =
        std::find_if(m_texts.begin(), m_texts.end(), [&name](const NamedText &text) { return text.name == name; });
    const auto place = static_cast<std::size_t>(it - m_texts.begin());
    if (it == m_texts.end() || place == m_textShown)
        return;
    m_textShown = place;
    m_edit->setBytes(it->text, false);
    showInputNote();
}

void DecodePage::pasteClipboard()
{
    const QMimeData *mime = QGuiApplication::clipboard()->mimeData();
    if (mime && mime->hasUrls() && mime->urls().constFirst().isLocalFile())
        Q_EMIT filesDropped(mime->urls());
    else if (mime && mime->hasText() && !mime->text().isEmpty())
        pasteText(mime->text().toUtf8());
    else
        showProblem(tr("The clipboard holds no text."));
}

void DecodePage::clear()
{
    if (text().isEmpty())
        return;
    m_cleared = texts();
    pasteText({});
    m_inputNote->showHint(tr("Cleared."));
    m_undo->show();
    m_edit->setFocus();
}

void DecodePage::undoClear()
{
    openTexts(m_cleared);
    m_edit->setFocus();
}

DecodeOptions DecodePage::options() const
{
    DecodeOptions options;
    if (m_kind->currentIndex() > 0)
        options.kind = static_cast<InputKind>(m_kind->currentData().toInt());
    options.api = m_api->currentData().toString();
    bool ok = false;
    const int status = m_status->text().toInt(&ok);
    if (ok && status >= 100 && status <= 599)
        options.status = status;
    return options;
}

void DecodePage::decodeSoon()
{
    m_typing->start();
}

void DecodePage::decodeNow()
{
    m_typing->stop();
    m_undo->hide();
    const QString status = m_status->text();
    if (status.isEmpty() || options().status)
        m_statusNote->clearNote();
    else
        m_statusNote->showProblem(tr("“%1” is no HTTP status: three digits from 100 to 599.").arg(status));
    showInputNote();
    m_read = 0;
    m_verdict->setMaskedCount(std::nullopt);
    ++m_job;
    if (m_texts.empty())
        Q_EMIT decodeRequested(text(), options(), m_job);
    else
        Q_EMIT batchRequested(m_texts, options(), m_job);
}

void DecodePage::showInputNote()
{
    QStringList notes;
    if (!m_texts.empty())
        notes << tr("File %1 of %2: %3.").arg(m_textShown + 1).arg(m_texts.size()).arg(m_texts[m_textShown].name);
    if (m_edit->showsPart()) {
        const Span shown = m_edit->shownBytes();
        notes << (shown.start == 0 ? tr("%1: the first %2 are shown here, all of it is decoded.")
                                   : tr("%1: %2 around the chosen place are shown here, all of it is decoded."))
                     .arg(sizeText(text().size()), sizeText(shown.length));
    }
    if (notes.isEmpty())
        m_inputNote->clearNote();
    else
        m_inputNote->showHint(notes.join(QLatin1Char(' ')));
}

void DecodePage::showProblem(const QString &text)
{
    m_undo->hide();
    m_inputNote->showProblem(text);
}

void DecodePage::setBusy(bool busy)
{
    if (busy)
        m_reading->start(tr("Reading %1 …").arg(sizeText(totalBytes())), totalBytes());
    else
        m_reading->hide();
    watchEscape();
}

void DecodePage::setProgress(qint64 bytes, int job)
{
    if (job != m_job)
        return;
    m_read = bytes;
    m_reading->setRead(bytes);
}

void DecodePage::showReading(const QString &what)
{
    ++m_job; // what is under way is no longer waited for
    m_reading->start(what, 0);
    watchEscape();
}

void DecodePage::cancel()
{
    m_reading->setStopping();
    Q_EMIT cancelRequested();
}

void DecodePage::watchEscape()
{
    m_escape->setEnabled(!m_reading->isHidden() || m_batch->isFiltered());
}

void DecodePage::setMaskedCount(int count, int job)
{
    if (job == m_job)
        m_verdict->setMaskedCount(count);
}

void DecodePage::showNews(const QString &text)
{
    m_verdict->showNews(text);
}

void DecodePage::setShowsAll(bool all)
{
    m_batch->setShowsAll(all);
}

void DecodePage::setDiagnosis(Diagnosis diagnosis, int job)
{
    if (job == m_job)
        setDigest(std::make_shared<const Digest>(digestOf(std::move(diagnosis))), job);
}

void DecodePage::setDigest(const std::shared_ptr<const Digest> &digest, int job)
{
    if (job != m_job)
        return;
    m_digest = digest;
    setBusy(false);
    showDiagnosis();
}

void DecodePage::showDiagnosis()
{
    const Diagnosis &found = diagnosis();
    const bool isEmpty = found.kind == InputKind::Empty;
    const QString kind = m_texts.empty() ? texts::inputKind(found.kind) : tr("%1 files").arg(m_texts.size());
    m_kind->setItemText(0, isEmpty ? tr("read as: anything") : tr("read as: %1").arg(kind));
    showProblems(false);
    if (found.cancelled)
        m_cancelled->showHint(tr("Cancelled after %1 of %2. What was found until there stands here.")
                                  .arg(sizeText(m_read), sizeText(totalBytes())));
    else
        m_cancelled->clearNote();
    m_edit->setMarks({});
    m_edit->setExchange({});
    const bool many = BatchView::isWorthwhile(found);
    m_batch->setVisible(many);
    if (found.findings.empty())
        showNothingFound();
    else if (!many)
        showFinding(found.findings.front());
    // Goes to its first row.
    m_batch->setDigest(many ? m_digest : std::make_shared<const Digest>());
}

void DecodePage::showProblems(bool all)
{
    // A long recording may have many, and the verdict stands behind them.
    constexpr qsizetype few = 3;
    const QStringList &problems = diagnosis().problems;
    const qsizetype shown = all ? problems.size() : std::min(few, problems.size());
    m_problemText->setText(problems.mid(0, shown).join(QLatin1Char('\n')));
    m_moreProblems->setText(tr("Show %1 more").arg(problems.size() - shown));
    m_moreProblems->setVisible(shown < problems.size());
    m_problems->setVisible(!problems.isEmpty());
}

void DecodePage::showState(QWidget *state)
{
    for (QWidget *widget : {static_cast<QWidget *>(m_empty), static_cast<QWidget *>(m_nothing), m_found})
        widget->setVisible(widget == state);
}

void DecodePage::showNothingFound()
{
    const Diagnosis &found = diagnosis();
    if (found.kind == InputKind::Empty) {
        showState(m_empty);
        return;
    }
    const QString hint = found.problems.isEmpty()
                             ? tr("Nothing in it has the shape or the code of an error. If it should be one, say which "
                                  "API it is from, or which HTTP status came with it, below the text.")
                             : tr("What could be read of it shows no error.");
    m_nothing->setTexts(tr("No error recognised: %1, %2").arg(texts::inputKind(found.kind), sizeText(found.bytes)),
                        hint);
    showState(m_nothing);
}

void DecodePage::showRow(int row)
{
    const Finding *finding = m_batch->model().finding(row);
    const ExchangeLine *line = m_batch->model().line(row);
    if (finding || line)
        showFile(finding ? finding->file : line->file);
    m_edit->setMarks({});
    m_edit->setExchange(line ? line->where : Span());
    if (finding)
        showFinding(*finding);
    else if (line)
        showQuiet(*line);
    else if (diagnosis().findings.empty())
        showNothingFound();
    else
        showState(nullptr);
}

void DecodePage::showFinding(const Finding &finding)
{
    showState(m_found);
    m_quiet->hide();
    m_verdict->show();
    m_verdict->setFinding(finding, m_catalogs);
    std::vector<Span> marks;
    marks.reserve(finding.evidence.size());
    for (const Evidence &evidence : finding.evidence)
        marks.push_back(evidence.where);
    m_edit->setMarks(marks);
}

void DecodePage::showQuiet(const ExchangeLine &line)
{
    QStringList facts;
    if (!line.url.isEmpty())
        facts << QString::fromUtf8(line.method + ' ' + line.url).trimmed();
    if (line.status)
        facts << tr("status %1").arg(*line.status);
    if (line.durationMs)
        facts << texts::duration(qRound64(*line.durationMs));
    showState(m_found);
    m_verdict->hide();
    m_quiet->setText(facts.isEmpty() ? tr("No error in it.") : tr("No error in it: %1.").arg(facts.join(tr(", "))));
    m_quiet->show();
}

void DecodePage::goToVerdict()
{
    if (m_verdict->isHidden())
        return;
    m_verdict->focusFirst();
    m_area->verticalScrollBar()->setValue(m_found->y() - 2 * Step);
}

void DecodePage::readAs(const Alternative &alternative)
{
    const int index = m_api->findData(alternative.api);
    if (index < 0)
        return;
    m_api->setCurrentIndex(index);
    decodeNow();
}

void DecodePage::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void DecodePage::dropEvent(QDropEvent *event)
{
    const QMimeData *mime = event->mimeData();
    if (mime->hasUrls() && mime->urls().constFirst().isLocalFile())
        Q_EMIT filesDropped(mime->urls());
    else if (mime->hasText())
        pasteText(mime->text().toUtf8());
    event->acceptProposedAction();
}

} // namespace errata
