#include "app/window/screenshots.h"

#include "app/window/decoding.h"
#include "app/window/labpictures.h"
#include "app/window/samplerecording.h"
#include "app/window/workbench.h"
#include "models/http/rawhttp.h"
#include "models/retry/simulator.h"
#include "views/bodyview/findbar.h"
#include "views/catalog/catalogpage.h"
#include "views/decode/decodepage.h"
#include "views/lab/labpage.h"
#include "views/probe/collectionlist.h"
#include "views/probe/compareview.h"
#include "views/probe/environmenteditor.h"
#include "views/probe/historylist.h"
#include "views/probe/probepage.h"
#include "views/theme/erratastyle.h"
#include "views/widgets/searchfield.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPixmap>
#include <QSplitter>
#include <QTimer>

#include <cstdio>

namespace errata {

namespace {

QByteArray sample(const char *name)
{
    return readFile(QStringLiteral(":/errata/samples/") + QLatin1String(name)).valueOr(QByteArray());
}

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
    const auto search = [window](const QString &text) {
        window->showPage(Workbench::CatalogIndex);
        window->searchField()->setText(text);
        Q_EMIT window->searchField()->textEdited(text);
    };
    std::vector<std::pair<QString, std::function<void()>>> states{
        {QStringLiteral("catalog-start"), [search] { search({}); }},
        {QStringLiteral("catalog"), [search] { search(QStringLiteral("rate limit")); }},
        {QStringLiteral("catalog-inferred"), [search] { search(QStringLiteral("sandbox_not_ready")); }},
        {QStringLiteral("catalog-nothing"), [search] { search(QStringLiteral("zzzz")); }},
        {QStringLiteral("decode-start"), [this] { showDecode({}); }},
        {QStringLiteral("decode"), [this] { showDecode(sample("authpi.http")); }},
        {QStringLiteral("decode-json"), [this] { showDecode(sample("nullspace.json")); }},
        {QStringLiteral("decode-har"), [this] { showRecording(sampleHar()); }},
        {QStringLiteral("decode-log"), [this] { showRecording(sampleLog()); }},
        {QStringLiteral("decode-all-exchanges"), [this] { showRecording(sampleHar(), true); }},
        {QStringLiteral("probe-start"), [this] { showProbe(); }},
        {QStringLiteral("probe"), [this] { showAnswer(); }},
        {QStringLiteral("probe-body"), [this] { showBody(BodyMode::Pretty, QStringLiteral("sandbox_17")); }},
        {QStringLiteral("probe-body-tree"), [this] { showBody(BodyMode::Tree, {}); }},
        {QStringLiteral("probe-saved"), [this] { showSaved(); }},
        {QStringLiteral("probe-no-answer"), [this] { showNoAnswer(); }},
        {QStringLiteral("probe-events"), [this] { showEvents(); }},
        {QStringLiteral("probe-compare"), [this] { showComparison(); }},
        {QStringLiteral("probe-options"), [this] { showOptions(); }},
        {QStringLiteral("probe-environments"), [this] { showEnvironments(); }},
        {QStringLiteral("probe-tls"), [this] { showConnection(true); }},
        {QStringLiteral("probe-redirects"), [this] { showConnection(false); }},
        {QStringLiteral("help"), [this] { showHelp(); }},
    };
    for (const auto &[name, show] : labPictures())
        states.emplace_back(name, [this, show = show] {
            m_bench->window()->showPage(Workbench::LabIndex);
            show(*m_bench->labPage());
        });
    for (const bool dark : {false, true}) {
        for (const QSize size : {QSize(1360, 850), QSize(1024, 700)}) {
            for (const auto &[name, prepare] : states)
                m_shots.push_back({name, dark, size, prepare});
        }
    }
}

void Screenshots::showDecode(const QByteArray &text)
{
    m_bench->window()->showPage(Workbench::DecodeIndex);
    m_bench->decodePage()->pasteText(text);
}

void Screenshots::showRecording(const QByteArray &text, bool all)
{
    showDecode(text);
    m_bench->decodePage()->setShowsAll(all);
}

void Screenshots::showProbe()
{
    HttpRequest request;
    request.method = "POST";
    request.url = "https://api.intended.so/intent";
    request.headers.add("Authorization", "Bearer {{api_key}}");
    request.headers.add("Content-Type", "application/json");
    request.body = R"({
  "action": "read",
  "resource": "customer_records",
  "context": { "user_id": "usr_42" }
})";
    m_bench->window()->showPage(Workbench::ProbeIndex);
    ProbePage *page = m_bench->probePage();
    page->showHistory();
    if (page->isSending())
        page->setResult({}, {}); // the stream of the picture before
    page->setOpenDrafts({}, {});
    page->innerSplitter()->setSizes({260, 520});
    m_historyModel.setSource(&m_history);
    page->history()->setModel(&m_historyModel);
    page->setRequest(request);
}

