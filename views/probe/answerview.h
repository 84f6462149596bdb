// What came back. The first line is the diagnosis, then the attempts, then the reply in tabs.
#pragma once

#include "models/catalog/networkcatalog.h"
#include "models/decode/diagnosis.h"
#include "models/items/attemptmodel.h"
#include "models/items/eventstreammodel.h"
#include "models/items/fieldsmodel.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;
class QTableView;
class QTabWidget;
class QTimer;
class QVBoxLayout;

namespace errata {

class BodyView;
class Card;
class CompareView;
class EmptyState;
class EventsView;
class LiveBody;
struct NamedAnswer;
class NoteLine;
class TimelineWidget;
class VerdictView;
class RedirectsPane;
class TlsPane;
class WellEdit;

class AnswerView : public QWidget
{
    Q_OBJECT

public:
    explicit AnswerView(QWidget *parent = nullptr);

    void setCatalogs(const CatalogSet &catalogs) { m_catalogs = catalogs; }
    /// Nothing has come yet.
    void clear();
    /// A request goes out: the old answer leaves, the plan of its policy (none: empty) is drawn faded.
    void setSending(std::vector<Attempt> planned);
    /// Its answer begins: status and header fields stand at once.
    void setHead(const HttpResponse &head);
    /// Where the next piece of the body should begin, now that \a received bytes are there.
    [[nodiscard]] qint64 wantedFrom(qint64 received) const;
    /// Events are wanted as soon as they come; of other bodies a look now and then will do.
    [[nodiscard]] bool showsEvents() const;
    /// The body from \a offset on, as it comes; \a sinceStartMs is now.
    void addBody(const QByteArray &bytes, qint64 offset, double sinceStartMs);
    /// Bytes so far; \a total is -1 when unknown.
    void setProgress(qint64 received, qint64 total);
    void setAttempts(std::vector<Attempt> attempts);
    /// A wait of this length begins: counts down until the next call. Nothing ends it.
    void setWaiting(std::optional<Millis> duration);
    /// \a events: those seen before with their times, where the answer is shown again.
    void setResult(const HttpRequest &request, const SendResult &result, const Diagnosis &diagnosis,
                   std::vector<EventStreamModel::Row> events = {});
    [[nodiscard]] EventsView *events() const { return m_events; }
    /// In a tab of its own, until the next answer.
    void compare(const NamedAnswer &left, const NamedAnswer &right);
    [[nodiscard]] CompareView *comparison() const { return m_compare; }
    /// Whoever knows other answers fills it when it is about to be shown.
    [[nodiscard]] QMenu *compareMenu() const { return m_compareMenu; }
    [[nodiscard]] BodyView *body() const { return m_body; }
    /// Shows the body's tab.
    void showBodyTab();
    /// Show the tabs of that name, where there is anything in them.
    void showTlsTab();
    void showRedirectsTab();
    [[nodiscard]] TimelineWidget *timeline() const { return m_timeline; }

Q_SIGNALS:
    void sendNowClicked();
    void stopClicked();
    void copyRequested(const QString &text, const QString &said);
    /// The body's bytes, as they came; whoever keeps them keeps \a storage beside them.
    void saveRequested(const QByteArray &bytes, const QString &suggestedName,
                       const std::shared_ptr<const void> &storage);
    void entryRequested(const QString &entryId);

private:
    [[nodiscard]] QWidget *buildStrip();
    [[nodiscard]] QWidget *buildDiagnosis();
    [[nodiscard]] QWidget *buildBody();
    [[nodiscard]] QWidget *buildHeaders();
    void buildEvents();
    void buildCompare();
    void showHead(QWidget *head, const QString &facts);
    void showVerdict(const Diagnosis &diagnosis, bool answered);
    void showFailure(const NetworkFailure &failure, const std::optional<NetworkVerdict> &verdict);
    void showBody(const SendResult &result);
    void showEvents(const SendResult &result, std::vector<EventStreamModel::Row> events);
    void showTiming(const SendResult &result);
    void showConnection(const SendResult &result);
    void count();

    CatalogSet m_catalogs;
    AttemptModel m_attempts;
    AttemptModel m_planned;
    FieldsModel m_headers;
    std::optional<Millis> m_wait;
    QElapsedTimer m_waited;
    QTimer *m_tick;

    EmptyState *m_empty = nullptr;
    QWidget *m_head = nullptr;
    QVBoxLayout *m_headPlace = nullptr;
    QLabel *m_facts = nullptr;
    QPointer<QLabel> m_coming;  ///< in the head, while the body comes
    QPointer<QLabel> m_sending; ///< in the head, until an answer begins: counts up
    NoteLine *m_failure = nullptr;
    Card *m_networkCard = nullptr; ///< where no whole answer came
    QVBoxLayout *m_networkPlace = nullptr;
    QWidget *m_strip = nullptr;
    TimelineWidget *m_timeline = nullptr;
    QWidget *m_waitRow = nullptr;
    QLabel *m_countdown = nullptr;
    QWidget *m_filler = nullptr;
    QTabWidget *m_tabs = nullptr;
    VerdictView *m_verdict = nullptr;
    QLabel *m_noError = nullptr;
    BodyView *m_body = nullptr;
    LiveBody *m_live = nullptr; ///< in its place while it comes
    EventsView *m_events = nullptr;
    CompareView *m_compare = nullptr;
    QMenu *m_compareMenu = nullptr;
    WellEdit *m_sent = nullptr;
    QWidget *m_timing = nullptr;
    QVBoxLayout *m_timingPlace = nullptr;
    TlsPane *m_tls = nullptr;
    RedirectsPane *m_redirects = nullptr;
};

} // namespace errata
