// {placeholders} in a request: what has to be filled in before it can be sent.
#pragma once

#include "models/catalog/catalog.h"
#include "models/http/message.h"

#include <QHash>
#include <QStringList>

namespace errata {

/// Values by name; an empty one counts as missing.
using PlaceholderValues = QHash<QString, QString>;

/// A request whose text may hold "{name}", or "{basic:user:password}" for the Base64 of both values.
/// Braces in the body are placeholders only where their name is in \c bodyNames: JSON is full of braces.
struct RequestTemplate
{
    HttpRequest request;
    QStringList bodyNames;
};

/// The names to ask for, in order of appearance, each once.
[[nodiscard]] QStringList placeholdersOf(const RequestTemplate &request);

/// Filled in; values are percent-encoded in the URL. Names without a value stay as they are.
[[nodiscard]] HttpRequest filledRequest(const RequestTemplate &request, const PlaceholderValues &values);

/// The request a probe of \a catalog stands for: base URL, the first form of authentication, its headers, its body.
[[nodiscard]] RequestTemplate requestOf(const Probe &probe, const Catalog &catalog);

/// Values that are not to be read over a shoulder: keys, tokens, secrets, passwords.
[[nodiscard]] bool isSecretName(const QString &name);

} // namespace errata
