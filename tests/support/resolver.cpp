#include "tests/support/resolver.h"

#include <QtGlobal>

#include <condition_variable>
#include <mutex>
#include <string_view>

#include <dlfcn.h>
#include <netdb.h>

namespace errata {

namespace {

struct Gate
{
    std::mutex mutex;
    std::condition_variable opened;
    bool closed = false;
    int waiting = 0;
};

/// Left alone at the end: a lookup nobody waits for may outlive everything.
Gate &gate()
{
    static auto *theGate = new Gate;
    return *theGate;
}

void passGate()
{
    std::unique_lock lock(gate().mutex);
    ++gate().waiting;
    gate().opened.wait(lock, [] { return !gate().closed; });
    --gate().waiting;
}

} // namespace

void keepNamesHere()
{
    if (dlsym(RTLD_DEFAULT, "getaddrinfo") != reinterpret_cast<void *>(&::getaddrinfo))
        qFatal("names would be looked up outside");
}

StuckName::StuckName()
{
    const std::lock_guard lock(gate().mutex);
    gate().closed = true;
}

StuckName::~StuckName()
{
    const std::lock_guard lock(gate().mutex);
    gate().closed = false;
    gate().opened.notify_all();
}

int StuckName::lookups() const
{
    const std::lock_guard lock(gate().mutex);
    return gate().waiting;
}

} // namespace errata

// Under a name of its own: the parameters of the system's declaration have reserved ones.
extern "C" int testsLookUp(const char *__restrict name, const char *__restrict service,
                           const addrinfo *__restrict hints, addrinfo **__restrict result) __asm__("getaddrinfo");
extern "C" int testsLookUp(const char *__restrict name, const char *__restrict service,
                           const addrinfo *__restrict hints, addrinfo **__restrict result)
{
    using Function = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    const std::string_view host = name ? name : "";
    if (host.ends_with(".invalid"))
        return EAI_NONAME;
    if (host.starts_with("stuck"))
        errata::passGate();
    return real(host.ends_with(".test") ? "127.0.0.1" : name, service, hints, result);
}
