#include "views/probe/probepage.h"

#include "models/http/cookiejar.h"
#include "models/http/programs.h"
#include "models/redact/draftredaction.h"
#include "views/probe/collectionlist.h"
#include "views/probe/copybutton.h"
#include "views/probe/eventsview.h"
#include "views/probe/historylist.h"
#include "views/probe/probedraft.h"
#include "views/probe/probelist.h"
#include "views/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace errata {

ProbePage::ProbePage(QWidget *parent)
    : QWidget(parent)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_inner(new QSplitter(Qt::Vertical))
    , m_side(new QSplitter(Qt::Vertical))
    , m_history(new HistoryList)
    , m_collections(new CollectionList)
    , m_kept(new QTabWidget)
    , m_probes(new ProbeList)
    , m_editor(new RequestEditor)
    , m_answer(new AnswerView)
    , m_pause(new QTimer(this))
    , m_escape(new QShortcut(QKeySequence(Qt::Key_Escape), this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    m_inner->addWidget(m_editor);
    m_inner->addWidget(m_answer);
    m_inner->setSizes({260, 520});
    m_inner->setStretchFactor(1, 1);
    m_kept->setDocumentMode(true);
    m_kept->addTab(m_history, tr("History"));
    m_kept->addTab(m_collections, tr("Saved"));
    m_side->addWidget(m_kept);
    m_side->addWidget(m_probes);
    m_side->setSizes({300, 400});
    m_splitter->addWidget(m_side);
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTabRow());
    column->addWidget(m_inner, 1);
    m_splitter->addWidget(right);
    m_splitter->setSizes({250, 960});
    m_splitter->setStretchFactor(1, 1);
    for (QSplitter *splitter : {m_splitter, m_inner, m_side}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    m_side->setMinimumWidth(170);
    setFocusProxy(m_editor);

    addShortcuts();
    constexpr int pauseMs = 400; // of typing, before drafts are kept
    m_pause->setSingleShot(true);
    m_pause->setInterval(pauseMs);
    connect(m_pause, &QTimer::timeout, this, &ProbePage::draftsChanged);
    connect(m_editor, &RequestEditor::edited, this, &ProbePage::requestEdited);
    connect(m_editor, &RequestEditor::bodyFileWanted, this, &ProbePage::bodyFileWanted);
    connect(m_editor, &RequestEditor::connectionFileWanted, this, &ProbePage::connectionFileWanted);
    connect(m_probes, &ProbeList::probeChosen, this, &ProbePage::chooseProbe);
    connect(m_editor, &RequestEditor::sendClicked, this, &ProbePage::send);
    connect(m_editor, &RequestEditor::stopClicked, this, &ProbePage::cancel);
    connect(m_editor, &RequestEditor::copyRequested, this, &ProbePage::copyAs);
    connect(m_answer, &AnswerView::stopClicked, this, &ProbePage::cancel);
    connect(m_answer, &AnswerView::sendNowClicked, this, &ProbePage::sendNowRequested);
    connect(m_answer, &AnswerView::copyRequested, this, &ProbePage::copyRequested);
    connect(m_answer, &AnswerView::saveRequested, this, &ProbePage::saveRequested);
    connect(m_answer, &AnswerView::entryRequested, this, &ProbePage::entryRequested);
    connect(m_answer->compareMenu(), &QMenu::aboutToShow, this, &ProbePage::fillCompareMenu);
    setOpenDrafts({}, {});
    listEnvironments();
}

void ProbePage::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto &&run) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, run);
        return shortcut;
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { send(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Enter), [this] { send(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_S), [this] { Q_EMIT saveToCollectionRequested(false); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), [this] { Q_EMIT saveToCollectionRequested(true); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), [this] {
        copyAs({QLatin1String(programFormats().front().name), false, false});
    });
    add(QKeySequence(Qt::CTRL | Qt::Key_L), [this] { m_editor->focusUrl(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_T), [this] { newTab(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_W), [this] { closeTab(m_current); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T), [this] { reopenTab(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_PageDown),
        [this] { m_bar->setCurrentIndex((m_current + 1) % m_bar->count()); });
    add(QKeySequence(Qt::CTRL | Qt::Key_PageUp),
        [this] { m_bar->setCurrentIndex((m_current + m_bar->count() - 1) % m_bar->count()); });
    // On only while something is under way: Esc closes editors and pop-ups otherwise.
    m_escape->setContext(Qt::WidgetWithChildrenShortcut);
    m_escape->setEnabled(false);
    connect(m_escape, &QShortcut::activated, this, &ProbePage::cancel);
}

QWidget *ProbePage::buildTabRow()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(3 * Step, 2 * Step, 3 * Step, 0);
    line->setSpacing(2 * Step);
    m_bar = new QTabBar(row);
    m_bar->setAccessibleName(tr("Open requests"));
    m_bar->setExpanding(false);
    m_bar->setTabsClosable(true);
    m_bar->setDrawBase(false);
    m_bar->setElideMode(Qt::ElideNone); // title() is short
    m_bar->setUsesScrollButtons(true);
    auto *add = new QToolButton(row);
    add->setText(QStringLiteral("+"));
    add->setAutoRaise(true);
    add->setAccessibleName(tr("New request"));
    add->setToolTip(tr("New request (Ctrl+T)"));
    m_environmentBox = new QComboBox(row);
    m_environmentBox->setAccessibleName(tr("Environment"));
    m_environmentBox->setToolTip(tr("The values of {{variables}}"));
    m_environmentBox->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    line->addWidget(m_bar);
    line->addWidget(add);
    line->addStretch();
    line->addWidget(m_environmentBox);
    connect(m_bar, &QTabBar::currentChanged, this, &ProbePage::showTab);
    connect(m_bar, &QTabBar::tabCloseRequested, this, &ProbePage::closeTab);
    connect(add, &QToolButton::clicked, this, &ProbePage::newTab);
    connect(m_environmentBox, &QComboBox::activated, this, &ProbePage::chooseEnvironment);
    return row;
}

void ProbePage::setCatalogs(const CatalogSet &catalogs)
{
    m_catalogs = catalogs;
    m_probes->setCatalogs(catalogs);
    m_answer->setCatalogs(catalogs);
    m_editor->setCatalogs(catalogs);
}

void ProbePage::openDraft(const RequestDraft &draft)
{
    keepCurrent();
    if (m_sending)
        return m_editor->showHint(tr("Another request is under way: stop it, or wait for its end."));
    RequestTab &tab = m_tabs[static_cast<std::size_t>(m_current)];
    if (!tab.isUntouched())
        return addTab(draft);
    // Ctrl+Shift+T brings it back.
    if (!tab.draft.url.isEmpty())
        rememberClosed(tab);
    tab.draft = draft;
    tab.saved.reset();
    tab.own.clear();
    fillIn();
    m_showing = true;
    m_editor->setDraft(draft);
    m_showing = false;
    tab.draft = m_editor->draft();
    tab.opened = tab.draft;
    m_bar->setTabText(m_current, tab.title());
    m_pause->start();
}

void ProbePage::openKept(const RequestDraft &draft, ShownAnswer answer)
{
    openDraft(draft);
    if (m_sending)
        return;
    m_tabs[static_cast<std::size_t>(m_current)].answer = std::move(answer);
    showTab(m_current);
}

void ProbePage::addEnvironments(const std::vector<Environment> &environments)
{
    for (Environment environment : environments) {
        const QString name = environment.name;
        const auto isTaken = [this, &environment] {
            return std::any_of(m_environments.begin(), m_environments.end(),
                               [&environment](const Environment &one) { return one.name == environment.name; });
        };
        for (int i = 2; isTaken(); ++i)
            environment.name = tr("%1 (%2)").arg(name).arg(i);
        m_environments.push_back(std::move(environment));
    }
    listEnvironments();
    Q_EMIT environmentsChanged(m_environments, m_secrets, m_environment);
}

void ProbePage::setOpenDrafts(const std::vector<std::pair<QString, RequestDraft>> &drafts, const QString &current)
{
    m_showing = true;
    while (m_bar->count() > 0)
        m_bar->removeTab(0);
    m_tabs.clear();
    m_current = 0;
    for (const auto &[id, draft] : drafts) {
        if (id == current)
            m_current = static_cast<int>(m_tabs.size());
        m_tabs.push_back({id, draft, {}});
    }
    if (m_tabs.empty())
        m_tabs.push_back(RequestTab::of({}));
    for (const RequestTab &tab : m_tabs)
        m_bar->addTab(tab.title());
    m_bar->setCurrentIndex(m_current);
    m_showing = false;
    showTab(m_current);
    RequestTab &tab = m_tabs[static_cast<std::size_t>(m_current)];
    if (drafts.empty())
        tab.opened = tab.draft = m_editor->draft();
    Q_EMIT draftsOpened();
}

std::vector<std::pair<QString, RequestDraft>> ProbePage::openDrafts() const
{
    std::vector<std::pair<QString, RequestDraft>> list;
    list.reserve(m_tabs.size());
    for (const RequestTab &tab : m_tabs)
        list.emplace_back(tab.id, tab.draft);
    list[static_cast<std::size_t>(m_current)].second = m_editor->draft();
    return list;
}

void ProbePage::addTab(const RequestDraft &draft)
{
    if (m_sending)
        return m_editor->showHint(tr("Another request is under way: stop it, or wait for its end."));
    keepCurrent();
    m_tabs.push_back(RequestTab::of(draft));
    m_bar->addTab(m_tabs.back().title());
    m_bar->setCurrentIndex(m_bar->count() - 1);
    RequestTab &tab = m_tabs.back();
    tab.opened = tab.draft = m_editor->draft();
    m_editor->focusUrl();
    m_pause->start();
}

void ProbePage::closeTab(int index)
{
    if (index < 0 || index >= int(m_tabs.size()) || (m_sending && index == m_current))
        return;
    keepCurrent();
    const auto at = m_tabs.begin() + index;
    if (!at->draft.url.isEmpty())
        rememberClosed(*at);
    m_showing = true;
    m_tabs.erase(at);
    m_bar->removeTab(index);
    if (m_tabs.empty()) {
        m_tabs.push_back(RequestTab::of({}));
        m_bar->addTab(m_tabs.back().title());
    }
    m_current = m_bar->currentIndex();
    m_showing = false;
    if (!m_sending)
        showTab(m_current);
    m_editor->showHint(tr("Closed. Ctrl+Shift+T opens it again."));
    m_pause->start();
}

void ProbePage::rememberClosed(const RequestTab &tab)
{
    m_closed.push_back(tab);
    m_closed.back().answer.reset();
    m_closed.back().previous.reset();
}

void ProbePage::reopenTab()
{
    if (m_closed.empty() || m_sending)
        return;
    const RequestTab closed = std::move(m_closed.back());
    m_closed.pop_back();
    openDraft(closed.draft);
    if (!closed.saved)
        return;
    RequestTab &tab = m_tabs[static_cast<std::size_t>(m_current)];
    tab.saved = closed.saved;
    tab.own = closed.own;
    tab.opened = closed.opened;
    m_bar->setTabText(m_current, tab.title());
    fillIn();
}

void ProbePage::keepCurrent()
{
    m_tabs[static_cast<std::size_t>(m_current)].draft = m_editor->draft();
}

void ProbePage::showTab(int index)
{
    if (m_showing || index < 0)
        return;
    if (index != m_current && m_sending) {
        m_showing = true;
        m_bar->setCurrentIndex(m_current);
        m_showing = false;
        return m_editor->showHint(tr("Another request is under way: stop it, or wait for its end."));
    }
    if (index != m_current)
        keepCurrent();
    m_current = index;
    const RequestTab &tab = m_tabs[static_cast<std::size_t>(index)];
    m_showing = true;
    m_editor->setDraft(tab.draft);
    fillIn();
    m_showing = false;
    if (tab.answer) {
        m_answer->setSending({});
        m_answer->setAttempts(tab.answer->attempts);
        m_answer->setResult(tab.answer->request, tab.answer->result, tab.answer->diagnosis, tab.answer->events);
    } else {
        m_answer->clear();
    }
}

void ProbePage::requestEdited()
{
    if (m_showing)
        return;
    RequestTab &tab = m_tabs[static_cast<std::size_t>(m_current)];
    tab.draft = m_editor->draft();
    m_bar->setTabText(m_current, tab.title());
    m_pause->start();
}

void ProbePage::setEnvironments(std::vector<Environment> environments, SecretValues secrets, const QString &current,
                                const QString &secretsNote)
{
    m_environments = std::move(environments);
    m_secrets = std::move(secrets);
    m_secretsNote = secretsNote;
    m_environment = current;
    if (!environment())
        m_environment.clear();
    listEnvironments();
}

const Environment *ProbePage::environment() const
{
    const auto found = std::find_if(m_environments.begin(), m_environments.end(),
                                    [this](const Environment &one) { return one.name == m_environment; });
    return found == m_environments.end() ? nullptr : &*found;
}

void ProbePage::listEnvironments()
{
    m_environmentBox->clear();
    m_environmentBox->addItem(tr("env: none"));
    for (const Environment &one : m_environments)
        m_environmentBox->addItem(one.isLive ? tr("env: %1, live").arg(one.name) : tr("env: %1").arg(one.name),
                                  one.name);
    m_environmentBox->insertSeparator(m_environmentBox->count());
    m_environmentBox->addItem(tr("Edit environments…"));
    m_environmentBox->setCurrentIndex(m_environment.isEmpty() ? 0
                                                              : std::max(0, m_environmentBox->findData(m_environment)));
    fillIn();
}

void ProbePage::fillIn()
{
    Variables variables = m_tabs.empty() ? Variables() : m_tabs[static_cast<std::size_t>(m_current)].own;
    if (const Environment *current = environment()) {
        for (const EnvironmentVariable &variable : current->variables) {
            if (!variable.isSecret)
                variables.insert(variable.name, variable.value);
        }
        variables.insert(m_secrets.value(current->name));
    }
    m_editor->setVariables(variables);
    std::shared_ptr<CookieJar> &jar = m_jars[m_environment];
    if (!jar)
        jar = std::make_shared<CookieJar>();
    m_editor->setJar(jar);
}

void ProbePage::chooseEnvironment(int index)
{
    if (index == m_environmentBox->count() - 1)
        return editEnvironments();
    m_environment = m_environmentBox->itemData(index).toString();
    listEnvironments();
    Q_EMIT environmentsChanged(m_environments, m_secrets, m_environment);
}

void ProbePage::editEnvironments()
{
    listEnvironments(); // the box shows the one chosen, and not the word that opens this
    auto *editor = new EnvironmentEditor(m_environments, m_secrets, m_environment, m_secretsNote, this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &QDialog::accepted, this, [this, editor] {
        m_environments = editor->environments();
        m_secrets = editor->secrets();
        if (m_environment.isEmpty() && m_environments.size() == 1)
            m_environment = m_environments.front().name;
        if (!environment())
            m_environment.clear();
        listEnvironments();
        Q_EMIT environmentsChanged(m_environments, m_secrets, m_environment);
    });
    editor->open();
}

QString ProbePage::liveWriteQuestion(const HttpRequest &request)
{
    // RFC 9110 section 9.2.1: these change nothing.
    const bool isSafe =
        request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS" || request.method == "TRACE";
    const Environment *current = environment();
    if (isSafe || !current || !current->isLive || m_writeAgreed == current->name)
        return {};
    m_writeAgreed = current->name;
    return tr("Nothing was sent: %1 may change something, and %2 is live. Press Send again to do it.")
        .arg(QString::fromUtf8(request.method), current->name);
}

Result<HttpRequest> ProbePage::checkedRequest()
{
    Result<HttpRequest> request = m_editor->request();
    if (!request)
        return request;
    if (const QString question = liveWriteQuestion(*request); !question.isEmpty())
        return Error{question, {}};
    return request;
}

void ProbePage::probeFinding(const Finding &finding)
{
    if (finding.api)
        m_probes->showApi(*finding.api);
    if (!finding.url) {
        m_editor->showHint(tr("Choose a probe on the left, or write the request that failed."));
        return;
    }
    HttpRequest request;
    request.method = finding.method.value_or(QStringLiteral("GET")).toUtf8();
    request.url = finding.url->toUtf8();
    setRequest(request);
}

void ProbePage::probeFinding(const Finding &finding, const HttpRequest &request)
{
    if (finding.api)
        m_probes->showApi(*finding.api);
    setRequest(request);
}

void ProbePage::chooseProbe(const QString &api, const QString &probeId)
{
    const Catalog *catalog = m_catalogs.catalog(api);
    if (!catalog || m_sending)
        return;
    const auto probe = std::find_if(catalog->probes.begin(), catalog->probes.end(),
                                    [&probeId](const Probe &p) { return p.id == probeId; });
    if (probe != catalog->probes.end())
        openDraft(draftOf(*probe, *catalog));
}

void ProbePage::send()
{
    if (m_sending)
        return;
    const Result<HttpRequest> request = checkedRequest();
    if (!request) {
        m_editor->showProblem(request.error().message);
        return;
    }
    m_sent = *request;
    Q_EMIT sendRequested(*request, m_editor->options(), m_editor->policyId());
}

void ProbePage::cancel()
{
    if (m_sending)
        Q_EMIT cancelRequested();
}

void ProbePage::setSending(std::vector<Attempt> planned)
{
    m_sending = true;
    m_escape->setEnabled(true);
    m_editor->setSending(true);
    m_answer->setSending(std::move(planned));
}

void ProbePage::setAttempts(std::vector<Attempt> attempts)
{
    m_attempts = attempts;
    m_answer->setAttempts(std::move(attempts));
}

void ProbePage::setResult(const SendResult &result, const Diagnosis &diagnosis)
{
    m_sending = false;
    m_escape->setEnabled(false);
    m_editor->setSending(false);
    m_answer->setResult(m_sent, result, diagnosis);
    RequestTab &tab = m_tabs[static_cast<std::size_t>(m_current)];
    tab.previous =
        std::exchange(tab.answer, ShownAnswer{m_sent, result, diagnosis, m_attempts, m_answer->events()->rows()});
}

void ProbePage::copyAs(const CopyOrder &order)
{
    const ProgramFormat *format = programFormat(order.format);
    const RequestDraft draft = m_editor->draft();
    const Result<HttpRequest> request = order.isFilled ? m_editor->request() : literalRequest(draft);
    if (!format || !request)
        return; // the editor says what is missing
    const SendSettings settings = order.isFilled ? m_editor->settings() : draft.settings;
    QString said = tr("Copied as %1.").arg(QLatin1String(format->title));
    if (!order.isFilled && sendsFiles(draft))
        said += tr(" The file it sends is not in it; \"Fill in variables\" puts it there.");
    if (const QByteArray problem = order.format == QLatin1String("fetch") ? fetchProblem(*request) : QByteArray();
        !problem.isEmpty())
        said += tr(" %1.").arg(QString::fromUtf8(problem));
    if (!format->carriesSettings && (settings.proxy || settings.tls))
        said += tr(" Its proxy and certificates are not in it.");
    if (order.withSecrets) {
        Q_EMIT copyWithSecretsRequested(QString::fromUtf8(format->write(*request, settings)), said);
        return m_editor->showHint(said + tr(" With its secrets."));
    }
    Redactor redactor(m_redaction);
    const Redacted<HttpRequest> redacted = redactedRequest(redactor, *request);
    const Redacted<SendSettings> how = redactedSettings(redactor, settings);
    if (const std::size_t masked = redacted.masked.size() + how.masked.size(); masked > 0) {
        const QString count = masked == 1 ? tr("1 secret masked") : tr("%1 secrets masked").arg(masked);
        said.insert(said.indexOf(QLatin1Char('.')), QStringLiteral(", ") + count);
    }
    Q_EMIT copyRequested(QString::fromUtf8(format->write(redacted.value, how.value)), said);
    m_editor->showHint(said);
}

} // namespace errata
