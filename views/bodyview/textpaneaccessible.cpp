#include "views/bodyview/textpaneaccessible.h"

#include "views/bodyview/textpane.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <map>
#include <memory>

namespace errata {

namespace {

/// One row; lives as long as its pane's interface remembers it.
class RowInterface : public QAccessibleInterface
{
public:
    RowInterface(TextPane *pane, int row) : m_pane(pane), m_row(row) {}

    [[nodiscard]] bool isValid() const override { return m_pane && m_row < m_pane->rowCount(); }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_pane.data());
    }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString &) override {}

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_pane->rowText(m_row) : QString();
    }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect local = m_pane->rowRect(m_row);
        return {m_pane->viewport()->mapToGlobal(local.topLeft()), local.size()};
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.readOnly = true;
        const bool current = isValid() && m_pane->currentRow() == m_row;
        state.focused = current && m_pane->hasFocus();
        state.offscreen = isValid() && !m_pane->viewport()->rect().intersects(m_pane->rowRect(m_row));
        state.invalid = !isValid();
        return state;
    }
    [[nodiscard]] int row() const { return m_row; }

private:
    QPointer<TextPane> m_pane;
    int m_row;
};

class PaneInterface : public QAccessibleWidget
{
public:
    explicit PaneInterface(TextPane *pane) : QAccessibleWidget(pane, QAccessible::List), m_pane(pane) {}
    ~PaneInterface() override { forget(); }
    PaneInterface(const PaneInterface &) = delete;
    PaneInterface &operator=(const PaneInterface &) = delete;

    [[nodiscard]] int childCount() const override { return m_pane->rowCount(); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        // A body may have millions of rows: those asked for long ago are forgotten.
        constexpr std::size_t Remembered = 2000;
        auto known = m_rows.find(index);
        if (known == m_rows.end()) {
            if (m_rows.size() >= Remembered)
                forget();
            known =
                m_rows.emplace(index, QAccessible::registerAccessibleInterface(new RowInterface(m_pane, index))).first;
        }
        return QAccessible::accessibleInterface(known->second);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *row = dynamic_cast<const RowInterface *>(child);
        return row && row->isValid() ? row->row() : -1;
    }
    [[nodiscard]] QAccessibleInterface *focusChild() const override
    {
        return m_pane->hasFocus() ? child(m_pane->currentRow()) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint local = m_pane->viewport()->mapFromGlobal(QPoint(x, y));
        return m_pane->viewport()->rect().contains(local) ? child(m_pane->rowAt(local.y())) : nullptr;
    }

private:
    void forget() const
    {
        for (const auto &[row, id] : m_rows)
            QAccessible::deleteAccessibleInterface(id);
        m_rows.clear();
    }

    TextPane *m_pane;
    mutable std::map<int, QAccessible::Id> m_rows;
};

QAccessibleInterface *paneInterface(const QString &, QObject *object)
{
    auto *pane = qobject_cast<TextPane *>(object);
    return pane ? new PaneInterface(pane) : nullptr;
}

} // namespace

void installTextPaneAccessibility()
{
    // Qt ignores a factory it has already.
    QAccessible::installFactory(paneInterface);
}

void announceTextRow(TextPane *pane)
{
    if (!QAccessible::isActive() || !pane->hasFocus())
        return;
    QAccessibleEvent event(pane, QAccessible::Focus);
    event.setChild(pane->currentRow());
    QAccessible::updateAccessibility(&event);
}

} // namespace errata
