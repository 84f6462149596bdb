// The scanners behind the redactor. Each looks at a stretch of a layer, masks what it finds and says where to go on.
#pragma once

#include "models/redact/layer.h"

namespace errata {

/// Anything: keys by prefix, "name=value", "name: value", URLs, JSON, XML, PEM, curl commands, base64.
void scanText(Layer &layer, const Span &region);

/// JSON from the '{' or '[' at the start of \a region on, as far as it goes: it may be cut off or broken. Gives the
/// place behind what was read, beyond the start always.
[[nodiscard]] qsizetype scanJson(Layer &layer, const Span &region);

/// At a '=' or a ':' within \a region: the name before it, the value after it. Gives the place to go on at.
[[nodiscard]] qsizetype scanEquals(Layer &layer, qsizetype at, const Span &region);
[[nodiscard]] qsizetype scanColon(Layer &layer, qsizetype at, const Span &region);
/// At "--": an option "--password VALUE".
[[nodiscard]] qsizetype scanOption(Layer &layer, qsizetype at, const Span &region);
/// At "Bearer " or "Basic " in any case: credentials outside a header.
[[nodiscard]] qsizetype scanScheme(Layer &layer, qsizetype at, const Span &region);
/// At '<': an element or a tag with a secret in it.
[[nodiscard]] qsizetype scanTag(Layer &layer, qsizetype at, const Span &region);
/// At "-----BEGIN ": a private key.
[[nodiscard]] qsizetype scanPem(Layer &layer, qsizetype at, const Span &region);
/// At '(': a user and a password given to a call: auth=('me', 'pw'), SetBasicAuth("me", "pw").
[[nodiscard]] qsizetype scanCall(Layer &layer, qsizetype at, const Span &region);
/// At a word that sentences tell secrets with: "my password is ...", and at "set": a setting NAME VALUE.
[[nodiscard]] qsizetype scanCue(Layer &layer, qsizetype at, const Span &region);

/// A program that takes secrets as options.
struct ShellCommand;
/// The program whose name and a blank \a text begins with; null for none.
[[nodiscard]] const ShellCommand *commandAt(QByteArrayView text);
/// Whether options may stand in all of the text behind the name; else to the end of the line.
[[nodiscard]] bool goesOverLines(const ShellCommand &command);
/// At a dash behind a command's name: an option with a secret. What its value is, is decided from here on alone, and
/// other scanners see the value by itself: whatever is masked, its ends stay where they are, and reading the redacted
/// text comes to the same words. Gives the place behind the value, \a at where there is none.
[[nodiscard]] qsizetype scanCommandOption(Layer &layer, qsizetype at, const Span &region, const ShellCommand &command);

void addCommandStarts(WordStarts &starts);
void addCueStarts(WordStarts &starts);

/// What a name before a value says, and how to call the place.
struct NamedPlace
{
    const NameClass &is;
    const char *kind = nullptr; ///< "header", "query", "JSON"
    QByteArrayView name;
};

/// Masks a value as its name says: all of it, its credentials, or its cookies. False when something there is left to
/// the other scanners: stand-ins and messages are no secrets by their name, and cookies have text between them.
bool maskNamed(Layer &layer, const Span &value, const NamedPlace &place);
/// The same for a value in another coding.
bool maskNamed(Layer &layer, const Span &raw, Coding coding, const NamedPlace &place);

/// Where a user and a password stand.
struct PairPlace
{
    const char *kind = nullptr;
    QByteArrayView name;
};

/// Masks the password, and the user where it is a key itself; other scanners see the rest of both.
void maskCredentialPair(Layer &layer, const Span &user, const Span &password, const PairPlace &place);

/// \a span without blanks and line ends at both ends.
[[nodiscard]] Span trimmed(QByteArrayView text, Span span);

} // namespace errata
