// One entry, in the order a person asks: what it means, may I retry, what to do, what to watch out for,
// the same elsewhere, what to tell the customer; then example, own note, source.
#pragma once

#include "models/catalog/catalog.h"

#include <QScrollArea>

class QAction;
class QVBoxLayout;

namespace errata {

class StarButton;

class EntryView : public QScrollArea
{
    Q_OBJECT

public:
    explicit EntryView(QWidget *parent = nullptr);

    /// Shows the entry; nothing happens when it is shown already.
    void setEntry(const CatalogSet &catalogs, const QString &entryId, const QString &note, bool pinned);
    void setPinned(bool pinned);
    /// What stands here while there is no entry; the view owns it.
    void setStartPage(QWidget *page);
    void clear();
    /// Buttons beside the source.
    void setSourceActions(const QList<QAction *> &actions) { m_sourceActions = actions; }
    [[nodiscard]] const Entry *entry() const { return m_entry; }
    [[nodiscard]] const Catalog *catalog() const { return m_catalog; }
    void editNote();

Q_SIGNALS:
    void entryRequested(const QString &entryId);
    void copyRequested(const QString &text, const QString &what);
    void noteEdited(const QString &entryId, const QString &text);
    void pinToggled(const QString &entryId, bool pinned);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void show(QWidget *content);
    void addHeader(QVBoxLayout *column, bool pinned);
    void addMeaning(QVBoxLayout *column);
    void addAdvice(QVBoxLayout *column);
    void addRelated(QVBoxLayout *column, const QString &title, const std::vector<Related> &links);
    void addReply(QVBoxLayout *column);
    void addExample(QVBoxLayout *column);
    void addNote(QVBoxLayout *column, const QString &note);
    void addSource(QVBoxLayout *column);

    CatalogSet m_catalogs; ///< keeps m_entry and m_catalog alive
    const Entry *m_entry = nullptr;
    const Catalog *m_catalog = nullptr;
    QList<QAction *> m_sourceActions;
    QWidget *m_startPage = nullptr;
    StarButton *m_star = nullptr;
    QWidget *m_note = nullptr;
};

/// The example's body as shown and copied: indented where it is JSON, else as it is.
[[nodiscard]] QString exampleText(const QByteArray &body);

} // namespace errata
