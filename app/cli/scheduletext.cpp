#include "app/cli/scheduletext.h"

#include "app/cli/retrytexts.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace errata {

namespace {

constexpr int longestLabel = 22;
constexpr int shownRows = 40;

/// Times on columns 0 ... width-1.
struct Axis
{
    double end = 1; ///< ms at the last column
    int width = 10;

    [[nodiscard]] int column(Millis t) const
    {
        return std::clamp(static_cast<int>(std::lround(t.count() / end * (width - 1))), 0, width - 1);
    }
};

/// 1, 2 or 5 times a power of ten up to a minute, then usual parts of minutes, hours and days.
double niceStep(double atLeast)
{
    constexpr double minute = 60'000;
    constexpr double hour = 60 * minute;
    constexpr double day = 24 * hour;
    for (double power = 0.1; power <= 10'000; power *= 10) {
        for (const double part : {1.0, 2.0, 5.0}) {
            if (part * power >= atLeast && part * power < minute)
                return part * power;
        }
    }
    for (const double step : {minute, 2 * minute, 5 * minute, 10 * minute, 20 * minute, 30 * minute, hour, 2 * hour,
                              6 * hour, 12 * hour, day, 2 * day, 5 * day, 10 * day, 30 * day, 100 * day}) {
        if (step >= atLeast)
            return step;
    }
    return std::ceil(atLeast / (365.25 * day)) * 365.25 * day;
}

QStringList drawAxis(const Axis &axis, int margin)
{
    const double step = niceStep(axis.end * 11 / axis.width);
    QString line(axis.width, QChar(u'─'));
    QString labels(axis.width + 12, u' ');
    int free = 0; // the first column without a label
    for (double t = 0; t <= axis.end * (1 + 1e-9); t += step) {
        const int column = axis.column(Millis(t));
        line[column] = t > 0 ? u'┼' : u'├';
        const QString text = durationText(Millis(t));
        if (column >= free && column + text.size() <= axis.width + 2) {
            labels.replace(column, text.size(), text);
            free = column + static_cast<int>(text.size()) + 1;
        }
    }
    line[axis.width - 1] = line[axis.width - 1] == QChar(u'─') ? u'╴' : u'┤';
    const QString blanks(margin, u' ');
    QString below = blanks + labels;
    while (below.endsWith(u' '))
        below.chop(1);
    return {blanks + line, below};
}

void fill(QString &row, int from, int to, QChar c)
{
    for (int i = std::max(0, from); i <= std::min(to, static_cast<int>(row.size()) - 1); ++i)
        row[i] = c;
}

QString drawRow(const Attempt &attempt, const Axis &axis)
{
    QString row(axis.width, u' ');
    const Bounds sent = attempt.starts;
    const Bounds answered = sent + attempt.outcome.latency;
    if (attempt.wait) {
        const Bounds ends = answered + *attempt.wait;
        fill(row, axis.column(answered.actual), axis.column(ends.actual), u'─');
        if (ends.max > ends.min)
            fill(row, axis.column(ends.min), axis.column(ends.max), u'░');
        if (attempt.action == Attempt::Action::Stop)
            row[axis.column(ends.actual)] = u'✗';
    }
    fill(row, axis.column(sent.actual), axis.column(answered.actual), u'━');
    row[axis.column(sent.actual)] = attempt.wasSent() ? u'●' : u'○';
    while (row.endsWith(u' '))
        row.chop(1);
    return row;
}

QString coloured(const QString &row, const Attempt &attempt, const Style &style)
{
    const bool good = attempt.verdict == Verdict::Succeeded;
    const qsizetype mark = row.indexOf(attempt.wasSent() ? u'●' : u'○');
    const QString head = row.mid(mark, 1);
    const QString rest = row.mid(mark + 1);
    return row.first(mark) + (good ? style.green(head) : style.red(head)) + (rest.isEmpty() ? rest : style.dim(rest));
}

QString elided(const QString &text, int width)
{
    return text.size() <= width ? text : text.first(width - 1) + u'…';
}

} // namespace

QStringList drawSchedule(const Schedule &schedule, int width, const Style &style)
{
    int labelWidth = 0;
    for (const Attempt &attempt : schedule.attempts)
        labelWidth = std::max(labelWidth, static_cast<int>(outcomeText(attempt.outcome).size()));
    labelWidth = std::min({labelWidth, longestLabel, std::max(6, width / 3)});
    const int numberWidth = static_cast<int>(QString::number(schedule.attempts.size()).size());
    const int margin = numberWidth + 2 + labelWidth + 2;
    const double end = std::max(schedule.total.max, schedule.total.actual).count();
    const Axis axis{end > 0 ? end : 1, std::max(10, width - margin - 3)};

    QStringList lines;
    for (const Attempt &attempt : schedule.attempts) {
        if (lines.size() == shownRows) {
            lines += QStringLiteral("… %1 more").arg(schedule.attempts.size() - shownRows);
            break;
        }
        lines += QStringLiteral("%1  %2  %3")
                     .arg(attempt.n, numberWidth)
                     .arg(elided(outcomeText(attempt.outcome), labelWidth).leftJustified(labelWidth),
                          coloured(drawRow(attempt, axis), attempt, style));
    }
    return lines + drawAxis(axis, margin);
}

QString drawBars(const std::vector<int> &bins, int width)
{
    static constexpr std::array<char16_t, 9> heights{u' ', u'▁', u'▂', u'▃', u'▄', u'▅', u'▆', u'▇', u'█'};
    const std::size_t columns = std::min(bins.size(), static_cast<std::size_t>(std::max(1, width)));
    std::vector<double> sums(columns, 0.0);
    for (std::size_t i = 0; i < bins.size(); ++i)
        sums[i * columns / bins.size()] += bins[i];
    const double most = *std::max_element(sums.begin(), sums.end());
    QString line;
    for (const double sum : sums) {
        // Rounded up: what is there is seen.
        const auto height = most > 0 ? static_cast<std::size_t>(std::ceil(sum / most * 8)) : 0;
        line += QChar(heights[height]);
    }
    return line;
}

QStringList drawHerd(const Herd &herd, int width, const Style &style)
{
    if (herd.series.empty())
        return {};
    const double end = std::max((herd.series.back().start + herd.binWidth).count(), 1.0);
    const Axis axis{end, std::max(10, width - 3)};
    std::vector<int> columns(static_cast<std::size_t>(axis.width), 0);
    for (const Herd::Bin &bin : herd.series)
        columns[static_cast<std::size_t>(axis.column(bin.start))] += bin.requests;
    return QStringList(style.cyan(drawBars(columns, axis.width))) + drawAxis(axis, 0);
}

} // namespace errata
