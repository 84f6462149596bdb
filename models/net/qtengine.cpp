// What is looked up by name after opening this library: nothing of QtNetwork is loaded before.
#include "models/net/qttransport.h"

/// A new engine, owned by the caller.
extern "C" Q_DECL_EXPORT errata::Transport *errata_create_qt_transport()
{
    return new errata::QtTransport;
}
