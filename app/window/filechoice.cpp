#include "app/window/filechoice.h"

#include <QFileDialog>

namespace errata {

namespace {

void open(QFileDialog *dialog, const WithPath &then)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog->parentWidget(), then);
    dialog->open();
}

} // namespace

void chooseFile(QWidget *parent, const QString &title, const QString &filter, const WithPath &then)
{
    auto *dialog = new QFileDialog(parent, title, {}, filter);
    dialog->setFileMode(QFileDialog::ExistingFile);
    open(dialog, then);
}

void chooseFolder(QWidget *parent, const QString &title, const WithPath &then)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    open(dialog, then);
}

} // namespace errata
