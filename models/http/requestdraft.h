// A request as a person writes it: with variables, rows switched off, authentication by its form.
#pragma once

#include "models/base/result.h"
#include "models/http/message.h"
#include "models/http/sendsettings.h"
#include "models/http/variables.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace errata {

/// A row of a table: bytes as typed, variables and all.
struct DraftField
{
    QByteArray name;
    QByteArray value;
    bool enabled = true;
    friend bool operator==(const DraftField &, const DraftField &) = default;
};

struct AuthDraft
{
    enum class Kind {
        None,
        Bearer, ///< "Authorization: Bearer TOKEN"
        Basic,  ///< RFC 7617, UTF-8
        ApiKey, ///< a field of the head, or a parameter of the URL
    };
    Kind kind = Kind::None;
    QByteArray name;   ///< ApiKey: of the field or parameter
    QByteArray secret; ///< token, key or password
    QByteArray user;
    bool inQuery = false; ///< ApiKey
    friend bool operator==(const AuthDraft &, const AuthDraft &) = default;
};

struct FormField
{
    QByteArray name;
    QByteArray value; ///< or the file's path
    bool enabled = true;
    bool isFile = false;         ///< multipart only
    QByteArray contentType = {}; ///< multipart only; empty: none for texts, application/octet-stream for files
    friend bool operator==(const FormField &, const FormField &) = default;
};

struct BodyDraft
{
    enum class Kind { None, Text, Form, Multipart, File };
    Kind kind = Kind::None;
    QByteArray text;
    QByteArray contentType;        ///< of Text and File, where no header says one
    std::vector<FormField> fields; ///< of Form and Multipart
    QString file;
    friend bool operator==(const BodyDraft &, const BodyDraft &) = default;
};

struct RequestDraft
{
    QString name;
    QStringList folder; ///< within its collection, outermost first
    QString about;
    QByteArray method = "GET";
    QByteArray url;                           ///< with its parameters
    std::vector<DraftField> parkedParameters; ///< switched off: in no URL
    std::vector<DraftField> headers;
    AuthDraft auth;
    BodyDraft body;
    std::optional<QString> policy; ///< id of a retry policy
    SendSettings settings = {};
    friend bool operator==(const RequestDraft &, const RequestDraft &) = default;
};

/// Reads a file a draft names; the error says why not.
using FileReader = std::function<Result<QByteArray>(const QString &path)>;

/// What goes onto the wire: variables filled in, rows left out that are off, authentication and content type added
/// where no header of the draft's own says them. The error names the variables without a value, or the file.
[[nodiscard]] Result<HttpRequest> resolvedRequest(const RequestDraft &draft, const Variables &variables,
                                                  const FileReader &readFile);

/// The same for how it is sent: addresses, files and passwords with their variables filled in.
[[nodiscard]] Result<SendSettings> resolvedSettings(const SendSettings &settings, const Variables &variables);

/// As it stands, braces and all: for "copy with variables".
[[nodiscard]] HttpRequest literalRequest(const RequestDraft &draft);

/// Bearer, Basic and form bodies are recognised; what is not stays headers and text.
[[nodiscard]] RequestDraft draftOf(const HttpRequest &request);

/// Whether its body comes from files.
[[nodiscard]] bool sendsFiles(const RequestDraft &draft);

/// The names of all variables used in what is switched on, in order of appearance, each once.
[[nodiscard]] QStringList variablesOf(const RequestDraft &draft);

} // namespace errata
