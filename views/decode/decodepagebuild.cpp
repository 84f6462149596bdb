// The decode page's widgets and how they are connected.
#include "views/decode/batchview.h"
#include "views/decode/decodepage.h"
#include "views/decode/pasteedit.h"
#include "views/decode/readingbar.h"
#include "views/decode/verdictview.h"
#include "views/texts/texts.h"
#include "views/widgets/card.h"
#include "views/widgets/emptystate.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>

namespace errata {

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
    for (const QString &id : readableKinds()) {
        if (const auto kind = inputKindFromId(id))
            m_kind->addItem(texts::inputKind(*kind), static_cast<int>(*kind));
    }
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
        mutedText(tr("JSON · HTTP response or request · curl -v · curl command · HAR · log · URL · XML · HTML · a bare "
                     "code or status · an exit code"),
                  this));
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
    m_reading = new ReadingBar(content);
    m_cancelled = new NoteLine(content);
    column->addWidget(m_reading);
    column->addWidget(m_cancelled);
    connect(m_reading, &ReadingBar::cancelClicked, this, &DecodePage::cancel);
    // No stack: that would keep the height of the longest verdict.
    m_batch = new BatchView(content);
    column->addWidget(m_batch);
    auto *problems = new Card([](const Theme &theme) { return theme.no; }, content);
    problems->body()->addWidget(sectionTitle(tr("Could not be read"), problems));
    m_problemText = bodyText({}, problems);
    problems->body()->addWidget(m_problemText);
    m_moreProblems = linkButton({}, problems);
    connect(m_moreProblems, &QPushButton::clicked, this, [this] { showProblems(true); });
    problems->body()->addWidget(m_moreProblems, 0, Qt::AlignLeft);
    m_problems = problems;
    column->addWidget(problems);
    column->addWidget(m_empty);
    column->addWidget(m_nothing);
    m_found = new QWidget(content);
    auto *verdictColumn = new QVBoxLayout(m_found);
    verdictColumn->setContentsMargins(0, 0, 0, 0);
    verdictColumn->setSpacing(3 * Step);
    buildVerdict(verdictColumn);
    column->addWidget(m_found, 1);

    m_area = new QScrollArea;
    m_area->setAccessibleName(tr("Verdict"));
    m_area->setWidget(content);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setMinimumWidth(320);
    return m_area;
}

void DecodePage::buildVerdict(QVBoxLayout *column)
{
    m_verdict = new VerdictView(this);
    m_quiet = bodyText({}, this);
    column->addWidget(m_verdict);
    column->addWidget(m_quiet);
    column->addStretch();
    connect(m_batch, &BatchView::rowChosen, this, &DecodePage::showRow);
    connect(m_batch, &BatchView::verdictRequested, this, &DecodePage::goToVerdict);
    connect(m_batch, &BatchView::filterChanged, this, &DecodePage::watchEscape);
    connectVerdict();
}

void DecodePage::connectVerdict()
{
    connect(m_verdict, &VerdictView::pointedAt, m_edit, &PasteEdit::setActive);
    connect(m_verdict, &VerdictView::alternativeRequested, this, &DecodePage::readAs);
    connect(m_verdict, &VerdictView::copyRequested, this, &DecodePage::copyRequested);
    connect(m_verdict, &VerdictView::copyWithSecretsRequested, this, &DecodePage::copyWithSecretsRequested);
    connect(m_verdict, &VerdictView::noteRequested, this, &DecodePage::noteRequested);
    connect(m_verdict, &VerdictView::bundleRequested, this, &DecodePage::bundleRequested);
    connect(m_verdict, &VerdictView::entryRequested, this, &DecodePage::entryRequested);
    connect(m_verdict, &VerdictView::probeRequested, this, &DecodePage::probeRequested);
    connect(m_verdict, &VerdictView::simulateRequested, this, &DecodePage::simulateRequested);
}

} // namespace errata
