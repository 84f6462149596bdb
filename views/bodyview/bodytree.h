// A JSON body as a tree of keys and values.
#pragma once

#include "models/items/jsontreemodel.h"

#include <QTreeView>

namespace errata {

class BodyTree : public QTreeView
{
    Q_OBJECT

public:
    explicit BodyTree(QWidget *parent = nullptr);

    void setDocument(const JsonDocument &document);
    void setMatches(std::shared_ptr<const std::vector<Span>> matches, Span current);
    /// The node of the current row; the container's where that is a range.
    [[nodiscard]] std::optional<std::uint32_t> currentNode() const;
    void goToNode(std::uint32_t node);
    [[nodiscard]] JsonTreeModel *treeModel() const { return m_model; }

Q_SIGNALS:
    /// Ctrl+C.
    void copyPressed();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void measure();

    JsonTreeModel *m_model;
};

} // namespace errata
