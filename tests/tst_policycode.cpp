// The trees that programs are printed from, worked out here and held against the backoff itself: chance is given, so
// that every figure is exact.
#include "models/retry/backoff.h"
#include "models/retry/code/dialect.h"
#include "models/retry/code/policycode.h"

#include <QTest>

#include <cmath>
#include <map>

using namespace errata;
using namespace errata::code;

namespace {

using Kind = Expression::Kind;
using Values = std::map<QByteArray, double>;

double worked(const Expression &expression, const Values &values)
{
    const auto part = [&](std::size_t index) { return worked(expression.parts.at(index), values); };
    switch (expression.kind) {
    case Kind::Number:
    case Kind::Whole:
        return expression.number;
    case Kind::Name:
        return values.at(expression.name);
    case Kind::Add:
        return part(0) + part(1);
    case Kind::Subtract:
        return part(0) - part(1);
    case Kind::Multiply:
        return part(0) * part(1);
    case Kind::Divide:
        return part(0) / part(1);
    case Kind::Min:
        return std::min(part(0), part(1));
    case Kind::Max:
        return std::max(part(0), part(1));
    case Kind::Pow:
        return std::pow(part(0), part(1));
    case Kind::Floor:
        return std::floor(part(0));
    case Kind::Tanh:
        return std::tanh(part(0));
    case Kind::Sqrt:
        return std::sqrt(part(0));
    case Kind::Table:
        return expression.table.at(std::min(static_cast<std::size_t>(part(0)), expression.table.size()) - 1);
    default:
        qFatal("no number");
    }
}

bool areClose(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

std::vector<std::pair<QByteArray, Backoff>> backoffs()
{
    std::vector<std::pair<QByteArray, Backoff>> all;
    for (const RetryPolicy &policy : shippedPolicies())
        all.emplace_back(policy.id.toUtf8(), policy.backoff);
    // Every shape with every jitter, with and without what else there is.
    for (const BackoffShape shape :
         {BackoffShape::Constant, BackoffShape::Linear, BackoffShape::Exponential, BackoffShape::Fibonacci,
          BackoffShape::Table, BackoffShape::Power, BackoffShape::PollyV2}) {
        for (const Jitter jitter : {Jitter::None, Jitter::Full, Jitter::Equal, Jitter::Additive, Jitter::Symmetric,
                                    Jitter::Decorrelated, Jitter::Range}) {
            for (int extras = 0; extras < 6; ++extras) {
                Backoff backoff;
                backoff.shape = shape;
                backoff.jitter = jitter;
                backoff.base = Millis(70.5);
                backoff.factor = 1.7;
                backoff.table = {Millis(3), Millis(90), Millis(40)};
                backoff.ratio = 0.25; // binary fractions: nothing is rounded another way
                backoff.from = 0.375;
                backoff.to = 1.25;
                if (extras > 0)
                    backoff.cap = Millis(200);
                backoff.capAfterJitter = extras == 2 || extras == 5;
                if (extras == 3)
                    backoff.grain = Millis(7);
                if (extras == 4)
                    backoff.least = Millis(95);
                if (extras >= 4)
                    backoff.rounding = extras == 4 ? Rounding::Down : Rounding::Nearest;
                if (extras == 5) {
                    backoff.steps = 8;
                    backoff.plus = Millis(12);
                    backoff.decorrelatedLow = DecorrelatedLow::Previous;
                    backoff.truncatesGrowth = true;
                }
                all.emplace_back("shape " + QByteArray::number(int(shape)) + ", jitter " +
                                     QByteArray::number(int(jitter)) + ", " + QByteArray::number(extras),
                                 backoff);
            }
        }
    }
    return all;
}

} // namespace

class PolicyCodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expressions_areTheBackoff_data();
    void expressions_areTheBackoff();
    void growthWithoutEnd_staysFinite();
    void whatChangesNothing_fallsAway();
    void operators_keepTheirOrder_data();
    void operators_keepTheirOrder();
};

void PolicyCodeTest::expressions_areTheBackoff_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const auto &[name, backoff] : backoffs())
        QTest::newRow(name.constData()) << index++;
}

