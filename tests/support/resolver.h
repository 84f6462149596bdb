// Names without a network: the test program's own getaddrinfo, which both engines end up in.
#pragma once

namespace errata {

/// Makes sure that the engines look names up here: called by whatever sends.
void keepNamesHere();

/// "NAME.test" is 127.0.0.1, "NAME.invalid" is unknown at once; nothing of both leaves the machine.
/// As long as one of these lives, "stuckNUMBER.test" is being looked up for ever.
class StuckName
{
public:
    StuckName();
    ~StuckName();
    StuckName(const StuckName &) = delete;
    StuckName &operator=(const StuckName &) = delete;

    /// How many lookups hang right now.
    [[nodiscard]] int lookups() const;
};

} // namespace errata
