// What was found out about one error, as cards: verdict and reasons, contradictions, facts for the
// ticket, other readings.
#pragma once

#include "models/catalog/catalog.h"
#include "models/decode/diagnosis.h"

#include <QWidget>

class QLabel;
class QLayout;
class QPushButton;
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
    /// What leads on from a pasted input ("Probe it", "Escalation bundle", "Simulate retries" and the internal note);
    /// on by default.
    void setLeadsOn(bool on) { m_leadsOn = on; }
    /// How many secrets of the input are masked in what is copied; nothing while that is not known.
    void setMaskedCount(std::optional<int> count);
    /// To the first thing in it that takes the keyboard.
    void focusFirst();
    /// What has become of a copy or a bundle.
    void showNews(const QString &text);

Q_SIGNALS:
    /// Where the reason under the pointer or the focus stands in the input; null for none.
    void pointedAt(errata::Span where);
    void alternativeRequested(const errata::Alternative &alternative);
    /// \a said is what to tell the user once it is on the clipboard.
    void copyRequested(const QString &text, const QString &said);
    /// For this one copy secrets stay in it: asked for by name.
    void copyWithSecretsRequested(const QString &text, const QString &said);
    /// The finding as a note for colleagues.
    void noteRequested(const errata::Finding &finding, bool withSecrets);
    void bundleRequested();
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
    void addLeads(QWidget *row, QLayout *flow);
    [[nodiscard]] QPushButton *copyMenu(QWidget *row);
    [[nodiscard]] QPushButton *copyLink(const QString &name, const QString &text, const QString &said,
                                        const QString &spoken);
    void copyReply(bool withSecrets);
    void showMaskedCount();

    Finding m_finding;
    CatalogSet m_catalogs;
    const Entry *m_entry = nullptr;
    const Catalog *m_catalog = nullptr;
    bool m_leadsOn = true;
    std::optional<int> m_maskedCount;
    QVBoxLayout *m_column;
    QWidget *m_content = nullptr;
    NoteLine *m_news = nullptr;
    QLabel *m_masked = nullptr;
};

} // namespace errata
