// What the command line looks up by name after opening this library: nothing of QtNetwork is loaded before.
#include "models/net/qttransport.h"

#include <QByteArrayView>

/// A new engine, owned by the caller; null for a name that is not known.
extern "C" Q_DECL_EXPORT errata::Transport *errata_create_transport(const char *engine)
{
    return QByteArrayView(engine) == "qt" ? new errata::QtTransport : nullptr;
}
