#include "views/widgets/flowlayout.h"

#include <algorithm>

namespace errata {

FlowLayout::FlowLayout(QWidget *parent, int gap) : QLayout(parent), m_gap(gap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[size_t(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *item = m_items[size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto &item : m_items)
        size = size.expandedTo(item->minimumSize());
    const QMargins m = contentsMargins();
    return size + QSize(m.left() + m.right(), m.top() + m.bottom());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect &rect, bool apply) const
{
    const QMargins m = contentsMargins();
    const QRect area = rect.marginsRemoved(m);
    std::vector<std::pair<QLayoutItem *, QRect>> line;
    int y = area.top();
    int lineHeight = 0;
    const auto endLine = [&] {
        for (auto &[item, place] : line) {
            if (!item->alignment().testFlag(Qt::AlignTop))
                place.translate(0, (lineHeight - place.height()) / 2);
            if (apply)
                item->setGeometry(place);
        }
        line.clear();
        y += lineHeight;
        lineHeight = 0;
    };
    for (const auto &item : m_items) {
        if (item->isEmpty())
            continue;
        QSize size = item->sizeHint();
        if (size.width() > area.width()) {
            size.setWidth(std::max(area.width(), 0));
            if (item->hasHeightForWidth())
                size.setHeight(item->heightForWidth(size.width()));
        }
        int x = line.empty() ? area.left() : line.back().second.right() + 1 + m_gap;
        if (!line.empty() && x + size.width() > area.right() + 1) {
            endLine();
            y += m_gap;
            x = area.left();
        }
        line.emplace_back(item.get(), QRect(QPoint(x, y), size));
        lineHeight = std::max(lineHeight, size.height());
    }
    endLine();
    return y - rect.top() + m.bottom();
}

} // namespace errata
