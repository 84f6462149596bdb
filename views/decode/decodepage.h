// Paste anything, get a verdict: the text on the left, what it says on the right.
#pragma once

#include "models/decode/decoder.h"
#include "models/items/findingmodel.h"

#include <QUrl>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QScrollArea;
class QSplitter;
class QTimer;
class QVBoxLayout;

namespace errata {

class EmptyState;
class FindingTable;
class NoteLine;
class PasteEdit;
class VerdictView;

class DecodePage : public QWidget
{
    Q_OBJECT

public:
    explicit DecodePage(QWidget *parent = nullptr);

    void setCatalogs(const CatalogSet &catalogs);
    /// Names for the samples menu; choosing one emits sampleRequested.
    void setSamples(const QStringList &names);

    /// Replaces what is there (undo brings it back) and decodes at once. The bytes are kept as they are.
    void pasteText(const QByteArray &text);
    /// What Ctrl+V anywhere on the page does.
    void pasteClipboard();
    [[nodiscard]] const QByteArray &text() const;
    [[nodiscard]] DecodeOptions options() const;

    /// The answer to decodeRequested; dropped unless \a job is the last one asked for.
    void setDiagnosis(const Diagnosis &diagnosis, int job);
    [[nodiscard]] const Diagnosis &diagnosis() const { return m_diagnosis; }
    /// A slow job is under way: says so. Cleared by setDiagnosis.
    void setBusy(bool busy);
    /// One line about what could not be done: a file that cannot be read.
    void showProblem(const QString &text);

    [[nodiscard]] QSplitter *splitter() const { return m_splitter; }

Q_SIGNALS:
    void decodeRequested(const QByteArray &text, const errata::DecodeOptions &options, int job);
    void openFileRequested();
    void filesDropped(const QList<QUrl> &files);
    void sampleRequested(const QString &name);
    /// \a said is what to tell the user once it is on the clipboard.
    void copyRequested(const QString &text, const QString &said);
    void entryRequested(const QString &entryId);
    void probeRequested(const errata::Finding &finding);
    void simulateRequested(const QString &script);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    [[nodiscard]] QWidget *buildLeft();
    void buildTitle(QVBoxLayout *column);
    void buildButtons(QVBoxLayout *column);
    void buildHints(QVBoxLayout *column);
    [[nodiscard]] QWidget *buildRight();
    void buildVerdict(QVBoxLayout *column);
    void connectVerdict();

    void clear();
    void undoClear();
    void decodeSoon();
    void decodeNow();
    void showInputNote();
    void showDiagnosis();
    void showState(QWidget *state);
    void showNothingFound();
    void showFinding(int row);
    void readAs(const Alternative &alternative);

    CatalogSet m_catalogs;
    Diagnosis m_diagnosis;
    FindingModel m_findings;
    QByteArray m_cleared; ///< what Clear took away
    int m_job = 0;

    QSplitter *m_splitter = nullptr;
    QTimer *m_typing = nullptr;
    PasteEdit *m_edit = nullptr;
    QComboBox *m_kind = nullptr;
    QComboBox *m_api = nullptr;
    QLineEdit *m_status = nullptr;
    NoteLine *m_statusNote = nullptr;
    QMenu *m_samples = nullptr;
    QPushButton *m_samplesButton = nullptr;
    QPushButton *m_undo = nullptr;
    NoteLine *m_inputNote = nullptr;
    EmptyState *m_empty = nullptr;
    EmptyState *m_nothing = nullptr;
    QWidget *m_found = nullptr;
    QWidget *m_sampleRow = nullptr;
    NoteLine *m_busy = nullptr;
    QWidget *m_problems = nullptr;
    QLabel *m_problemText = nullptr;
    QLabel *m_count = nullptr;
    FindingTable *m_table = nullptr;
    VerdictView *m_verdict = nullptr;
};

} // namespace errata
