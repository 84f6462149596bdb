// Collections in the window: opened, read again when their files change, written to one request at a time.
#pragma once

#include "app/window/settings.h"
#include "models/base/latestjob.h"
#include "models/base/result.h"
#include "models/items/collectionmodel.h"
#include "models/redact/redaction.h"
#include "models/store/requestfolder.h"

#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace errata {

class ProbePage;
class SaveDialog;

class Collections : public QObject
{
    Q_OBJECT

public:
    /// \a page is its parent. What was open last time is opened again. \a home is the folder to save in where none
    /// is open; it is made when it is needed.
    Collections(ProbePage *page, Settings settings, RedactionRules rules, const QString &home);

    void setRedactionRules(RedactionRules rules) { m_rules = std::move(rules); }
    /// A folder of .http files, or a file in any of the formats `errata convert` reads. A file is read off the window's
    /// thread, and stands in the list from the start: closing it there gives it up.
    void open(const QString &place);
    [[nodiscard]] const CollectionModel &model() const { return m_model; }
    [[nodiscard]] bool isReading() const { return m_reading.isRunning(); }

private:
    /// What reading files gave, by their paths.
    using Readings = QHash<QString, Result<SavedCollection>>;

    void connectPage();
    void close(int number);
    /// All again; files in a while.
    void read();
    void readFiles();
    void filesRead(const Readings &readings);
    /// Folders as they are now, files as they were read.
    void show();
    [[nodiscard]] SavedCollection shown(const QString &place) const;
    void watch();
    void save(bool elsewhere);
    void saveFrom(const SaveDialog &dialog);
    void saveTo(const QString &place, const RequestDraft &draft);
    void remove(const SavedRequest &request);
    void undo();
    [[nodiscard]] RequestDraft masked(const RequestDraft &draft, int *count) const;
    void written(const QString &place, const FileChange &change, const RequestDraft &draft, int maskedCount);
    void tell(const Error &error);

    ProbePage *m_page;
    Settings m_settings;
    RedactionRules m_rules;
    QString m_home;
    QStringList m_places;
    Readings m_files;       ///< as far as they have been read
    QStringList m_newFiles; ///< opened by hand and not read yet: a fault in them is told
    LatestJob<Readings> m_reading;
    CollectionModel m_model;
    std::vector<FileChange> m_changes; ///< to be taken back, the last one first
    QFileSystemWatcher m_watcher;
    QTimer m_pause;
};

} // namespace errata
