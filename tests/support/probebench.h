// The probe page, driven as a user drives it; answers are given as values.
#pragma once

#include "app/redactionrules.h"
#include "models/catalog/catalogreader.h"
#include "models/decode/decoder.h"
#include "models/retry/simulator.h"
#include "views/bodyview/bodyview.h"
#include "views/probe/probelist.h"
#include "views/probe/probepage.h"

#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

#include <algorithm>

namespace errata::test {

inline const CatalogSet &catalogs()
{
    static const CatalogSet set = loadCatalogs().set;
    return set;
}

/// A page whose requests are caught and answered by hand.
struct Bench
{
    ProbePage page;
    std::vector<HttpRequest> requests;
    SendOptions options;
    std::optional<QString> policy;

    Bench()
    {
        QObject::connect(&page, &ProbePage::sendRequested, &page,
                         [this](const HttpRequest &request, const SendOptions &o, const std::optional<QString> &p) {
                             requests.push_back(request);
                             options = o;
                             policy = p;
                             page.setSending();
                         });
        page.setCatalogs(catalogs());
        page.setRedactionRules(redactionRules(catalogs()));
        page.setPolicies(shippedPolicies());
        page.resize(1200, 780);
        page.show();
    }

    template <typename W>
    [[nodiscard]] W *field(const char *name) const
    {
        for (W *widget : page.findChildren<W *>()) {
            if (widget->accessibleName() == QLatin1String(name))
                return widget;
        }
        return nullptr;
    }
    [[nodiscard]] QPushButton *button(const char *text) const
    {
        for (auto *b : page.findChildren<QPushButton *>()) {
            if (b->text() == QLatin1String(text) && b->isVisible())
                return b;
        }
        return nullptr;
    }
    [[nodiscard]] bool shows(const QString &text) const
    {
        const auto labels = page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }
    void chooseProbe(const char *api, const char *title) const
    {
        auto *tree = page.findChild<QTreeWidget *>();
        page.findChild<ProbeList *>()->showApi(QString::fromLatin1(api));
        for (auto *item : tree->findItems(QString::fromUtf8(title), Qt::MatchExactly | Qt::MatchRecursive)) {
            if (item->parent()->isExpanded())
                Q_EMIT tree->itemActivated(item, 0);
        }
    }
    void answer(const SendResult &result)
    {
        const Diagnosis diagnosis =
            result.response ? decodeExchange(Exchange::of(requests.back(), *result.response), catalogs()) : Diagnosis{};
        page.setResult(result, diagnosis);
    }
};

inline QString shownBody(const BodyView *body)
{
    return body->pane()->textOf({0, body->pane()->source().size()});
}

inline SendResult rateLimited()
{
    SendResult result;
    result.response = HttpResponse{
        429,
        "Too Many Requests",
        "HTTP/1.1",
        {{"Content-Type", "application/json"}, {"Retry-After", "2"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}},
        R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"Slow down.","n":1.00}})"};
    result.sends = 1;
    result.timings.firstByteMs = 38.2;
    result.timings.totalMs = 41.3;
    result.sentHeaders = {{"Host", "api.intended.so"}, {"Accept", "*/*"}};
    return result;
}

} // namespace errata::test
