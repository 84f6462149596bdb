#include "views/probe/placeholderbar.h"

#include "views/theme/theme.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace errata {

PlaceholderBar::PlaceholderBar(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    hide();
}

void PlaceholderBar::setNames(const QStringList &names)
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
        auto *label = new QLabel(QLatin1Char('{') + name + QLatin1Char('}'), pair);
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
        connect(field, &QLineEdit::returnPressed, this, &PlaceholderBar::sendRequested);
        line->addWidget(label);
        line->addWidget(field);
        flow->addWidget(pair);
        m_fields[name] = field;
    }
    layout()->addWidget(m_row);
    setVisible(!names.isEmpty());
}

QStringList PlaceholderBar::missing() const
{
    QStringList missing;
    for (const QString &name : m_names) {
        if (m_values.value(name).isEmpty())
            missing << name;
    }
    return missing;
}

void PlaceholderBar::focusMissing()
{
    const QStringList names = missing();
    if (!names.isEmpty())
        m_fields.at(names.first())->setFocus();
}

} // namespace errata
