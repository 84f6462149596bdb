#include "views/bodyview/bodyview.h"

#include "models/json/jsonplace.h"
#include "views/bodyview/bodytree.h"
#include "views/bodyview/bodywords.h"
#include "views/bodyview/findbar.h"
#include "views/bodyview/imagepane.h"
#include "views/theme/theme.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QAction>
#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

namespace errata {

namespace {

constexpr std::array<BodyMode, 5> Modes{BodyMode::Pretty, BodyMode::Tree, BodyMode::Raw, BodyMode::Hex,
                                        BodyMode::Image};
constexpr std::array<Charset, 5> Charsets{Charset::Utf8, Charset::Latin1, Charset::Windows1252, Charset::Utf16Le,
                                          Charset::Utf16Be};

} // namespace

BodyView::BodyView(QWidget *parent)
    : QWidget(parent)
    , m_content(new BodyContent(this))
    , m_stack(new QStackedWidget(this))
    , m_pane(new TextPane(m_stack))
    , m_tree(new BodyTree(m_stack))
    , m_image(new ImagePane(m_stack))
    , m_find(new FindBar(this))
    , m_note(new NoteLine(this))
    , m_noteButton(linkButton({}, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Step);
    column->addWidget(buildBar());
    auto *noteRow = new QHBoxLayout;
    noteRow->addWidget(m_note, 1);
    noteRow->addWidget(m_noteButton);
    column->addLayout(noteRow);
    column->addWidget(m_stack, 1);
    m_pane->setAccessibleName(tr("Response body"));
    for (QWidget *page :
         {static_cast<QWidget *>(m_pane), static_cast<QWidget *>(m_tree), static_cast<QWidget *>(m_image)})
        m_stack->addWidget(page);
    buildActions();

    connect(m_content, &BodyContent::changed, this, &BodyView::present);
    connect(m_image, &ImagePane::captionChanged, this, &BodyView::presentFacts);
    connect(m_pane, &TextPane::copyPressed, this, &BodyView::copySelection);
    connect(m_tree, &BodyTree::copyPressed, this, &BodyView::copyValue);
    connect(m_find, &FindBar::changed, this, [this] { search(true); });
    connect(m_find, &FindBar::nextRequested, this, [this] { stepMatch(1); });
    connect(m_find, &FindBar::previousRequested, this, [this] { stepMatch(-1); });
    connect(m_find, &FindBar::lineRequested, this, &BodyView::goToLine);
    connect(m_find, &FindBar::byteRequested, this, &BodyView::goToByte);
    connect(m_find, &FindBar::left, this, [this] { m_stack->currentWidget()->setFocus(Qt::OtherFocusReason); });
    connect(m_noteButton, &QPushButton::clicked, this, [this] {
        if (m_content->isWorking())
            m_content->stop();
        else if (m_content->isStopped())
            m_content->resume();
        else if (const auto &pretty = m_content->pretty())
            goToTextOffset(pretty->error.offset);
    });
    present();
}

QWidget *BodyView::buildBar()
{
    auto *bar = new QWidget(this);
    auto *flow = new FlowLayout(bar);
    flow->addWidget(buildModes());
    flow->addWidget(m_find);
    flow->addWidget(buildFacts());
    return bar;
}

QWidget *BodyView::buildModes()
{
    auto *modes = new QWidget(this);
    auto *row = new QHBoxLayout(modes);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *group = new QButtonGroup(modes);
    for (const BodyMode mode : Modes) {
        auto *button = new QToolButton(modes);
        button->setText(words::bodyMode(mode));
        button->setToolTip(words::bodyModeMeaning(mode));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        group->addButton(button);
        row->addWidget(button);
        m_modes[std::size_t(mode)] = button;
        connect(button, &QToolButton::clicked, this, [this, mode] { setMode(mode); });
    }
    return modes;
}

QWidget *BodyView::buildFacts()
{
    auto *facts = new QWidget(this);
    auto *row = new QHBoxLayout(facts);
    row->setContentsMargins(0, 0, 0, 0);
    m_size = mutedLabel({}, facts);
    m_charset = new QComboBox(facts);
    m_charset->setAccessibleName(tr("Charset of the body"));
    m_charset->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const Charset charset : Charsets)
        m_charset->addItem(charsetName(charset));
    m_copy = new QPushButton(tr("Copy body"), facts);
    m_save = new QPushButton(tr("Save…"), facts);
    m_save->setToolTip(tr("The bytes as they came, into a file"));
    row->addWidget(m_size);
    row->addWidget(m_charset);
    row->addWidget(m_copy);
    row->addWidget(m_save);
    connect(m_charset, &QComboBox::activated, this,
            [this](int index) { m_content->setCharset(Charsets[std::size_t(index)]); });
    connect(m_copy, &QPushButton::clicked, this, &BodyView::copyAll);
    connect(m_save, &QPushButton::clicked, this, &BodyView::save);
    return facts;
}

