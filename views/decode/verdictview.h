// What was found out about one error, as cards: verdict and reasons, contradictions, facts for the
// ticket, other readings.
#pragma once

#include "models/catalog/catalog.h"
#include "models/decode/diagnosis.h"

#include <QWidget>

class QVBoxLayout;

namespace errata {

class NoteLine;

class VerdictView : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictView(QWidget *parent = nullptr);

    void setFinding(const Finding &finding, const CatalogSet &catalogs);
    [[nodiscard]] const Finding &finding() const { return m_finding; }
    /// Buttons that lead to other pages ("Probe it", "Simulate retries"); on by default.
    void setLeadsOn(bool on) { m_leadsOn = on; }

Q_SIGNALS:
    /// Where the reason under the pointer or the focus stands in the input; null for none.
    void pointedAt(errata::Span where);
    void alternativeRequested(const errata::Alternative &alternative);
    /// \a said is what to tell the user once it is on the clipboard.
    void copyRequested(const QString &text, const QString &said);
    void entryRequested(const QString &entryId);
    void probeRequested(const errata::Finding &finding);
    /// A server script for the retry lab that plays this error.
    void simulateRequested(const QString &script);

private:
    [[nodiscard]] QWidget *verdictCard();
    [[nodiscard]] QWidget *header(QWidget *card);
    void addReasons(QVBoxLayout *column, QWidget *card);
    void addRemedies(QVBoxLayout *column, QWidget *card);
    [[nodiscard]] QWidget *contradictionCard();
    [[nodiscard]] QWidget *ticketCard();
    [[nodiscard]] QWidget *alternativeCard();
    [[nodiscard]] QWidget *buttons();
    [[nodiscard]] QWidget *copyLink(const QString &text, const QString &said, const QString &spoken);
    void copyReply();

    Finding m_finding;
    CatalogSet m_catalogs;
    const Entry *m_entry = nullptr;
    const Catalog *m_catalog = nullptr;
    bool m_leadsOn = true;
    QVBoxLayout *m_column;
    QWidget *m_content = nullptr;
    NoteLine *m_news = nullptr;
};

} // namespace errata
