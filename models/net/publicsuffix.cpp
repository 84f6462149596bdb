#include "models/net/publicsuffix.h"

#include <libpsl.h>

namespace errata {

bool isPublicSuffix(const QByteArray &domain)
{
    const psl_ctx_t *const list = psl_builtin(); // none where libpsl was built without
    return list && psl_is_public_suffix(list, domain.constData()) == 1;
}

} // namespace errata
