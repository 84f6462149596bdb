#include "views/probe/savedialog.h"

#include "models/http/httpfile.h"
#include "models/items/collectionmodel.h"
#include "views/theme/theme.h"
#include "views/widgets/labels.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace errata {

namespace {

QStringList folderOf(const QString &text)
{
    QStringList names;
    const QStringList parts = text.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        if (!part.trimmed().isEmpty())
            names << part.trimmed();
    }
    return names;
}

} // namespace

SaveDialog::SaveDialog(const RequestDraft &draft, const std::vector<SavedCollection> &collections, int current,
                       QWidget *parent)
    : QDialog(parent)
    , m_draft(draft)
    , m_collections(collections)
    , m_name(new QLineEdit(titleOf(draft), this))
    , m_places(new QComboBox(this))
    , m_folder(new QComboBox(this))
    , m_about(new QPlainTextEdit(draft.about, this))
    , m_note(mutedText({}, this))
{
    setWindowTitle(tr("Save request"));
    resize(460, 320);
    auto *column = new QVBoxLayout(this);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Collection"), m_places);
    form->addRow(tr("&Folder"), m_folder);
    form->addRow(tr("&About"), m_about);
    column->addLayout(form, 1);
    column->addWidget(m_note);
    m_name->setAccessibleName(tr("Name of the request"));
    m_places->setAccessibleName(tr("Collection"));
    m_folder->setAccessibleName(tr("Folder within the collection"));
    m_folder->setEditable(true);
    m_folder->lineEdit()->setPlaceholderText(tr("none, or e.g. auth/tokens"));
    m_about->setAccessibleName(tr("About the request"));
    m_about->setTabChangesFocus(true);
    for (int i = 0; i < int(m_collections.size()); ++i) {
        if (m_collections[std::size_t(i)].isFolder)
            m_places->addItem(m_collections[std::size_t(i)].name, i);
    }
    m_places->addItem(tr("Another folder…"), -1);
    m_places->setCurrentIndex(std::max(0, m_places->findData(current)));
    auto *box = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    column->addWidget(box);
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_places, &QComboBox::currentIndexChanged, this, &SaveDialog::listFolders);
    connect(m_folder, &QComboBox::currentTextChanged, this, &SaveDialog::check);
    listFolders();
    m_name->selectAll();
    m_name->setFocus();
}

void SaveDialog::listFolders()
{
    const QString typed = m_folder->count() == 0 ? m_draft.folder.join(QLatin1Char('/')) : m_folder->currentText();
    QStringList folders{{}};
    const int number = m_places->currentData().toInt();
    if (number >= 0) {
        for (const SavedRequest &request : m_collections[std::size_t(number)].requests) {
            const QString folder = request.draft.folder.join(QLatin1Char('/'));
            if (!folders.contains(folder))
                folders << folder;
        }
    }
    m_folder->clear();
    m_folder->addItems(folders);
    m_folder->setEditText(typed);
    check();
}

void SaveDialog::check()
{
    m_note->setText(tr("It is written to %1. Secrets are not: put them into an environment, and write {{name}}.")
                        .arg(httpFileOf(folderOf(m_folder->currentText()))));
}

RequestDraft SaveDialog::draft() const
{
    RequestDraft draft = m_draft;
    draft.name = m_name->text().simplified();
    draft.folder = folderOf(m_folder->currentText());
    draft.about = m_about->toPlainText().trimmed();
    return draft;
}

QString SaveDialog::place() const
{
    const int number = m_places->currentData().toInt();
    return number < 0 ? QString() : m_collections[std::size_t(number)].place;
}

} // namespace errata
