// A history in a folder of its own.
#pragma once

#include "models/store/database.h"
#include "models/store/historyquery.h"
#include "models/store/historyschema.h"
#include "models/store/historystore.h"
#include "tests/support/historyrecords.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace errata::test {

inline HistoryRecord unchanged(const HistoryRecord &record)
{
    return record;
}

struct StoreBench
{
    QTemporaryDir folder;
    QString file = folder.filePath(QStringLiteral("data/history.sqlite"));
    std::unique_ptr<HistoryStore> store;

    explicit StoreBench(HistoryRedaction redaction = unchanged) { open(std::move(redaction)); }

    QString open(HistoryRedaction redaction = unchanged)
    {
        store.reset();
        QString warning;
        auto opened = HistoryStore::open(file, std::move(redaction), &warning);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().text()));
        store = std::move(opened).value();
        return warning;
    }
    qint64 add(const HistoryRecord &record) const
    {
        const auto id = store->add(record);
        if (!id)
            qFatal("%s", qPrintable(id.error().text()));
        return *id;
    }
    QList<qint64> ids(const HistoryFilter &filter = {}, const HistoryPage &page = {}) const
    {
        QList<qint64> ids;
        for (const HistoryRow &row : store->rows(filter, page))
            ids << row.id;
        return ids;
    }
    /// What the file says, asked by another connection.
    QVariant raw(const QString &statement) const
    {
        const auto database = Database::open(file, {QStringLiteral("history"), historySteps()});
        return (*database)->value(statement);
    }
};

inline QByteArray noise(int size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator random(7 + size);
    for (char &byte : bytes)
        byte = static_cast<char>(random.generate());
    return bytes;
}

/// With a body of its own that does not shrink.
inline HistoryRecord largeRecord(int n)
{
    HistoryRecord record = goodRecord(n);
    record.result.response->body = noise(20000 + n);
    return record;
}

} // namespace errata::test
