#include "views/catalog/entryview.h"

#include "models/json/jsondocument.h"
#include "views/catalog/codelink.h"
#include "views/catalog/entrysections.h"
#include "views/theme/erratastyle.h"
#include "views/widgets/actionbutton.h"
#include "views/widgets/card.h"
#include "views/widgets/codeblock.h"
#include "views/widgets/codetitle.h"
#include "views/widgets/elidedlabel.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"
#include "views/widgets/starbutton.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace errata {

namespace {

QWidget *titleRow(const QString &title, QWidget *right)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sectionTitle(title));
    layout->addStretch();
    layout->addWidget(right);
    return row;
}

} // namespace

QString exampleText(const QByteArray &body)
{
    const auto document = JsonDocument::parse(body);
    return QString::fromUtf8(document ? prettyJson(document->root()) : body).trimmed();
}

EntryView::EntryView(QWidget *parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(QStringLiteral("Entry"));
    setViewportMargins(2, 2, 2, 2); // room for the focus ring
}

void EntryView::setStartPage(QWidget *page)
{
    m_startPage = page;
    if (!m_entry)
        setWidget(page);
}

void EntryView::clear()
{
    if (!m_entry)
        return;
    m_entry = nullptr;
    m_catalog = nullptr;
    setAccessibleName(QStringLiteral("Entry"));
    show(m_startPage);
}

void EntryView::show(QWidget *content)
{
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    QWidget *old = takeWidget();
    if (old && old == m_startPage) {
        old->setParent(this);
        old->hide();
    } else if (old) {
        old->deleteLater(); // it may be the sender of the signal that brought us here
    }
    if (content)
        setWidget(content);
    if (hadFocus)
        setFocus();
}

void EntryView::setEntry(const CatalogSet &catalogs, const QString &entryId, const QString &note, bool pinned)
{
    const Entry *entry = catalogs.entry(entryId);
    if (!entry)
        return clear();
    if (entry == m_entry)
        return setPinned(pinned);
    m_catalogs = catalogs;
    m_entry = entry;
    m_catalog = catalogs.catalog(entry->api);
    setAccessibleName(QStringLiteral("Entry %1 %2").arg(m_catalog->name, entry->code));

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(4 * Step, 4 * Step, 4 * Step, 4 * Step);
    column->setSpacing(2 * Step);
    addHeader(column, pinned);
    addMeaning(column);
    addAdvice(column);
    addRelated(column, QStringLiteral("Same meaning elsewhere"), entry->equivalents);
    addRelated(column, QStringLiteral("Related"), entry->related);
    addReply(column);
    addExample(column);
    addNote(column, note);
    addSource(column);
    column->addStretch();
    show(content);
}

void EntryView::setPinned(bool pinned)
{
    if (m_entry && m_star)
        m_star->setChecked(pinned);
}

void EntryView::editNote()
{
    if (!m_entry || !m_note)
        return;
    ensureWidgetVisible(m_note);
    m_note->setFocus(Qt::ShortcutFocusReason);
}

void EntryView::addHeader(QVBoxLayout *column, bool pinned)
{
    auto *row = new QHBoxLayout;
    auto *name = new FlowLayout(nullptr, 3 * Step - 2);
    name->addWidget(Badge::forApi(m_catalog->id, m_catalog->name));
    name->addWidget(new CodeTitle(m_entry->code));
    row->addLayout(name, 1);
    m_star = new StarButton;
    m_star->setChecked(pinned);
    m_star->setAccessibleName(QStringLiteral("Pin this entry"));
    m_star->setToolTip(QStringLiteral("Pin: is:pinned finds it again"));
    connect(m_star, &StarButton::clicked, this, [this](bool on) { Q_EMIT pinToggled(m_entry->id, on); });
    row->addWidget(m_star, 0, Qt::AlignTop);
    column->addLayout(row);
}

void EntryView::addMeaning(QVBoxLayout *column)
{
    column->addWidget(factText(m_entry->meaning, *m_catalog));
    if (m_entry->inference.isEmpty())
        return;
    Fact<QString> reading;
    reading.value = m_entry->inference;
    column->addSpacing(Step);
    column->addWidget(sectionTitle(QStringLiteral("Our reading")));
    column->addWidget(factText(reading, *m_catalog));
}

