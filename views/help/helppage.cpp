#include "views/help/helppage.h"

#include "views/catalog/startpanel.h"
#include "views/texts/texts.h"
#include "views/theme/theme.h"

#include <QAction>
#include <QEvent>
#include <QTextDocument>

namespace errata {

namespace {

QString section(const QString &title, const QString &body)
{
    return QStringLiteral("<h3>%1</h3>%2").arg(title.toHtmlEscaped(), body);
}

QString row(const QString &left, const QString &right, bool fixed)
{
    const QString cell = fixed ? QStringLiteral("<code>%1</code>").arg(left.toHtmlEscaped()) : left.toHtmlEscaped();
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;&nbsp;</td><td>%2</td></tr>").arg(cell, right.toHtmlEscaped());
}

QString table(const QString &rows)
{
    return QStringLiteral("<table cellpadding=\"3\">%1</table>").arg(rows);
}

QString pages()
{
    return table(
        row(QStringLiteral("Catalog"),
            QStringLiteral("Every documented code: what it means, whether and when to retry, what to do, what to tell "
                           "the customer. Type a code and press Enter to open it, Enter again to copy it."),
            false) +
        row(QStringLiteral("Decode"),
            QStringLiteral(
                "Paste or drop a reply, its body alone, a bare code or an exit status: the verdict stands at "
                "the right, with the reasons and with what is still missing for a ticket."),
            false) +
        row(QStringLiteral("Probe"),
            QStringLiteral("Send one request and read the diagnosis of the answer. Nothing is sent before you press "
                           "Send."),
            false) +
        row(QStringLiteral("Retry lab"),
            QStringLiteral(
                "Draw when a client would try again, by a policy and a script of answers; how long that takes over a "
                "million runs, what it does to the server, and how others compare. The header bench shows what each "
                "client makes of a Retry-After. Nothing is sent before you press Run live."),
            false));
}

QString queries()
{
    QString rows;
    for (const QueryExample &example : queryExamples())
        rows += row(example.query, example.finds, true);
    return table(rows);
}

QString provenances()
{
    QString rows;
    for (const Provenance p : {Provenance::Stated, Provenance::Companion, Provenance::Derived, Provenance::Inferred}) {
        const QString meaning = texts::provenanceMeaning(p);
        rows += row(texts::provenance(p), meaning.mid(meaning.indexOf(QLatin1Char(':')) + 2), false);
    }
    return QStringLiteral("<p>Every fact says where it is from; in the list, what is inferred is in italics behind a "
                          "\"~\".</p>") +
           table(rows);
}

QString verdicts()
{
    QString rows;
    for (const RetryVerdict v :
         {RetryVerdict::Yes, RetryVerdict::AfterWait, RetryVerdict::AfterFix, RetryVerdict::No, RetryVerdict::Unstated})
        rows += row(texts::verdict(v), texts::verdictMeaning(v), false);
    rows += row(texts::verdict({}, false), texts::verdictMeaning({}, false), false);
    return table(rows);
}

} // namespace

HelpPage::HelpPage(QWidget *parent) : QTextBrowser(parent)
{
    setAccessibleName(QStringLiteral("Help"));
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    document()->setDocumentMargin(6 * Step);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) { Q_EMIT urlRequested(url.toString()); });
    viewport()->setBackgroundRole(QPalette::Window);
    write();
}

void HelpPage::setActions(const QList<QAction *> &actions)
{
    m_shortcutRows.clear();
    for (const QAction *action : actions) {
        if (!action->text().isEmpty() && !action->shortcut().isEmpty())
            m_shortcutRows << row(QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText),
                                  action->text(), true);
    }
    write();
}

void HelpPage::showShortcuts()
{
    scrollToAnchor(QStringLiteral("shortcuts"));
}

void HelpPage::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        write();
}

void HelpPage::write()
{
    const QString keys =
        row(QStringLiteral("Up, Down"), QStringLiteral("Move in the list while you type"), true) +
        row(QStringLiteral("Return"), QStringLiteral("Open the entry; again: copy its code"), true) +
        row(QStringLiteral("Escape"), QStringLiteral("Clear the search, leave the help, close the commands"), true) +
        row(QStringLiteral("Ctrl+V"), QStringLiteral("Outside a text field: decode what is on the clipboard"), true) +
        row(QStringLiteral("Ctrl+Enter"), QStringLiteral("Probe: send; Escape stops"), true) +
        row(QStringLiteral("Ctrl+T, Ctrl+W"),
            QStringLiteral("Probe: new request, close it; Ctrl+Shift+T opens it again"), true) +
        row(QStringLiteral("Ctrl+S"), QStringLiteral("Probe: save the request; Ctrl+Shift+S somewhere else"), true) +
        row(QStringLiteral("Ctrl+Shift+C"), QStringLiteral("Probe: copy the request as curl"), true) +
        row(QStringLiteral("F8"), QStringLiteral("Probe: the next difference; Shift+F8 the one before"), true) +
        row(QStringLiteral("Ctrl+Z"), QStringLiteral("Retry lab: take the last change back; Ctrl+R throws again"),
            true) +
        row(QStringLiteral("+, −, 0"),
            QStringLiteral("Timeline: nearer, farther, all of it; arrows move, Ctrl+wheel zooms"), true) +
        row(QStringLiteral("Ctrl+L, Ctrl+H"), QStringLiteral("Retry lab: run it live; the header bench"), true) +
        row(QStringLiteral(">"), QStringLiteral("As the first character of a search: the commands"), true);
    setHtml(QStringLiteral("<h2>Errata</h2><p>An API answered with an error: what is it, what do I do, and when may I "
                           "retry?</p>") +
            section(QStringLiteral("Pages"), pages()) + section(QStringLiteral("Search"), queries()) +
            section(QStringLiteral("May I retry?"), verdicts()) +
            section(QStringLiteral("Where a fact is from"), provenances()) +
            QStringLiteral("<a name=\"shortcuts\"></a>") +
            section(QStringLiteral("Keyboard"), table(keys + m_shortcutRows.join(QString()))) +
            section(QStringLiteral("Privacy"),
                    QStringLiteral("<p>Nothing leaves this computer before you press Send on the Probe page. There "
                                   "is no account, no telemetry and no update check. Copies, notes, "
                                   "bundles, saved requests and the history have their secrets masked; an answer's "
                                   "body is saved as it came.</p>")));
}

} // namespace errata
