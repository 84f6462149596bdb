// {{name}}: found, filled in, nested, going round in circles.
#include "models/http/variables.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTest>
#include <QUuid>

using namespace errata;

class VariablesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void uses_data();
    void uses();
    void filling_data();
    void filling();
    void depthSixteen_isFilled_seventeenStays();
    void aBombOfVariables_endsAndIsNamed();
    void madeValues_areAnewForEachUse();
    void aGivenValue_winsOverAMadeOne();
};

void VariablesTest::uses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("found"); // the uses with their braces, joined by '|'
    const auto row = [](const char *text, const char *found) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(found);
    };
    row("", "");
    row("plain {text}", "");
    row("{{a}}", "{{a}}");
    row("x{{ a }}y{{b.c-d_1}}z", "{{ a }}|{{b.c-d_1}}");
    row("{{{a}}}", "{{a}}");
    row("{{a}}{{a}}", "{{a}}|{{a}}");
    row("{{$uuid}}", "{{$uuid}}");
    row("{{$}}", "");
    row("{{a$b}}", "");
    row("{{}} {{ }} {{a b}} {{a", "");
    row("{{a}", "");
    row("{{\na}}", "");
    row("{\"a\":{\"b\":{{n}}}}", "{{n}}");
    row("{{#each x}}{{x}}", "{{x}}");
}

void VariablesTest::uses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, found);
    QByteArray joined;
    for (const VariableUse &use : variablesIn(text))
        joined += (joined.isEmpty() ? "" : "|") + text.mid(use.where.start, use.where.length);
    QCOMPARE(joined, found);
}

void VariablesTest::filling_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("filled");
    QTest::addColumn<QStringList>("unresolved");
    const auto row = [](const char *text, const char *filled, const QStringList &unresolved = {}) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(filled) << unresolved;
    };
    row("{{host}}/x", "a.example/x");
    row("{{ host }}{{host}}", "a.examplea.example");
    row("{{url}}", "https://a.example/v1");
    row("{{none}}", "{{none}}", {QStringLiteral("none")});
    row("{{none}} {{ none }} {{host}} {{other}}", "{{none}} {{ none }} a.example {{other}}",
        {QStringLiteral("none"), QStringLiteral("other")});
    row("{{empty}}|", "|");
    row("{{self}}", "x{{self}}", {QStringLiteral("self")});
    row("{{ping}}", "{{ping}}", {QStringLiteral("ping")});
    row("{{half}}", "a.example-{{none}}", {QStringLiteral("none")});
    row("{{utf}}", "\xC3\xA4");
    row("{{Host}}", "{{Host}}", {QStringLiteral("Host")});
    row("\xFF{{host}}\xFE", "\xFF"
                            "a.example\xFE");
}

void VariablesTest::filling()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, filled);
    QFETCH(QStringList, unresolved);
    const Variables variables{{QStringLiteral("host"), QStringLiteral("a.example")},
                              {QStringLiteral("url"), QStringLiteral("https://{{host}}/v1")},
                              {QStringLiteral("empty"), QString()},
                              {QStringLiteral("self"), QStringLiteral("x{{self}}")},
                              {QStringLiteral("ping"), QStringLiteral("{{pong}}")},
                              {QStringLiteral("pong"), QStringLiteral("{{ping}}")},
                              {QStringLiteral("half"), QStringLiteral("{{host}}-{{none}}")},
                              {QStringLiteral("utf"), QString(QChar(0xE4))}};
    const Substitution result = substituted(text, variables);
    QCOMPARE(result.text, filled);
    QCOMPARE(result.unresolved, unresolved);
}

void VariablesTest::depthSixteen_isFilled_seventeenStays()
{
    const auto chain = [](int length) {
        Variables variables;
        for (int i = 1; i < length; ++i)
            variables.insert(QStringLiteral("v%1").arg(i), QStringLiteral("{{v%1}}").arg(i + 1));
        variables.insert(QStringLiteral("v%1").arg(length), QStringLiteral("end"));
        return substituted("{{v1}}", variables);
    };
    QCOMPARE(chain(16).text, QByteArray("end"));
    QCOMPARE(chain(17).text, QByteArray("{{v17}}"));
    QCOMPARE(chain(17).unresolved, QStringList(QStringLiteral("v17")));
}

void VariablesTest::aBombOfVariables_endsAndIsNamed()
{
    Variables variables;
    for (int i = 0; i < 15; ++i)
        variables.insert(QStringLiteral("v%1").arg(i), QStringLiteral("{{v%1}}").arg(i + 1).repeated(10));
    variables.insert(QStringLiteral("v15"), QString());
    const Substitution result = substituted("{{v0}}", variables);
    QVERIFY(!result.unresolved.isEmpty());
    QVERIFY(result.text.size() < 10000000);
}

void VariablesTest::madeValues_areAnewForEachUse()
{
    const Substitution two = substituted("{{$uuid}} {{$uuid}}", {});
    const QList<QByteArray> uuids = two.text.split(' ');
    QCOMPARE(uuids.size(), 2);
    QVERIFY(uuids[0] != uuids[1]);
    QVERIFY(!QUuid::fromString(QString::fromLatin1(uuids[0])).isNull());

    const qint64 before = QDateTime::currentSecsSinceEpoch();
    const qint64 stamp = substituted("{{$timestamp}}", {}).text.toLongLong();
    QVERIFY(stamp >= before && stamp <= QDateTime::currentSecsSinceEpoch());

    const QString time = QString::fromLatin1(substituted("{{$isoTime}}", {}).text);
    static const QRegularExpression iso(QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"));
    QVERIFY2(iso.match(time).hasMatch(), qPrintable(time));
    QCOMPARE(substituted("{{$guess}}", {}).unresolved, QStringList(QStringLiteral("$guess")));
}

void VariablesTest::aGivenValue_winsOverAMadeOne()
{
    QCOMPARE(substituted("{{$uuid}}", {{QStringLiteral("$uuid"), QStringLiteral("fixed")}}).text, QByteArray("fixed"));
}

QTEST_APPLESS_MAIN(VariablesTest)
#include "tst_variables.moc"
