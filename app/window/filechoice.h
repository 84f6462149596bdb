// Files and folders that the user chooses, without a nested event loop.
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace errata {

/// \a then gets the path; it is not called where the user changes their mind.
using WithPath = std::function<void(const QString &path)>;

/// An existing file. \a filter as QFileDialog's, e.g. "Requests (*.http);;All files (*)"; empty: any.
void chooseFile(QWidget *parent, const QString &title, const QString &filter, const WithPath &then);
/// An existing folder; the dialog can make one.
void chooseFolder(QWidget *parent, const QString &title, const WithPath &then);

} // namespace errata
