#include "views/timeline/timelineaccessible.h"

#include "views/timeline/timelinewidget.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <memory>
#include <vector>

namespace errata {

namespace {

/// One attempt; lives as long as its timeline's interface.
class AttemptInterface : public QAccessibleInterface
{
public:
    AttemptInterface(TimelineWidget *widget, int attempt) : m_widget(widget), m_attempt(attempt) {}

    [[nodiscard]] bool isValid() const override { return m_widget && m_attempt < m_widget->attemptCount(); }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_widget.data());
    }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString &) override {}

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const QString all = isValid() ? m_widget->textOf(m_attempt) : QString();
        const qsizetype line = all.indexOf(QLatin1Char('\n'));
        if (kind == QAccessible::Name)
            return all.left(line);
        return kind == QAccessible::Description && line >= 0
                   ? all.mid(line + 1).replace(QLatin1Char('\n'), QStringLiteral("; "))
                   : QString();
    }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect local = m_widget->rectOf(m_attempt);
        return {m_widget->mapToGlobal(local.topLeft()), local.size()};
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        const bool current = isValid() && m_widget->current() == m_attempt;
        state.selected = current;
        state.focused = current && m_widget->hasFocus();
        state.invalid = !isValid();
        return state;
    }

private:
    QPointer<TimelineWidget> m_widget;
    int m_attempt;
};

class TimelineInterface : public QAccessibleWidget
{
public:
    explicit TimelineInterface(TimelineWidget *widget)
        : QAccessibleWidget(widget, QAccessible::List), m_timeline(widget)
    {
    }
    ~TimelineInterface() override
    {
        for (const QAccessible::Id id : m_children)
            QAccessible::deleteAccessibleInterface(id);
    }
    TimelineInterface(const TimelineInterface &) = delete;
    TimelineInterface &operator=(const TimelineInterface &) = delete;

    [[nodiscard]] int childCount() const override { return m_timeline->attemptCount(); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        while (static_cast<int>(m_children.size()) <= index) {
            const int attempt = static_cast<int>(m_children.size());
            m_children.push_back(QAccessible::registerAccessibleInterface(new AttemptInterface(m_timeline, attempt)));
        }
        return QAccessible::accessibleInterface(m_children[static_cast<std::size_t>(index)]);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (this->child(i) == child)
                return i;
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface *focusChild() const override
    {
        return m_timeline->hasFocus() ? child(m_timeline->current()) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        const int attempt = m_timeline->timelineLayout().attemptAt(m_timeline->mapFromGlobal(QPoint(x, y)));
        return child(attempt);
    }

private:
    TimelineWidget *m_timeline;
    mutable std::vector<QAccessible::Id> m_children; ///< made when asked for
};

QAccessibleInterface *timelineInterface(const QString &, QObject *object)
{
    auto *timeline = qobject_cast<TimelineWidget *>(object);
    return timeline ? new TimelineInterface(timeline) : nullptr;
}

} // namespace

void installTimelineAccessibility()
{
    // Qt ignores a factory it has already.
    QAccessible::installFactory(timelineInterface);
}

void announceTimelineAttempt(TimelineWidget *widget, int attempt)
{
    QAccessibleEvent event(widget, QAccessible::Focus);
    event.setChild(attempt);
    QAccessible::updateAccessibility(&event);
}

} // namespace errata
