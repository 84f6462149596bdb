// Paste anything, get a verdict: the text on the left, what it says on the right.
#pragma once

#include "models/decode/batch.h"

#include <QUrl>
#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QScrollArea;
class QShortcut;
class QSplitter;
class QTimer;
class QVBoxLayout;

namespace errata {

class BatchView;
class EmptyState;
class NoteLine;
class PasteEdit;
class ReadingBar;
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
    /// Several are decoded as one; the one shown is that of the chosen row.
    void openTexts(const std::vector<NamedText> &texts);
    /// What Ctrl+V anywhere on the page does.
    void pasteClipboard();
    [[nodiscard]] const QByteArray &text() const;
    /// All that is decoded.
    [[nodiscard]] std::vector<NamedText> texts() const;
    [[nodiscard]] DecodeOptions options() const;

    /// The answer to decodeRequested and batchRequested; dropped unless \a job is the last one asked for.
    void setDiagnosis(Diagnosis diagnosis, int job);
    void setDigest(const std::shared_ptr<const Digest> &digest, int job);
    [[nodiscard]] const Diagnosis &diagnosis() const { return m_digest->diagnosis; }
    /// A slow job is under way: says so, and offers to end it. Cleared by setDiagnosis.
    void setBusy(bool busy);
    /// The bytes read by \a job, of all texts.
    void setProgress(qint64 bytes, int job);
    /// Files are being read; ended by openTexts or setBusy(false).
    void showReading(const QString &what);
    /// How many secrets there are in the texts of \a job.
    void setMaskedCount(int count, int job);
    /// What has become of a copy or a bundle, where it was asked for.
    void showNews(const QString &text);
    /// Lists the exchanges that went well, too.
    void setShowsAll(bool all);
    /// One line about what could not be done: a file that cannot be read.
    void showProblem(const QString &text);

    [[nodiscard]] QSplitter *splitter() const { return m_splitter; }

Q_SIGNALS:
    void decodeRequested(const QByteArray &text, const errata::DecodeOptions &options, int job);
    void batchRequested(const std::vector<errata::NamedText> &texts, const errata::DecodeOptions &options, int job);
    void cancelRequested();
    void openFileRequested();
    void filesDropped(const QList<QUrl> &files);
    void sampleRequested(const QString &name);
    /// \a said is what to tell the user once it is on the clipboard.
    void copyRequested(const QString &text, const QString &said);
    /// For this one copy secrets stay in it.
    void copyWithSecretsRequested(const QString &text, const QString &said);
    void noteRequested(const errata::Finding &finding, bool withSecrets);
    void bundleRequested();
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
    void showProblems(bool all);
    void showState(QWidget *state);
    void showNothingFound();
    void showRow(int row);
    void showFinding(const Finding &finding);
    void showQuiet(const ExchangeLine &line);
    void showFile(const QString &name);
    void goToVerdict();
    void cancel();
    void watchEscape();
    [[nodiscard]] qint64 totalBytes() const;
    void readAs(const Alternative &alternative);

    CatalogSet m_catalogs;
    std::shared_ptr<const Digest> m_digest;
    std::vector<NamedText> m_texts; ///< where there are several
    std::size_t m_textShown = 0;
    std::vector<NamedText> m_cleared; ///< what Clear took away
    qint64 m_read = 0;
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
    QScrollArea *m_area = nullptr;
    QShortcut *m_escape;
    ReadingBar *m_reading = nullptr;
    NoteLine *m_cancelled = nullptr;
    QWidget *m_problems = nullptr;
    QLabel *m_problemText = nullptr;
    QPushButton *m_moreProblems = nullptr;
    BatchView *m_batch = nullptr;
    QLabel *m_quiet = nullptr;
    VerdictView *m_verdict = nullptr;
};

} // namespace errata
