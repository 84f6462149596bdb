#include "views/catalog/entrydelegate.h"

#include "models/items/catalogsearchmodel.h"
#include "views/texts/texts.h"
#include "views/theme/erratastyle.h"
#include "views/widgets/badge.h"
#include "views/widgets/starbutton.h"

#include <QPainter>

namespace errata {

namespace {

constexpr int Margin = 3 * Step;
constexpr int Gap = 3 * Step - 2;

struct Cells
{
    QRect api, code, title, status, verdict;
};

struct Row
{
    QString api, apiName, code, title, status, verdict;
    bool statusInferred = false;
    bool verdictInferred = false;
    bool isError = true;
    bool pinned = false;
    RetryVerdict retry = RetryVerdict::Unstated;
    std::vector<MatchSpan> spans;
};

bool inferred(const QModelIndex &index, int role)
{
    return static_cast<Provenance>(index.data(role).toInt()) == Provenance::Inferred;
}

Row rowOf(const QModelIndex &index)
{
    Row row;
    row.api = index.data(CatalogSearchModel::ApiRole).toString();
    row.apiName = index.data(CatalogSearchModel::ApiNameRole).toString();
    row.code = index.data(CatalogSearchModel::CodeRole).toString();
    row.title = index.data(CatalogSearchModel::TitleRole).toString();
    row.retry = static_cast<RetryVerdict>(index.data(CatalogSearchModel::RetryRole).toInt());
    row.isError = index.data(CatalogSearchModel::IsErrorRole).toBool();
    row.pinned = index.data(CatalogSearchModel::PinnedRole).toBool();
    row.spans = index.data(CatalogSearchModel::SpansRole).value<std::vector<MatchSpan>>();

    const int status = index.data(CatalogSearchModel::StatusRole).toInt();
    row.statusInferred = status != 0 && inferred(index, CatalogSearchModel::StatusProvenanceRole);
    if (status != 0)
        row.status = QString::number(status);
    row.verdict = texts::verdict(row.retry, row.isError);
    // "unstated" is no guess: there is nothing behind it.
    row.verdictInferred =
        row.isError && row.retry != RetryVerdict::Unstated && inferred(index, CatalogSearchModel::RetryProvenanceRole);
    return row;
}

/// Text in \a rect, elided, with its matches marked.
void drawMarked(QPainter *painter, const QRect &rect, const QString &text, const std::vector<MatchSpan> &spans,
                MatchSpan::Field field, const QColor &mark)
{
    const QFontMetrics metrics = painter->fontMetrics();
    for (const MatchSpan &span : spans) {
        if (span.field != field)
            continue;
        const int from = metrics.horizontalAdvance(text.left(span.start));
        const int width = metrics.horizontalAdvance(text.mid(span.start, span.length));
        const QRect box(rect.left() + from - 1, rect.center().y() - metrics.height() / 2, width + 2, metrics.height());
        drawBox(painter, box & rect, mark, {}, 2);
    }
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, rect.width()));
}

Cells cellsFor(const QRect &rect, const EntryDelegate::Measures &measures, const QString &verdict)
{
    constexpr int narrow = 460;
    const QRect inner = rect.adjusted(Margin, Step, -Margin, -Step - 1);
    const auto [font, apiWidth, statusWidth, verdictWidth, badgeHeight, rowHeight] = measures;

    Cells cells;
    const int half = inner.height() / 2;
    const QRect above(inner.left(), inner.top(), inner.width(), half);
    const QRect below(inner.left(), inner.top() + half, inner.width(), inner.height() - half);
    if (rect.width() < narrow) {
        const int own = badgeSize(QFontMetrics(badgeFont(font)), verdict).width();
        const int small = std::min(badgeHeight, below.height() - 1);
        const auto centred = [&](int left, int width) {
            return QRect(left, below.center().y() - small / 2, width, small);
        };
        cells.status = above.adjusted(above.width() - statusWidth, 0, 0, 0);
        cells.code = above.adjusted(0, 0, -statusWidth - Step, 0);
        cells.api = centred(below.left(), apiWidth);
        cells.verdict = centred(below.right() - own + 1, own);
        cells.title = below.adjusted(apiWidth + Gap, 0, -own - Gap, 0);
        return cells;
    }
    const int middle = inner.center().y() - badgeHeight / 2;
    cells.api = QRect(inner.left(), middle, apiWidth, badgeHeight);
    cells.verdict = QRect(inner.right() - verdictWidth + 1, middle, verdictWidth, badgeHeight);
    cells.status = QRect(cells.verdict.left() - Gap - statusWidth, inner.top(), statusWidth, inner.height());
    const int left = cells.api.right() + 1 + Gap;
    const int width = cells.status.left() - Step - left;
    cells.code = QRect(left, above.top() + 1, width, half);
    cells.title = QRect(left, below.top(), width, below.height());
    return cells;
}

} // namespace

