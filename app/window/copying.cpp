#include "app/window/copying.h"

#include "models/redact/redactor.h"

#include <QClipboard>
#include <QGuiApplication>

namespace errata {

namespace {

QString counted(std::size_t count)
{
    return count == 1 ? QStringLiteral("1 secret") : QStringLiteral("%1 secrets").arg(count);
}

/// As the end of the sentence where there is one, as a sentence of its own behind several.
QString joined(const QString &said, const QString &more)
{
    const bool one = said.endsWith(QLatin1Char('.')) && !said.contains(QLatin1String(". "));
    return one ? said.chopped(1) + QStringLiteral(", ") + more + QLatin1Char('.')
               : said + QLatin1Char(' ') + more + QLatin1Char('.');
}

} // namespace

QString Copying::copy(const QString &text, const QString &said) const
{
    const Redaction redaction = Redactor(m_rules).redact(text.toUtf8());
    QGuiApplication::clipboard()->setText(QString::fromUtf8(redaction.text));
    if (redaction.masked.empty())
        return said;
    return joined(said, counted(redaction.masked.size()) + QStringLiteral(" masked"));
}

QString Copying::copyWithSecrets(const QString &text, const QString &said) const
{
    const std::size_t count = Redactor(m_rules).redact(text.toUtf8()).masked.size();
    QGuiApplication::clipboard()->setText(text);
    return joined(said, QStringLiteral("nothing masked, %1 in it").arg(counted(count)));
}

} // namespace errata
