#include "views/bodyview/findbar.h"

#include "views/theme/theme.h"
#include "views/widgets/labels.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <QToolButton>

namespace errata {

namespace {

QToolButton *toolButton(const QString &text, const QString &name, const QString &tip, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setAccessibleName(name);
    button->setToolTip(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

/// ":120", ":0x1f0", or the beginning of it: a place to go to and no text to find.
bool isPlace(const QString &text)
{
    static const QRegularExpression place(QStringLiteral("^:(\\d*|0x[0-9a-fA-F]*)$"));
    return place.match(text).hasMatch();
}

} // namespace

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit(this))
    , m_count(mutedLabel({}, this))
    , m_previous(toolButton(QStringLiteral("↑"), tr("Previous match"), tr("Previous match (Shift+F3)"), this))
    , m_next(toolButton(QStringLiteral("↓"), tr("Next match"), tr("Next match (F3, Return)"), this))
    , m_case(toolButton(QStringLiteral("Aa"), tr("Match case"), tr("Capital and small letters differ"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Step);
    m_field->setPlaceholderText(tr("Find, or :line"));
    m_field->setAccessibleName(tr("Find in the body"));
    m_field->setToolTip(tr("Ctrl+F finds, Ctrl+G goes to a line: “:120” is line 120, “:0x1f0” a byte"));
    m_field->setMinimumWidth(fontMetrics().averageCharWidth() * 20);
    m_field->installEventFilter(this);
    m_count->setMinimumWidth(fontMetrics().horizontalAdvance(tr("nothing found")));
    m_case->setCheckable(true);
    row->addWidget(m_field, 1);
    row->addWidget(m_case);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_count);
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::changed);
    connect(m_case, &QToolButton::toggled, this, &FindBar::changed);
    connect(m_next, &QToolButton::clicked, this, &FindBar::nextRequested);
    connect(m_previous, &QToolButton::clicked, this, &FindBar::previousRequested);
    showCount(0, 0, false);
}

QString FindBar::wanted() const
{
    const QString text = m_field->text();
    return isPlace(text) ? QString() : text;
}

Qt::CaseSensitivity FindBar::caseSensitivity() const
{
    return m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive;
}

void FindBar::showText(const QString &text)
{
    if (text == m_count->text())
        return;
    m_count->setText(text);
    m_field->setAccessibleDescription(text);
    QAccessibleEvent event(m_count, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

void FindBar::showCount(qsizetype current, qsizetype count, bool more)
{
    m_next->setEnabled(count > 0);
    m_previous->setEnabled(count > 0);
    if (wanted().isEmpty())
        return showText({});
    if (count == 0)
        return showText(tr("nothing found"));
    const QString number = QLocale(QLocale::English).toString(count);
    const QString all = more ? tr("over %1").arg(number) : number;
    showText(current > 0 ? tr("%1 of %2").arg(QLocale(QLocale::English).toString(current), all)
                         : tr("%1 found").arg(all));
}

void FindBar::showSearching()
{
    showText(tr("searching …"));
}

void FindBar::begin(const QString &text)
{
    if (!text.isEmpty())
        m_field->setText(text);
    m_field->setFocus(Qt::ShortcutFocusReason);
    if (text == QLatin1String(":"))
        m_field->end(false);
    else
        m_field->selectAll();
}

void FindBar::enter(bool back)
{
    const QString text = m_field->text();
    if (!isPlace(text))
        return back ? Q_EMIT previousRequested() : Q_EMIT nextRequested();
    const bool hex = text.startsWith(QLatin1String(":0x"));
    bool ok = false;
    const qlonglong number = hex ? text.mid(3).toLongLong(&ok, 16) : text.mid(1).toLongLong(&ok);
    if (!ok)
        return showText(tr("no number"));
    showText({});
    if (hex)
        Q_EMIT byteRequested(qsizetype(number));
    else
        Q_EMIT lineRequested(qsizetype(number));
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    const bool plain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
    if (!plain || (!isReturn && key->key() != Qt::Key_Escape))
        return QWidget::eventFilter(watched, event);
    // The page's own Escape stops a send: not while it leaves this field.
    event->accept();
    if (event->type() == QEvent::ShortcutOverride)
        return true;
    if (isReturn) {
        enter(key->modifiers().testFlag(Qt::ShiftModifier));
    } else {
        m_field->clear();
        Q_EMIT left();
    }
    return true;
}

} // namespace errata
