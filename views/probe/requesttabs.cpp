#include "views/probe/requesttabs.h"

#include <QCoreApplication>
#include <QUuid>

namespace errata {

RequestTab RequestTab::of(const RequestDraft &draft)
{
    return {QUuid::createUuid().toString(QUuid::WithoutBraces), draft, draft, {}};
}

namespace {

QString shortened(const QString &text)
{
    constexpr qsizetype most = 28;
    return text.size() <= most ? text : text.left(most / 2) + QChar(0x2026) + text.right(most / 2 - 1);
}

} // namespace

QString RequestTab::title() const
{
    if (!draft.name.isEmpty())
        return shortened(draft.name);
    if (draft.url.isEmpty())
        return QCoreApplication::translate("RequestTab", "New request");
    const qsizetype scheme = draft.url.indexOf("://");
    const qsizetype path = draft.url.indexOf('/', scheme < 0 ? 0 : scheme + 3);
    QByteArray shown = path < 0 ? draft.url.mid(scheme < 0 ? 0 : scheme + 3) : draft.url.mid(path);
    const qsizetype query = shown.indexOf('?');
    if (query > 0)
        shown.truncate(query);
    return shortened(QString::fromUtf8(draft.method + ' ' + shown));
}

} // namespace errata
