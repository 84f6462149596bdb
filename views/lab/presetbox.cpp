#include "views/lab/presetbox.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <map>

namespace errata {

namespace {

constexpr int IdRole = Qt::UserRole;

struct Group
{
    const char *begins; ///< of the id
    const char *title;
};

/// In the order of the headings' first lines.
constexpr std::array Groups{
    Group{"intended", "The four APIs"},
    Group{"intuned", "The four APIs"},
    Group{"nullspace", "The four APIs"},
    Group{"authpi", "The four APIs"},
    Group{"stripe", "API clients"},
    Group{"openai", "API clients"},
    Group{"anthropic", "API clients"},
    Group{"aws", "Cloud and RPC"},
    Group{"google", "Cloud and RPC"},
    Group{"gax", "Cloud and RPC"},
    Group{"grpc", "Cloud and RPC"},
    Group{"azure", "Cloud and RPC"},
    Group{"k8s", "Cloud and RPC"},
    Group{"temporal", "Cloud and RPC"},
    Group{"tenacity", "Python"},
    Group{"urllib3", "Python"},
    Group{"requests", "Python"},
    Group{"celery", "Python"},
    Group{"backoff-py", "Python"},
    Group{"node-retry", "JavaScript"},
    Group{"axios", "JavaScript"},
    Group{"got", "JavaScript"},
    Group{"ky", "JavaScript"},
    Group{"go-", "Go"},
    Group{"cenkalti", "Go"},
    Group{"avast", "Go"},
    Group{"resilience4j", "Java and .NET"},
    Group{"failsafe", "Java and .NET"},
    Group{"polly", "Java and .NET"},
    Group{"dotnet", "Java and .NET"},
    Group{"curl", "Tools and proxies"},
    Group{"envoy", "Tools and proxies"},
    Group{"finagle", "Tools and proxies"},
    Group{"linkerd", "Tools and proxies"},
};

std::size_t groupIndex(const QString &id)
{
    const auto found = std::find_if(Groups.begin(), Groups.end(), [&id](const Group &group) {
        return id.startsWith(QLatin1String(group.begins), Qt::CaseInsensitive);
    });
    return static_cast<std::size_t>(found - Groups.begin());
}

QStandardItem *heading(const QString &title)
{
    auto *item = new QStandardItem(title);
    item->setFlags(Qt::NoItemFlags);
    QFont font = item->font();
    font.setBold(true);
    item->setFont(font);
    return item;
}

} // namespace

QString presetGroup(const QString &id)
{
    const std::size_t index = groupIndex(id);
    return index < Groups.size() ? PresetBox::tr(Groups[index].title) : PresetBox::tr("Your own");
}

PresetBox::PresetBox(const QString &accessibleName, QWidget *parent) : QComboBox(parent)
{
    setAccessibleName(accessibleName);
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMinimumContentsLength(12);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMaxVisibleItems(24);
    setFocusPolicy(Qt::StrongFocus);
    lineEdit()->setAccessibleName(accessibleName);
    lineEdit()->setPlaceholderText(tr("type to find a client"));
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCaseSensitivity(Qt::CaseInsensitive);
    connect(this, &QComboBox::activated, this, &PresetBox::choose);
}

void PresetBox::setPolicies(const std::vector<RetryPolicy> &policies)
{
    const QString id = currentId();
    std::vector<const RetryPolicy *> ordered;
    ordered.reserve(policies.size());
    for (const RetryPolicy &policy : policies)
        ordered.push_back(&policy);
    // Headings in the order of their first line in the table; within one, by name.
    std::map<QString, std::size_t> firstLine;
    for (const RetryPolicy *policy : ordered) {
        std::size_t &line = firstLine.try_emplace(presetGroup(policy->id), Groups.size()).first->second;
        line = std::min(line, groupIndex(policy->id));
    }
    std::stable_sort(ordered.begin(), ordered.end(), [&firstLine](const RetryPolicy *a, const RetryPolicy *b) {
        const std::size_t lineA = firstLine[presetGroup(a->id)];
        const std::size_t lineB = firstLine[presetGroup(b->id)];
        return lineA != lineB ? lineA < lineB : a->name.compare(b->name, Qt::CaseInsensitive) < 0;
    });
    auto *rows = new QStandardItemModel(this);
    QString group;
    for (const RetryPolicy *policy : ordered) {
        if (presetGroup(policy->id) != group || rows->rowCount() == 0) {
            group = presetGroup(policy->id);
            rows->appendRow(heading(group));
        }
        auto *item = new QStandardItem(policy->name);
        item->setData(policy->id, IdRole);
        item->setToolTip(QStringLiteral("%1\n%2").arg(policy->name, policy->version));
        item->setAccessibleText(tr("%1, %2: %3").arg(policy->name, group, policy->version));
        rows->appendRow(item);
    }
    setModel(rows); // deletes the one before
    if (!setCurrentId(id))
        setCurrentIndex(-1);
}

QString PresetBox::currentId() const
{
    return currentData(IdRole).toString();
}

bool PresetBox::setCurrentId(const QString &id)
{
    const int row = findData(id, IdRole);
    if (row < 0 || id.isEmpty())
        return false;
    setCurrentIndex(row);
    showCurrentName();
    return true;
}

void PresetBox::choose(int row)
{
    const QString id = itemData(row, IdRole).toString();
    showCurrentName();
    if (!id.isEmpty())
        Q_EMIT presetChosen(id);
}

void PresetBox::showCurrentName()
{
    setEditText(itemText(currentIndex()));
    lineEdit()->setCursorPosition(0);
    setToolTip(itemData(currentIndex(), Qt::ToolTipRole).toString());
}

void PresetBox::focusOutEvent(QFocusEvent *event)
{
    // What was typed and led to nothing is forgotten.
    showCurrentName();
    QComboBox::focusOutEvent(event);
}

void PresetBox::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // scrolling past it changes nothing
}

} // namespace errata
