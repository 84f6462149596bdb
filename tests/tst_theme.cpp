#include "views/texts/texts.h"
#include "views/theme/erratastyle.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace errata;

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextIsReadable_data()
    {
        QTest::addColumn<QColor>("ink");
        QTest::addColumn<QColor>("ground");
        for (const Theme *t : {&Theme::light(), &Theme::dark()}) {
            const char *name = t->isDark ? "dark" : "light";
            const std::pair<const char *, QColor> grounds[] = {
                {"window", t->window}, {"surface", t->surface}, {"raised", t->raised}, {"selection", t->accentSoft}};
            for (const auto &[where, ground] : grounds) {
                QTest::addRow("%s text on %s", name, where) << t->text << ground;
                QTest::addRow("%s muted on %s", name, where) << t->muted << ground;
                QTest::addRow("%s key on %s", name, where) << t->syntax.key << ground;
                QTest::addRow("%s string on %s", name, where) << t->syntax.string << ground;
                QTest::addRow("%s number on %s", name, where) << t->syntax.number << ground;
                QTest::addRow("%s word on %s", name, where) << t->syntax.word << ground;
            }
            const std::pair<const char *, Tone> tones[] = {{"yes", t->yes},
                                                           {"wait", t->wait},
                                                           {"no", t->no},
                                                           {"unstated", t->unstated},
                                                           {"note", t->note},
                                                           {"primary", Tone{t->onAccent, t->accent}},
                                                           {"match", Tone{t->text, t->wait.ground}}};
            for (const auto &[what, tone] : tones)
                QTest::addRow("%s %s", name, what) << tone.ink << tone.ground;
            for (const char *api : {"intuned", "nullspace", "authpi", "intended", "a", "b", "c", "d", "e", "f", "gg"})
                QTest::addRow("%s api %s", name, api) << t->api(QString::fromLatin1(api)) << t->window;
            QTest::addRow("%s link", name) << t->accent << t->window;
        }
    }

    void everyTextIsReadable()
    {
        QFETCH(QColor, ink);
        QFETCH(QColor, ground);
        QVERIFY2(contrast(ink, ground) >= 4.5, qPrintable(QString::number(contrast(ink, ground))));
    }

    void contrast_knowsItsEnds()
    {
        QCOMPARE(qRound(contrast(Qt::black, Qt::white)), 21);
        QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
    }

    void unknownApi_getsTheSameColourEachTime()
    {
        const QColor first = Theme::light().api(u"fifth");
        QCOMPARE(Theme::light().api(u"fifth"), first);
        QVERIFY(first != Theme::light().api(u"intuned"));
    }

    void ofPalette_isTheThemeThePaletteWasMadeFrom()
    {
        QVERIFY(Theme::of(Theme::dark().palette()).isDark);
        QVERIFY(!Theme::of(Theme::light().palette()).isDark);
    }

    void choice_recoloursTheRunningApplication()
    {
        auto *style = new ErrataStyle(ThemeChoice::Light);
        QApplication::setStyle(style);
        QLabel label(QStringLiteral("x"));
        label.show();
        QCOMPARE(label.palette().color(QPalette::Window), Theme::light().window);
        style->setChoice(ThemeChoice::Dark);
        QTRY_COMPARE(label.palette().color(QPalette::Window), Theme::dark().window);
        style->setChoice(ThemeChoice::Light);
        QTRY_COMPARE(label.palette().color(QPalette::Window), Theme::light().window);
    }

    void primaryButton_isFilledWithTheAccent()
    {
        QApplication::setStyle(new ErrataStyle(ThemeChoice::Light));
        QPushButton button(QStringLiteral("Go"));
        button.setProperty(PrimaryProperty, true);
        button.resize(button.sizeHint());
        const QImage image = button.grab().toImage();
        QCOMPARE(image.pixelColor(image.width() / 2, 3), Theme::light().accent);
    }

    void durationsReadAsPeopleSayThem_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("0") << qint64(0) << QStringLiteral("0 ms");
        QTest::newRow("999") << qint64(999) << QStringLiteral("999 ms");
        QTest::newRow("1 s") << qint64(1000) << QStringLiteral("1 s");
        QTest::newRow("1.5 s") << qint64(1500) << QStringLiteral("1.5 s");
        QTest::newRow("59.999 s") << qint64(59'999) << QStringLiteral("59.999 s");
        QTest::newRow("1 min") << qint64(60'000) << QStringLiteral("1 min");
        QTest::newRow("2 min 5 s") << qint64(125'000) << QStringLiteral("2 min 5 s");
        QTest::newRow("1 h 1 min") << qint64(3'660'000) << QStringLiteral("1 h 1 min");
    }

    void durationsReadAsPeopleSayThem()
    {
        QFETCH(qint64, milliseconds);
        QTEST(texts::duration(milliseconds), "text");
    }

    void pointersReadAsPaths()
    {
        QCOMPARE(texts::pointer(QStringLiteral("/error/request_id")), QStringLiteral("error.request_id"));
        QCOMPARE(texts::pointer(QStringLiteral("/a~1b/0")), QStringLiteral("a/b.0"));
        QCOMPARE(texts::pointer({}), QStringLiteral("the body itself"));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
