// The languages a policy is written in: each file languages/NAME.cpp holds its syntax and its frame.
#pragma once

#include "models/retry/code/dialect.h"

namespace errata::code {

[[nodiscard]] const Language &typeScript();
[[nodiscard]] const Language &python();
[[nodiscard]] const Language &go();
[[nodiscard]] const Language &java();
[[nodiscard]] const Language &cSharp();
[[nodiscard]] const Language &cpp();
[[nodiscard]] const Language &rust();

[[nodiscard]] QByteArray typeScriptProgram(const RetryPolicy &policy);
[[nodiscard]] QByteArray pythonProgram(const RetryPolicy &policy);
[[nodiscard]] QByteArray tenacityProgram(const RetryPolicy &policy);
[[nodiscard]] QByteArray goProgram(const RetryPolicy &policy);
[[nodiscard]] QByteArray javaProgram(const RetryPolicy &policy);
[[nodiscard]] QByteArray cSharpProgram(const RetryPolicy &policy);
[[nodiscard]] QByteArray cppProgram(const RetryPolicy &policy);
[[nodiscard]] QByteArray rustProgram(const RetryPolicy &policy);

/// The flags of curl 7.88 that come nearest, as one line.
[[nodiscard]] QByteArray curlFlags(const RetryPolicy &policy);
[[nodiscard]] QStringList notInCurlFlags(const RetryPolicy &policy);

} // namespace errata::code
