// Inputs as people paste them, each with what must be found in it: tests/data/decode/cases.jsonl, one case a line.
// A finding is compared in the members its case names; "expect": [] means that nothing may be found.
#include "app/redactionrules.h"
#include "models/catalog/names.h"
#include "models/decode/decoder.h"
#include "models/json/jsondocument.h"
#include "models/redact/redactor.h"
#include "tests/support/shippedcatalogs.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace errata;
using namespace errata::test;

namespace {

QString verdictId(RetryVerdict verdict)
{
    return retryVerdictIds().value(static_cast<int>(verdict));
}

QString text(const std::optional<QString> &value)
{
    return value.value_or(QStringLiteral("null"));
}

QString text(const std::optional<int> &value)
{
    return value ? QString::number(*value) : QStringLiteral("null");
}

QString text(const std::optional<qint64> &value)
{
    return value ? QString::number(*value) : QStringLiteral("null");
}

QString idOf(const Finding &finding, const QString &name)
{
    for (const FoundId &id : finding.ids) {
        if (id.name == name)
            return id.value;
    }
    return {};
}

bool anyContradiction(const Finding &finding, const QString &words)
{
    return std::any_of(finding.contradictions.begin(), finding.contradictions.end(),
                       [&words](const Contradiction &contradiction) { return contradiction.text.contains(words); });
}

bool anyAlternative(const Finding &finding, const QString &code)
{
    return std::any_of(finding.alternatives.begin(), finding.alternatives.end(),
                       [&code](const Alternative &alternative) { return alternative.code == code; });
}

/// A member of a finding as text, as the cases write it.
QString actual(const Finding &finding, const QString &member, const QString &wanted)
{
    if (member == QLatin1String("api"))
        return text(finding.api);
    if (member == QLatin1String("code"))
        return text(finding.code);
    if (member == QLatin1String("convention"))
        return conventionId(finding.convention);
    if (member == QLatin1String("http_status"))
        return text(finding.httpStatus);
    if (member == QLatin1String("message"))
        return text(finding.message);
    if (member == QLatin1String("url"))
        return text(finding.url);
    if (member == QLatin1String("confidence"))
        return confidenceId(finding.confidence);
    if (member == QLatin1String("known"))
        return finding.known ? QStringLiteral("true") : QStringLiteral("false");
    if (member == QLatin1String("is_error"))
        return finding.isError ? QStringLiteral("true") : QStringLiteral("false");
    if (member == QLatin1String("verdict"))
        return verdictId(finding.retry.verdict);
    if (member == QLatin1String("after_ms"))
        return text(finding.retry.afterMs);
    if (member.startsWith(QLatin1String("id:")))
        return idOf(finding, member.mid(3));
    if (member == QLatin1String("contradiction"))
        return anyContradiction(finding, wanted) ? wanted : QStringLiteral("no contradiction with these words");
    if (member == QLatin1String("contradictions"))
        return QString::number(finding.contradictions.size());
    if (member == QLatin1String("alternative"))
        return anyAlternative(finding, wanted) ? wanted : QStringLiteral("no such alternative");
    return QStringLiteral("the test does not know this member");
}

QString written(const JsonValue &value)
{
    return value.isString() ? value.string() : QString::fromUtf8(value.raw());
}

QString summary(const Diagnosis &diagnosis)
{
    QStringList lines{
        QStringLiteral("%1, %2 findings").arg(inputKindId(diagnosis.kind)).arg(diagnosis.findings.size())};
    for (const Finding &finding : diagnosis.findings)
        lines << QStringLiteral("  %1 %2 %3 %4")
                     .arg(text(finding.api), text(finding.code), conventionId(finding.convention),
                          confidenceId(finding.confidence));
    return (lines + diagnosis.problems).join(QLatin1Char('\n'));
}

} // namespace

class DecodeCasesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/decode/cases.jsonl"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        while (!file.atEnd()) {
            const auto line = JsonDocument::parse(file.readLine());
            QVERIFY2(line.ok(), line.ok() ? "" : qPrintable(line.error().text()));
            m_cases.push_back(line.value());
        }
    }

    void thereAreCasesEnough()
    {
        const auto none = std::count_if(m_cases.begin(), m_cases.end(),
                                        [](const JsonDocument &own) { return own.root()["expect"].size() == 0; });
        QVERIFY(m_cases.size() - static_cast<std::size_t>(none) >= 400);
        QVERIFY(none >= 100);
    }

    void cases_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_cases.size(); ++i)
            QTest::newRow(qPrintable(m_cases[i].root()["name"].string())) << static_cast<int>(i);
    }

    void cases()
    {
        QFETCH(int, index);
        const JsonValue row = m_cases[static_cast<std::size_t>(index)].root();
        const Diagnosis diagnosis = decode(row);
        if (!row["kind"].isAbsent())
            QCOMPARE(inputKindId(diagnosis.kind), row["kind"].string());
        const std::vector<JsonValue> expected = row["expect"].children();
        QVERIFY2(diagnosis.findings.size() == expected.size(), qPrintable(summary(diagnosis)));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            for (const JsonValue &member : expected[i].children()) {
                const QString wanted = written(member);
                const QString found = actual(diagnosis.findings[i], member.key(), wanted);
                QVERIFY2(found == wanted, qPrintable(QStringLiteral("%1 is %2, expected %3\n%4")
                                                         .arg(member.key(), found, wanted, summary(diagnosis))));
            }
        }
    }

    /// Each place that is named holds what is said of it.
    void spans_lieInTheInput()
    {
        for (const JsonDocument &own : m_cases) {
            const QByteArray input = own.root()["input"].string().toUtf8();
            const Diagnosis diagnosis = decode(own.root());
            checkSpans(diagnosis, input);
            for (const Finding &finding : diagnosis.findings) {
                for (const FoundId &id : finding.ids) {
                    if (!id.where.isNull())
                        QCOMPARE(input.mid(id.where.start, id.where.length), id.value.toUtf8());
                }
            }
        }
    }

    /// What is masked must not be what the verdict rests on, and masking it again changes nothing.
    void redaction_changesNoVerdict()
    {
        Redactor redactor(redactionRules(shippedCatalogs()));
        for (const JsonDocument &own : m_cases) {
            const JsonValue row = own.root();
            const Diagnosis before = decode(row);
            const QByteArray once = redactor.redact(row["input"].string().toUtf8()).text;
            const Diagnosis after = decodeText(once, shippedCatalogs(), optionsOf(row));
            QCOMPARE(Redactor(redactionRules(shippedCatalogs()), "another salt").redact(once).text, once);
            QVERIFY2(summary(before) == summary(after), qPrintable(row["name"].string()));
        }
    }

    /// A beginning of an input is never surer than the whole, and never crashes.
    void beginnings_areNeverSurer()
    {
        for (const JsonDocument &own : m_cases) {
            const JsonValue row = own.root();
            const QByteArray input = row["input"].string().toUtf8();
            const Diagnosis whole = decode(row);
            const bool wasCertain =
                std::any_of(whole.findings.begin(), whole.findings.end(),
                            [](const Finding &finding) { return finding.confidence == Confidence::Certain; });
            const qsizetype step = std::max<qsizetype>(1, input.size() / 12);
            for (qsizetype size = step; size < input.size(); size += step) {
                const Diagnosis part = decodeText(input.first(size), shippedCatalogs(), optionsOf(row));
                checkSpans(part, input.first(size));
                for (const Finding &finding : part.findings)
                    QVERIFY2(wasCertain || finding.confidence != Confidence::Certain,
                             qPrintable(row["name"].string() + QLatin1Char('\n') + summary(part)));
            }
        }
    }

private:
    static DecodeOptions optionsOf(const JsonValue &row)
    {
        DecodeOptions options;
        options.now = QDateTime(QDate(2026, 11, 22), QTime(10, 0), Qt::UTC);
        options.api = row["api"].string();
        if (const auto status = row["status"].integer())
            options.status = static_cast<int>(*status);
        if (!row["as"].isAbsent())
            options.kind = inputKindFromId(row["as"].string());
        return options;
    }

    static Diagnosis decode(const JsonValue &row)
    {
        return decodeText(row["input"].string().toUtf8(), shippedCatalogs(), optionsOf(row));
    }

    static void checkSpans(const Diagnosis &diagnosis, const QByteArray &input)
    {
        for (const Finding &finding : diagnosis.findings) {
            for (const Evidence &evidence : finding.evidence)
                checkInside(evidence.where, input);
            for (const Contradiction &contradiction : finding.contradictions)
                checkInside(contradiction.where, input);
            for (const FoundId &id : finding.ids)
                checkInside(id.where, input);
        }
    }

    static void checkInside(Span span, const QByteArray &input)
    {
        if (!span.isNull())
            QVERIFY(span.length >= 0 && span.end() <= input.size());
    }

    std::vector<JsonDocument> m_cases;
};

QTEST_GUILESS_MAIN(DecodeCasesTest)
#include "tst_decodecases.moc"