void Screenshots::showAnswer()
{
    showProbe();
    // What the sender would have brought, made from the sample: nothing goes onto the wire here.
    const auto exchange = parseHttpResponse(sample("intended.http"));
    const auto script = parseOutcomeScript(u"429:2@41, 429:2@38");
    const std::vector<RetryPolicy> policies = shippedPolicies();
    if (!exchange || !script || policies.empty())
        return;
    SendResult result;
    result.response = HttpResponse{exchange->status.value_or(429), exchange->reason, exchange->version,
                                   exchange->headers, exchange->body};
    result.sends = 1;
    result.timings = {1.2, 9.5, 21.0, 40.1, 41.0};
    RandomSource random = RandomSource::seeded(1);
    const std::vector<Attempt> planned = simulate(policies.front(), script.value(), random).attempts;
    ProbePage *page = m_bench->probePage();
    page->setSending(planned);
    std::vector<Attempt> made(planned.begin(), planned.begin() + std::min<std::ptrdiff_t>(2, std::ssize(planned)));
    for (Attempt &attempt : made)
        attempt.live = result;
    page->setAttempts(made);
    page->setResult(result, decodeExchange(Exchange::of({}, *result.response), m_bench->search()->catalogs()));
}

void Screenshots::showBody(BodyMode mode, const QString &wanted)
{
    showProbe();
    QByteArray items;
    constexpr int Many = 20'000;
    for (int i = 0; i < Many; ++i) {
        items +=
            QStringLiteral(R"(%1{"id":"sandbox_%2","cpu":%3.50,"ready":%4,"region":"Zürich","tags":[],"note":null})")
                .arg(i > 0 ? QStringLiteral(",") : QString())
                .arg(i)
                .arg(i % 8)
                .arg(i % 3 == 0 ? QStringLiteral("false") : QStringLiteral("true"))
                .toUtf8();
    }
    SendResult result;
    result.response = HttpResponse{200,
                                   "OK",
                                   "HTTP/1.1",
                                   {{"Content-Type", "application/json"}},
                                   "{\"total\":" + QByteArray::number(Many) + ",\"sandboxes\":[" + items + "]}"};
    result.sends = 1;
    result.timings = {1.2, 9.5, 21.0, 40.1, 310.0};
    ProbePage *page = m_bench->probePage();
    page->setSending();
    page->setResult(result, {});
    page->answer()->showBodyTab();
    BodyView *body = page->answer()->body();
    body->setMode(mode);
    body->findBar()->field()->setText(wanted);
}

void Screenshots::showSaved()
{
    showProbe();
    const auto request = [](const QString &name, const QByteArray &method, const QStringList &group) {
        SavedRequest saved;
        saved.draft.name = name;
        saved.draft.method = method;
        saved.draft.url = "{{host}}/v1/sandboxes";
        saved.draft.headers = {{"Authorization", "Bearer {{key}}"}};
        saved.group = group;
        return saved;
    };
    const QStringList sandboxes{QStringLiteral("sandboxes")};
    SavedCollection own{QStringLiteral("/home/me/requests"), QStringLiteral("requests"), true, {}, {}, {}};
    own.requests = {request(QStringLiteral("Who am I"), "GET", {}),
                    request(QStringLiteral("List sandboxes"), "GET", sandboxes),
                    request(QStringLiteral("Start one"), "POST", sandboxes),
                    request(QStringLiteral("Stop it"), "DELETE", sandboxes)};
    SavedCollection shop{QStringLiteral("/home/me/shop.json"), QStringLiteral("Shop (Postman)"), false, {}, {}, {}};
    shop.requests = {request(QStringLiteral("Cart"), "GET", {})};
    ProbePage *page = m_bench->probePage();
    if (m_collections.rowCount() == 0) {
        m_collections.setCollections({own, shop});
        page->collections()->setModel(&m_collections);
    }
    page->showCollections();
    page->openSaved(own.requests[1], {});
}

void Screenshots::showNoAnswer()
{
    showProbe();
    SendResult result;
    result.failure = {NetworkError::TlsUntrusted, QStringLiteral("the certificate is signed by itself")};
    result.timings.totalMs = 31.4;
    ProbePage *page = m_bench->probePage();
    page->setSending();
    page->setResult(result, {});
}

void Screenshots::showEvents()
{
    showProbe();
    ProbePage *page = m_bench->probePage();
    page->setSending();
    page->setHead({200, "OK", "HTTP/1.1", {{"Content-Type", "text/event-stream"}}, {}});
    qint64 offset = 0;
    constexpr int count = 8;
    for (int i = 1; i <= count; ++i) {
        const QByteArray number = QByteArray::number(i);
        const QByteArray event = "id: " + number + "\nevent: " + (i < count ? "delta" : "done") +
                                 "\ndata: {\"index\":" + number + ",\"text\":\"customer_records\"}\n\n";
        constexpr double betweenMs = 312.5;
        page->answer()->addBody(event, offset, betweenMs * i);
        offset += event.size();
    }
    page->setProgress(offset, -1);
}

