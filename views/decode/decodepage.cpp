#include "views/decode/decodepage.h"

#include "views/decode/findingtable.h"
#include "views/decode/pasteedit.h"
#include "views/decode/pastetext.h"
#include "views/decode/verdictview.h"
#include "views/texts/texts.h"
#include "views/widgets/card.h"
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
#include <QSplitter>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace errata {

namespace {

/// Waits for the next key before decoding what is typed.
constexpr std::chrono::milliseconds TypingPause{200};

/// What can be read, in the order of the list.
constexpr InputKind choosable[] = {InputKind::Json, InputKind::HttpResponse, InputKind::Code, InputKind::ExitCode};

} // namespace

DecodePage::DecodePage(QWidget *parent)
    : QWidget(parent), m_splitter(new QSplitter(Qt::Horizontal, this)), m_typing(new QTimer(this))
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
    connect(m_edit, &PasteEdit::edited, this, [this](bool atOnce) { atOnce ? decodeNow() : decodeSoon(); });
    connect(m_edit, &PasteEdit::urlsDropped, this, &DecodePage::filesDropped);
    showDiagnosis();
}

QWidget *DecodePage::buildLeft()
{
    auto *pane = new QWidget;
    pane->setMinimumWidth(280);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(3 * Step, 3 * Step, 3 * Step, 3 * Step);
    column->setSpacing(2 * Step);
    buildTitle(column);
    buildButtons(column);
    m_edit = new PasteEdit(pane);
    m_edit->setPlaceholderText(tr("Ctrl+V"));
    m_edit->setAcceptDrops(true);
    column->addWidget(m_edit, 1);
    m_inputNote = new NoteLine(pane);
    m_undo = linkButton(tr("Undo"), pane);
    m_undo->hide();
    connect(m_undo, &QPushButton::clicked, this, &DecodePage::undoClear);
    auto *noteRow = new QHBoxLayout;
    noteRow->addWidget(m_inputNote, 1);
    noteRow->addWidget(m_undo, 0, Qt::AlignRight);
    column->addLayout(noteRow);
    buildHints(column);
    return pane;
}

void DecodePage::buildTitle(QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    QLabel *title = bodyText(tr("Paste anything, or drop a file"), this);
    title->setFont(scaled(title->font(), 1.0, QFont::Bold));
    m_kind = new QComboBox(this);
    m_kind->setAccessibleName(tr("Read as"));
    m_kind->addItem(tr("read as: anything"));
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const InputKind kind : choosable)
        m_kind->addItem(texts::inputKind(kind), static_cast<int>(kind));
    connect(m_kind, &QComboBox::activated, this, &DecodePage::decodeNow);
    row->addWidget(title, 1);
    row->addWidget(m_kind);
    column->addLayout(row);
}

void DecodePage::buildButtons(QVBoxLayout *column)
{
    auto *row = new QWidget(this);
    auto *flow = new FlowLayout(row);
    const auto add = [row, flow](const QString &text, const QString &tip) {
        auto *button = new QPushButton(text, row);
        button->setToolTip(tip);
        flow->addWidget(button);
        return button;
    };
    connect(add(tr("Paste"), tr("Replaces what is there by the clipboard")), &QPushButton::clicked, this,
            &DecodePage::pasteClipboard);
    connect(add(tr("Open file"), tr("Reads a file whole")), &QPushButton::clicked, this,
            &DecodePage::openFileRequested);
    m_samplesButton = add(tr("Samples"), tr("Example replies of the APIs"));
    m_samples = new QMenu(m_samplesButton);
    m_samplesButton->setMenu(m_samples);
    m_samplesButton->hide();
    connect(add(tr("Clear"), tr("Empties the field; Undo brings it back")), &QPushButton::clicked, this,
            &DecodePage::clear);
    column->addWidget(row);
}

void DecodePage::buildHints(QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * Step);
    m_api = new QComboBox(this);
    m_api->setAccessibleName(tr("API"));
    m_api->addItem(tr("any API"));
    connect(m_api, &QComboBox::activated, this, &DecodePage::decodeNow);
    m_status = new QLineEdit(this);
    m_status->setAccessibleName(tr("HTTP status told beside the text"));
    m_status->setPlaceholderText(tr("e.g. 429"));
    m_status->setToolTip(tr("The HTTP status, where you were told it beside a bare body"));
    m_status->setMaximumWidth(90);
    m_status->setMaxLength(3);
    auto *statusName = mutedLabel(tr("HTTP status"), this);
    statusName->setBuddy(m_status);
    m_statusNote = new NoteLine(this);
    connect(m_status, &QLineEdit::textEdited, this, &DecodePage::decodeSoon);
    row->addWidget(m_api, 1);
    row->addWidget(statusName);
    row->addWidget(m_status);
    column->addLayout(row);
    column->addWidget(m_statusNote);
    column->addWidget(
        mutedText(tr("JSON body · HTTP response as from curl -i · a bare code or status · an exit status"), this));
}

QWidget *DecodePage::buildRight()
{
    m_empty = new EmptyState(tr("Nothing to decode yet"),
                             tr("Press Ctrl+V: a reply with or without its headers, or just a code. "
                                "The verdict stands here, with its reasons and what the ticket still lacks."),
                             this);
    m_nothing = new EmptyState({}, {}, this);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(4 * Step, 4 * Step, 4 * Step, 4 * Step);
    column->setSpacing(3 * Step);
    m_busy = new NoteLine(content);
    column->addWidget(m_busy);
    auto *problems = new Card([](const Theme &theme) { return theme.no; }, content);
    problems->body()->addWidget(sectionTitle(tr("Could not be read"), problems));
    m_problemText = bodyText({}, problems);
    problems->body()->addWidget(m_problemText);
    m_problems = problems;
    column->addWidget(problems);
    // No stack: that would keep the height of the longest verdict.
    column->addWidget(m_empty);
    column->addWidget(m_nothing);
    m_found = new QWidget(content);
    auto *verdictColumn = new QVBoxLayout(m_found);
    verdictColumn->setContentsMargins(0, 0, 0, 0);
    verdictColumn->setSpacing(3 * Step);
    buildVerdict(verdictColumn);
    column->addWidget(m_found, 1);

    auto *area = new QScrollArea;
    area->setAccessibleName(tr("Verdict"));
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setMinimumWidth(320);
    return area;
}

