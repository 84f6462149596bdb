#include "views/probe/environmenteditor.h"

#include "views/theme/theme.h"
#include "views/widgets/labels.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace errata {

namespace {

enum Column { NameColumn, ValueColumn, SecretColumn, ColumnCount };

/// Values of secret rows are dots, also while they are typed.
class ValueDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        auto *edit = new QLineEdit(parent);
        edit->setFrame(false);
        if (isSecret(index))
            edit->setEchoMode(QLineEdit::Password);
        return edit;
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (isSecret(index) && !option->text.isEmpty())
            option->text = QString(8, QChar(0x2022));
    }

private:
    static bool isSecret(const QModelIndex &index)
    {
        return index.siblingAtColumn(SecretColumn).data(Qt::CheckStateRole).toInt() == Qt::Checked;
    }
};

} // namespace

EnvironmentEditor::EnvironmentEditor(std::vector<Environment> environments, SecretValues secrets,
                                     const QString &current, const QString &secretsNote, QWidget *parent)
    : QDialog(parent)
    , m_environments(std::move(environments))
    , m_secrets(std::move(secrets))
    , m_list(new QListWidget(this))
    , m_side(new QWidget(this))
{
    setWindowTitle(tr("Environments"));
    resize(720, 420);
    auto *column = new QVBoxLayout(this);
    auto *row = new QHBoxLayout;
    auto *left = new QVBoxLayout;
    m_list->setAccessibleName(tr("Environments"));
    m_list->setFixedWidth(190);
    auto *buttons = new QHBoxLayout;
    auto *add = new QPushButton(tr("Add"), this);
    auto *remove = new QPushButton(tr("Remove"), this);
    buttons->addWidget(add);
    buttons->addWidget(remove);
    left->addWidget(m_list, 1);
    left->addLayout(buttons);
    row->addLayout(left);
    buildSide(m_side);
    row->addWidget(m_side, 1);
    column->addLayout(row, 1);
    m_note = mutedText(tr("Use a variable as {{name}}. Values of secrets are kept %1.").arg(secretsNote), this);
    column->addWidget(m_note);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    column->addWidget(box);
    connect(box, &QDialogButtonBox::accepted, this, [this] {
        keep();
        accept();
    });
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(add, &QPushButton::clicked, this, &EnvironmentEditor::addEnvironment);
    connect(remove, &QPushButton::clicked, this, &EnvironmentEditor::removeEnvironment);
    int chosen = m_environments.empty() ? -1 : 0;
    for (const Environment &environment : m_environments) {
        if (environment.name == current)
            chosen = m_list->count();
        m_list->addItem(environment.name);
    }
    connect(m_list, &QListWidget::currentRowChanged, this, &EnvironmentEditor::showEnvironment);
    m_list->setCurrentRow(chosen);
    showEnvironment(chosen);
}

void EnvironmentEditor::buildSide(QWidget *side)
{
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    auto *head = new QHBoxLayout;
    m_name = new QLineEdit(side);
    m_name->setAccessibleName(tr("Name of the environment"));
    m_live = new QCheckBox(tr("Live: writes ask first"), side);
    head->addWidget(m_name, 1);
    head->addWidget(m_live);
    column->addLayout(head);
    m_variables = new QTableWidget(0, ColumnCount, side);
    m_variables->setAccessibleName(tr("Variables"));
    m_variables->setHorizontalHeaderLabels({tr("Name"), tr("Value"), tr("Secret")});
    m_variables->verticalHeader()->hide();
    m_variables->setShowGrid(false);
    m_variables->setTabKeyNavigation(false);
    m_variables->setSelectionBehavior(QAbstractItemView::SelectRows);
    constexpr int nameWidth = 160; // most are one or two words
    m_variables->setColumnWidth(NameColumn, nameWidth);
    m_variables->horizontalHeader()->setSectionResizeMode(SecretColumn, QHeaderView::ResizeToContents);
    m_variables->horizontalHeader()->setSectionResizeMode(ValueColumn, QHeaderView::Stretch);
    m_variables->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_variables->setItemDelegateForColumn(ValueColumn, new ValueDelegate(m_variables));
    column->addWidget(m_variables, 1);
    auto *buttons = new QHBoxLayout;
    auto *add = new QPushButton(tr("Add variable"), side);
    auto *remove = new QPushButton(tr("Remove variable"), side);
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch();
    column->addLayout(buttons);
    connect(add, &QPushButton::clicked, this, &EnvironmentEditor::addVariable);
    connect(remove, &QPushButton::clicked, this, [this] {
        if (m_variables->currentRow() >= 0)
            m_variables->removeRow(m_variables->currentRow());
    });
    remove->setEnabled(false);
    connect(m_variables, &QTableWidget::currentCellChanged, remove,
            [remove](int row) { remove->setEnabled(row >= 0); });
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (m_shown >= 0)
            m_list->item(m_shown)->setText(text);
    });
}

