// Bytes into a file that the user chooses.
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>

class QWidget;

namespace errata {

struct KeptBytes
{
    QByteArray bytes;
    std::shared_ptr<const void> storage; ///< what the bytes are a view of, if anything
};

/// Asks where to, without a nested event loop. \a tell gets one sentence: where they are, or why not; nothing where
/// the user changes their mind.
void saveAs(QWidget *parent, const KeptBytes &kept, const QString &suggestedName,
            const std::function<void(const QString &)> &tell);

} // namespace errata
