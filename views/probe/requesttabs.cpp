#include "views/probe/requesttabs.h"

#include "models/items/collectionmodel.h"

#include <QCoreApplication>
#include <QUuid>

namespace errata {

RequestTab RequestTab::of(const RequestDraft &draft)
{
    return {QUuid::createUuid().toString(QUuid::WithoutBraces), draft, draft};
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
    const QString name = draft.name.isEmpty() && draft.url.isEmpty()
                             ? QCoreApplication::translate("RequestTab", "New request")
                             : titleOf(draft);
    return isChanged() ? shortened(name) + QStringLiteral(" •") : shortened(name);
}

} // namespace errata
