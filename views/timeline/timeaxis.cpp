#include "views/timeline/timeaxis.h"

#include "views/timeline/timeunits.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace errata {

namespace {

using namespace timeunits;

/// Figures are written alike everywhere: what is copied from a table must read back.
QString figure(double value, int decimals)
{
    QString text = QString::number(value, 'f', decimals);
    if (text.contains(QLatin1Char('.'))) {
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (text.endsWith(QLatin1Char('.')))
            text.chop(1);
    }
    return text;
}

QString withUnit(double value, int decimals, const char *unit)
{
    return figure(value, decimals) + QLatin1Char(' ') + QLatin1String(unit);
}

/// "2 min 5 s": a whole number of the big unit and the rest in the small one.
QString twoUnits(double ms, double big, const char *bigUnit, double small, const char *smallUnit)
{
    const double smalls = std::round(ms / small);
    const double bigs = std::floor(smalls * small / big);
    const double rest = smalls - bigs * big / small;
    const QString text = withUnit(bigs, 0, bigUnit);
    return rest < 0.5 ? text : text + QLatin1Char(' ') + withUnit(rest, 0, smallUnit);
}

int decimalsFor(double value)
{
    return value < 10 ? 2 : value < 100 ? 1 : 0;
}

QString boundsText(const Bounds &bounds, QString (*text)(Millis))
{
    const QString actual = text(bounds.actual);
    const QString from = text(bounds.min);
    const QString to = text(bounds.max);
    if (from == to)
        return actual;
    return QStringLiteral("%1 (%2 … %3)").arg(actual, from, to);
}

} // namespace

QString shortTime(Millis time)
{
    const double ms = time.count();
    if (std::isnan(ms))
        return QStringLiteral("NaN");
    if (ms < 0)
        return QStringLiteral("−") + shortTime(-time);
    if (ms < 0.5)
        return QStringLiteral("0 s");
    if (ms < 999.5)
        return withUnit(ms, ms < 10 ? 1 : 0, "ms");
    if (ms < 59.95 * Second)
        return withUnit(ms / Second, decimalsFor(ms / Second), "s");
    if (ms < 59.5 * Minute)
        return twoUnits(ms, Minute, "min", Second, "s");
    if (ms < Day)
        return twoUnits(ms, Hour, "h", Minute, "min");
    if (ms < Year)
        return withUnit(ms / Day, decimalsFor(ms / Day), "days");
    return std::isinf(ms) ? QStringLiteral("for ever") : withUnit(ms / Year, decimalsFor(ms / Year), "years");
}

QString exactTime(Millis time)
{
    const double ms = time.count();
    if (!std::isfinite(ms) || ms < 0 || ms >= Day)
        return shortTime(time);
    if (ms < 0.05)
        return QStringLiteral("0 s");
    return ms < Second ? withUnit(ms, 1, "ms") : withUnit(ms / Second, 3, "s");
}

QString shortBounds(const Bounds &bounds)
{
    return boundsText(bounds, shortTime);
}

QString exactBounds(const Bounds &bounds)
{
    return boundsText(bounds, exactTime);
}

int TimeAxis::tickCount() const
{
    return static_cast<int>(std::floor(end / step + 1e-9)) + 1;
}

QString TimeAxis::label(int index) const
{
    const double ms = tick(index).count();
    if (step.count() >= Year)
        return withUnit(ms / Year, 0, "years");
    if (step.count() >= Day)
        return withUnit(ms / Day, 0, "d");
    if (step.count() >= Hour)
        return withUnit(ms / Hour, 0, "h");
    if (step.count() >= Minute)
        return withUnit(ms / Minute, 0, "min");
    return end.count() >= Second ? withUnit(ms / Second, 3, "s") : withUnit(ms, 0, "ms");
}

TimeAxis timeAxis(Millis last, int mostTicks)
{
    static constexpr std::array<double, 17> clockSteps = {
        Second,      2 * Second,  5 * Second,  10 * Second, 15 * Second, 30 * Second, Minute,   2 * Minute, 5 * Minute,
        10 * Minute, 15 * Minute, 30 * Minute, Hour,        2 * Hour,    3 * Hour,    6 * Hour, 12 * Hour};
    const double end = std::isfinite(last.count()) ? std::max(1.0, last.count()) : 100 * Year;
    const double least = end / std::max(1, mostTicks);
    // Below a second and above half a day steps are 1, 2, 5 times a power of ten of the unit.
    const auto decimal = [least](double unit) {
        const double power = std::pow(10.0, std::floor(std::log10(least / unit) + 1e-9));
        for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
            if (factor * power * unit >= least * (1 - 1e-9))
                return factor * power * unit;
        }
        return 10 * power * unit;
    };
    double step = 0;
    if (least <= Second / 2)
        step = std::max(1.0, decimal(1));
    else if (least > 12 * Hour)
        step = least > 200 * Day ? decimal(Year) : std::max(Day, decimal(Day));
    else
        step =
            *std::find_if(clockSteps.begin(), clockSteps.end(), [least](double s) { return s >= least * (1 - 1e-9); });
    return {Millis(end), Millis(step)};
}

} // namespace errata
