#include "views/probe/probedraft.h"

#include "views/probe/authpane.h"

#include <algorithm>

namespace errata {

RequestDraft draftOf(const Probe &probe, const Catalog &catalog)
{
    RequestDraft draft;
    draft.name = probe.title;
    draft.about = probe.checks;
    if (!probe.method.isEmpty())
        draft.method = probe.method;
    const QString base = !probe.base.isEmpty()       ? probe.base
                         : !catalog.baseUrls.empty() ? catalog.baseUrls.front().url.value
                                                     : QString();
    draft.url = withVariables(base + probe.path);
    for (const auto &[name, value] : probe.headers) {
        if (name.compare(QLatin1String("Authorization"), Qt::CaseInsensitive) == 0)
            draft.auth = authOf(AuthForm{{}, name, value, {}, {}});
        else
            draft.headers.push_back({name.toUtf8(), withVariables(value)});
    }
    const auto says = [&draft](const QString &header) {
        return std::any_of(draft.headers.begin(), draft.headers.end(), [&header](const DraftField &field) {
            return QString::fromUtf8(field.name).compare(header, Qt::CaseInsensitive) == 0;
        });
    };
    const bool hasOwn = draft.auth.kind != AuthDraft::Kind::None;
    if (!hasOwn && !catalog.auth.empty() && !says(catalog.auth.front().header))
        draft.auth = authOf(catalog.auth.front());
    if (!probe.form.empty()) {
        draft.body.kind = BodyDraft::Kind::Form;
        for (const auto &[name, value] : probe.form)
            draft.body.fields.push_back({name.toUtf8(), withVariables(value), true, false, {}});
    } else if (!probe.body.isEmpty()) {
        draft.body.kind = BodyDraft::Kind::Text;
        draft.body.text = withVariables(QString::fromUtf8(probe.body));
    }
    return draft;
}

} // namespace errata
