#include "views/probe/tlspane.h"

#include "views/theme/theme.h"
#include "views/widgets/badge.h"
#include "views/widgets/keyvaluegrid.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace errata {

namespace {

/// A certificate this near its end is warned of.
constexpr qint64 SoonDays = 30;

enum class Validity { Unknown, NotYet, Good, Soon, Expired };

Validity validityOf(const Certificate &certificate, const QDateTime &now)
{
    if (!certificate.validUntil.isValid())
        return Validity::Unknown;
    if (certificate.validUntil < now)
        return Validity::Expired;
    if (certificate.validFrom.isValid() && certificate.validFrom > now)
        return Validity::NotYet;
    return now.daysTo(certificate.validUntil) < SoonDays ? Validity::Soon : Validity::Good;
}

const Tone &toneOf(Validity validity, const Theme &theme)
{
    switch (validity) {
    case Validity::Good:
        return theme.yes;
    case Validity::Soon:
        return theme.wait;
    case Validity::NotYet:
    case Validity::Expired:
        return theme.no;
    case Validity::Unknown:
        break;
    }
    return theme.unstated;
}

QString dayOf(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'")) : TlsPane::tr("unknown");
}

QWidget *validityRow(const Certificate &certificate, const QDateTime &now, QWidget *parent)
{
    auto *row = new QWidget(parent);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    const Validity validity = validityOf(certificate, now);
    line->addWidget(new Badge(
        validityText(certificate, now), [validity](const Theme &theme) { return toneOf(validity, theme); },
        BadgeForm::Filled, row));
    line->addWidget(
        mutedLabel(TlsPane::tr("%1 to %2").arg(dayOf(certificate.validFrom), dayOf(certificate.validUntil)), row));
    line->addStretch();
    return row;
}

void addCertificate(QVBoxLayout *column, const QString &title, const Certificate &certificate, const QDateTime &now)
{
    column->addWidget(sectionTitle(title));
    auto *grid = new KeyValueGrid;
    grid->addRow(TlsPane::tr("Subject"), fixedText(certificate.subject, grid));
    grid->addRow(TlsPane::tr("Signed by"), fixedText(certificate.issuer, grid));
    if (!certificate.names.isEmpty())
        grid->addRow(TlsPane::tr("Names"), fixedText(certificate.names.join(QStringLiteral(", ")), grid));
    grid->addRow(TlsPane::tr("Valid"), validityRow(certificate, now, grid));
    column->addWidget(grid);
}

} // namespace

QString validityText(const Certificate &certificate, const QDateTime &now)
{
    const auto days = [](qint64 count) {
        return count == 1 ? TlsPane::tr("1 day") : TlsPane::tr("%1 days").arg(count);
    };
    const qint64 left = now.daysTo(certificate.validUntil);
    switch (validityOf(certificate, now)) {
    case Validity::Expired:
        return left == 0 ? TlsPane::tr("expired today") : TlsPane::tr("expired %1 ago").arg(days(-left));
    case Validity::NotYet:
        return TlsPane::tr("not valid before %1").arg(certificate.validFrom.toUTC().date().toString(Qt::ISODate));
    case Validity::Soon:
        return left == 0 ? TlsPane::tr("expires today") : TlsPane::tr("expires in %1").arg(days(left));
    case Validity::Good:
        return TlsPane::tr("valid for %1").arg(days(left));
    case Validity::Unknown:
        break;
    }
    return TlsPane::tr("validity unknown");
}

bool isNearItsEnd(const TlsDetails &details, const QDateTime &now)
{
    return std::any_of(details.chain.begin(), details.chain.end(), [&now](const Certificate &one) {
        const Validity validity = validityOf(one, now);
        return validity == Validity::Soon || validity == Validity::Expired || validity == Validity::NotYet;
    });
}

TlsPane::TlsPane(QWidget *parent) : QScrollArea(parent)
{
    setAccessibleName(tr("TLS of the connection"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void TlsPane::setDetails(const TlsDetails &details, const QDateTime &now)
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 2 * Step, 0, 0);
    column->setSpacing(2 * Step);
    if (!details.verified) {
        auto *warning = new NoteLine(content);
        warning->showProblem(tr("Not verified, as the request's options say: whoever is in between could read and "
                                "change everything."));
        column->addWidget(warning);
    }
    auto *grid = new KeyValueGrid(content);
    grid->addRow(tr("Protocol"), fixedText(details.protocol, grid));
    grid->addRow(tr("Cipher"), fixedText(details.cipher, grid));
    if (details.verified)
        grid->addRow(tr("Verified"), bodyText(tr("the chain is trusted and the name fits"), grid));
    column->addWidget(grid);
    for (std::size_t i = 0; i < details.chain.size(); ++i)
        addCertificate(column, i == 0 ? tr("The server's certificate") : tr("Sent along, %1").arg(i), details.chain[i],
                       now);
    if (details.chain.empty())
        column->addWidget(mutedText(tr("The engine did not tell the server's certificates."), content));
    column->addStretch();
    setWidget(content);
}

} // namespace errata
