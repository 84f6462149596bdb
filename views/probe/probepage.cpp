#include "views/probe/probepage.h"

#include "models/http/curlcommand.h"
#include "models/redact/redactor.h"
#include "views/probe/probelist.h"

#include <QHBoxLayout>
#include <QKeySequence>
#include <QShortcut>
#include <QSplitter>

#include <algorithm>

namespace errata {

ProbePage::ProbePage(QWidget *parent)
    : QWidget(parent)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_inner(new QSplitter(Qt::Vertical))
    , m_probes(new ProbeList)
    , m_editor(new RequestEditor)
    , m_answer(new AnswerView)
    , m_escape(new QShortcut(QKeySequence(Qt::Key_Escape), this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    m_inner->addWidget(m_editor);
    m_inner->addWidget(m_answer);
    m_inner->setSizes({260, 520});
    m_inner->setStretchFactor(1, 1);
    m_splitter->addWidget(m_probes);
    m_splitter->addWidget(m_inner);
    m_splitter->setSizes({250, 960});
    m_splitter->setStretchFactor(1, 1);
    for (QSplitter *splitter : {m_splitter, m_inner}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    m_probes->setMinimumWidth(170);
    setFocusProxy(m_editor);

    for (const auto &keys : {Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter}) {
        auto *shortcut = new QShortcut(QKeySequence(keys), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, &ProbePage::send);
    }
    auto *address = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_L), this);
    address->setContext(Qt::WidgetWithChildrenShortcut);
    connect(address, &QShortcut::activated, m_editor, &RequestEditor::focusUrl);
    // On only while something is under way: Esc closes editors and pop-ups otherwise.
    m_escape->setContext(Qt::WidgetWithChildrenShortcut);
    m_escape->setEnabled(false);
    connect(m_escape, &QShortcut::activated, this, &ProbePage::cancel);
    connect(m_probes, &ProbeList::probeChosen, this, &ProbePage::chooseProbe);
    connect(m_editor, &RequestEditor::sendClicked, this, &ProbePage::send);
    connect(m_editor, &RequestEditor::stopClicked, this, &ProbePage::cancel);
    connect(m_editor, &RequestEditor::curlClicked, this, &ProbePage::copyCurl);
    connect(m_answer, &AnswerView::stopClicked, this, &ProbePage::cancel);
    connect(m_answer, &AnswerView::sendNowClicked, this, &ProbePage::sendNowRequested);
    connect(m_answer, &AnswerView::copyRequested, this, &ProbePage::copyRequested);
    connect(m_answer, &AnswerView::saveRequested, this, &ProbePage::saveRequested);
    connect(m_answer, &AnswerView::entryRequested, this, &ProbePage::entryRequested);
}

void ProbePage::setCatalogs(const CatalogSet &catalogs)
{
    m_catalogs = catalogs;
    m_probes->setCatalogs(catalogs);
    m_answer->setCatalogs(catalogs);
}

void ProbePage::setRequest(const HttpRequest &request)
{
    m_editor->setRequest({request, {}});
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
        m_editor->setRequest(requestOf(*probe, *catalog));
}

void ProbePage::send()
{
    if (m_sending)
        return;
    const Result<HttpRequest> request = m_editor->request();
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

void ProbePage::setResult(const SendResult &result, const Diagnosis &diagnosis)
{
    m_sending = false;
    m_escape->setEnabled(false);
    m_editor->setSending(false);
    m_answer->setResult(m_sent, result, diagnosis);
}

void ProbePage::copyCurl()
{
    const Redacted<HttpRequest> redacted = Redactor(m_redaction).redact(m_editor->requestTemplate().request);
    const std::size_t masked = redacted.masked.size();
    const QString said = masked == 0   ? tr("Copied as curl.")
                         : masked == 1 ? tr("Copied as curl, 1 secret masked.")
                                       : tr("Copied as curl, %1 secrets masked.").arg(masked);
    Q_EMIT copyRequested(QString::fromUtf8(curlCommand(redacted.value)), said);
    m_editor->showHint(said);
}

} // namespace errata
