#include "views/probe/cookielist.h"

#include "views/theme/theme.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace errata {

namespace {

QString flagsOf(const Cookie &cookie)
{
    QStringList flags;
    if (cookie.secure)
        flags << QStringLiteral("Secure");
    if (cookie.httpOnly)
        flags << QStringLiteral("HttpOnly");
    if (!cookie.sameSite.isEmpty())
        flags << QStringLiteral("SameSite=%1").arg(QString::fromUtf8(cookie.sameSite));
    return flags.join(QStringLiteral(", "));
}

} // namespace

CookieList::CookieList(const CookieJar &jar, QWidget *parent)
    : QDialog(parent)
    , m_cookies(jar.cookies())
    , m_table(new QTableWidget(this))
    , m_values(new QCheckBox(tr("Show values"), this))
{
    setWindowTitle(tr("Cookies"));
    resize(760, 420);
    auto *column = new QVBoxLayout(this);
    m_table->setColumnCount(6);
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Value"), tr("Host"), tr("Path"), tr("Until"), tr("Flags")});
    m_table->setAccessibleName(tr("Cookies kept"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    fill(false);
    m_table->resizeColumnsToContents();
    column->addWidget(m_table, 1);
    column->addWidget(m_values);
    column->addWidget(mutedText(tr("Kept in memory until Errata ends. SameSite is not heeded: no site sends these "
                                   "requests. Whether a domain is a public suffix, like co.uk, is not checked."),
                                this));
    if (!jar.refusals().isEmpty()) {
        auto *refused = new NoteLine(this);
        refused->showProblem(tr("Not kept:") + QLatin1Char('\n') + jar.refusals().join(QLatin1Char('\n')));
        column->addWidget(refused);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_values, &QCheckBox::toggled, this, &CookieList::fill);
}

void CookieList::fill(bool withValues)
{
    m_table->setRowCount(static_cast<int>(m_cookies.size()));
    int row = 0;
    for (const Cookie &cookie : m_cookies) {
        const QString below = cookie.hostOnly ? QString() : tr(" and below");
        const QStringList cells{QString::fromUtf8(cookie.name),
                                withValues ? QString::fromUtf8(cookie.value) : QStringLiteral("••••••"),
                                QString::fromUtf8(cookie.domain) + below,
                                QString::fromUtf8(cookie.path),
                                cookie.expires
                                    ? cookie.expires->toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"))
                                    : tr("Errata ends"),
                                flagsOf(cookie)};
        for (int i = 0; i < int(cells.size()); ++i)
            m_table->setItem(row, i, new QTableWidgetItem(cells[i]));
        ++row;
    }
}

} // namespace errata
