// A request run under the policy of the lab, for real: nothing is sent before "Run live" is pressed.
#pragma once

#include "models/http/transport.h"
#include "models/retry/attempt.h"
#include "views/widgets/card.h"

#include <QElapsedTimer>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTimer;

namespace errata {

class NoteLine;

class LiveCard : public Card
{
    Q_OBJECT

public:
    explicit LiveCard(QWidget *parent = nullptr);

    /// What the Probe's tab shows, to be offered: "POST https://api.example.com/v1"; empty: there is none.
    void setProbeRequest(const QString &line);
    /// The policy sends attempts beside each other, which a live run does not: said before anything is sent.
    void setHedges(bool hedges);
    /// A run begins, or has ended; nothing is sent between.
    void setRunning(bool isRunning);
    void setAttempts(const std::vector<Attempt> &attempts);
    /// A wait of this length begins, or has ended.
    void setWaiting(std::optional<Millis> duration);
    void setEnded(Verdict verdict, const std::vector<Attempt> &attempts);
    void showProblem(const QString &text);
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// As if typed.
    void setUrl(const QString &url);
    void focusUrl();
    [[nodiscard]] QString state() const;

Q_SIGNALS:
    /// A GET of a URL typed here; it is no more than that.
    void urlRunRequested(const errata::HttpRequest &request);
    /// The request of the Probe's tab, as its page makes it.
    void probeRunRequested();
    void sendNowRequested();
    void stopRequested();
    void closeRequested();
    /// How far the run has come, while it waits.
    void nowChanged(errata::Millis now);

private:
    void buildRequest();
    void buildButtons();
    void run();
    void showCountdown();

    bool m_isRunning = false;
    std::optional<Millis> m_wait;
    QElapsedTimer m_waited;
    Millis m_came{0}; ///< the end of the last attempt, on the clock of the run
    QComboBox *m_source = nullptr;
    QLineEdit *m_url = nullptr;
    QLabel *m_probe = nullptr;
    QLabel *m_hedges = nullptr;
    QPushButton *m_run = nullptr;
    QPushButton *m_sendNow = nullptr;
    QPushButton *m_stop = nullptr;
    NoteLine *m_note = nullptr;
    QLabel *m_state = nullptr;
    QTimer *m_tick; ///< only while a wait is on
};

} // namespace errata