EntryDelegate::EntryDelegate(QObject *parent) : QStyledItemDelegate(parent) {}

void EntryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const Row row = rowOf(index);
    const QString verdict = row.verdictInferred ? QLatin1Char('~') + row.verdict : row.verdict;
    const QFont badge = badgeFont(option.font);
    const Cells cells = cellsFor(option.rect, measures(option.font), verdict);
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.accentSoft);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, theme.raised);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.line);

    QFont fixed = fixedFont(option.font);
    painter->setFont(fixed);
    painter->setPen(theme.text);
    QRect code = cells.code;
    if (row.pinned) {
        const int size = painter->fontMetrics().ascent();
        const int at =
            std::min(code.left() + painter->fontMetrics().horizontalAdvance(row.code) + 6, code.right() - size);
        drawStar(painter, QRectF(at, code.center().y() - size / 2.0, size, size), true, theme.wait.ink);
        code.setRight(std::max(code.left(), code.right() - size - Step));
    }
    drawMarked(painter, code, row.code, row.spans, MatchSpan::Field::Code, theme.wait.ground);

    fixed.setItalic(row.statusInferred);
    painter->setFont(fixed);
    painter->setPen(row.statusInferred ? theme.muted : theme.text);
    painter->drawText(cells.status, Qt::AlignRight | Qt::AlignVCenter,
                      row.status.isEmpty() ? QStringLiteral("–")
                      : row.statusInferred ? QLatin1Char('~') + row.status
                                           : row.status);

    painter->setFont(scaled(option.font, SmallText));
    painter->setPen(theme.muted);
    drawMarked(painter, cells.title, row.title, row.spans, MatchSpan::Field::Title, theme.wait.ground);

    painter->setFont(badge);
    paintBadge(painter, cells.api, row.apiName, Tone{theme.api(row.api), {}}, BadgeForm::Outline);
    if (row.verdictInferred) {
        QFont italic = badge;
        italic.setItalic(true);
        painter->setFont(italic);
    }
    paintBadge(painter, cells.verdict, verdict, theme.verdict(row.retry, row.isError), BadgeForm::Filled);
    if (option.state & QStyle::State_HasFocus)
        drawFocusRing(painter, option.rect.adjusted(1, 1, -1, -2), theme, 4);
    painter->restore();
}

QSize EntryDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {280, measures(option.font).rowHeight};
}

void EntryDelegate::setApiNames(const QStringList &names)
{
    m_apiNames = names;
    m_measures.reset();
}

const EntryDelegate::Measures &EntryDelegate::measures(const QFont &font) const
{
    if (m_measures && m_measures->font == font)
        return *m_measures;
    const QFontMetrics badge(badgeFont(font));
    const QFontMetrics fixed(fixedFont(font));
    Measures all;
    all.font = font;
    for (const QString &name : m_apiNames)
        all.apiWidth = std::max(all.apiWidth, badgeSize(badge, name).width());
    all.statusWidth = fixed.horizontalAdvance(QStringLiteral("~404 "));
    all.verdictWidth = std::max(badgeSize(badge, QStringLiteral("~after wait")).width(),
                                badgeSize(badge, texts::verdict({}, false)).width());
    all.badgeHeight = badgeSize(badge, {}).height();
    all.rowHeight = fixed.height() + std::max(all.badgeHeight, QFontMetrics(font).height()) + 3 * Step;
    return m_measures.emplace(std::move(all));
}

QString entrySentence(const QModelIndex &index)
{
    const Row row = rowOf(index);
    QString sentence = QStringLiteral("%1 %2: %3").arg(row.apiName, row.code, row.title);
    if (!row.status.isEmpty())
        sentence += QStringLiteral("; status %1%2")
                        .arg(row.status, row.statusInferred ? QStringLiteral(", inferred") : QString());
    sentence += row.isError ? QStringLiteral("; retry: %1%2")
                                  .arg(row.verdict, row.verdictInferred ? QStringLiteral(", inferred") : QString())
                            : QStringLiteral("; not an error");
    return row.pinned ? sentence + QStringLiteral("; pinned") : sentence;
}

} // namespace errata
