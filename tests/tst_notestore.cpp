// Own notes and pins outlive the program; a damaged file is kept.
#include "models/store/notestore.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace errata;

class NoteStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void notesAndPins_areThereAfterReopening()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("data/notes.sqlite"));
        {
            auto store = NoteStore::open(file);
            QVERIFY(store.ok());
            QVERIFY(!(*store)->setText(QStringLiteral("a:b"), QStringLiteral("ask Ü \U0001F600 first\nthen wait")));
            QVERIFY(!(*store)->setPinned(QStringLiteral("a:b"), true));
            QVERIFY(!(*store)->setPinned(QStringLiteral("a:c"), true));
        }
        auto store = NoteStore::open(file);
        QVERIFY(store.ok());
        QCOMPARE((*store)->note(QStringLiteral("a:b")),
                 (OwnNote{QStringLiteral("ask Ü \U0001F600 first\nthen wait"), true}));
        QCOMPARE((*store)->all().size(), 2);
    }

    void anEmptyNoteWithoutPin_leavesNoRow()
    {
        const QTemporaryDir folder;
        auto store = NoteStore::open(folder.filePath(QStringLiteral("n.sqlite")));
        QVERIFY(!(*store)->setText(QStringLiteral("a:b"), QStringLiteral("x")));
        QVERIFY(!(*store)->setText(QStringLiteral("a:b"), QString()));
        QVERIFY((*store)->all().isEmpty());
    }

    void aDamagedFile_isSetAsideAndSaid()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("n.sqlite"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
        file.close();
        QString warning;
        auto store = NoteStore::open(path, &warning);
        QVERIFY(store.ok());
        QVERIFY(warning.contains(QStringLiteral("damaged")));
        QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("n.sqlite.damaged-*")}).size(), 1);
        QVERIFY(!(*store)->setText(QStringLiteral("a:b"), QStringLiteral("works")));
    }

    void aFolderThatCannotBeMade_isNamed()
    {
        const auto store = NoteStore::open(QStringLiteral("/proc/nowhere/n.sqlite"));
        QVERIFY(!store.ok());
        QVERIFY(store.error().text().contains(QStringLiteral("/proc/nowhere/n.sqlite")));
    }

    void twoStores_doNotDisturbEachOther()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("n.sqlite"));
        auto first = NoteStore::open(file);
        auto second = NoteStore::open(file);
        QVERIFY(!(*first)->setText(QStringLiteral("a:b"), QStringLiteral("one")));
        QCOMPARE((*second)->note(QStringLiteral("a:b")).text, QStringLiteral("one"));
    }
};

QTEST_GUILESS_MAIN(NoteStoreTest)
#include "tst_notestore.moc"
