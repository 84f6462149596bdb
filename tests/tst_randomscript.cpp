// Scripts with alternatives, weights and latencies.
#include "models/retry/randomscript.h"

#include <QTest>

using namespace errata;

class TestRandomScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainScript_isCertain();
    void alternatives_haveWeights();
    void latencies_data();
    void latencies();
    void marksWithinOutcomes_belongToThem();
    void fault_isNamedWithItsPlace_data();
    void fault_isNamedWithItsPlace();
};

void TestRandomScript::plainScript_isCertain()
{
    const QString text = QStringLiteral("503,429:2@120, timeout ,500[x: a,b],200");
    const auto random = parseRandomScript(text);
    QVERIFY(random);
    QVERIFY(random->isCertain());
    QCOMPARE(*random, RandomOutcomes(*parseOutcomeScript(text)));
    QCOMPARE(parseRandomScript(u"429:a'b,200").error().position, parseOutcomeScript(u"429:a'b,200").error().position);
    for (const QString &odd :
         {QStringLiteral("429:'it''s, so',200"), QStringLiteral("429:'',200"), QStringLiteral("500[x: it's],200")})
        QCOMPARE(parseRandomScript(odd).value(), RandomOutcomes(*parseOutcomeScript(odd)));
}

void TestRandomScript::alternatives_haveWeights()
{
    const auto random = parseRandomScript(u"503*0.3 | 200*0.7, 429:1|200");
    QVERIFY(random);
    QVERIFY(!random->isCertain());
    QCOMPARE(random->steps.size(), std::size_t(2));
    QCOMPARE(random->steps[0][0].outcome.status, 503);
    QCOMPARE(random->steps[0][0].weight, 0.3);
    QCOMPARE(random->steps[0][1].outcome.status, 200);
    QCOMPARE(random->steps[0][1].weight, 0.7);
    QCOMPARE(random->steps[1][0].weight, 1.0);
    QCOMPARE(random->steps[1][0].outcome.headers.joined("Retry-After").value_or(QByteArray()), QByteArray("1"));
}

void TestRandomScript::latencies_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("typical");
    QTest::addColumn<double>("most");
    QTest::addColumn<double>("sigma");
    using Kind = LatencyModel::Kind;
    QTest::newRow("none") << QStringLiteral("200") << int(Kind::Fixed) << 0.0 << 0.0 << 0.0;
    QTest::newRow("fixed") << QStringLiteral("200@80") << int(Kind::Fixed) << 80.0 << 0.0 << 0.0;
    QTest::newRow("uniform") << QStringLiteral("200@40~120") << int(Kind::Uniform) << 40.0 << 120.0 << 0.0;
    QTest::newRow("exponential") << QStringLiteral("200@~80.5") << int(Kind::Exponential) << 80.5 << 0.0 << 0.0;
    QTest::newRow("log-normal") << QStringLiteral("200@80~0.5s*2") << int(Kind::LogNormal) << 80.0 << 0.0 << 0.5;
}

void TestRandomScript::latencies()
{
    QFETCH(QString, text);
    const auto random = parseRandomScript(text);
    QVERIFY(random);
    const LatencyModel &latency = random->steps[0][0].latency;
    QTEST(int(latency.kind), "kind");
    QTEST(latency.typical.count(), "typical");
    QTEST(latency.most.count(), "most");
    QTEST(latency.sigma, "sigma");
}

void TestRandomScript::marksWithinOutcomes_belongToThem()
{
    const auto random = parseRandomScript(u"429:'1|2, 3*~4'|500[x: a|b*2~'@1]*3");
    QVERIFY(random);
    QCOMPARE(random->steps.size(), std::size_t(1));
    QCOMPARE(random->steps[0].size(), std::size_t(2));
    QCOMPARE(random->steps[0][0].outcome.headers.joined("Retry-After").value_or(QByteArray()), QByteArray("1|2, 3*~4"));
    QCOMPARE(random->steps[0][1].outcome.headers.joined("x").value_or(QByteArray()), QByteArray("a|b*2~'@1"));
    QCOMPARE(random->steps[0][1].weight, 3.0);
}

void TestRandomScript::fault_isNamedWithItsPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::newRow("empty") << QString() << 0;
    QTest::newRow("empty alternative") << QStringLiteral("503|") << 4;
    QTest::newRow("unknown outcome") << QStringLiteral("503|nope") << 4;
    QTest::newRow("weight of none") << QStringLiteral("503*0|200") << 4;
    QTest::newRow("weight that is no number") << QStringLiteral("200,503*x") << 8;
    QTest::newRow("negative weight") << QStringLiteral("503*-1") << 4;
    QTest::newRow("infinite weight") << QStringLiteral("503*inf") << 4;
    QTest::newRow("latency that is no number") << QStringLiteral("503@a~3") << 4;
    QTest::newRow("nothing behind the wave") << QStringLiteral("503@3~") << 6;
    QTest::newRow("ends before it begins") << QStringLiteral("503@9~3") << 6;
    QTest::newRow("sigma without a median") << QStringLiteral("503@~3s") << 4;
}

void TestRandomScript::fault_isNamedWithItsPlace()
{
    QFETCH(QString, text);
    const auto random = parseRandomScript(text);
    QVERIFY(!random);
    QTEST(int(random.error().position), "position");
    QVERIFY(!random.error().message.isEmpty());
}

QTEST_APPLESS_MAIN(TestRandomScript)
#include "tst_randomscript.moc"
