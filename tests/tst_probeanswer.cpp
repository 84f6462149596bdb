// The answer on the probe page: diagnosis first, then attempts, body, headers, timing.
#include "tests/support/probebench.h"
#include "views/probe/answertexts.h"
#include "views/timeline/timelinewidget.h"
#include "views/widgets/badge.h"

#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace errata;
using namespace errata::test;

class TestProbeAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answer_firstLineIsTheDiagnosis();
    void answer_tabs();
    void answer_bodyDigitsSurviveIndenting();
    void answer_withoutAnError();
    void answer_failureInPlainWords();
    void answer_truncatedIsShownBesideTheFailure();
    void answer_bigBodyIsShownWhole();
    void waiting_countsDown_andCanBeSkippedOrStopped();
    void plan_isDrawnBehindTheRun();
};

void TestProbeAnswer::answer_firstLineIsTheDiagnosis()
{
    Bench bench;
    bench.page.setRequest({"POST", "https://api.intended.so/intent", {}, {}});
    bench.page.send();
    bench.answer(rateLimited());
    QVERIFY(!bench.page.isSending());
    QVERIFY(bench.shows(QStringLiteral("RATE_LIMIT_EXCEEDED")));
    QVERIFY(bench.shows(QStringLiteral("72 bytes · 41 ms · HTTP/1.1 · 1 send")));
    QVERIFY(!bench.shows(QStringLiteral("No answer yet")));
}

void TestProbeAnswer::answer_tabs()
{
    Bench bench;
    bench.page.setRequest({"POST", "https://api.intended.so/intent", {{"X", "1"}}, "{}"});
    bench.page.send();
    SendResult result = rateLimited();
    result.redirects = {{307, "https://api.intended.so/intent", "https://eu.intended.so/intent", true}};
    bench.answer(result);
    auto *headers = bench.field<QTableView>("Response headers in order");
    QCOMPARE(headers->model()->rowCount(), 4);
    QCOMPARE(headers->model()->index(3, 1).data().toString(), QStringLiteral("b=2"));
    const QString sent = bench.field<QPlainTextEdit>("Request as sent")->toPlainText();
    QVERIFY(sent.startsWith(QStringLiteral("POST https://api.intended.so/intent\nHost: api.intended.so\n")));
    QVERIFY(sent.contains(QStringLiteral("credentials left out")));
    const auto rows = timingRows(result);
    QCOMPARE(rows.at(0), std::pair(QStringLiteral("First byte after"), QStringLiteral("38.2 ms")));
}

void TestProbeAnswer::answer_bodyDigitsSurviveIndenting()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/", {}, {}});
    bench.page.send();
    bench.answer(rateLimited());
    bench.page.answer()->showBodyTab();
    BodyView *body = bench.page.answer()->body();
    QVERIFY(shownBody(body).contains(QStringLiteral("    \"n\": 1.00\n")));
    body->setMode(BodyMode::Raw);
    QCOMPARE(shownBody(body).toUtf8(), rateLimited().response->body);
    QSignalSpy copy(&bench.page, &ProbePage::copyRequested);
    QTest::mouseClick(bench.button("Copy body"), Qt::LeftButton);
    QCOMPARE(copy.at(0).at(0).toString().toUtf8(), rateLimited().response->body);
}

void TestProbeAnswer::answer_withoutAnError()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/", {}, {}});
    bench.page.send();
    SendResult result = rateLimited();
    result.response = HttpResponse{200, "OK", "HTTP/1.1", {}, "fine"};
    bench.answer(result);
    QVERIFY(bench.shows(QStringLiteral("No error recognised in this answer.")));
    QCOMPARE(headlineOf(result, nullptr), QStringLiteral("OK"));
}

