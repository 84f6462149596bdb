#include "app/window/savingbytes.h"

#include <QFileDialog>
#include <QLocale>
#include <QSaveFile>

namespace errata {

void saveAs(QWidget *parent, const KeptBytes &kept, const QString &suggestedName,
            const std::function<void(const QString &)> &tell)
{
    auto *dialog = new QFileDialog(parent, QStringLiteral("Save"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(suggestedName);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [kept, tell](const QString &path) {
        QSaveFile file(path);
        const bool saved =
            file.open(QIODevice::WriteOnly) && file.write(kept.bytes) == kept.bytes.size() && file.commit();
        tell(saved ? QStringLiteral("saved: %1 bytes in %2")
                         .arg(QLocale(QLocale::English).toString(kept.bytes.size()), path)
                   : QStringLiteral("not saved: %1: %2").arg(path, file.errorString()));
    });
    dialog->open();
}

} // namespace errata