void DecodePage::buildVerdict(QVBoxLayout *column)
{
    m_count = mutedText({}, this);
    m_table = new FindingTable(&m_findings, this);
    m_verdict = new VerdictView(this);
    column->addWidget(m_count);
    column->addWidget(m_table);
    column->addWidget(m_verdict);
    column->addStretch();
    connect(m_table, &FindingTable::findingChosen, this, &DecodePage::showFinding);
    connectVerdict();
}

void DecodePage::connectVerdict()
{
    connect(m_verdict, &VerdictView::pointedAt, m_edit, &PasteEdit::setActive);
    connect(m_verdict, &VerdictView::alternativeRequested, this, &DecodePage::readAs);
    connect(m_verdict, &VerdictView::copyRequested, this, &DecodePage::copyRequested);
    connect(m_verdict, &VerdictView::entryRequested, this, &DecodePage::entryRequested);
    connect(m_verdict, &VerdictView::probeRequested, this, &DecodePage::probeRequested);
    connect(m_verdict, &VerdictView::simulateRequested, this, &DecodePage::simulateRequested);
}

void DecodePage::setCatalogs(const CatalogSet &catalogs)
{
    m_catalogs = catalogs;
    m_table->setCatalogs(catalogs);
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

void DecodePage::pasteText(const QByteArray &text)
{
    m_edit->setBytes(text);
    decodeNow();
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
    m_cleared = text();
    pasteText({});
    m_inputNote->showHint(tr("Cleared."));
    m_undo->show();
    m_edit->setFocus();
}

void DecodePage::undoClear()
{
    pasteText(m_cleared);
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
    Q_EMIT decodeRequested(text(), options(), ++m_job);
}

void DecodePage::showInputNote()
{
    if (m_edit->showsHeadOnly())
        m_inputNote->showHint(tr("%1: the first %2 are shown here, all of it is decoded.")
                                  .arg(sizeText(text().size()), sizeText(m_edit->shownBytes())));
    else
        m_inputNote->clearNote();
}

void DecodePage::showProblem(const QString &text)
{
    m_undo->hide();
    m_inputNote->showProblem(text);
}

void DecodePage::setBusy(bool busy)
{
    if (busy)
        m_busy->showHint(tr("Reading %1 …").arg(sizeText(text().size())));
    else
        m_busy->clearNote();
}

void DecodePage::setDiagnosis(const Diagnosis &diagnosis, int job)
{
    if (job != m_job)
        return;
    m_diagnosis = diagnosis;
    setBusy(false);
    showDiagnosis();
}

void DecodePage::showDiagnosis()
{
    const bool isEmpty = m_diagnosis.kind == InputKind::Empty;
    m_kind->setItemText(0,
                        isEmpty ? tr("read as: anything") : tr("read as: %1").arg(texts::inputKind(m_diagnosis.kind)));
    m_problemText->setText(m_diagnosis.problems.join(QLatin1Char('\n')));
    m_problems->setVisible(!m_diagnosis.problems.isEmpty());
    m_findings.setFindings(m_diagnosis.findings);
    const auto count = m_diagnosis.findings.size();
    m_table->setVisible(count > 1);
    m_count->setVisible(count > 1);
    if (count == 0) {
        m_edit->setMarks({});
        showNothingFound();
        return;
    }
    const auto failures = std::count_if(m_diagnosis.findings.begin(), m_diagnosis.findings.end(),
                                        [](const Finding &f) { return f.isError; });
    m_count->setText(
        tr("%1 findings, %2 of them errors, in %3.")
            .arg(count)
            .arg(failures)
            .arg(m_diagnosis.exchanges == 1 ? tr("1 exchange") : tr("%1 exchanges").arg(m_diagnosis.exchanges)));
    showState(m_found);
    m_table->selectRow(0);
    showFinding(0);
}

void DecodePage::showState(QWidget *state)
{
    for (QWidget *widget : {static_cast<QWidget *>(m_empty), static_cast<QWidget *>(m_nothing), m_found})
        widget->setVisible(widget == state);
}

void DecodePage::showNothingFound()
{
    if (m_diagnosis.kind == InputKind::Empty) {
        showState(m_empty);
        return;
    }
    const QString hint = m_diagnosis.problems.isEmpty()
                             ? tr("Nothing in it has the shape or the code of an error. If it should be one, say which "
                                  "API it is from, or which HTTP status came with it, below the text.")
                             : tr("What could be read of it shows no error.");
    m_nothing->setTexts(
        tr("No error recognised: %1, %2").arg(texts::inputKind(m_diagnosis.kind), sizeText(m_diagnosis.bytes)), hint);
    showState(m_nothing);
}

void DecodePage::showFinding(int row)
{
    const Finding *finding = m_findings.finding(row);
    if (!finding)
        return;
    m_verdict->setFinding(*finding, m_catalogs);
    std::vector<Span> marks;
    for (const Evidence &evidence : finding->evidence)
        marks.push_back(evidence.where);
    m_edit->setMarks(marks);
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
