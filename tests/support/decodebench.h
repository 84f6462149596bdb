// The decode page with the real decoder and the shipped catalogs, for tests that drive it.
#pragma once

#include "models/catalog/catalogreader.h"
#include "models/decode/decoder.h"
#include "views/decode/decodepage.h"
#include "views/decode/failurehistogram.h"
#include "views/decode/findingtable.h"
#include "views/decode/pasteedit.h"
#include "views/decode/verdictview.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace errata::test {

/// Whether a label that is seen holds the text.
inline bool showsText(const QWidget &widget, const QString &text)
{
    const auto labels = widget.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(),
                       [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

inline constexpr char preconditionFailed[] =
    "HTTP/2 412\r\n"
    "content-type: application/json\r\n"
    "etag: \"17\"\r\n"
    "\r\n"
    R"({"error": "precondition_failed", "error_description": "Changed.", "retryable": false})";

inline const CatalogSet &catalogs()
{
    static const CatalogSet set = loadCatalogs().set;
    return set;
}

/// A page whose requests are answered at once.
struct Bench
{
    DecodePage page;
    int decoded = 0;

    Bench()
    {
        QObject::connect(&page, &DecodePage::decodeRequested, &page,
                         [this](const QByteArray &text, const DecodeOptions &options, int job) {
                             ++decoded;
                             page.setDiagnosis(decodeText(text, catalogs(), options), job);
                         });
        QObject::connect(&page, &DecodePage::batchRequested, &page,
                         [this](const std::vector<NamedText> &texts, const DecodeOptions &options, int job) {
                             ++decoded;
                             page.setDiagnosis(decodeTexts(texts, catalogs(), options), job);
                         });
        page.setCatalogs(catalogs());
        page.resize(1200, 780);
        page.show();
    }

    [[nodiscard]] PasteEdit *edit() const { return page.findChild<PasteEdit *>(); }
    [[nodiscard]] VerdictView *verdict() const { return page.findChild<VerdictView *>(); }
    [[nodiscard]] QPushButton *button(const QString &text) const
    {
        for (auto *b : page.findChildren<QPushButton *>()) {
            if (b->text() == text && b->isVisible())
                return b;
        }
        return nullptr;
    }
    [[nodiscard]] bool shows(const QString &text) const { return showsText(page, text); }
    [[nodiscard]] FindingTable *table() const { return page.findChild<FindingTable *>(); }
    [[nodiscard]] FailureHistogram *chart() const { return page.findChild<FailureHistogram *>(); }
    [[nodiscard]] QLineEdit *filter() const
    {
        for (auto *field : page.findChildren<QLineEdit *>()) {
            if (field->accessibleName() == QStringLiteral("Filter"))
                return field;
        }
        return nullptr;
    }
    /// The chip for that code or host, by what a screen reader is told.
    [[nodiscard]] QPushButton *chip(const QString &name) const
    {
        for (auto *b : page.findChildren<QPushButton *>()) {
            if (b->isCheckable() && b->isVisible() && b->accessibleName().contains(name))
                return b;
        }
        return nullptr;
    }
    [[nodiscard]] QAction *copyAction(const QString &text) const
    {
        for (auto *action : verdict()->findChildren<QAction *>()) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return table()->model()->index(row, column).data().toString();
    }
    [[nodiscard]] QStringList marked() const
    {
        QStringList texts;
        for (const QTextEdit::ExtraSelection &selection : edit()->extraSelections())
            texts << selection.cursor.selectedText();
        return texts;
    }
};

inline Finding rateLimited()
{
    Finding finding;
    finding.api = QStringLiteral("intended");
    finding.code = QStringLiteral("RATE_LIMIT_EXCEEDED");
    finding.httpStatus = 429;
    finding.retry.verdict = RetryVerdict::AfterWait;
    finding.retry.afterMs = 2000;
    finding.ids = {{QStringLiteral("correlationId"), QStringLiteral("Correlation id"), QStringLiteral("c-1"), {}}};
    return finding;
}

} // namespace errata::test