void TestProbeAnswer::answer_failureInPlainWords()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/", {}, {}});
    bench.page.send();
    SendResult result;
    result.failure = {NetworkError::Refused, QStringLiteral("Connection refused")};
    bench.answer(result);
    QVERIFY(bench.shows(QStringLiteral("No server answers on that port.")));
    QVERIFY(bench.shows(QStringLiteral("Connection refused")));
    QVERIFY(bench.shows(QStringLiteral("nothing to recognise")));
    // What it means and what helps, from the network catalog.
    QVERIFY(bench.shows(QStringLiteral("nothing listens on that port")));
    QVERIFY(bench.shows(QStringLiteral("Check the port in the URL")));
    QVERIFY(bench.shows(QStringLiteral("It can be sent again: nothing has happened yet.")));
    QStringList badges;
    for (const Badge *badge : bench.page.findChildren<Badge *>())
        badges << badge->text();
    QVERIFY(badges.contains(QStringLiteral("retry: after wait")));
    QVERIFY(badges.contains(QStringLiteral("send again: safe")));
}

void TestProbeAnswer::answer_truncatedIsShownBesideTheFailure()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/", {}, {}});
    bench.page.send();
    SendResult result = rateLimited();
    result.response->body.truncate(40);
    result.failure = {NetworkError::Closed, {}};
    bench.answer(result);
    QVERIFY(bench.shows(QStringLiteral("before the answer was whole")));
    QCOMPARE(shownBody(bench.page.answer()->body()).toUtf8(), result.response->body);
}

void TestProbeAnswer::answer_bigBodyIsShownWhole()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/", {}, {}});
    bench.page.send();
    SendResult result = rateLimited();
    QByteArray line(99, 'x');
    line += '\n';
    result.response->body = line.repeated(25'000);
    bench.answer(result);
    bench.page.answer()->showBodyTab();
    const BodyView *body = bench.page.answer()->body();
    QTRY_VERIFY(!body->isWorking());
    QCOMPARE(shownBody(body).toUtf8(), result.response->body);
    QVERIFY(bench.shows(QStringLiteral("2.5 MB · 25,000 lines")));
}

void TestProbeAnswer::waiting_countsDown_andCanBeSkippedOrStopped()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/", {}, {}});
    bench.page.send();
    RandomSource random = RandomSource::seeded(1);
    std::vector<Attempt> attempts =
        simulate(shippedPolicies().front(), *parseOutcomeScript(u"429:60"), random).attempts;
    attempts.resize(1);
    bench.page.setAttempts(attempts);
    bench.page.setWaiting(Millis(60'000));
    QVERIFY(bench.shows(QStringLiteral("Try 2 in ")));
    QVERIFY(bench.page.answer()->timeline()->content().now);
    QSignalSpy now(&bench.page, &ProbePage::sendNowRequested);
    QTest::mouseClick(bench.button("Send now"), Qt::LeftButton);
    QCOMPARE(now.count(), 1);
    QSignalSpy cancelled(&bench.page, &ProbePage::cancelRequested);
    QTest::mouseClick(bench.button("Stop"), Qt::LeftButton);
    QCOMPARE(cancelled.count(), 1);
    bench.page.setWaiting(std::nullopt);
    QVERIFY(!bench.button("Send now"));
    QVERIFY(!bench.page.answer()->timeline()->content().now);
}

void TestProbeAnswer::plan_isDrawnBehindTheRun()
{
    Bench bench;
    RandomSource random = RandomSource::seeded(1);
    const auto plan = simulate(shippedPolicies().front(), *parseOutcomeScript(u"503"), random).attempts;
    bench.page.setSending(plan);
    auto *timeline = bench.page.answer()->timeline();
    QVERIFY(timeline->isVisible());
    QCOMPARE(timeline->content().planned.size(), plan.size());
    bench.page.setAttempts({plan.front()});
    QCOMPARE(timeline->attemptCount(), 1);
    QCOMPARE(timeline->content().planned.size(), plan.size());
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    TestProbeAnswer test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_probeanswer.moc"
