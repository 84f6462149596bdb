// The parts of an entry that only show; EntryView adds those one can use.
#pragma once

#include "models/catalog/catalog.h"

class QWidget;

namespace errata {

/// A text with its provenance at the right, and its note below.
[[nodiscard]] QWidget *factText(const Fact<QString> &fact, const Catalog &catalog, const QString &lead = {});
/// Retry, wait, statuses, category, exit code, section, surfaces, envelopes.
[[nodiscard]] QWidget *factsCard(const Entry &entry, const Catalog &catalog);
/// "1. ...", "2. ..." in the order to try.
[[nodiscard]] QWidget *remedyList(const Entry &entry, const Catalog &catalog);
/// A card with a coloured edge for each of \a facts.
[[nodiscard]] QWidget *warningCard(const std::vector<Fact<QString>> &facts, const Catalog &catalog, bool isConflict);

} // namespace errata