void Screenshots::showComparison()
{
    showProbe();
    const auto answer = [](const QByteArray &requestId, const QByteArray &body) {
        SendResult result;
        result.response = HttpResponse{
            200, "OK", "HTTP/1.1", {{"Content-Type", "application/json"}, {"X-Request-Id", requestId}}, body};
        result.sends = 1;
        result.timings.totalMs = 41;
        return result;
    };
    ProbePage *page = m_bench->probePage();
    HttpRequest request;
    request.method = "POST";
    request.url = "https://api.intended.so/intent";
    const SendResult now =
        answer("req_2", R"({"decision":"allow","limit":100.0,"region":"eu","rules":[{"id":"r2","effect":
"allow"},{"id":"r1","effect":"allow"},{"id":"r3","effect":"allow"}],"audit":{"by":"usr_42"}})");
    page->openKept(draftOf(request), {request, now, {}, {}});
    const SendResult before = answer("req_1", R"({"decision":"deny","limit":100,"region":"eu","code":"NO_MATCH","rules":
[{"id":"r1","effect":"allow"},{"id":"r2","effect":"allow"},{"id":"r4","effect":"deny"}]})");
    page->compareWith({request, before, {}, {}});
}

void Screenshots::showOptions()
{
    showProbe();
    ProbePage *page = m_bench->probePage();
    RequestDraft draft = page->editor()->draft();
    draft.settings.proxy =
        ProxySettings{ProxySettings::Mode::Manual, "http://proxy.example:3128", {"internal.example"}, false};
    draft.settings.tls = TlsSettings{false, {}, QStringLiteral("/home/me/client.pem"), {}, {}};
    page->editor()->setDraft(draft);
    page->editor()->showOptionsTab();
    page->innerSplitter()->setSizes({480, 300});
}

void Screenshots::showConnection(bool isTls)
{
    showProbe();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    SendResult result;
    result.response = HttpResponse{200, "OK", "HTTP/2", {{"Content-Type", "application/json"}}, R"({"ok": true})"};
    result.sends = 1;
    result.timings = {1.2, 9.5, 21.0, 40.1, 41.0};
    result.tls = TlsDetails{QStringLiteral("TLSv1.3"),
                            QStringLiteral("TLS_AES_256_GCM_SHA384"),
                            {{QStringLiteral("CN = api.intended.so"),
                              QStringLiteral("C = US, O = Example Trust, CN = Example R3"),
                              now.addDays(-78),
                              now.addDays(12),
                              {QStringLiteral("DNS:api.intended.so"), QStringLiteral("DNS:*.eu.intended.so")},
                              {}},
                             {QStringLiteral("C = US, O = Example Trust, CN = Example R3"),
                              QStringLiteral("C = US, O = Example Trust, CN = Example Root X1"),
                              now.addDays(-700),
                              now.addDays(900),
                              {},
                              {}}}};
    result.redirects = {{301, "https://api.intended.so/intent", "https://api.intended.so/v1/intent", false},
                        {307, "https://api.intended.so/v1/intent", "https://eu.intended.so/v1/intent", true}};
    ProbePage *page = m_bench->probePage();
    page->setSending();
    page->setResult(result, {});
    if (isTls)
        page->answer()->showTlsTab();
    else
        page->answer()->showRedirectsTab();
}

void Screenshots::showEnvironments()
{
    showProbe();
    const auto variable = [](const char *name, const char *value, bool isSecret = false) {
        return EnvironmentVariable{QLatin1String(name), QLatin1String(value), isSecret};
    };
    const QString staging = QStringLiteral("staging");
    const QString key = QStringLiteral("api_key");
    const std::vector<Environment> environments{
        {staging,
         {variable("host", "api.staging.intended.so"), variable("user", "usr_42"), variable("api_key", "", true)},
         false},
        {QStringLiteral("production"), {variable("host", "api.intended.so"), variable("api_key", "", true)}, true}};
    auto *editor = new EnvironmentEditor(environments, {{staging, {{key, QStringLiteral("sk_made_up")}}}}, staging,
                                         QStringLiteral("in the key store"), m_bench->window());
    editor->setAttribute(Qt::WA_DeleteOnClose);
    editor->open();
    m_dialog = editor;
}

void Screenshots::showHelp()
{
    for (QAction *action : m_bench->window()->actions()) {
        if (action->shortcut() == QKeySequence(Qt::Key_F1))
            action->trigger();
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
    m_bench->window()->showMessage({});
    m_bench->window()->searchField()->clear();
    shot.prepare();
    settle(SettleTurns);
}

void Screenshots::settle(int turns)
{
    QTimer::singleShot(0, this, [this, turns] {
        const BodyView *body =
            m_bench->window()->builtPage(Workbench::ProbeIndex) ? m_bench->probePage()->answer()->body() : nullptr;
        const bool compares = body && m_bench->probePage()->answer()->comparison()->isWorking();
        const bool samples = m_bench->window()->builtPage(Workbench::LabIndex) && m_bench->labPage()->isWorking();
        if (samples || compares || (body && body->isWorking()))
            settle(turns);
        else if (turns > 1)
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
    QWidget *taken = m_dialog ? m_dialog.data() : m_bench->window();
    if (!taken->grab().save(file)) {
        std::fprintf(stderr, "errata: %s: cannot be written\n", qPrintable(file));
        return QApplication::exit(2);
    }
    if (m_dialog)
        m_dialog->close();
    next();
}

} // namespace errata