void PolicyCodeTest::expressions_areTheBackoff()
{
    QFETCH(int, index);
    static const std::vector<std::pair<QByteArray, Backoff>> all = backoffs();
    const Backoff &backoff = all[std::size_t(index)].second;
    const PreparedBackoff prepared(backoff);
    const Expression nominal = nominalExpression(backoff, 12);
    const Expression wait = waitExpression(backoff);
    for (const double chance : {0.0, 0.25, 0.5, 0.8125, 0.9990234375}) {
        double previous = initialPrevious(backoff);
        QCOMPARE(previous, prepared.initial());
        for (int step = backoff.first ? 2 : 1; step <= 11; ++step) {
            const double t = step - 1 + chance;
            const Values values{{"step", step},
                                {"chance", chance},
                                {"previous", previous},
                                {"reached", std::exp2(t) * std::tanh(std::sqrt(4 * t))},
                                {"nominal", worked(nominal, {{"step", step}})}};
            QVERIFY(areClose(values.at("nominal"), prepared.nominal(step)));
            const double wanted = prepared.wait(step, chance, previous);
            const double got = worked(wait, values);
            QVERIFY2(
                areClose(got, wanted),
                qPrintable(QStringLiteral("wait %1 with %2: %3, not %4").arg(step).arg(chance).arg(got).arg(wanted)));
            previous = prepared.carry(step, chance, wanted);
        }
    }
}

/// Python ends with an error where others have infinity.
void PolicyCodeTest::growthWithoutEnd_staysFinite()
{
    Backoff backoff;
    backoff.shape = BackoffShape::Exponential;
    backoff.base = Millis(100);
    backoff.cap = Millis(5000);
    const double endless = std::numeric_limits<double>::infinity();
    for (const double factor : {2.0, 1.5, 10.0}) {
        backoff.factor = factor;
        for (const int step : {1, 3, 50, 5000}) {
            const Expression nominal = nominalExpression(backoff, endless);
            QVERIFY(std::isfinite(worked(nominal.parts.front(), {{"step", step}})));
            QCOMPARE(worked(nominal, {{"step", step}}), nominalWait(backoff, step).count());
        }
    }
}

void PolicyCodeTest::whatChangesNothing_fallsAway()
{
    const Expression x = variable("x");
    const auto text = [](const Expression &expression) { return printed(Dialect{}, expression); };
    QCOMPARE(text(number(1) * (x + number(0)) - number(0)), QByteArray("x"));
    QCOMPARE(text(number(2) * number(3) + x), QByteArray("6.0 + x"));
    QCOMPARE(text(least(x, number(std::numeric_limits<double>::infinity()))), QByteArray("x"));
    QCOMPARE(text(choose(leaf(Kind::Yes), x, number(1))), QByteArray("x"));
    QCOMPARE(text(truth("a") && (leaf(Kind::No) || truth("b"))), QByteArray("a && b"));
    QCOMPARE(text(!leaf(Kind::No) && truth("a")), QByteArray("a"));
}

void PolicyCodeTest::operators_keepTheirOrder_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("difference of a difference") << 0 << QByteArray("a - (b - c)");
    QTest::newRow("quotient of a product") << 1 << QByteArray("a / (b * c)");
    QTest::newRow("product of a sum") << 2 << QByteArray("(a + b) * c");
    QTest::newRow("not") << 3 << QByteArray("!(a < b)");
    QTest::newRow("or of ands") << 4 << QByteArray("(p && q) || r");
    QTest::newRow("and of ors") << 5 << QByteArray("p && (q || r)");
    QTest::newRow("choice in a sum") << 6 << QByteArray("(p ? a : b) + c");
}

void PolicyCodeTest::operators_keepTheirOrder()
{
    QFETCH(int, index);
    QFETCH(QByteArray, text);
    const Expression a = variable("a");
    const Expression b = variable("b");
    const Expression c = variable("c");
    const std::vector<Expression> expressions = {a - (b - c),
                                                 a / (b * c),
                                                 (a + b) * c,
                                                 !node(Kind::Less, {a, b}),
                                                 (truth("p") && truth("q")) || truth("r"),
                                                 truth("p") && (truth("q") || truth("r")),
                                                 choose(truth("p"), a, b) + c};
    QCOMPARE(printed(Dialect{}, expressions[std::size_t(index)]), text);
}

QTEST_GUILESS_MAIN(PolicyCodeTest)
#include "tst_policycode.moc"
