// The kinds of text a page is made of.
#pragma once

#include "models/catalog/entry.h"

#include <QString>

class QLabel;
class QPushButton;
class QWidget;

namespace errata {

/// Small bold capitals over a section.
[[nodiscard]] QLabel *sectionTitle(const QString &text, QWidget *parent = nullptr);
/// One line in the muted colour.
[[nodiscard]] QLabel *mutedLabel(const QString &text, QWidget *parent = nullptr);
/// Wrapping text in the muted colour.
[[nodiscard]] QLabel *mutedText(const QString &text, QWidget *parent = nullptr);
/// Wrapping text.
[[nodiscard]] QLabel *bodyText(const QString &text, QWidget *parent = nullptr);
/// Wrapping text in the fixed font.
[[nodiscard]] QLabel *fixedText(const QString &text, QWidget *parent = nullptr);
/// Where a fact is from, in quiet type with a tool tip; inferred and derived in italics. \a source is the
/// document's title.
[[nodiscard]] QLabel *provenanceLabel(Provenance provenance, const QString &source = {}, QWidget *parent = nullptr);
/// A button that reads as a link.
[[nodiscard]] QPushButton *linkButton(const QString &text, QWidget *parent = nullptr);
/// The one button that does the page's work.
[[nodiscard]] QPushButton *primaryButton(const QString &text, QWidget *parent = nullptr);

} // namespace errata
