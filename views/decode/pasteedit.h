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
    /// Large input is not edited: only its beginning is shown, read-only.
    [[nodiscard]] bool showsHeadOnly() const { return m_shown < m_bytes.size(); }
    /// Bytes that are shown.
    [[nodiscard]] qsizetype shownBytes() const { return m_shown; }
    /// Replaces everything; where it can be edited, one undo step.
    void setBytes(const QByteArray &bytes);

    /// Marks these bytes; those of \a active stand out and are scrolled to.
    void setMarks(const std::vector<Span> &spans);
    void setActive(Span span);

Q_SIGNALS:
    /// The user typed, undid or pasted; \a atOnce for a paste.
    void edited(bool atOnce);
    void urlsDropped(const QList<QUrl> &urls);

protected:
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void changeEvent(QEvent *event) override;

private:
    void textEdited();
    void showMarks();
    [[nodiscard]] QTextEdit::ExtraSelection selection(Span span, const QColor &ground) const;

    QByteArray m_bytes;
    qsizetype m_shown = 0;
    std::deque<QByteArray> m_originals; ///< bytes the editor cannot give back, for undo
    std::vector<Span> m_marks;
    Span m_active;
    bool m_setting = false;
};

} // namespace errata
