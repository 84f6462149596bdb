// Every attempt that was made, in SQLite.
#pragma once

#include "models/http/history.h"
#include "models/store/database.h"
#include "models/store/historyredaction.h"

#include <memory>
#include <optional>
#include <vector>

namespace errata {

/// A record as it was kept.
struct KeptRecord
{
    qint64 id = 0;
    HistoryRecord record;
    bool requestBodyGone = false; ///< dropped to save space
    bool responseBodyGone = false;
};

/// What was given up to save space, and how large the history was and is.
struct TrimReport
{
    int removedRows = 0; ///< those that had been removed already and could have been brought back
    int bodies = 0;
    qint64 bodyBytes = 0; ///< compressed
    int rows = 0;
    qint64 bytesBefore = 0;
    qint64 bytesAfter = 0;

    [[nodiscard]] bool isEmpty() const { return removedRows == 0 && bodies == 0 && rows == 0; }
};

/// One file, one row an attempt; what add() has returned an id for is on the disk. To be used in the thread that
/// opened it; several stores may have the file open, in this process and in others.
class HistoryStore final : public HistorySource
{
public:
    /// Opens or makes the file (see Database::open). Nothing is written that \a redaction has not been given. What
    /// was removed in an earlier session goes for good.
    [[nodiscard]] static Result<std::unique_ptr<HistoryStore>> open(const QString &file, HistoryRedaction redaction,
                                                                    QString *warning = nullptr);
    /// For reading beside a store that writes: the file is there and sound.
    [[nodiscard]] static Result<std::unique_ptr<HistoryStore>> openReader(const QString &file);
    ~HistoryStore() override;

    void setRedaction(HistoryRedaction redaction) { m_redaction = std::move(redaction); }

    /// The id, once the row is on the disk.
    [[nodiscard]] Result<qint64> add(const HistoryRecord &record);

    [[nodiscard]] std::vector<HistoryRow> rows(const HistoryFilter &filter, const HistoryPage &page) const override;
    [[nodiscard]] std::optional<HistoryRow> row(qint64 id) const override;
    [[nodiscard]] qint64 count(const HistoryFilter &filter) const override;
    /// All of one attempt: to be shown, or opened as a draft.
    [[nodiscard]] Result<KeptRecord> record(qint64 id) const;
    /// For exports, in the order of \a ids, numbered from 0; ids without a row are left out.
    [[nodiscard]] Result<std::vector<Exchange>> exchanges(const std::vector<qint64> &ids) const;
    /// Newest first, at most \a count, for "export what is shown".
    [[nodiscard]] std::vector<qint64> ids(const HistoryFilter &filter, int count) const;
    /// What there is to filter by, in order.
    [[nodiscard]] QStringList apis() const;
    [[nodiscard]] QStringList hosts() const;

    [[nodiscard]] std::optional<Error> setPinned(qint64 id, bool pinned);
    /// Hides the rows; purge() deletes them.
    [[nodiscard]] std::optional<Error> remove(const std::vector<qint64> &ids);
    [[nodiscard]] std::optional<Error> removeAll(bool pinnedToo);
    /// Takes the last removal back and gives the ids that are there again; none when there is none to take back.
    [[nodiscard]] Result<std::vector<qint64>> undoRemove();
    /// Deletes for good what was removed, out of the file's free pages and the search index too. How many.
    [[nodiscard]] Result<int> purge();

    /// Bytes in use, free pages not counted.
    [[nodiscard]] qint64 usedBytes() const;
    /// Does nothing while usedBytes() is at most \a cap; else makes it at most nine tenths of that. First goes what
    /// was removed already, then bodies of a page and more, least lately used first, then rows, oldest first. Pinned
    /// rows and their bodies stay, even beyond the cap.
    [[nodiscard]] Result<TrimReport> trim(qint64 cap);

private:
    HistoryStore(std::unique_ptr<Database> database, HistoryRedaction redaction);
    [[nodiscard]] Result<qint64> insert(const HistoryRecord &record);
    [[nodiscard]] QStringList distinct(const QString &name) const;
    [[nodiscard]] qint64 newestRemoval() const;

    std::unique_ptr<Database> m_database;
    HistoryRedaction m_redaction;
};

} // namespace errata