void EntryView::addAdvice(QVBoxLayout *column)
{
    column->addSpacing(Step);
    column->addWidget(factsCard(*m_entry, *m_catalog));
    if (!m_entry->remedies.empty()) {
        column->addSpacing(Step);
        column->addWidget(sectionTitle(QStringLiteral("What to do")));
        column->addWidget(remedyList(*m_entry, *m_catalog));
    }
    if (!m_entry->pitfalls.empty()) {
        column->addSpacing(Step);
        column->addWidget(sectionTitle(QStringLiteral("Watch out")));
        column->addWidget(warningCard(m_entry->pitfalls, *m_catalog, false));
    }
    if (!m_entry->conflicts.empty()) {
        column->addSpacing(Step);
        column->addWidget(sectionTitle(QStringLiteral("The documents disagree")));
        column->addWidget(warningCard(m_entry->conflicts, *m_catalog, true));
    }
}

void EntryView::addRelated(QVBoxLayout *column, const QString &title, const std::vector<Related> &links)
{
    if (links.empty())
        return;
    column->addSpacing(Step);
    column->addWidget(sectionTitle(title));
    auto *flow = new FlowLayout(nullptr, Step);
    for (const Related &link : links) {
        const QString api = link.api.isEmpty() ? m_entry->api : link.api;
        const Catalog *catalog = m_catalogs.catalog(api);
        if (!catalog)
            continue;
        auto *button = new CodeLink(*catalog, link.code);
        button->setToolTip(link.note);
        button->setAccessibleDescription(link.note);
        const std::vector<const Entry *> targets = m_catalogs.exact(link.code, api);
        button->setEnabled(!targets.empty());
        if (!targets.empty())
            connect(button, &CodeLink::clicked, this, [this, id = targets.front()->id] { Q_EMIT entryRequested(id); });
        flow->addWidget(button);
    }
    column->addLayout(flow);
}

void EntryView::addReply(QVBoxLayout *column)
{
    if (m_entry->reply.isEmpty())
        return;
    column->addSpacing(Step);
    column->addWidget(sectionTitle(QStringLiteral("Tell the customer")));
    auto *card = new Card;
    card->body()->addWidget(bodyText(m_entry->reply));
    column->addWidget(card);
}

void EntryView::addExample(QVBoxLayout *column)
{
    if (m_entry->example.isEmpty())
        return;
    const QString text = exampleText(m_entry->example);
    QPushButton *copy = linkButton(QStringLiteral("Copy"));
    copy->setAccessibleName(QStringLiteral("Copy example body"));
    connect(copy, &QPushButton::clicked, this,
            [this, text] { Q_EMIT copyRequested(text, QStringLiteral("the example body")); });
    column->addSpacing(Step);
    const QString status =
        m_entry->exampleStatus ? QStringLiteral(", status %1").arg(*m_entry->exampleStatus) : QString();
    column->addWidget(titleRow(QStringLiteral("Example body") + status, copy));
    auto *block = new CodeBlock(text);
    block->setAccessibleName(QStringLiteral("Example body"));
    column->addWidget(block);
}

void EntryView::addNote(QVBoxLayout *column, const QString &note)
{
    auto *edit = new QPlainTextEdit(note);
    edit->setPlaceholderText(QStringLiteral("Kept on this computer, saved as you type. is:noted finds it again."));
    edit->setAccessibleName(QStringLiteral("Own note"));
    edit->setTabChangesFocus(true);
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * 3 + 4 * Step);
    connect(edit, &QPlainTextEdit::textChanged, this,
            [this, edit] { Q_EMIT noteEdited(m_entry->id, edit->toPlainText()); });
    m_note = edit;
    column->addSpacing(Step);
    column->addWidget(sectionTitle(QStringLiteral("Own note")));
    column->addWidget(edit);
}

void EntryView::addSource(QVBoxLayout *column)
{
    const SourceDocument *document = m_catalog->document(m_entry->document);
    if (!document)
        return;
    column->addSpacing(Step);
    column->addWidget(sectionTitle(QStringLiteral("Source")));
    Fact<QString> source;
    source.value =
        m_entry->section.isEmpty() ? document->title : QStringLiteral("%1: %2").arg(document->title, m_entry->section);
    source.provenance = m_entry->provenance;
    column->addWidget(factText(source, *m_catalog));
    auto *url = new ElidedLabel(m_catalog->url(*m_entry));
    url->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(url);
    auto *buttons = new FlowLayout(nullptr, 6);
    for (QAction *action : m_sourceActions)
        buttons->addWidget(new ActionButton(action));
    column->addLayout(buttons);
}

bool EntryView::event(QEvent *event)
{
    const bool handled = QScrollArea::event(event);
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    if (event->type() == QEvent::Paint && hasFocus()) {
        QPainter painter(this);
        painter.setPen(QPen(Theme::of(palette()).accent, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
    return handled;
}

void EntryView::keyPressEvent(QKeyEvent *event)
{
    if (m_entry && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT copyRequested(m_entry->code, m_entry->code);
        return;
    }
    QScrollArea::keyPressEvent(event);
}

} // namespace errata
