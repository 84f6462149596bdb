// What is looked up by name after opening this library: nothing of libcurl is loaded before.
#include "models/net/curltransport.h"

/// A new engine, owned by the caller.
extern "C" Q_DECL_EXPORT errata::Transport *errata_create_curl_transport()
{
    return new errata::CurlTransport;
}
