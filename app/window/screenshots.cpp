#include "app/window/screenshots.h"

#include "app/window/workbench.h"
#include "views/catalog/catalogpage.h"
#include "views/theme/erratastyle.h"
#include "views/widgets/searchfield.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QTimer>

#include <cstdio>

namespace errata {

namespace {

/// Turns of the event loop a page gets to answer: an entry or a drawing follows its list by one.
constexpr int SettleTurns = 6;

} // namespace

Screenshots::Screenshots(Workbench *bench, ErrataStyle *style, const QString &folder)
    : m_bench(bench), m_style(style), m_folder(folder)
{
}

void Screenshots::start()
{
    if (!QDir().mkpath(m_folder)) {
        std::fprintf(stderr, "errata: %s: the folder cannot be made\n", qPrintable(m_folder));
        return QApplication::exit(2);
    }
    plan();
    m_bench->window()->show();
    next();
}

void Screenshots::plan()
{
    MainWindow *window = m_bench->window();
    const auto search = [this, window](const QString &text) {
        window->showPage(Workbench::CatalogIndex);
        window->searchField()->setText(text);
        Q_EMIT window->searchField()->textEdited(text);
    };
    const std::vector<std::pair<QString, std::function<void()>>> states{
        {QStringLiteral("catalog-start"), [search] { search({}); }},
        {QStringLiteral("catalog"), [search] { search(QStringLiteral("rate limit")); }},
        {QStringLiteral("catalog-nothing"), [search] { search(QStringLiteral("api:none zzzz")); }},
    };
    for (const bool dark : {false, true}) {
        for (const QSize size : {QSize(1360, 850), QSize(1024, 700)}) {
            for (const auto &[name, prepare] : states)
                m_shots.push_back({name, dark, size, prepare});
        }
    }
}

void Screenshots::next()
{
    if (m_at == m_shots.size())
        return QApplication::exit(0);
    const Shot &shot = m_shots[m_at];
    m_style->setChoice(shot.dark ? ThemeChoice::Dark : ThemeChoice::Light);
    m_bench->window()->setThemeChoice(m_style->choice());
    m_bench->window()->resize(shot.size);
    shot.prepare();
    settle(SettleTurns);
}

void Screenshots::settle(int turns)
{
    QTimer::singleShot(0, this, [this, turns] {
        if (turns > 1)
            settle(turns - 1);
        else
            take(m_shots[m_at++]);
    });
}

void Screenshots::take(const Shot &shot)
{
    const QString file = QStringLiteral("%1/%2-%3-%4x%5.png")
                             .arg(m_folder, shot.name, shot.dark ? QStringLiteral("dark") : QStringLiteral("light"))
                             .arg(shot.size.width())
                             .arg(shot.size.height());
    if (!m_bench->window()->grab().save(file)) {
        std::fprintf(stderr, "errata: %s: cannot be written\n", qPrintable(file));
        return QApplication::exit(2);
    }
    next();
}

} // namespace errata
