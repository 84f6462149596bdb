// A run of attempts on a time axis: when each starts, what it brings, how long the client waits and where
// jitter may place it. A plan can stand behind the real run. Ctrl+wheel (with the focus: the wheel), + and - zoom,
// dragging and, when zoomed, left and right move along the axis, 0 shows all of it.
#pragma once

#include "models/items/attemptmodel.h"
#include "views/timeline/timelinelayout.h"
#include "views/widgets/picture.h"

#include <QPointer>
#include <QWidget>

namespace errata {

class TimelineWidget : public QWidget
{
    Q_OBJECT

public:
    using Picture = PictureKind;

    explicit TimelineWidget(TimelineShape shape = TimelineShape::Rows, QWidget *parent = nullptr);

    /// The models stay their owners'; null shows none.
    void setAttempts(AttemptModel *attempts);
    void setPlanned(AttemptModel *planned);
    void setDeadline(std::optional<Millis> deadline);
    /// A line where it cuts a wait.
    void setCap(std::optional<Millis> cap);
    /// Marks how far a live run has come; nothing takes the mark away.
    void setNow(std::optional<Millis> now);
    /// Shown while there is no attempt.
    void setEmptyText(const QString &text);

    /// The attempt the keyboard is on (an index into the attempts, or the plan where there are none), -1 for none.
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int attempt);

    /// Which part of the axis is seen.
    [[nodiscard]] const TimelineView &view() const { return m_view; }
    void setView(const TimelineView &view);
    /// About the middle of what is seen, or the current attempt where it is in sight.
    void zoom(double factor);
    void fit() { setView({0, 1, m_view.isLogarithmic}); }
    void setLogarithmic(bool isLogarithmic) { setView({0, 1, isLogarithmic}); }

    [[nodiscard]] const TimelineContent &content() const { return m_content; }
    [[nodiscard]] const TimelineLayout &timelineLayout() const { return m_layout; }
    /// Attempts that can be stood on, and all about one of them.
    [[nodiscard]] int attemptCount() const;
    [[nodiscard]] QString textOf(int attempt) const;
    [[nodiscard]] QRect rectOf(int attempt) const;

    /// The picture as it stands on the screen, PNG at twice its size.
    [[nodiscard]] QByteArray picture(Picture kind) const;
    /// Emits saveRequested with the picture.
    void save(Picture kind, const QString &baseName);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(int attempt);
    void viewChanged();
    void saveRequested(const QByteArray &bytes, const QString &suggestedName);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void follow(QPointer<AttemptModel> &slot, AttemptModel *model);
    void readModels();
    void layOut();
    void bringIntoView(int attempt);
    [[nodiscard]] bool navigate(int key);
    void setHover(std::optional<double> x);
    [[nodiscard]] const std::vector<Attempt> &walked() const;
    void paintAll(QPainter &painter, bool withFocus, std::optional<double> hover = {}) const;

    TimelineShape m_shape;
    QPointer<AttemptModel> m_attempts;
    QPointer<AttemptModel> m_planned;
    TimelineContent m_content;
    TimelineLayout m_layout;
    TimelineView m_view;
    QString m_emptyText;
    std::optional<double> m_hover;   ///< x of the mouse over the plot
    std::optional<double> m_dragged; ///< x where the mouse has been when it was moved last
    bool m_hasMoved = false;         ///< since the button was pressed
    int m_current = -1;
};

} // namespace errata