void BodyView::addEditAction(const QString &text, const QKeySequence &keys, void (BodyView::*slot)())
{
    auto *action = new QAction(text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, slot);
    m_pane->addAction(action);
    if (slot == &BodyView::copyPath || slot == &BodyView::copyValue)
        m_tree->addAction(action);
}

void BodyView::buildActions()
{
    const auto keys = [](int key) { return QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key(key)); };
    addEditAction(tr("Copy selection"), {}, &BodyView::copySelection);
    addEditAction(tr("Copy value"), {}, &BodyView::copyValue);
    addEditAction(tr("Copy path"), keys(Qt::Key_C), &BodyView::copyPath);
    addEditAction(tr("Fold"), keys(Qt::Key_BracketLeft), &BodyView::foldHere);
    addEditAction(tr("Unfold"), keys(Qt::Key_BracketRight), &BodyView::unfoldHere);
    addEditAction(tr("Unfold all"), {}, &BodyView::unfoldAll);
    const auto everywhere = [this](const QKeySequence &sequence, auto slot) {
        auto *action = new QAction(this);
        action->setShortcut(sequence);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    everywhere(QKeySequence(QKeySequence::Find), &BodyView::beginFind);
    everywhere(QKeySequence(Qt::CTRL | Qt::Key_G), &BodyView::beginGoTo);
    everywhere(QKeySequence(Qt::Key_F3), [this] { stepMatch(1); });
    everywhere(QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { stepMatch(-1); });
}

void BodyView::setBody(Body body)
{
    m_content->setBody(std::move(body));
    if (m_content->form() == BodyForm::Image)
        m_image->setBytes(m_content->body().bytes, m_content->body().storage);
    else
        m_image->clear();
}

bool BodyView::hasMode(BodyMode mode) const
{
    const BodyForm form = m_content->form();
    switch (mode) {
    case BodyMode::Pretty:
        return form == BodyForm::Json || form == BodyForm::Xml;
    case BodyMode::Tree:
        return form == BodyForm::Json && m_content->body().bytes.size() <= BodyContent::LargestTree;
    case BodyMode::Raw:
        return form != BodyForm::Image && form != BodyForm::Empty;
    case BodyMode::Hex:
        return form != BodyForm::Empty;
    case BodyMode::Image:
        return form == BodyForm::Image;
    }
    return false;
}

BodyMode BodyView::bestMode() const
{
    switch (m_content->form()) {
    case BodyForm::Json:
    case BodyForm::Xml:
        return BodyMode::Pretty;
    case BodyForm::Image:
        return BodyMode::Image;
    case BodyForm::Binary:
        return BodyMode::Hex;
    case BodyForm::Empty:
    case BodyForm::Text:
        break;
    }
    return BodyMode::Raw;
}

void BodyView::setMode(BodyMode mode)
{
    m_wantedMode = mode;
    if (!hasMode(mode) || mode == m_mode)
        return present(); // puts the button back
    const bool knowsPlace = m_mode != BodyMode::Image;
    const qsizetype place = textOffset();
    present();
    if (knowsPlace && place > 0)
        goToTextOffset(place);
}

const PrettyBody *BodyView::readyPretty() const
{
    const auto &pretty = m_content->pretty();
    return pretty && pretty->text ? pretty.get() : nullptr;
}

bool BodyView::hasTree() const
{
    const auto &pretty = m_content->pretty();
    return pretty && !pretty->document.isNull();
}

void BodyView::present()
{
    m_mode = m_wantedMode && hasMode(*m_wantedMode) ? *m_wantedMode : bestMode();
    for (const BodyMode mode : Modes) {
        m_modes[std::size_t(mode)]->setVisible(hasMode(mode));
        m_modes[std::size_t(mode)]->setChecked(mode == m_mode);
    }
    if (m_treeOf != m_content->pretty()) {
        m_treeOf = m_content->pretty();
        m_tree->setDocument(hasTree() ? m_treeOf->document : JsonDocument());
    }
    presentText();
    if (m_mode == BodyMode::Image)
        m_stack->setCurrentWidget(m_image);
    else if (m_mode == BodyMode::Tree && hasTree())
        m_stack->setCurrentWidget(m_tree);
    else
        m_stack->setCurrentWidget(m_pane);
    presentNote();
    presentFacts();
}

