// What a line of a log says in words: the status, the request, how long it took, the body quoted in it.
#pragma once

#include "models/http/logreader.h"

#include <QByteArrayView>

namespace errata {

/// Finds the body, and where they are missing status, method, URL and duration, in the text of a whole record. Most
/// lines say none of them: each is looked for by a byte it cannot be without, and nothing is copied.
void searchText(QByteArrayView text, qsizetype offset, LogRecord &record);

} // namespace errata
