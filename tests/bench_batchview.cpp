// The table of a long log: 200,000 exchanges, 5,000 of them failed. Times are of the window's thread.
#include "models/decode/batch.h"
#include "views/decode/batchview.h"
#include "views/decode/findingtable.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QTest>

using namespace errata;

namespace {

Diagnosis longLog()
{
    constexpr int lines = 200000;
    constexpr int every = 40;
    Diagnosis diagnosis;
    diagnosis.kind = InputKind::Log;
    diagnosis.exchanges = lines;
    diagnosis.lines.resize(lines);
    for (int i = 0; i < lines; ++i) {
        ExchangeLine &line = diagnosis.lines[static_cast<std::size_t>(i)];
        line.index = i;
        line.method = "GET";
        line.url = "https://api.example.com/v1/things/" + QByteArray::number(i) + "?page=2";
        line.status = i % every == 0 ? 503 : 200;
        line.startedMs = 1700000000000 + qint64(i) * 20;
        if (i % every != 0)
            continue;
        Finding finding;
        finding.exchange = i;
        finding.code = QStringLiteral("code_%1").arg(i % 7);
        finding.httpStatus = 503;
        finding.message = QStringLiteral("Thing %1 is not to be had now.").arg(i);
        finding.url = QString::fromUtf8(line.url);
        line.finding = static_cast<int>(diagnosis.findings.size());
        diagnosis.findings.push_back(finding);
    }
    return diagnosis;
}

} // namespace

class BenchBatchView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void digest()
    {
        const Diagnosis diagnosis = longLog();
        QBENCHMARK
        {
            const Digest made = digestOf(diagnosis);
            QVERIFY(made.failed > 0);
        }
    }

    void shown()
    {
        BatchView view;
        view.resize(660, 700);
        view.show();
        const auto made = std::make_shared<const Digest>(digestOf(longLog()));
        QBENCHMARK
        {
            view.setDigest(made);
            view.grab();
        }
    }

    void keyInTheFilter_data()
    {
        QTest::addColumn<bool>("all");
        QTest::newRow("failures") << false;
        QTest::newRow("all exchanges") << true;
    }

    void keyInTheFilter()
    {
        QFETCH(bool, all);
        BatchView view;
        view.resize(660, 700);
        view.show();
        view.setDigest(std::make_shared<const Digest>(digestOf(longLog())));
        view.setShowsAll(all);
        auto *filter = view.findChild<QLineEdit *>();
        int n = 0;
        QBENCHMARK
        {
            filter->setText(++n % 2 == 0 ? QStringLiteral("things/19") : QStringLiteral("things/1999"));
            view.grab();
        }
        QVERIFY(view.table()->shownRows() > 0);
    }
};

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setPalette(Theme::light().palette());
    BenchBatchView bench;
    return QTest::qExec(&bench, argc, argv);
}
#include "bench_batchview.moc"