void BodyView::presentText()
{
    Shown shown = Shown::Raw;
    if (m_mode == BodyMode::Hex || m_mode == BodyMode::Image)
        shown = Shown::Hex;
    else if (m_mode != BodyMode::Raw && readyPretty())
        shown = Shown::Pretty;
    std::shared_ptr<const TextSource> source = m_content->text();
    TextPane::Folding folding;
    auto colours = TextPane::Colours::None;
    if (shown == Shown::Hex) {
        const Body &body = m_content->body();
        source = std::make_shared<HexText>(body.bytes, body.storage);
    } else if (shown == Shown::Pretty) {
        const auto pretty = m_content->pretty();
        source = pretty->text;
        if (m_content->form() == BodyForm::Json)
            colours = TextPane::Colours::Json;
        if (pretty->json.isComplete() && pretty->isValid)
            folding = [pretty](qsizetype line) {
                return pretty->json.closingLine(line, pretty->text->lineStart(line));
            };
    }
    const bool same = shown == m_shown && m_shownGeneration == m_content->generation();
    m_pane->setPlaceholder(tr("The answer has no body."));
    if (same)
        m_pane->extendSource(source, folding);
    else
        m_pane->setSource(source, colours, folding);
    m_shown = shown;
    m_shownGeneration = m_content->generation();
    search(false); // of another text, or of all where a part was searched
}

void BodyView::presentNote()
{
    const auto &pretty = m_content->pretty();
    const bool wantsPretty = m_mode == BodyMode::Pretty || m_mode == BodyMode::Tree;
    m_noteButton->hide();
    if (m_content->isWorking() || m_content->isStopped()) {
        m_noteButton->setText(m_content->isStopped() ? tr("Go on") : tr("Stop"));
        m_noteButton->show();
        m_note->showHint(words::reading(m_content->body().bytes.size(), m_content->isStopped(), m_content->isWhole()));
    } else if (wantsPretty && pretty && pretty->refusal != PrettyRefusal::None) {
        const bool invalid = pretty->refusal == PrettyRefusal::Invalid;
        m_note->showHint(invalid ? tr("Not valid JSON, shown as it came: %1").arg(pretty->error.text())
                                 : words::refusal(pretty->refusal, m_content->form()));
        m_noteButton->setText(tr("Go there"));
        m_noteButton->setVisible(invalid);
    } else {
        m_note->clearNote();
    }
}

void BodyView::presentFacts()
{
    const Body &body = m_content->body();
    const bool isText =
        m_content->form() != BodyForm::Empty && m_content->form() != BodyForm::Image && m_mode != BodyMode::Hex;
    qsizetype lines = 0;
    if (isText && m_content->isWhole())
        lines = m_content->text()->lineCount() - (m_content->text()->bytes().endsWith('\n') ? 1 : 0);
    m_size->setText(m_mode == BodyMode::Image ? m_image->caption() : words::bodySize(body.bytes.size(), lines));
    m_charset->setVisible(isText);
    m_find->setVisible(m_content->form() != BodyForm::Empty && m_mode != BodyMode::Image);
    for (std::size_t i = 0; i < Charsets.size(); ++i) {
        const bool chosen = Charsets[i] == m_content->charset().charset;
        const bool guessed = chosen && m_content->charset().source == CharsetSource::Guessed;
        m_charset->setItemText(int(i),
                               guessed ? tr("%1 (guessed)").arg(charsetName(Charsets[i])) : charsetName(Charsets[i]));
        if (chosen)
            m_charset->setCurrentIndex(int(i));
    }
    m_charset->setToolTip(words::charsetSource(m_content->charset().source));
    const bool copies = !body.bytes.isEmpty() && body.bytes.size() <= BodyContent::LargestCopy;
    m_copy->setEnabled(copies && isText);
    m_copy->setToolTip(body.bytes.size() > BodyContent::LargestCopy ? tr("Too large for the clipboard: save it")
                                                                    : tr("The body as it came, as text"));
    m_save->setEnabled(!body.bytes.isNull()); // an empty body is an empty file, none is none
}

} // namespace errata
