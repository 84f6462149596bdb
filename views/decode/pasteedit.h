// The field a reply is pasted into. It shows bytes and never owns them: what came in stays byte-exact
// until the user types.
#pragma once

#include "models/base/span.h"
#include "views/widgets/welledit.h"

#include <QByteArray>

#include <deque>
#include <vector>

namespace errata {

class PasteEdit : public WellEdit
{
    Q_OBJECT

public:
    explicit PasteEdit(QWidget *parent = nullptr);

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    /// Large input is not edited: only a part of it is shown, read-only; its beginning, until reveal() asks for more.
    [[nodiscard]] bool showsPart() const { return m_shown.length < m_bytes.size(); }
    /// The bytes that are shown.
    [[nodiscard]] Span shownBytes() const { return m_shown; }
    /// Replaces everything; where it can be edited, one undo step. \a editable: it may be, if it is not too large.
    void setBytes(const QByteArray &bytes, bool editable = true);

    /// Marks these bytes; those of \a active stand out and are scrolled to.
    void setMarks(const std::vector<Span> &spans);
    void setActive(Span span);
    /// Marks one exchange among others and scrolls to it; null for none.
    void setExchange(Span span);
    /// Scrolls to these bytes; of large input shows the part they are in.
    void reveal(Span span);

Q_SIGNALS:
    /// The user typed, undid or pasted; \a atOnce for a paste.
    void edited(bool atOnce);
    void urlsDropped(const QList<QUrl> &urls);
    /// Copying is not done here: what is copied is looked through for secrets first.
    void copyRequested(const QString &text, const QString &said);
    /// Another part of large input is shown now.
    void partChanged();

protected:
    /// Empty: neither a drag nor the selection clipboard carries text past copyRequested.
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void changeEvent(QEvent *event) override;

private:
    void textEdited();
    void copySelection(bool cut);
    void showPart(Span part);
    void bringUp(Span span);
    void showMarks();
    [[nodiscard]] bool shows(Span span) const;
    [[nodiscard]] int position(qsizetype offset) const;
    [[nodiscard]] QTextEdit::ExtraSelection selection(Span span, const QColor &ground) const;

    QByteArray m_bytes;
    Span m_shown;
    std::deque<QByteArray> m_originals; ///< bytes the editor cannot give back, for undo
    std::vector<Span> m_marks;
    Span m_active;
    Span m_exchange;
    bool m_setting = false;
};

} // namespace errata
