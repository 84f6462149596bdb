// Environments and their variables, edited as a user edits them; secrets apart from what is saved.
#include "views/probe/environmenteditor.h"
#include "views/theme/erratastyle.h"

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

using namespace errata;

namespace {

std::vector<Environment> two()
{
    return {{QStringLiteral("staging"),
             {{QStringLiteral("host"), QStringLiteral("https://s.example"), false}, {QStringLiteral("key"), {}, true}},
             false},
            {QStringLiteral("production"), {}, true}};
}

SecretValues secrets()
{
    return {{QStringLiteral("staging"), {{QStringLiteral("key"), QStringLiteral("k1")}}}};
}

struct EnvironmentBench
{
    EnvironmentEditor editor{two(), secrets(), QStringLiteral("staging"), QStringLiteral("in memory only")};
    QListWidget *list = editor.findChild<QListWidget *>();
    QTableWidget *table = editor.findChild<QTableWidget *>();

    EnvironmentBench() { editor.show(); }

    void press(const char *text) const
    {
        for (auto *button : editor.findChildren<QPushButton *>()) {
            if (button->text() == QLatin1String(text))
                return QTest::mouseClick(button, Qt::LeftButton);
        }
        qFatal("no button %s", text);
    }
};

} // namespace

class TestEnvironmentEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unchanged_givesTheSame();
    void secret_isKeptApart_andDrawnAsDots();
    void variable_isAdded_andMarkedSecret();
    void environment_isAdded_renamed_andRemoved();
    void renamedEnvironment_keepsItsSecrets();
    void cancelled_changesNothing();
};

void TestEnvironmentEditor::unchanged_givesTheSame()
{
    EnvironmentBench bench;
    bench.list->setCurrentRow(1);
    bench.list->setCurrentRow(0);
    bench.press("OK");
    QCOMPARE(bench.editor.environments(), two());
    QCOMPARE(bench.editor.secrets(), secrets());
}

void TestEnvironmentEditor::secret_isKeptApart_andDrawnAsDots()
{
    EnvironmentBench bench;
    bench.table->item(1, 1)->setText(QStringLiteral("k2"));
    bench.table->editItem(bench.table->item(1, 1));
    const auto *edit = bench.table->findChild<QLineEdit *>();
    QVERIFY(edit);
    QCOMPARE(edit->echoMode(), QLineEdit::Password);
    bench.press("OK");
    QCOMPARE(bench.editor.environments().at(0).variables.at(1).value, QString());
    QCOMPARE(bench.editor.secrets().value(QStringLiteral("staging")).value(QStringLiteral("key")),
             QStringLiteral("k2"));
}

void TestEnvironmentEditor::variable_isAdded_andMarkedSecret()
{
    EnvironmentBench bench;
    bench.press("Add variable");
    bench.table->item(2, 0)->setText(QStringLiteral(" token "));
    bench.table->item(2, 1)->setText(QStringLiteral("t"));
    bench.table->item(2, 2)->setCheckState(Qt::Checked);
    bench.press("Add variable"); // left empty: no variable
    bench.press("OK");
    const Environment staging = bench.editor.environments().at(0);
    QCOMPARE(staging.variables.size(), 3u);
    QCOMPARE(staging.variables.at(2), (EnvironmentVariable{QStringLiteral("token"), {}, true}));
    QCOMPARE(bench.editor.secrets().value(QStringLiteral("staging")).value(QStringLiteral("token")),
             QStringLiteral("t"));
}

void TestEnvironmentEditor::environment_isAdded_renamed_andRemoved()
{
    EnvironmentBench bench;
    bench.press("Add");
    QCOMPARE(bench.list->count(), 3);
    auto *name = bench.editor.findChild<QLineEdit *>();
    QVERIFY(bench.list->item(2)->text() != QStringLiteral("staging"));
    QTest::keyClicks(name, QStringLiteral("qa"));
    QCOMPARE(bench.list->item(2)->text(), QStringLiteral("qa"));
    bench.list->setCurrentRow(1);
    bench.press("Remove");
    bench.press("OK");
    QCOMPARE(bench.editor.environments().size(), 2u);
    QCOMPARE(bench.editor.environments().at(1).name, QStringLiteral("qa"));
}

void TestEnvironmentEditor::renamedEnvironment_keepsItsSecrets()
{
    EnvironmentBench bench;
    auto *name = bench.editor.findChild<QLineEdit *>();
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("eu"));
    bench.press("OK");
    QCOMPARE(bench.editor.environments().at(0).name, QStringLiteral("eu"));
    QCOMPARE(bench.editor.secrets().value(QStringLiteral("eu")).value(QStringLiteral("key")), QStringLiteral("k1"));
    QVERIFY(!bench.editor.secrets().contains(QStringLiteral("staging")));
}

void TestEnvironmentEditor::cancelled_changesNothing()
{
    EnvironmentBench bench;
    QSignalSpy accepted(&bench.editor, &QDialog::accepted);
    bench.table->item(0, 1)->setText(QStringLiteral("other"));
    QTest::keyClick(&bench.editor, Qt::Key_Escape);
    QCOMPARE(accepted.count(), 0);
    QVERIFY(!bench.editor.isVisible());
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setStyle(new ErrataStyle(ThemeChoice::Light));
    TestEnvironmentEditor test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_environmenteditor.moc"