QString EnvironmentEditor::freeName() const
{
    const auto isTaken = [this](const QString &name) {
        return std::any_of(m_environments.begin(), m_environments.end(),
                           [&name](const Environment &environment) { return environment.name == name; });
    };
    QString name = tr("staging");
    for (int i = 2; isTaken(name); ++i)
        name = tr("environment %1").arg(i);
    return name;
}

void EnvironmentEditor::addEnvironment()
{
    keep();
    m_environments.push_back({freeName(), {}, false});
    m_list->addItem(m_environments.back().name);
    m_list->setCurrentRow(m_list->count() - 1);
    m_name->setFocus();
    m_name->selectAll();
}

void EnvironmentEditor::removeEnvironment()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    m_shown = -1;
    m_secrets.remove(m_environments[static_cast<std::size_t>(row)].name);
    m_environments.erase(m_environments.begin() + row);
    delete m_list->takeItem(row);
    showEnvironment(m_list->currentRow());
}

void EnvironmentEditor::writeRow(int row, const EnvironmentVariable &variable, const QString &secret)
{
    m_variables->insertRow(row);
    m_variables->setItem(row, NameColumn, new QTableWidgetItem(variable.name));
    m_variables->setItem(row, ValueColumn, new QTableWidgetItem(variable.isSecret ? secret : variable.value));
    auto *mark = new QTableWidgetItem;
    mark->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    mark->setCheckState(variable.isSecret ? Qt::Checked : Qt::Unchecked);
    m_variables->setItem(row, SecretColumn, mark);
}

void EnvironmentEditor::showEnvironment(int row)
{
    if (m_shown >= 0)
        keep();
    m_shown = row;
    m_side->setEnabled(row >= 0);
    m_variables->setRowCount(0);
    if (row < 0) {
        m_name->clear();
        return;
    }
    const Environment &environment = m_environments[static_cast<std::size_t>(row)];
    m_name->setText(environment.name);
    m_live->setChecked(environment.isLive);
    const Variables secrets = m_secrets.value(environment.name);
    for (const EnvironmentVariable &variable : environment.variables)
        writeRow(m_variables->rowCount(), variable, secrets.value(variable.name));
}

void EnvironmentEditor::keep()
{
    if (m_shown < 0)
        return;
    Environment &environment = m_environments[static_cast<std::size_t>(m_shown)];
    m_secrets.remove(environment.name);
    const QString name = m_name->text().trimmed();
    if (!name.isEmpty())
        environment.name = name;
    environment.isLive = m_live->isChecked();
    environment.variables.clear();
    Variables secrets;
    for (int row = 0; row < m_variables->rowCount(); ++row) {
        const QString variable = m_variables->item(row, NameColumn)->text().trimmed();
        if (variable.isEmpty())
            continue;
        const bool isSecret = m_variables->item(row, SecretColumn)->checkState() == Qt::Checked;
        const QString value = m_variables->item(row, ValueColumn)->text();
        environment.variables.push_back({variable, isSecret ? QString() : value, isSecret});
        if (isSecret)
            secrets.insert(variable, value);
    }
    if (!secrets.isEmpty())
        m_secrets.insert(environment.name, secrets);
}

void EnvironmentEditor::addVariable()
{
    const int row = m_variables->rowCount();
    writeRow(row, {}, {});
    m_variables->setCurrentCell(row, NameColumn);
    m_variables->editItem(m_variables->item(row, NameColumn));
}

std::vector<Environment> EnvironmentEditor::environments() const
{
    return m_environments;
}

} // namespace errata
