#include "views/catalog/entrysections.h"

#include "views/texts/texts.h"
#include "views/widgets/card.h"
#include "views/widgets/keyvaluegrid.h"
#include "views/widgets/labels.h"

#include <QLabel>
#include <QVBoxLayout>

namespace errata {

namespace {

QString sourceTitle(const Catalog &catalog, const QString &source)
{
    const SourceDocument *document = catalog.document(source);
    return document ? document->title : QString();
}

QLabel *provenanceOf(Provenance provenance, const QString &source, const Catalog &catalog)
{
    return provenanceLabel(provenance, sourceTitle(catalog, source));
}

void addRetry(KeyValueGrid &grid, const Entry &entry, const Catalog &catalog)
{
    const RetryFact &retry = entry.retry;
    grid.addRow(QStringLiteral("Retry"), Badge::forVerdict(retry.verdict, entry.isError),
                provenanceOf(retry.provenance, retry.source, catalog));
    grid.addBelow(mutedText(retry.note.isEmpty() ? texts::verdictMeaning(retry.verdict, entry.isError) : retry.note));
    if (const QString wait = texts::wait(retry); !wait.isEmpty())
        grid.addRow(QStringLiteral("Wait"), bodyText(wait), provenanceOf(retry.provenance, retry.source, catalog));
}

void addStatuses(KeyValueGrid &grid, const Entry &entry, const Catalog &catalog)
{
    for (const Fact<int> &status : entry.statuses) {
        const bool first = &status == &entry.statuses.front();
        grid.addRow(first ? QStringLiteral("HTTP status") : QString(), fixedText(QString::number(status.value)),
                    provenanceOf(status.provenance, status.source, catalog));
        if (!status.note.isEmpty())
            grid.addBelow(mutedText(status.note));
    }
}

void addCategory(KeyValueGrid &grid, const Entry &entry, const Catalog &catalog)
{
    if (!entry.category)
        return;
    grid.addRow(QStringLiteral("Category"), fixedText(entry.category->value),
                provenanceOf(entry.category->provenance, entry.category->source, catalog));
    const Category *category = catalog.category(entry.category->value);
    if (category && !category->meaning.value.isEmpty())
        grid.addBelow(mutedText(category->meaning.value));
}

void addExitCode(KeyValueGrid &grid, const Entry &entry, const Catalog &catalog)
{
    if (!entry.exitCode)
        return;
    grid.addRow(QStringLiteral("Exit code"), fixedText(QString::number(entry.exitCode->value)),
                provenanceOf(entry.exitCode->provenance, entry.exitCode->source, catalog));
}

void addSurfaces(KeyValueGrid &grid, const Entry &entry, const Catalog &catalog)
{
    QStringList titles;
    for (const QString &id : QStringList(entry.surface) + entry.alsoOn) {
        const Surface *surface = catalog.surface(id);
        titles << (surface ? surface->title : id);
    }
    grid.addRow(QStringLiteral("Seen in"), bodyText(titles.join(QStringLiteral(", "))),
                provenanceOf(entry.provenance, entry.document, catalog));
}

/// Where code and ids stand in the replies this entry comes in: the main shape, and others known as surely.
void addEnvelopes(KeyValueGrid &grid, const Entry &entry, const Catalog &catalog)
{
    const Envelope *main = nullptr;
    QStringList seen;
    for (const Envelope &envelope : catalog.envelopes) {
        if ((envelope.surface != entry.surface && !entry.alsoOn.contains(envelope.surface)) ||
            envelope.code.isEmpty() || envelope.isError != entry.isError)
            continue;
        QStringList pointers{texts::pointer(envelope.code.front())};
        for (const auto &[name, places] : envelope.ids) {
            if (!places.isEmpty())
                pointers << texts::pointer(places.front());
        }
        const QString line = pointers.join(QStringLiteral(" · "));
        if (seen.contains(line) || (main && envelope.provenance > main->provenance))
            continue;
        seen << line;
        grid.addRow(main ? QString() : QStringLiteral("Envelope"), bodyText(envelope.title),
                    provenanceLabel(envelope.provenance));
        grid.addBelow(fixedText(line));
        main = main ? main : &envelope;
    }
}

} // namespace

QWidget *factText(const Fact<QString> &fact, const Catalog &catalog, const QString &lead)
{
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * Step);
    if (!lead.isEmpty())
        row->addWidget(mutedLabel(lead), 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(Step);
    texts->addWidget(bodyText(fact.value));
    if (!fact.note.isEmpty())
        texts->addWidget(mutedText(fact.note));
    row->addLayout(texts, 1);
    row->addWidget(provenanceOf(fact.provenance, fact.source, catalog), 0, Qt::AlignTop);
    return widget;
}

QWidget *factsCard(const Entry &entry, const Catalog &catalog)
{
    auto *card = new Card;
    auto *grid = new KeyValueGrid(card);
    addRetry(*grid, entry, catalog);
    addStatuses(*grid, entry, catalog);
    addCategory(*grid, entry, catalog);
    addExitCode(*grid, entry, catalog);
    if (!entry.section.isEmpty())
        grid->addRow(QStringLiteral("Section"), bodyText(entry.section),
                     provenanceOf(entry.provenance, entry.document, catalog));
    addSurfaces(*grid, entry, catalog);
    addEnvelopes(*grid, entry, catalog);
    if (!entry.aliases.isEmpty())
        grid->addRow(QStringLiteral("Also written"), fixedText(entry.aliases.join(QStringLiteral(", "))),
                     provenanceOf(entry.provenance, entry.document, catalog));
    card->body()->addWidget(grid);
    return card;
}

QWidget *remedyList(const Entry &entry, const Catalog &catalog)
{
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Step);
    int number = 0;
    for (const Fact<QString> &remedy : entry.remedies)
        column->addWidget(factText(remedy, catalog, QStringLiteral("%1.").arg(++number)));
    return list;
}

QWidget *warningCard(const std::vector<Fact<QString>> &facts, const Catalog &catalog, bool isConflict)
{
    auto *card = new Card([isConflict](const Theme &theme) { return isConflict ? theme.no : theme.wait; }, nullptr);
    for (const Fact<QString> &fact : facts)
        card->body()->addWidget(factText(fact, catalog));
    return card;
}

} // namespace errata
