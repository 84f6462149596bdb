// Where a request is to be saved: its name, the collection, the folder within.
#pragma once

#include "models/http/collection.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace errata {

class SaveDialog : public QDialog
{
    Q_OBJECT

public:
    /// Of \a collections those that are folders are offered, \a current first.
    SaveDialog(const RequestDraft &draft, const std::vector<SavedCollection> &collections, int current,
               QWidget *parent = nullptr);

    /// With the name, the folder and what is said of it.
    [[nodiscard]] RequestDraft draft() const;
    /// Path of the collection; empty: another folder is wanted.
    [[nodiscard]] QString place() const;

private:
    void listFolders();
    void check();

    RequestDraft m_draft;
    std::vector<SavedCollection> m_collections;
    QLineEdit *m_name;
    QComboBox *m_places;
    QComboBox *m_folder;
    QPlainTextEdit *m_about;
    QLabel *m_note;
};

} // namespace errata
