#include "views/probe/variablebar.h"

#include "views/theme/theme.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace errata {

VariableBar::VariableBar(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    hide();
}

void VariableBar::setNames(const QStringList &names)
{
    if (names == m_names)
        return;
    m_names = names;
    m_fields.clear();
    if (m_row) {
        m_row->hide();
        m_row->deleteLater();
    }
    m_row = new QWidget(this);
    auto *flow = new FlowLayout(m_row);
    for (const QString &name : names) {
        auto *pair = new QWidget(m_row);
        auto *line = new QHBoxLayout(pair);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(Step);
        auto *label = new QLabel(QStringLiteral("{{%1}}").arg(name), pair);
        label->setFont(fixedFont(font()));
        auto *field = new QLineEdit(m_values.value(name), pair);
        label->setBuddy(field);
        field->setAccessibleName(name);
        field->setPlaceholderText(tr("needed"));
        field->setMinimumWidth(150);
        if (isSecretName(name))
            field->setEchoMode(QLineEdit::Password);
        connect(field, &QLineEdit::textChanged, this, [this, name](const QString &text) {
            m_values[name] = text;
            Q_EMIT valuesChanged();
        });
        connect(field, &QLineEdit::returnPressed, this, &VariableBar::sendRequested);
        line->addWidget(label);
        line->addWidget(field);
        flow->addWidget(pair);
        m_fields[name] = field;
    }
    layout()->addWidget(m_row);
    setVisible(!names.isEmpty());
}

QStringList VariableBar::missing() const
{
    QStringList missing;
    for (const QString &name : m_names) {
        if (m_values.value(name).isEmpty())
            missing << name;
    }
    return missing;
}

void VariableBar::focusMissing()
{
    const QStringList names = missing();
    if (!names.isEmpty())
        m_fields.at(names.first())->setFocus();
}

bool isSecretName(const QString &name)
{
    static const QRegularExpression secret(QStringLiteral("key$|key_secret|token|secret|password|session"),
                                           QRegularExpression::CaseInsensitiveOption);
    return secret.match(name).hasMatch();
}

} // namespace errata
